"""What templates show: documents cut into blocks, answers with their citations at hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from wenju.corpus.document import TEMPLATE, Authority, Basis, Document, Kind, Passage, RuleStatus, Sentence
from wenju.service.contract import AnswerOut, CitationOut

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
class AnswerView:
    """An answer with its citations by number."""

    out: AnswerOut
    citations: dict[int, CitationOut]
    badges: dict[int, list[str]]


def answer_view(out: AnswerOut, documents: dict[str, Document]) -> AnswerView:
    """Make an answer ready for the page."""
    return AnswerView(
        out,
        {citation.number: citation for citation in out.citations},
        {citation.number: badges(documents[citation.document_id]) for citation in out.citations},
    )
