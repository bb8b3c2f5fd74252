"""What templates show: documents cut into blocks, answers with their citations at hand."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from wenju.corpus.document import (
    TEMPLATE,
    Authority,
    Basis,
    Corpus,
    Document,
    Kind,
    Licence,
    Passage,
    RuleStatus,
    Sentence,
    Slot,
)
from wenju.service.contract import AlertOut, AnswerOut, CitationOut, ContactOut, SentenceOut, SignOut, SlotOut
from wenju.service.phones import Call, Phones, call_of, hotline, voice

LONG = 80  # characters of a question; a pasted message is longer
LEAD = (Slot.VERDICT, Slot.DO)

KIND_NAME = {
    Kind.ARTICLE: "文章",
    Kind.REGULATION: "法规",
    Kind.LENDER: "机构",
    Kind.CONTACT: "联系方式",
    Kind.LETTER: "文书",
}
STATUS_NAME = {
    RuleStatus.IN_FORCE: "现行有效",
    RuleStatus.SUPERSEDED: "已失效",
    RuleStatus.NOT_YET_IN_FORCE: "尚未施行",
}
LICENCE_NAME = {
    Licence.BANK: "银行",
    Licence.CONSUMER_FINANCE: "消费金融公司",
    Licence.MICROLOAN: "小额贷款公司",
    Licence.PLATFORM: "平台，自己不一定放款",
    Licence.UNKNOWN: "没有查到",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a list item."""

    step: int | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document as a page shows it."""

    heading: str
    anchor: str
    blocks: tuple[Block, ...]
    copied: str | None  # the text of a letter's template, as it is written
    wording: str | None  # 原文 or 要点; None outside regulations


def sections(document: Document) -> Iterator[Section]:
    """Cut a document for a page."""
    for passage in document.passages:
        copied = document.text[passage.start : passage.end] if passage.slot == TEMPLATE else None
        wording = document.wording_of(passage).value if document.rule else None
        yield Section(passage.heading, passage.locator or passage.slot, tuple(_blocks(passage)), copied, wording)


def _blocks(passage: Passage) -> Iterator[Block]:
    for _, group in groupby(passage.sentences, key=lambda sentence: sentence.block):
        sentences = tuple(group)
        yield Block(sentences[0].step, sentences)


def badges(document: Document) -> list[str]:
    """Say in words how far a document binds and whether it is the law of today."""
    rule = document.rule
    if rule is None:
        return [KIND_NAME[document.kind]]
    found = [STATUS_NAME[rule.status]]
    if rule.authority is Authority.STANDARD:
        found.append("推荐性标准")
    if rule.authority is Authority.SELF_REGULATION:
        found.append("行业自律")
    if rule.basis is Basis.REPORTED:
        found.append("据公开报道")
    return found


@dataclass(frozen=True, slots=True)
class Relied:
    """A document, or one article of it, that another leans on."""

    title: str
    document_id: str
    anchor: str | None


def relied(document: Document, corpus: Corpus) -> list[Relied]:
    """Name what a document leans on."""
    found = []
    for target in document.relies_on:
        other_id, _, anchor = target.partition("#")
        found.append(Relied(corpus.documents[other_id].title, other_id, anchor or None))
    return found


@dataclass(frozen=True, slots=True)
class LenderView:
    """What is known of a lender, in words."""

    entity: str
    licence: str
    note: str  # what the corpus says beside the number
    complain_to: tuple[tuple[Document, Call | None], ...]


def lender_facts(document: Document, corpus: Corpus) -> LenderView | None:
    """Give what is known of a lender; None for other documents."""
    facts = document.lender
    if facts is None:
        return None
    call = hotline(document)
    contacts = [corpus.documents[contact] for contact in facts.complain_to]
    return LenderView(
        facts.entity or "没有查到",
        LICENCE_NAME[facts.licence],
        call.note if call else facts.hotline or "",
        tuple((contact, voice(contact)) for contact in contacts),
    )


@dataclass(frozen=True, slots=True)
class Quotation:
    """A cited sentence in its place: the passage around it, cut so that it can be marked."""

    citation: CitationOut
    badges: list[str]
    sentences: tuple[tuple[str, bool], ...]  # each with whether it is the one cited
    span: tuple[int, int] | None  # of the sentence in its document


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a message, and the numbers of the signs that stand in it and that end with it."""

    text: str
    signs: tuple[int, ...]
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SignView:
    """A sign, and where its sentence already stands above."""

    out: SignOut
    above: tuple[SlotOut, SentenceOut] | None


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer as the page shows it."""

    out: AnswerOut
    corpus: Corpus
    phones: Phones

    def quotation(self, number: int, text: str) -> Quotation:
        """Find a cited sentence in its passage.

        Between answering and showing, a new index may have come without that passage; then the sentence stands alone.
        """
        citation = next(c for c in self.out.citations if c.number == number)
        passage = self.corpus.passages.get(citation.passage_id)
        if passage is None or text not in (sentence.text for sentence in passage.sentences):
            return Quotation(citation, self.badges(citation), ((text, True),), None)
        cited = next(sentence for sentence in passage.sentences if sentence.text == text)
        around = tuple((sentence.text, sentence is cited) for sentence in passage.sentences)
        return Quotation(citation, self.badges(citation), around, (cited.start, cited.end))

    def badges(self, citation: CitationOut) -> list[str]:
        """Say how far the cited document binds."""
        document = self.corpus.documents.get(citation.document_id)
        return badges(document) if document else []

    @property
    def sources(self) -> list[list[CitationOut]]:
        """The citations, those of one document together."""
        documents: dict[str, list[CitationOut]] = {}
        for citation in self.out.citations:
            documents.setdefault(citation.document_id, []).append(citation)
        return list(documents.values())

    def contacts(self, alert: AlertOut) -> list[tuple[ContactOut, Call]]:
        """Give whom to call."""
        return [(contact, call) for contact in alert.contacts if (call := call_of(contact.phone))]

    @property
    def folded(self) -> bool:
        """Whether the question would push the answer off a phone's first screen; a message is shown again below."""
        return self.out.message is not None or len(self.out.question) > LONG or "\n" in self.out.question

    @property
    def lead(self) -> list[SlotOut]:
        """The slots before a message: what to do now comes before what was read."""
        slots = self.out.slots
        return [slot for slot in slots if slot.slot in LEAD] or slots[:1]

    @property
    def signs(self) -> list[SignView]:
        """The signs of a message."""
        said = {sentence.text: (slot, sentence) for slot in self.lead for sentence in slot.sentences}
        return [SignView(sign, said.get(sign.text)) for sign in self.out.message.signs] if self.out.message else []

    @property
    def shareable(self) -> bool:
        """Whether the question may stand in a link: never a pasted message, nor what could be one."""
        return not self.folded and "【" not in self.out.question

    @property
    def message(self) -> list[Segment]:
        """The message with its signs marked."""
        signs = self.out.message.signs if self.out.message else []
        return list(marked(self.out.question, [(sign.start, sign.end) for sign in signs]))


def marked(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    """Cut a text wherever one of the spans, numbered from 1, begins or ends; spans may overlap."""
    within = [(max(start, 0), min(end, len(text))) for start, end in spans]
    cuts = {0, len(text)} | {cut for span in within for cut in span}
    for start, end in pairwise(sorted(cuts)):
        inside = tuple(n for n, span in enumerate(within, 1) if span[0] <= start and end <= span[1])
        yield Segment(text[start:end], inside, tuple(n for n in inside if within[n - 1][1] == end))


def letter(number: int) -> str:
    """Name a sign A, B, … as `<ol type="A">` does; figures name the sources."""
    before, last = divmod(number - 1, 26)
    return (letter(before) if before else "") + chr(ord("A") + last)


def answer_view(out: AnswerOut, corpus: Corpus) -> AnswerView:
    """Make an answer ready for the page."""
    return AnswerView(out, corpus, Phones(corpus))


def day(date: dt.date | dt.datetime) -> str:
    """Write a day as people read it."""
    return f"{date.year}年{date.month}月{date.day}日"
