"""An answer in the making. Every step takes a draft and gives a new one."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from wenju.corpus.document import Document, Passage, Sentence, Slot
from wenju.corpus.signals import AlertCode
from wenju.index.question import Question
from wenju.index.search import Hit
from wenju.service.answer.opinion import Opinion
from wenju.service.message.values import Message


class Status(StrEnum):
    """How a question was met."""

    ANSWERED = "answered"
    WEAK_MATCH = "weak_match"
    NO_MATCH = "no_match"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence taken into an answer, with where it stands."""

    slot: Slot
    sentence: Sentence
    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that cannot wait, in a sentence of the corpus, and whom to call."""

    code: AlertCode
    quote: Quote
    contacts: tuple[Document, ...]
    happened: bool  # a reviewed pattern says that it is happening or has happened


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known so far. A status ends the steps."""

    asked: str  # personal data masked
    as_of: dt.date | None = None  # the day whose law is asked for
    question: Question | None = None
    alerts: tuple[Alert, ...] = ()
    message: Message | None = None  # None: a plain question
    hits: tuple[Hit, ...] = ()
    confidence: float = 0.0
    opinion: Opinion | None = None  # None: nobody was asked
    quotes: tuple[Quote, ...] = ()
    status: Status | None = None
