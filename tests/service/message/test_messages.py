"""How well messages are read: precision and recall over labelled messages, against accepted floors.

The messages were written in three rounds; docs/adr/0015 has the figures of each before anything was changed for it.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from wenju.corpus.reader import read_corpus, shipped
from wenju.service.message.read import MessageReader
from wenju.service.message.values import Message, Span
from wenju.service.privacy import masked

FILE = Path(__file__).parents[2] / "questions" / "messages" / "messages.jsonl"
FLOORS = {  # (precision, recall)
    "message": (0.99, 0.98), "sender": (0.97, 0.97), "amounts": (0.97, 0.97), "deadlines": (0.96, 0.97),
    "phones": (1.0, 1.0), "links": (1.0, 1.0), "claims": (0.92, 0.95), "signs": (0.96, 0.96),
}  # fmt: skip


@dataclass(slots=True)
class Score:
    """What was found of what should be."""

    right: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, found: Iterable[object], wanted: Iterable[object]) -> None:
        found, wanted = set(found), set(wanted)
        self.right[name] += len(found & wanted)
        self.extra[name] += len(found - wanted)
        self.missed[name] += len(wanted - found)

    def precision(self, name: str) -> float:
        return self.right[name] / (self.right[name] + self.extra[name])

    def recall(self, name: str) -> float:
        return self.right[name] / (self.right[name] + self.missed[name])


def texts(spans: Iterable[Span]) -> list[str]:
    return [span.text for span in spans]


def fields_of(message: Message | None) -> dict[str, Iterable[object]]:
    if message is None:
        return dict.fromkeys(FLOORS, ()) | {"message": ()}
    return {
        "message": ["message"],
        "sender": [message.sender] if message.sender else [],
        "amounts": texts(message.amounts),
        "deadlines": texts(message.deadlines),
        "phones": texts(message.phones),
        "links": texts(message.links),
        "claims": message.claims,
        "signs": [sign.code for sign in message.signs],
    }


def wanted(row: dict[str, Any]) -> dict[str, Iterable[object]]:
    if not row["message"]:
        return dict.fromkeys(FLOORS, ())
    return row | {"message": ["message"], "sender": [row["sender"]] if row["sender"] else []}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def score(rows: list[dict[str, Any]]) -> Score:
    corpus = read_corpus([shipped()])
    aliases = {alias: d.id for d in corpus.documents.values() if d.lender for alias in d.lender.aliases}
    reader, score = MessageReader(corpus, aliases), Score()
    for row in rows:
        found, right = fields_of(reader.read(masked(row["q"]))), wanted(row)
        for name in FLOORS:
            score.add(name, found[name], right[name])
    return score


def test_there_are_enough_messages_and_questions(rows: list[dict[str, Any]]) -> None:
    assert sum(row["message"] for row in rows) >= 80
    assert sum(not row["message"] for row in rows) >= 50


@pytest.mark.parametrize("name", FLOORS)
def test_field_is_read_as_well_as_accepted(name: str, score: Score) -> None:
    precision, recall = FLOORS[name]
    assert score.precision(name) >= precision
    assert score.recall(name) >= recall


def test_labels_name_signs_that_there_are(rows: list[dict[str, Any]]) -> None:
    rules = read_corpus([shipped()]).signs
    codes = {rule.code for rule in rules} | {"lender"}
    claims = {rule.label for rule in rules if rule.claim}
    assert {code for row in rows for code in row.get("signs", [])} <= codes
    assert {claim for row in rows for claim in row.get("claims", [])} <= claims
