"""The law behind an answer: articles that its documents lean on, as they stand on the day that is asked about."""

import datetime as dt
from collections.abc import Sequence

from wenju.corpus.document import Corpus, Document, Kind, Passage, Slot
from wenju.index.search import Finder, in_force
from wenju.service.answer.blocks import Block
from wenju.service.answer.draft import Quote

NAMED = 3.0  # what an article gains that a quoted sentence names, the first most: more than any relevance
LEAST = 0.2  # relevance below which an article that nothing names stays away
NEAR = 0.6  # relevance from which an older article is about the same as the newer one


class Law:
    """Chooses articles of regulations, the strongest first."""

    def __init__(self, corpus: Corpus, finder: Finder) -> None:
        self._corpus, self._finder = corpus, finder
        self._rules = [d for d in corpus.documents.values() if d.kind is Kind.REGULATION]

    def behind(
        self, document: Document, said: Sequence[Quote], asked: str, day: dt.date | None, room: int
    ) -> list[Block]:
        """Give the best sentence of each of the articles a document leans on most, for what is said and asked."""
        weighed: dict[str, Block] = {}
        for target in document.relies_on:
            passage = self._corpus.passages.get(target)
            found = self._as_of(passage, day) if passage else None
            if found:
                weighed.setdefault(found.id, self._block(found, said, asked))
        fitting = [block for block in weighed.values() if block.relevance >= LEAST]
        best = sorted(fitting, key=lambda block: -block.relevance)[:room]
        return sorted(best, key=lambda block: (_strength(block.quotes[0].document), -block.relevance))

    def stands(self, quote: Quote, day: dt.date | None) -> bool:
        """Whether a sentence of an article of ours holds on a day: the rules it names were in force then."""
        if day is None or quote.document.kind is Kind.REGULATION:
            return True
        names = {d.rule.short for d in self._rules if d.rule and not in_force(d, day)}
        names -= {d.rule.short for d in self._rules if d.rule and in_force(d, day)}
        return not any(name in quote.sentence.text for name in names)

    def _as_of(self, passage: Passage, day: dt.date | None) -> Passage | None:
        """Give an article of a regulation, or on an earlier day the one that stood in its place."""
        document = self._corpus.documents[passage.document_id]
        if document.rule is None:
            return None
        if in_force(document, day):
            return passage
        older = self._corpus.documents.get(document.rule.supersedes or "")
        if older is None or not in_force(older, day):
            return None
        relevances = self._finder.relevances(passage.text, [p.text for p in older.passages])
        likest = max(range(len(relevances)), key=lambda n: relevances[n])
        return older.passages[likest] if relevances[likest] >= NEAR else None

    def _block(self, passage: Passage, said: Sequence[Quote], asked: str) -> Block:
        document = self._corpus.documents[passage.document_id]
        texts = [sentence.text for sentence in passage.sentences]
        naming = [(n, q.sentence.text) for n, q in enumerate(said) if _names(q.sentence.text, document, passage)]
        place, text = naming[0] if naming else (0, asked)
        relevances = self._finder.relevances(text, texts)
        best = max(range(len(texts)), key=lambda n: relevances[n])
        quote = Quote(Slot.LAW, passage.sentences[best], passage, document)
        return Block((quote,), NAMED + NAMED / (1 + place) if naming else relevances[best])


def _names(text: str, document: Document, passage: Passage) -> bool:
    return bool(document.rule and passage.locator and document.rule.short in text and passage.locator in text)


def _strength(document: Document) -> int:
    return list(type(document.rule.authority)).index(document.rule.authority) if document.rule else 0
