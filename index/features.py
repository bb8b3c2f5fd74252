"""What is known of a unit for a question: how near its texts are, in meaning, in spelling and in words.

A unit is what is ranked: a document with its slots and the ways people ask for it, or one article of a regulation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from wenju.corpus.document import Corpus, Document, Kind
from wenju.index.asker import asks_for_another, denies_being_late
from wenju.index.encoder import Floats
from wenju.index.grams import GramIndex
from wenju.index.intents import BEYOND
from wenju.index.question import Question
from wenju.index.store import Entry

NEAREST = 3  # variants whose mean cosine says whether a document is asked for so as a rule or once by chance
ABSENT = -1.0  # below any cosine


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What the ranking weighs. Cosines lie in [-1, 1], shares and flags in [0, 1], an intent mostly in [0, 2]."""

    variant: float = 0.0  # cosine with the nearest way people ask
    variants: float = 0.0  # mean cosine of the nearest few
    middle: float = 0.0  # cosine with the mean of all ways people ask
    passage: float = 0.0  # cosine with the nearest passage
    spelt_variant: float = 0.0  # the same four, of grams
    spelt_variants: float = 0.0
    spelt_middle: float = 0.0
    spelt_passage: float = 0.0
    intent: float = 0.0  # how far it lies on this document's side of the line between what each is asked for
    words: float = 0.0  # BM25 of the best text, as a share of the best of all
    same_lender: float = 0.0  # the question names this document's lender
    law_named: float = 0.0  # the question names this law
    article_named: float = 0.0  # the question names this article, and no other law
    other_lender: float = 0.0  # the document is about a lender that the question does not name
    another_asks: float = 0.0  # where somebody else owes than the one who asks: how many of its ways to ask are such
    debtor_asks: float = 0.0  # where not: the same
    denies_late: float = 0.0  # where who asks says that nothing is overdue: how many of its ways to ask say so
    is_regulation: float = 0.0
    is_lender: float = 0.0
    is_contact: float = 0.0
    is_letter: float = 0.0


NAMES = tuple(field.name for field in fields(Features))
NEARER_IS_BETTER = NAMES[:13]  # and never worse: their weights are not below 0
NEARNESSES = NAMES[:8]


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that can be found: a document, or an article of a regulation."""

    id: str  # of the document, or of the passage
    document: Document
    passages: tuple[int, ...]  # rows of its passages
    variants: tuple[int, ...]  # rows of its title and of the ways people ask


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is compared."""

    question: Question
    text: str  # all of it or one clause
    vector: Floats  # of the encoder
    spelling: sparse.csr_matrix  # of the gram index
    found: Mapping[int, float]  # rows that full-text search found, with their BM25
    intents: Mapping[str, float]  # for each document that is asked for, on which side of its line


def make_units(corpus: Corpus, entries: Sequence[Entry]) -> list[Unit]:
    """Group the entries into what is ranked, in the order of the corpus."""
    passages: dict[str, list[int]] = defaultdict(list)
    variants: dict[str, list[int]] = defaultdict(list)
    units: list[Unit] = []
    for row, entry in enumerate(entries):
        document = corpus.documents[entry.passage_id.partition("#")[0]]
        if document.kind is Kind.REGULATION:
            units.append(Unit(entry.passage_id, document, (row,), ()))
        else:
            (passages if entry.role == "passage" else variants)[document.id].append(row)
    units += [Unit(d, corpus.documents[d], tuple(rows), tuple(variants[d])) for d, rows in passages.items()]
    return units


class Comparer:
    """Compares questions with the units of one snapshot."""

    def __init__(self, units: Sequence[Unit], texts: Sequence[str], matrix: Floats, grams: GramIndex) -> None:
        self._units, self._matrix, self._grams = units, matrix, grams
        self._unit_of = {row: n for n, unit in enumerate(units) for row in (*unit.passages, *unit.variants)}
        self._passages = _padded([unit.passages for unit in units])
        self._by_others = [_share(asks_for_another(texts[row]) for row in unit.variants) for unit in units]
        self._denied = [_share(denies_being_late(texts[row]) for row in unit.variants) for unit in units]
        self._variants = _padded([unit.variants for unit in units])
        average = _average([unit.variants for unit in units], len(matrix))
        middles = average @ matrix
        self._middles: Floats = middles / np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)
        self._spelt_middles = _unit_rows(average @ grams.matrix).tocsc()

    def compare(self, asked: Asked, chosen: Sequence[int]) -> list[Features]:
        """Give the features of the chosen units."""
        passages, variants = self._passages[chosen], self._variants[chosen]
        meaning = np.append(self._matrix @ asked.vector, ABSENT)
        spelling = np.append(self._grams.cosines(asked.spelling), ABSENT)
        spelt_middles = self._spelt_middles[:, asked.spelling.indices] @ asked.spelling.data
        nearness = np.stack(
            [
                *_nearest(meaning, variants),
                self._middles[chosen] @ asked.vector,
                meaning[passages].max(axis=1),
                *_nearest(spelling, variants),
                np.asarray(spelt_middles).ravel()[chosen],
                spelling[passages].max(axis=1),
            ],
            axis=1,
        )
        words = self._words(asked.found)
        asker = "another_asks" if asks_for_another(asked.text) else "debtor_asks"
        denies = denies_being_late(asked.text)
        return [
            Features(
                **dict(zip(NEARNESSES, row, strict=True)),
                intent=max(asked.intents.get(self._units[n].id, BEYOND) - BEYOND, 0.0),
                words=words.get(n, 0.0),
                **_flags(asked.question, self._units[n]),
                denies_late=self._denied[n] if denies else 0.0,
                **{asker: self._by_others[n]},
            )
            for n, row in zip(chosen, nearness.tolist(), strict=True)
        ]

    def _words(self, found: Mapping[int, float]) -> dict[int, float]:
        most = max(found.values(), default=0.0) or 1.0
        best: dict[int, float] = defaultdict(float)
        for row, score in found.items():
            if row in self._unit_of:
                best[self._unit_of[row]] = max(best[self._unit_of[row]], score / most)
        return best


def _share(flags: Iterable[bool]) -> float:
    found = list(flags)
    return sum(found) / len(found) if found else 0.0


def _padded(rows: Sequence[Sequence[int]]) -> NDArray[np.intp]:
    """Put rows of different lengths into one table; -1 where there is none."""
    table = np.full((len(rows), max(map(len, rows), default=0) or 1), -1, np.intp)
    for n, row in enumerate(rows):
        table[n, : len(row)] = row
    return table


def _average(rows: Sequence[Sequence[int]], width: int) -> sparse.csr_matrix:
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.array([column for row in rows for column in row], np.int64)
    return sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(rows), width))


def _unit_rows(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    return sparse.diags_array(1 / np.maximum(lengths, 1e-9)).astype(np.float32) @ matrix


def _nearest(cosines: Floats, variants: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Give the greatest cosine and the mean of the greatest few; 0 for units that nobody asks for so."""
    ordered = -np.partition(-cosines[variants], min(NEAREST, variants.shape[1]) - 1, axis=1)[:, :NEAREST]
    there = ordered > ABSENT
    mean = np.where(there, ordered, 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    return np.where(there.any(axis=1), ordered.max(axis=1), 0), mean


def _flags(question: Question, unit: Unit) -> dict[str, float]:
    document, named = unit.document, set(question.lenders)
    lenders = {document.id} if document.lender else set(document.lenders)
    return {
        "same_lender": float(bool(lenders & named)),
        "other_lender": float(bool(lenders) and not lenders & named),
        "law_named": float(document.id in question.laws),
        "article_named": float(
            unit.id.partition("#")[2] in question.articles and (not question.laws or document.id in question.laws)
        ),
        "is_regulation": float(document.kind is Kind.REGULATION),
        "is_lender": float(document.kind is Kind.LENDER),
        "is_contact": float(document.kind is Kind.CONTACT),
        "is_letter": float(document.kind is Kind.LETTER),
    }
