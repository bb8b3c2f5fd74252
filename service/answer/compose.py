"""Choose the sentences of an answer from what was found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from wenju.corpus.document import Corpus, Document, Kind, Slot
from wenju.index.question import Question
from wenju.index.search import Finder, Hit
from wenju.service.answer.blocks import Block, Relevances, best, blocks_of, shortened, unrepeated
from wenju.service.answer.draft import Draft, Quote, Status
from wenju.service.answer.law import Law
from wenju.service.message.lender import hotline_of, official_channel, speaks_of_others

MOST = 14  # sentences of an answer: what a phone shows in a few strokes
# How many sentences a slot may hold; more than MOST together, so that the least relevant ones go.
ROOM = {
    Slot.VERDICT: 3, Slot.DO: 4, Slot.DONT: 2, Slot.RIGHTS: 2, Slot.EVIDENCE: 1, Slot.WHERE: 2, Slot.LAW: 2,
}  # fmt: skip
BESIDE = {Slot.VERDICT: 2, Slot.DO: 1}  # room for a second document
OF_LENDER = {Slot.WHERE: 1}  # and for the page of a lender that is named
CERTAIN = 0.9  # probability from which a clause of its own adds a document
CLOSE = 1.5  # points: a second document so near behind the first may be the one that was meant
KNOWN = 5  # hits of the whole question among which a clause's own document has to be
BESIDES = 1  # documents beside the first
BEST = 3  # sentences that answer a clause best
CONTACTS = 1  # whose hours and limits are told
CHANNELS = 2  # lenders whose number is told


class Composer:
    """Composes answers from one snapshot."""

    def __init__(self, corpus: Corpus, finder: Finder) -> None:
        self._corpus, self._finder = corpus, finder
        self._law = Law(corpus, finder)

    def compose(self, draft: Draft) -> Draft:
        """Fill the slots from the best document, and from others where the question needs them."""
        question = draft.question
        if question is None or not draft.hits:
            return replace(draft, status=Status.NO_MATCH)
        first = draft.hits[0]
        urgent = any(alert.happened and alert.quote.document is first.document for alert in draft.alerts)
        found = self._from(first, question, ROOM, in_order=urgent)
        besides = [
            self._from(hit, question, OF_LENDER if hit.document.lender else BESIDE)
            for hit in ([] if urgent else self._beside(draft, first))
        ]
        found = [*found, *(block for blocks in besides for block in blocks)]
        found = unrepeated(found, self._finder.likeness)
        said = [quote for block in found for quote in block.quotes]
        found += self._contacts(first.document, said)
        if not draft.message:  # whose signs say it
            found += self._channels(question, said)
        if first.document.kind is not Kind.REGULATION:
            found += self._law.behind(first.document, said, question.text, question.as_of, ROOM[Slot.LAW])
        quotes = [quote for block in shortened(found, MOST) for quote in block.quotes]
        return replace(draft, quotes=_in_order(quotes), status=Status.ANSWERED)

    def _beside(self, draft: Draft, first: Hit) -> list[Hit]:
        """Give the best hits of other documents: for other clauses, for a named lender, or as near as the first."""
        question = draft.question
        found: list[Hit] = []
        if question is None:
            return found
        known = {hit.document.id for hit in draft.hits[:KNOWN]}
        for clause in question.clauses[1:]:
            nearest = next(iter(self._finder.search_clause(clause, question, 1)), None)
            if nearest and nearest.score >= CERTAIN and nearest.document.id in known:
                found.append(nearest)
        if not first.document.lenders:  # an article about one lender already says what its own page does
            found += [h for h in draft.hits if h.document.id in question.lenders and h.document.lender]
        meant = [hit for hit in draft.hits[1:2] if first.points - hit.points < CLOSE]
        found += [h for h in meant if h.document.id in question.lenders or not h.document.lender]
        others = {hit.document.id: hit for hit in reversed(found) if hit.document.id != first.document.id}
        return list(reversed(others.values()))[:BESIDES]

    def _from(self, hit: Hit, question: Question, room: Mapping[Slot, int], *, in_order: bool = False) -> list[Block]:
        """Take the most relevant blocks of each slot; in order, the first steps: who is in danger needs those."""
        document = hit.document
        relevances = self._relevances(document, question, room)
        numbers = self._numbers(question).values()
        if document.kind is Kind.REGULATION:
            return best(blocks_of(hit.passage, document, Slot.LAW, relevances), room.get(Slot.LAW, 1) * 2)
        found: list[Block] = []
        for passage in document.passages:
            if passage.slot in room:
                slot = Slot(passage.slot)
                blocks = blocks_of(passage, document, slot, relevances)
                standing = [b for b in blocks if self._fits(b, question)]
                if slot is Slot.WHERE:
                    standing = [replace(b, kept=any(number in _text(b.quotes) for number in numbers)) for b in standing]
                if in_order and slot is Slot.DO:
                    standing = [replace(b, kept=True, relevance=float(-n)) for n, b in enumerate(standing)]
                found += best(standing, room[slot])
        return found

    def _fits(self, block: Block, question: Question) -> bool:
        """Whether a block holds on the day that is asked for, and names no other bank than the question does."""
        return all(
            self._law.stands(quote, question.as_of)
            and not speaks_of_others(quote.document, quote.sentence.text, question.text)
            for quote in block.quotes
        )

    def _relevances(self, document: Document, question: Question, room: Mapping[Slot, int]) -> Relevances:
        """Weigh sentences by the whole question; those that answer one of its clauses best come before the rest."""
        sentences = [s.text for passage in document.passages if passage.slot in room for s in passage.sentences]
        closest: set[str] = set()
        for clause in question.clauses[1:]:
            near = zip(self._finder.relevances(clause, sentences), sentences, strict=True)
            closest.update(text for _, text in sorted(near, reverse=True)[:BEST])

        def relevances(texts: Sequence[str]) -> list[float]:
            return [
                relevance + (text in closest)
                for relevance, text in zip(self._finder.relevances(question.text, texts), texts, strict=True)
            ]

        return relevances

    def _contacts(self, document: Document, said: Iterable[Quote]) -> list[Block]:
        """Tell of the first contact that is named: when it answers, and what it does not handle."""
        text = _text(said)
        contacts = (self._corpus.documents.get(target) for target in document.relies_on)
        named = [c for c in contacts if c and c.contact and c.contact.phone and c.contact.phone in text]
        return [block for contact in named[:CONTACTS] for block in _hours_and_limits(contact)]

    def _channels(self, question: Question, said: Sequence[Quote]) -> Iterator[Block]:
        """Say how to reach the lenders that are named, where nothing under "whom to ask" has their number."""
        where = _text(quote for quote in said if quote.slot is Slot.WHERE)
        for lender, number in self._numbers(question).items():
            document = self._corpus.documents[lender]
            passage, sentence = official_channel(document)
            if number not in where and number in sentence.text:
                yield Block((Quote(Slot.WHERE, sentence, passage, document),), 0.0, kept=True)

    def _numbers(self, question: Question) -> dict[str, str]:
        """Give the telephone numbers of the lenders that are named, by their ids; of those that have one."""
        hotlines = {lender: hotline_of(self._corpus.documents[lender]) for lender in question.lenders[:CHANNELS]}
        return {lender: hotline for lender, hotline in hotlines.items() if hotline}


def _text(quotes: Iterable[Quote]) -> str:
    return "".join(quote.sentence.text for quote in quotes)


def _hours_and_limits(contact: Document) -> Iterator[Block]:
    for passage in contact.passages:
        if passage.slot in (Slot.WHERE, Slot.DONT):
            quote = Quote(Slot.WHERE, passage.sentences[0], passage, contact)
            yield Block((quote,), 0.0, kept=passage.slot == Slot.WHERE)


def _in_order(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Put quotes in the order of slots and, within one, of documents as they were chosen and sentences as they stand.

    In the law slot the strongest rule keeps its place before the others.
    """
    slots = list(Slot)
    first = {document: n for n, document in reversed(list(enumerate(q.document.id for q in quotes)))}
    once: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda q: (slots.index(q.slot), first[q.document.id], q.sentence.start)):
        once.setdefault(quote.sentence.text, quote)
    return tuple(once.values())
