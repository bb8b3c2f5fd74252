"""What was written for this project about words and sentences: `thesaurus.tsv.gz` and `pairs.tsv.gz`.

A static encoder knows of a word what the texts it learnt from tell, and those are laws and questions about loans. That
土豆 and 马铃薯 are one thing, or that 涨 is not 跌, they hardly tell; the thesaurus does. The pairs show what makes two
sentences alike.
"""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from training.data import Scored

THESAURUS, PAIRS = "thesaurus", "written"  # names of the two sources
FOLDER = Path(__file__).parent
# How alike a word is to one that says the same, one of its kind, and one that must not be taken for it.
SAME, NEAR, OTHER = 1.0, 0.5, 0.2
BEST = 5  # the grade of sentences that say the same


def _rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(FOLDER / name, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def thesaurus() -> list[Scored]:
    """Each word with the others of its row, by how alike they are."""
    return [
        Scored(row["word"], other, likeness)
        for row in _rows("thesaurus.tsv.gz")
        for column, likeness in (("same", SAME), ("near", NEAR), ("other", OTHER))
        for other in row[column].split()
    ]


def pairs() -> list[Scored]:
    """Sentences with others that say the same, or part of it, or something else in nearly the same words."""
    return [Scored(row["a"], row["b"], float(row["grade"]) / BEST) for row in _rows("pairs.tsv.gz")]


def scored() -> dict[str, list[Scored]]:
    """Both, by source."""
    return {THESAURUS: thesaurus(), PAIRS: pairs()}
