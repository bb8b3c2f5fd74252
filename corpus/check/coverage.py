"""What a document must fill, and which topics are filled by what."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from wenju.corpus.document import Corpus, Document, Kind, Slot, Topic
from wenju.corpus.finding import Finding, reminder

NEEDED: dict[Kind, frozenset[Slot]] = {
    Kind.ARTICLE: frozenset(Slot) - {Slot.LAW},
    Kind.LENDER: frozenset({Slot.VERDICT, Slot.DO, Slot.DONT, Slot.WHERE}),
    Kind.CONTACT: frozenset({Slot.VERDICT, Slot.DO, Slot.DONT, Slot.WHERE}),
    Kind.LETTER: frozenset({Slot.VERDICT, Slot.DO, Slot.DONT}),
    Kind.REGULATION: frozenset(),
}
FEWEST_VARIANTS = {Kind.ARTICLE: 6, Kind.LENDER: 6, Kind.CONTACT: 4, Kind.LETTER: 4, Kind.REGULATION: 0}
LONGEST_TITLE = 30


def fullness(corpus: Corpus) -> Iterator[Finding]:
    """Find documents that lack slots or variants, titles too long for a phone, and topics without an article."""
    for document in corpus.documents.values():
        yield from _of(document)
    for row in coverage(corpus):
        if not row.articles:
            yield reminder("empty-topic", "topics.yaml", 1, f"主题“{row.topic.title}”没有文章", "写一篇，或删去主题")


def _of(document: Document) -> Iterator[Finding]:
    def at(field: str, code: str, what: str, fix: str) -> Finding:
        return reminder(code, document.path, document.line_of(field), what, fix)

    needed, fewest = NEEDED[document.kind], FEWEST_VARIANTS[document.kind]
    missing = [slot for slot in Slot if slot in needed - {passage.slot for passage in document.passages}]
    if missing:
        yield at("id", "missing-slot", f"缺少：{'、'.join(missing)}", "补上“## 标题 {slot}”的各节")
    if len(document.asked_as) < fewest:
        what = f"只有 {len(document.asked_as)} 个问法，至少要 {fewest} 个"
        yield at("asked_as", "few-variants", what, "照着急的人在手机上打的字补写 asked_as")
    if document.kind is not Kind.REGULATION and len(document.title) > LONGEST_TITLE:
        what = f"标题有 {len(document.title)} 字，超过 {LONGEST_TITLE} 字"
        yield at("title", "long-title", what, "缩短，一行说清问的是什么")


@dataclass(frozen=True, slots=True)
class Covered:
    """How far a topic is filled: how many documents, and how many of its articles fill each slot."""

    topic: Topic
    documents: int
    articles: int
    slots: dict[Slot, int]


def coverage(corpus: Corpus) -> list[Covered]:
    """Count, for each topic, its documents and the slots its articles fill."""
    rows = []
    for topic in corpus.topics.values():
        filed = [d for d in corpus.documents.values() if topic.id in d.topics]
        articles = [d for d in filed if d.kind is Kind.ARTICLE]
        filled = Counter(passage.slot for d in articles for passage in d.passages)
        rows.append(Covered(topic, len(filed), len(articles), {slot: filled[slot] for slot in Slot}))
    return rows
