"""Find the passages for a question: vectors and words propose, the ranking decides."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from wenju.corpus.document import TEMPLATE, Corpus, Document, Kind, Passage, RuleStatus
from wenju.index.dense import VectorIndex
from wenju.index.encoder import Encoder, Floats
from wenju.index.lexical import FullText, Words
from wenju.index.question import Question, read_question
from wenju.index.ranking import Features, Ranking
from wenju.index.store import Entry

PROPOSED = 60  # entries each side proposes, for each clause


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question; the score is the probability that it answers, best first."""

    passage: Passage
    document: Document
    score: float
    features: Features


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """What is searched: the entries, and the two ways to reach them. Row n is the nth entry."""

    entries: Sequence[Entry]
    vectors: VectorIndex
    full_text: FullText
    words: Words
    terms: Sequence[str]


class Finder:
    """Finds passages in one snapshot."""

    def __init__(self, corpus: Corpus, searchable: Searchable, encoder: Encoder, ranking: Ranking) -> None:
        self.corpus = corpus
        self.entries = searchable.entries
        self._vectors, self._full_text = searchable.vectors, searchable.full_text
        self._words = searchable.words
        self._encoder, self._ranking = encoder, ranking
        self._terms = frozenset(term.lower() for term in searchable.terms)
        self._matrix: Floats = self._vectors.vectors()
        self._entry_words = [frozenset(entry.words) for entry in self.entries]
        count = Counter(word for words in self._entry_words for word in words)
        self._rarest = math.log(1 + len(self.entries))
        self._rarity = {word: math.log(1 + len(self.entries) / n) for word, n in count.items()}
        self._entry_weights = [self._weight(words) for words in self._entry_words]
        self._rows: dict[str, list[int]] = defaultdict(list)  # rows of a document's titles and variants
        self._row_of: dict[str, int] = {}  # row of the passage itself
        for row, entry in enumerate(self.entries):
            if entry.role == "passage":
                self._row_of[entry.passage_id] = row
            else:
                self._rows[entry.passage_id.partition("#")[0]].append(row)

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Names of lenders as people use them, to the ids of their documents."""
        return {
            alias: document.id
            for document in self.corpus.documents.values()
            if document.lender
            for alias in document.lender.aliases
        }

    @cached_property
    def _by_locator(self) -> dict[str, list[str]]:
        """Ids of the articles with a number, of every regulation."""
        found: dict[str, list[str]] = defaultdict(list)
        for passage in self.corpus.passages.values():
            if passage.locator:
                found[passage.locator].append(passage.id)
        return found

    def read(self, text: str) -> Question:
        """Make a question ready for finding."""
        return read_question(text, self.aliases)

    def search(self, question: Question, limit: int = 20) -> list[Hit]:
        """Give at most `limit` hits for the whole question, best first."""
        return self.search_clause(question.text, question, limit)

    def search_clause(self, clause: str, question: Question, limit: int = 20) -> list[Hit]:
        """Give at most `limit` hits for one clause of a question, best first."""
        words = self._words.cut(clause)
        vector = self._encoder.questions([clause])[0]
        asked = _Asked(vector, frozenset(words), self._weight(frozenset(words)), question)
        by_document: dict[str, list[Passage]] = defaultdict(list)
        for passage_id in self._proposed(vector, words, question):
            passage = self.corpus.passages[passage_id]
            by_document[passage.document_id].append(passage)
        hits = [
            hit
            for document_id, passages in by_document.items()
            for hit in self._hits(self.corpus.documents[document_id], passages, asked)
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        return hits[:limit]

    def relevances(self, question: Question, texts: Sequence[str]) -> list[float]:
        """Say how near each text is to a question: the cosine of their vectors plus the share of shared words."""
        vector = self._encoder.questions([question.text])[0]
        cosines = self._encoder.passages(texts) @ vector
        asked = frozenset(self._words.cut(question.text))
        weight = self._weight(asked) or 1.0
        shares = [self._weight(asked & set(self._words.cut(text))) / weight for text in texts]
        return [float(cosine) + share for cosine, share in zip(cosines, shares, strict=True)]

    def speaks_of_debt(self, question: Question) -> bool:
        """Whether a question has a word of the domain."""
        return bool(self._terms & set(self._words.cut(question.text))) or bool(question.lenders)

    def _proposed(self, vector: Floats, words: Sequence[str], question: Question) -> Iterable[str]:
        rows = [row for row, _ in self._vectors.search(vector, PROPOSED)]
        rows += [row for row, _ in self._full_text.search(words, PROPOSED)]
        proposed = dict.fromkeys(self.entries[row].passage_id for row in rows)
        for document_id in dict.fromkeys([p.partition("#")[0] for p in proposed] + list(question.lenders)):
            document = self.corpus.documents[document_id]
            if document.kind is not Kind.REGULATION:  # a document found by one of its slots is found by all
                proposed |= dict.fromkeys(passage.id for passage in document.passages)
        for number in question.articles:
            proposed |= dict.fromkeys(self._by_locator.get(number, ()))
        return [p for p in proposed if self._may_be_found(self.corpus.passages[p])]

    def _may_be_found(self, passage: Passage) -> bool:
        rule = self.corpus.documents[passage.document_id].rule
        return passage.slot != TEMPLATE and not (rule and rule.status is not RuleStatus.IN_FORCE)

    def _hits(self, document: Document, passages: Sequence[Passage], asked: "_Asked") -> Iterable[Hit]:
        variants = self._rows[document.id]
        cosine = float((self._matrix[variants] @ asked.vector).max()) if variants else 0.0
        overlap = max((self._overlap(asked, row) for row in variants), default=0.0)
        lenders = {document.id} if document.lender else set(document.lenders)
        named = set(asked.question.lenders)
        for passage in passages:
            row = self._row_of[passage.id]
            features = Features(
                passage_cosine=float(self._matrix[row] @ asked.vector),
                variant_cosine=cosine,
                passage_words=self._weight(asked.words & self._entry_words[row]) / asked.weight if asked.words else 0.0,
                variant_words=overlap,
                same_lender=float(bool(lenders & named)),
                other_lender=float(bool(lenders) and not lenders & named),
                article_named=float(passage.locator in asked.question.articles),
                is_regulation=float(document.kind is Kind.REGULATION),
                is_lender=float(document.kind is Kind.LENDER),
                is_contact=float(document.kind is Kind.CONTACT),
                is_letter=float(document.kind is Kind.LETTER),
            )
            yield Hit(passage, document, self._ranking.score(features), features)

    def _overlap(self, asked: "_Asked", row: int) -> float:
        """Twice the weight of the shared words over the weight of both texts: 1 when they have the same words."""
        both = asked.weight + self._entry_weights[row]
        return 2 * self._weight(asked.words & self._entry_words[row]) / both if both else 0.0

    def _weight(self, words: frozenset[str]) -> float:
        """Add up how rare words are; one the corpus lacks counts in full."""
        rarity, rarest = self._rarity, self._rarest
        return sum(rarity.get(word, rarest) for word in words)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A clause as it is compared: its vector, its words and their weight."""

    vector: Floats
    words: frozenset[str]
    weight: float
    question: Question
