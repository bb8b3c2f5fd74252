"""Find what answers a question: meaning, spelling and words propose, the ranking decides."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.document import Corpus, Document, Kind, Passage, RuleStatus
from wenju.index.dense import VectorIndex
from wenju.index.encoder import Encoder, Floats
from wenju.index.features import Asked, Comparer, Features, Unit, make_units
from wenju.index.grams import GramIndex
from wenju.index.intents import BEYOND
from wenju.index.lexical import FullText, Words
from wenju.index.lines import Lines
from wenju.index.question import Question, read_question
from wenju.index.ranking import Ranking
from wenju.index.relevance import Relevance
from wenju.index.reranker import Reranker
from wenju.index.store import Entry

PROPOSED = 100  # entries each of the three proposes
RERANKED = 10  # hits an optional reranker looks at


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: a document, or an article of a regulation, with its nearest passage."""

    passage: Passage
    document: Document
    points: float  # of the ranking; only differences mean something, best first
    score: float  # the probability that the corpus answers the question, and with this
    features: Features

    @property
    def unit_id(self) -> str:
        """Names what was found: the document, or the article."""
        return self.passage.id if self.document.kind is Kind.REGULATION else self.document.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """What is searched: the entries, and the ways to reach them. Row n is the nth entry."""

    entries: Sequence[Entry]
    vectors: VectorIndex
    grams: GramIndex
    intents: Lines  # one a document
    full_text: FullText
    words: Words
    terms: Sequence[str]


class Finder:
    """Finds documents and articles in one snapshot."""

    def __init__(
        self,
        corpus: Corpus,
        searchable: Searchable,
        encoder: Encoder,
        ranking: Ranking,
        reranker: Reranker | None = None,
    ) -> None:
        self.corpus = corpus
        self.ranking = ranking
        self._parts = searchable
        self._encoder, self._reranker = encoder, reranker
        self._terms = frozenset(term.lower() for term in searchable.terms)
        self._matrix: Floats = searchable.vectors.vectors()
        self._units = make_units(corpus, searchable.entries)
        texts = [entry.text for entry in searchable.entries]
        self._comparer = Comparer(self._units, texts, self._matrix, searchable.grams)
        self._unit_of = {row: n for n, unit in enumerate(self._units) for row in (*unit.passages, *unit.variants)}
        self._unit_named = {unit.id: n for n, unit in enumerate(self._units)}
        self._by_lender: dict[str, list[int]] = defaultdict(list)
        self._by_article: dict[str, list[int]] = defaultdict(list)
        for n, unit in enumerate(self._units):
            for lender in {unit.id} if unit.document.lender else set(unit.document.lenders):
                self._by_lender[lender].append(n)
            if locator := unit.id.partition("#")[2]:
                self._by_article[locator].append(n)
        documents = corpus.documents.values()
        self.lenders = {alias: d.id for d in documents if d.lender for alias in d.lender.aliases}
        self._laws = {d.rule.short: d.id for d in documents if d.rule and d.rule.status is RuleStatus.IN_FORCE}
        self._relevance = Relevance(encoder, searchable.grams)

    def read(self, text: str) -> Question:
        """Make a question ready for finding."""
        return read_question(text, self.lenders, self._laws)

    def search(self, question: Question, limit: int = 20) -> list[Hit]:
        """Give at most `limit` hits for the whole question, best first."""
        return self.search_clause(question.text, question, limit)

    def search_clause(self, clause: str, question: Question, limit: int = 20) -> list[Hit]:
        """Give at most `limit` hits for one clause of a question, best first."""
        asked = self._asked(clause, question)
        chosen = self._proposed(asked)
        compared = self._comparer.compare(asked, chosen)
        points = [self.ranking.points(features) for features in compared]
        chances = self.ranking.probabilities(points, clause)
        best = sorted(range(len(chosen)), key=lambda n: (-points[n], self._units[chosen[n]].id))[:limit]
        hits = []
        for n in best:
            unit = self._units[chosen[n]]
            hits.append(Hit(self._nearest_passage(unit, asked), unit.document, points[n], chances[n], compared[n]))
        if self._reranker:
            hits[:RERANKED] = self._reranker.rerank(clause, hits[:RERANKED])
        return hits

    def look_at(self, document_id: str, question: Question) -> Hit:
        """Give the hit of one document of ours, whatever else would be found."""
        asked = self._asked(question.text, question)
        n = self._unit_named[document_id]
        features = self._comparer.compare(asked, [n])[0]
        points = self.ranking.points(features)
        chance = self.ranking.probabilities([points], question.text)[0]
        return Hit(self._nearest_passage(self._units[n], asked), self._units[n].document, points, chance, features)

    def candidates(self, question: Question, intents: Lines | None = None) -> list[tuple[Unit, Features]]:
        """Give everything proposed for a question with its features, in no order; by other lines than ours if given."""
        asked = self._asked(question.text, question, intents)
        chosen = self._proposed(asked)
        return [(self._units[n], f) for n, f in zip(chosen, self._comparer.compare(asked, chosen), strict=True)]

    def relevances(self, question: str, texts: Sequence[str]) -> list[float]:
        """Say how near each text is to a question, in meaning and in spelling: 0 to 2."""
        return self._relevance.of(question, texts)

    def likeness(self, one: str, other: str) -> float:
        """Say how alike two sentences are spelt, 0 to 1."""
        return self._relevance.likeness(one, other)

    def speaks_of_debt(self, question: Question) -> bool:
        """Whether a question has a word of the domain."""
        return bool(self._terms & set(self._parts.words.cut(question.text))) or bool(question.lenders)

    def _asked(self, text: str, question: Question, intents: Lines | None = None) -> Asked:
        return Asked(
            question,
            text,
            vector=self._encoder.questions([text])[0],
            spelling=self._parts.grams.vector(text),
            found=dict(self._parts.full_text.search(sorted(set(self._parts.words.cut(text))), PROPOSED)),
            intents=(intents or self._parts.intents).scores(text),
        )

    def _proposed(self, asked: Asked) -> list[int]:
        """Give the units that something speaks for: meaning, spelling, words, an intent, or a name in the question.

        Where a lender is named that we do not know, nothing about another answers: names of lenders are much alike.
        """
        rows = [row for row, _ in self._parts.vectors.search(asked.vector, PROPOSED)]
        rows += [row for row, _ in self._parts.grams.search(asked.spelling, PROPOSED)]
        rows += asked.found
        chosen = [self._unit_of[row] for row in rows if row in self._unit_of]
        chosen += [self._unit_named[name] for name, score in asked.intents.items() if score > BEYOND / 2]
        for lender in asked.question.lenders:
            chosen += self._by_lender[lender]
        for article in asked.question.articles:
            chosen += self._by_article[article]
        documents = {n: self._units[n].document for n in chosen}
        if asked.question.stranger:
            documents = {n: d for n, d in documents.items() if not (d.lender or d.lenders)}
        return [n for n, document in documents.items() if in_force(document, asked.question.as_of)]

    def _nearest_passage(self, unit: Unit, asked: Asked) -> Passage:
        row = max(unit.passages, key=lambda row: float(self._matrix[row] @ asked.vector))
        return self.corpus.passages[self._parts.entries[row].passage_id]


def in_force(document: Document, day: dt.date | None = None) -> bool:
    """Whether a document's rule is the law of a day, or of today; what is no rule always holds."""
    rule = document.rule
    if rule is None:
        return True
    if day is None or rule.effective is None:
        return rule.status is RuleStatus.IN_FORCE
    return rule.effective <= day and (rule.repealed is None or day < rule.repealed)
