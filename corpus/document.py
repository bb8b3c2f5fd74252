"""The values a corpus is made of. Offsets count characters of a document's `text`."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from pydantic import with_config

from wenju.corpus.signals import AlertRule, SignRule


class Kind(StrEnum):
    """What a document is; also the name of its folder, in the plural."""

    ARTICLE = "article"
    REGULATION = "regulation"
    LENDER = "lender"
    CONTACT = "contact"
    LETTER = "letter"


class Slot(StrEnum):
    """What a part of a document is for, in the order of an answer."""

    VERDICT = "verdict"
    DO = "do"
    DONT = "dont"
    RIGHTS = "rights"
    EVIDENCE = "evidence"
    WHERE = "where"
    LAW = "law"


TEMPLATE = "template"  # the part of a letter that is copied whole and never quoted by the sentence


class RuleStatus(StrEnum):
    """Whether a regulation is the law of today."""

    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    NOT_YET_IN_FORCE = "not-yet-in-force"


class Authority(StrEnum):
    """How much a rule binds, strongest first."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative-regulation"
    JUDICIAL_INTERPRETATION = "judicial-interpretation"
    DEPARTMENT_RULE = "department-rule"
    LOCAL_REGULATION = "local-regulation"
    NORMATIVE_DOCUMENT = "normative-document"
    STANDARD = "standard"
    SELF_REGULATION = "self-regulation"


class Basis(StrEnum):
    """What a digest was written from: the official text, or reports of it."""

    OFFICIAL = "official"
    REPORTED = "reported"


class Wording(StrEnum):
    """Whether a passage is our digest or the official wording from an imported text pack."""

    DIGEST = "要点"
    ORIGINAL = "原文"


class Licence(StrEnum):
    """What a lender's permission to lend is, as far as our sources say."""

    BANK = "bank"
    CONSUMER_FINANCE = "consumer-finance"
    MICROLOAN = "microloan"
    PLATFORM = "platform"
    UNKNOWN = "unknown"


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a document's facts were read."""

    title: str
    publisher: str
    published: dt.date | None = None
    url: str | None = None


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialText:
    """The file from which the official wording of a regulation was imported."""

    file: str
    sha256: str  # of the file's bytes
    origin: str  # what the file says of where it came from
    status: str  # as the file puts it
    imported: dt.date


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What only a regulation has: who made it, and when it is the law."""

    short: str
    issuer: str
    number: str | None
    authority: Authority
    basis: Basis
    adopted: dt.date | None
    effective: dt.date | None  # None: our source does not say
    repealed: dt.date | None
    status: RuleStatus
    supersedes: str | None
    url: str | None
    official: OfficialText | None = None


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True, kw_only=True)
class LenderFacts:
    """What only a lender has. `unknown` is a fact too: it is shown as such."""

    entity: str | None
    licence: Licence
    hotline: str | None
    aliases: tuple[str, ...]
    complain_to: tuple[str, ...]  # ids of contacts


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """What only a contact has."""

    name: str
    phone: str | None
    hours: str | None
    operator: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest piece that is quoted: `text` equals `document.text[start:end]`."""

    text: str
    start: int
    end: int
    block: int  # sentences of one list item or paragraph share it
    step: int | None = None  # its number in a numbered list

    @property
    def sha256(self) -> str:
        """The hash of its characters."""
        return sha256(self.text)


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest piece that is retrieved: one slot of a document, or one article of a regulation."""

    id: str  # "visit-message-real#verdict", "civil-code#第六百七十条"
    document_id: str
    slot: str  # a Slot, or TEMPLATE
    heading: str
    locator: str | None  # the article's number; None outside regulations
    start: int
    end: int
    line: int  # in the file
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """Its sentences, one after the other."""
        return "".join(sentence.text for sentence in self.sentences)

    def sentence(self, begins: str | None) -> Sentence | None:
        """Give the sentence that begins with these words, or the first one; None when no sentence does."""
        return next((s for s in self.sentences if begins is None or s.text.startswith(begins)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One Markdown file of the corpus."""

    id: str
    kind: Kind
    title: str
    topics: tuple[str, ...]
    lenders: tuple[str, ...]  # empty: every lender
    asked_as: tuple[str, ...]
    relies_on: tuple[str, ...]  # "document" or "document#locator"
    sources: tuple[Source, ...]
    reviewed: dt.date
    review_by: dt.date
    text: str
    passages: tuple[Passage, ...]
    path: str
    rule: Rule | None = None
    lender: LenderFacts | None = None
    contact: ContactFacts | None = None
    originals: tuple[str, ...] = ()  # locators of the articles that stand here in their official wording
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def version(self) -> str:
        """Names this text; changes when a character does."""
        return sha256(self.text)[:12]

    def line_of(self, name: str) -> int:
        """The line of the file where a field of the front matter stands."""
        return self.lines.get(name, 1)

    def wording_of(self, passage: Passage) -> Wording:
        """Say whether one of its passages is our digest or the official wording."""
        return Wording.ORIGINAL if passage.locator in self.originals else Wording.DIGEST

    def line_at(self, offset: int) -> int:
        """The line of the file where a character of one of its passages stands."""
        passage = max((p for p in self.passages if p.start <= offset), key=lambda p: p.start)
        return passage.line + self.text.count("\n", self.text.rfind("## ", 0, passage.start), offset)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject people look for."""

    id: str
    title: str
    about: str


@dataclass(frozen=True)
class Corpus:
    """Every document, by id, in a fixed order."""

    documents: dict[str, Document]
    topics: dict[str, Topic]
    alerts: tuple[AlertRule, ...] = ()
    signs: tuple[SignRule, ...] = ()  # gravest first

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """Every passage, by id."""
        return {p.id: p for document in self.documents.values() for p in document.passages}


def sha256(text: str) -> str:
    """The hash by which a text is recognised."""
    return hashlib.sha256(text.encode()).hexdigest()
