"""Telephone numbers in our own texts: which may be tapped to call, and where they stand in a sentence.

Numbers out of a pasted message never come here: a page must not make it easy to call a swindler.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wenju.corpus.document import Corpus, Document

LEADING = re.compile(r"[\d-]{3,}")
SERVICE = r"95\d{3,4}"  # numbers of banks and large companies, all of them voice
# Beside these no number is meant to be called: 第110条, 12345元, www.12377.cn, 12377@…
NOT_AFTER = r"(?<![A-Za-z0-9.@〔第-])"
NOT_BEFORE = r"(?![A-Za-z0-9.@〕-]|条|元|日|年|天|个|号令)"


@dataclass(frozen=True, slots=True)
class Call:
    """A number to call; `note` is what the corpus says beside it."""

    number: str
    note: str

    @property
    def tel(self) -> str:
        """The number as a `tel:` link takes it."""
        return self.number.replace("-", "")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence; `tel` is None for plain words."""

    text: str
    tel: str | None


def call_of(written: str | None) -> Call | None:
    """Read a field such as `95118（京东一般客服）`; None where there is no number."""
    found = LEADING.match(written or "")
    if not found or written is None:
        return None
    return Call(found[0], written[found.end() :].strip("（）() "))


def voice(document: Document) -> Call | None:
    """Give the number of a contact that a person answers; numbers for text messages only are none."""
    facts = document.contact
    if facts is None or "短信" in facts.name:
        return None
    return call_of(facts.phone)


def hotline(document: Document) -> Call | None:
    """Give the official number of a lender, where one was found."""
    return call_of(document.lender.hotline) if document.lender else None


class Phones:
    """The numbers that may be called, found in sentences."""

    def __init__(self, corpus: Corpus) -> None:
        calls = [call for d in corpus.documents.values() if (call := voice(d) or hotline(d))]
        numbers = sorted({call.number for call in calls}, key=len, reverse=True)
        either = "|".join([*map(re.escape, numbers), SERVICE])
        self._pattern = re.compile(f"{NOT_AFTER}(?:{either}){NOT_BEFORE}")

    def split(self, text: str) -> Iterator[Piece]:
        """Cut a sentence at its numbers."""
        at = 0
        for found in self._pattern.finditer(text):
            if found.start() > at:
                yield Piece(text[at : found.start()], None)
            yield Piece(found[0], found[0].replace("-", ""))
            at = found.end()
        if at < len(text):
            yield Piece(text[at:], None)
