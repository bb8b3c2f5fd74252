"""The JSON that goes in and out; stable. Every field is always there, a list may be empty."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

LONGEST_QUESTION = 2_000  # characters


class Contract(BaseModel):
    """What every model here has in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class AskBody(Contract):
    """A question, or the text of a message someone was sent."""

    question: str = Field(max_length=LONGEST_QUESTION)
    """1 to 2,000 characters"""


class AskQuery(BaseModel):
    """The same by GET."""

    q: str = Field(max_length=LONGEST_QUESTION)


class SearchQuery(BaseModel):
    """A search for passages, without an answer."""

    q: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    limit: int = Field(10, ge=1, le=50)


class DocumentPath(BaseModel):
    """The document that is meant."""

    document_id: str


class ContactOut(Contract):
    """Whom to call."""

    document_id: str
    name: str
    phone: str | None
    hours: str | None
    url: str | None


class AlertOut(Contract):
    """Something that cannot wait; shown before everything else."""

    code: Literal["danger", "self_harm", "scam"]
    text: str
    citation: int
    contacts: list[ContactOut]


class SignOut(Contract):
    """Something in a pasted message that tells: where it stands, and the sentence that explains it."""

    code: str
    quote: str
    start: int
    end: int
    text: str
    citation: int


class MessageOut(Contract):
    """What a pasted message holds."""

    claims: list[str]
    amounts: list[str]
    deadlines: list[str]
    phones: list[str]
    links: list[str]
    sender: str | None
    signs: list[SignOut]


class SentenceOut(Contract):
    """A sentence, character for character as `text[start:end]` of its document."""

    text: str
    citation: int
    start: int
    end: int
    sha256: str


class SlotOut(Contract):
    """One part of an answer."""

    slot: Literal["verdict", "do", "dont", "rights", "evidence", "where", "law"]
    title: str
    sentences: list[SentenceOut]


class CitationOut(Contract):
    """Where sentences stand."""

    number: int
    document_id: str
    passage_id: str
    kind: str
    title: str
    locator: str | None
    publisher: str
    url: str | None
    published: dt.date | None
    effective: dt.date | None
    reviewed: dt.date
    status: str | None
    """of a rule: in-force, superseded, not-yet-in-force; null for other documents"""
    version: str
    wording: Literal["原文", "要点"]


class ClosestOut(Contract):
    """A passage that comes near; not an answer."""

    passage_id: str
    title: str
    excerpt: str
    score: float


class IndexOut(Contract):
    """Which build of the corpus answered."""

    version: str
    built_at: dt.datetime
    encoder: str


class AnswerOut(Contract):
    """An answer, or why there is none."""

    question: str
    """as asked, with personal data masked"""
    status: Literal["answered", "weak_match", "no_match", "out_of_scope"]
    confidence: float
    """the probability, 0 to 1, that the corpus answers this question"""
    alerts: list[AlertOut]
    message: MessageOut | None
    slots: list[SlotOut]
    missing: list[str]
    citations: list[CitationOut]
    closest: list[ClosestOut]
    next_step: str | None
    index: IndexOut
    disclaimer: str


class PassageOut(Contract):
    """One slot of a document, or one article of a regulation."""

    id: str
    slot: str
    heading: str
    locator: str | None
    start: int
    end: int
    wording: Literal["原文", "要点"]


class SourceOut(Contract):
    """Where a document's facts were read."""

    title: str
    publisher: str
    published: dt.date | None
    url: str | None


class DocumentHeadOut(Contract):
    """A document without its text."""

    id: str
    kind: str
    title: str
    topics: list[str]
    reviewed: dt.date
    review_by: dt.date
    status: str | None
    version: str


class DocumentOut(DocumentHeadOut):
    """A document; offsets of sentences count the characters of `text`."""

    text: str
    lenders: list[str]
    relies_on: list[str]
    effective: dt.date | None
    repealed: dt.date | None
    sources: list[SourceOut]
    passages: list[PassageOut]


class DocumentsOut(Contract):
    """Every document."""

    documents: list[DocumentHeadOut]


class TopicOut(Contract):
    """A subject, and the articles filed under it."""

    id: str
    title: str
    about: str
    documents: list[str]


class TopicsOut(Contract):
    """Every topic, in order."""

    topics: list[TopicOut]


class HitOut(Contract):
    """A passage found; the score is the probability, 0 to 1, that it answers."""

    passage_id: str
    document_id: str
    title: str
    heading: str
    text: str
    score: float


class SearchOut(Contract):
    """Passages for a question, best first."""

    question: str
    hits: list[HitOut]
    index: IndexOut


class SavedSentence(BaseModel):
    """A sentence of a saved answer."""

    text: str = Field(min_length=1)
    citation: int
    start: int | None = None
    sha256: str | None = None


class SavedSlot(BaseModel):
    """A slot of a saved answer."""

    sentences: list[SavedSentence]


class SavedCitation(BaseModel):
    """A citation of a saved answer."""

    number: int
    document_id: str


class SavedAnswer(BaseModel):
    """An answer as this service gave it earlier; fields that are not needed are ignored."""

    slots: list[SavedSlot]
    citations: list[SavedCitation]


class CheckedOut(Contract):
    """Whether a sentence still stands, and where it stands now."""

    text: str
    document_id: str | None
    verdict: Literal["stands", "changed", "gone", "superseded"]
    start: int | None
    end: int | None


class VerifyOut(Contract):
    """Whether an answer still stands, sentence by sentence."""

    stands: bool
    sentences: list[CheckedOut]


class ProblemOut(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
