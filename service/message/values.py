"""What is read from a message. Offsets count characters of the question as it goes out (personal data masked)."""

from dataclasses import dataclass

from wenju.corpus.document import Document, Passage, Sentence

LENDER_CODE = "lender"  # the sign that names a lender, and how to ask it


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the question: `text` equals `question[start:end]`."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, question: str, start: int, end: int) -> "Span":
        """Cut it out."""
        return cls(start, end, question[start:end])


@dataclass(frozen=True, slots=True)
class Sign:
    """Something in a message that tells, with the words it was read from and the sentence that explains it."""

    code: str
    label: str
    words: Span
    sentence: Sentence
    passage: Passage
    document: Document
    claim: bool = False  # the sender says that it was or will be done
    ask: str | None = None  # what to look up because of it
    gravity: float = 0.0  # 0 to 1, gravest


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a pasted message holds."""

    sender: str | None
    amounts: tuple[Span, ...]
    deadlines: tuple[Span, ...]
    phones: tuple[Span, ...]
    links: tuple[Span, ...]
    signs: tuple[Sign, ...]  # in the order of the message

    @property
    def claims(self) -> tuple[str, ...]:
        """What the sender says was or will be done, in the order of the message."""
        return tuple(sign.label for sign in self.signs if sign.claim)
