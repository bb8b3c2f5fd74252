"""How well messages are read: precision and recall of each field, over labelled messages."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pydantic

from wenju.corpus.document import Corpus
from wenju.service.message.read import MessageReader
from wenju.service.message.values import Message, Span
from wenju.service.privacy import masked

FIELDS = ("message", "sender", "amounts", "deadlines", "phones", "links", "claims", "signs")


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found of what should be."""

    right: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, found: Iterable[object], wanted: Iterable[object]) -> None:
        """Count one field of one message."""
        found, wanted = set(found), set(wanted)
        self.right[name] += len(found & wanted)
        self.extra[name] += len(found - wanted)
        self.missed[name] += len(wanted - found)

    def precision(self, names: Iterable[str] = FIELDS) -> float:
        """Give the share of what was found that is right."""
        right, extra = (sum(counter[name] for name in names) for counter in (self.right, self.extra))
        return right / (right + extra) if right + extra else 1.0

    def recall(self, names: Iterable[str] = FIELDS) -> float:
        """Give the share of what there is that was found."""
        right, missed = (sum(counter[name] for name in names) for counter in (self.right, self.missed))
        return right / (right + missed) if right + missed else 1.0


def read_messages(file: Path, corpus: Corpus) -> Tally:
    """Read every message of a .jsonl file of labels."""
    aliases = {alias: d.id for d in corpus.documents.values() if d.lender for alias in d.lender.aliases}
    reader, tally = MessageReader(corpus, aliases), Tally()
    for line in file.read_text(encoding="utf-8").splitlines():
        row = pydantic.TypeAdapter(dict[str, Any]).validate_json(line)
        found, wanted = _found(reader.read(masked(row["q"]))), _wanted(row)
        for name in FIELDS:
            tally.add(name, found[name], wanted[name])
    return tally


def _found(message: Message | None) -> Mapping[str, Iterable[object]]:
    if message is None:
        return dict.fromkeys(FIELDS, ())
    return {
        "message": ["message"],
        "sender": [message.sender] if message.sender else [],
        "amounts": _texts(message.amounts),
        "deadlines": _texts(message.deadlines),
        "phones": _texts(message.phones),
        "links": _texts(message.links),
        "claims": message.claims,
        "signs": [sign.code for sign in message.signs],
    }


def _wanted(row: dict[str, Any]) -> Mapping[str, Iterable[object]]:
    if not row["message"]:
        return dict.fromkeys(FIELDS, ())
    return row | {"message": ["message"], "sender": [row["sender"]] if row["sender"] else []}


def _texts(spans: Iterable[Span]) -> list[str]:
    return [span.text for span in spans]
