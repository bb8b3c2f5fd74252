"""How well messages are read: precision and recall over labelled messages, against accepted floors.

The messages were written in three rounds; docs/adr/0015 has the figures of each before anything was changed for it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from wenju.corpus.reader import read_corpus, shipped
from wenju.service.evaluation.reading import Tally, read_messages

FILE = Path(__file__).parents[2] / "questions" / "messages" / "messages.jsonl"
FLOORS = {  # (precision, recall)
    "message": (0.99, 0.98), "sender": (0.97, 0.97), "amounts": (0.97, 0.97), "deadlines": (0.96, 0.97),
    "phones": (1.0, 1.0), "links": (1.0, 1.0), "claims": (0.92, 0.95), "signs": (0.96, 0.96),
}  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def tally() -> Tally:
    return read_messages(FILE, read_corpus([shipped()]))


def test_there_are_enough_messages_and_questions(rows: list[dict[str, Any]]) -> None:
    assert sum(row["message"] for row in rows) >= 80
    assert sum(not row["message"] for row in rows) >= 50


@pytest.mark.parametrize("name", FLOORS)
def test_field_is_read_as_well_as_accepted(name: str, tally: Tally) -> None:
    precision, recall = FLOORS[name]
    assert tally.precision([name]) >= precision
    assert tally.recall([name]) >= recall


def test_labels_name_signs_that_there_are(rows: list[dict[str, Any]]) -> None:
    rules = read_corpus([shipped()]).signs
    codes = {rule.code for rule in rules} | {"lender"}
    claims = {rule.label for rule in rules if rule.claim}
    assert {code for row in rows for code in row.get("signs", [])} <= codes
    assert {claim for row in rows for claim in row.get("claims", [])} <= claims
