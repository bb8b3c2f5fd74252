"""Choose the sentences of an answer from what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wenju.corpus.document import Corpus, Document, Kind, Passage, Slot
from wenju.index.question import Question
from wenju.index.search import Finder, Hit
from wenju.service.answer.draft import Draft, Quote, Status

# How many sentences a slot may hold; together some fourteen, what a phone shows in a few strokes.
ROOM = {
    Slot.VERDICT: 3, Slot.DO: 4, Slot.DONT: 2, Slot.RIGHTS: 2, Slot.EVIDENCE: 1, Slot.WHERE: 2, Slot.LAW: 2,
}  # fmt: skip
BESIDE = {Slot.VERDICT: 2, Slot.RIGHTS: 1, Slot.WHERE: 1}  # room for a second document
CERTAIN = 0.6  # a clause of its own, or a named lender, adds a second document from here


@dataclass(frozen=True, slots=True)
class _Weighed:
    quote: Quote
    relevance: float


class Composer:
    """Composes answers from one snapshot."""

    def __init__(self, corpus: Corpus, finder: Finder) -> None:
        self._corpus, self._finder = corpus, finder

    def compose(self, draft: Draft) -> Draft:
        """Fill the slots from the best document, and from a second one where the question needs it."""
        if draft.question is None or not draft.hits:
            return replace(draft, status=Status.NO_MATCH)
        first = draft.hits[0]
        quotes = self._from(first, draft.question, ROOM)
        for other in self._beside(draft, first.document):
            quotes += self._from(other, draft.question, BESIDE)
        return replace(draft, quotes=_in_order(quotes), status=Status.ANSWERED)

    def _beside(self, draft: Draft, first: Document) -> list[Hit]:
        """Give the best hits of other documents that the rest of the question is about."""
        question = draft.question
        if question is None:
            return []
        found: list[Hit] = []
        for clause in question.clauses[1:]:
            best = next(iter(self._finder.search_clause(clause, question, 1)), None)
            if best and best.score >= CERTAIN:
                found.append(best)
        if not first.lenders:  # an article about one lender already says what its own page does
            found += [h for h in draft.hits if h.document.id in question.lenders and h.document.lender]
        others = {hit.document.id: hit for hit in reversed(found) if hit.document.id != first.id}
        return list(others.values())[:1]

    def _from(self, hit: Hit, question: Question, room: dict[Slot, int]) -> list[Quote]:
        document = hit.document
        if document.kind is Kind.REGULATION:
            return [q.quote for q in self._weigh([hit.passage], question)[: room.get(Slot.LAW, 1) * 2]]
        quotes: list[Quote] = []
        for passage in document.passages:
            if passage.slot in room:
                slot = Slot(passage.slot)
                quotes += self._best_blocks(passage, question, room[slot])
        if Slot.LAW in room:
            quotes += self._law(document, question, room[Slot.LAW])
        return quotes

    def _best_blocks(self, passage: Passage, question: Question, room: int) -> list[Quote]:
        """Take whole paragraphs and items, the most relevant first, and keep them in their order.

        The first sentence of a verdict answers the title's question and always stays.
        """
        weighed = self._weigh([passage], question)
        blocks: dict[int, list[_Weighed]] = {}
        for item in weighed:
            blocks.setdefault(item.quote.sentence.block, []).append(item)
        ranked = sorted(blocks, key=lambda block: -max(item.relevance for item in blocks[block]))
        opening = passage.sentences[0].block
        if passage.slot == Slot.VERDICT:
            ranked = [opening, *(block for block in ranked if block != opening)]
        taken: list[Quote] = []
        for block in ranked:
            if taken and len(taken) + len(blocks[block]) > room:
                continue
            taken += [item.quote for item in blocks[block]]
        return taken

    def _law(self, document: Document, question: Question, room: int) -> list[Quote]:
        """Give the best sentence of each of the articles the document leans on most for this question."""
        best: list[_Weighed] = []
        for target in document.relies_on:
            passage = self._corpus.passages.get(target)
            if passage and self._corpus.documents[passage.document_id].kind is Kind.REGULATION:
                best.append(self._weigh([passage], question)[0])
        best.sort(key=lambda item: -item.relevance)
        return [item.quote for item in best[:room]]

    def _weigh(self, passages: Iterable[Passage], question: Question) -> list[_Weighed]:
        """Give the sentences of passages, most relevant first."""
        pairs = [(passage, sentence) for passage in passages for sentence in passage.sentences]
        relevances = self._finder.relevances(question, [sentence.text for _, sentence in pairs])
        weighed = [
            _Weighed(
                Quote(Slot(passage.slot), sentence, passage, self._corpus.documents[passage.document_id]),
                relevance,
            )
            for (passage, sentence), relevance in zip(pairs, relevances, strict=True)
        ]
        return sorted(weighed, key=lambda item: -item.relevance)


def _in_order(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Put quotes in the order of slots and, within one, documents and sentences as they stand; no sentence twice."""
    slots = list(Slot)
    first = {document: n for n, document in reversed(list(enumerate(q.document.id for q in quotes)))}
    once: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda q: (slots.index(q.slot), first[q.document.id], q.sentence.start)):
        once.setdefault(quote.sentence.text, quote)
    return tuple(once.values())
