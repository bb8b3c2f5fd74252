"""Characters and pairs of characters, weighed by rarity (TF-IDF): how near two texts are in spelling.

Words cut by a dictionary miss what people type in haste; pairs of characters survive it.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

from wenju.index.encoder import Floats

_NO_SIGN = re.compile(r"[\W_]+")


def cut(text: str) -> Counter[str]:
    """Count the characters and the pairs of neighbouring characters of a text; a blank stands for any signs."""
    clean = _NO_SIGN.sub(" ", text.lower())
    return Counter([*clean, *(clean[n : n + 2] for n in range(len(clean) - 1))])


class Rarity:
    """How much each gram counts: the logarithm of how rare it was in some texts."""

    def __init__(self, idf: Mapping[str, float]) -> None:
        self.idf = idf

    @classmethod
    def of(cls, counts: Sequence[Counter[str]], least: int = 1) -> "Rarity":
        """Learn it from texts already cut; grams in fewer than `least` of them are left out."""
        found = Counter(gram for count in counts for gram in count)
        return cls({g: math.log((1 + len(counts)) / (1 + n)) + 1 for g, n in sorted(found.items()) if n >= least})

    def weigh(self, count: Mapping[str, int]) -> dict[str, float]:
        """Give the weights of a text's known grams; their squares add up to 1, unless there are none."""
        weights = {gram: (1 + math.log(n)) * self.idf[gram] for gram, n in count.items() if gram in self.idf}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / norm for gram, weight in weights.items()}


class GramIndex:
    """Texts by their grams; row n is the nth text. A score is a cosine, 0 to 1."""

    def __init__(self, rarity: Rarity, matrix: sparse.csr_matrix) -> None:
        self.rarity = rarity
        self.matrix = matrix  # (texts, grams), rows of length 1
        self._columns = {gram: n for n, gram in enumerate(rarity.idf)}
        self._by_gram = matrix.tocsc()

    @classmethod
    def build(cls, texts: Iterable[str]) -> "GramIndex":
        """Cut texts and weigh their grams."""
        counts = [cut(text) for text in texts]
        rarity = Rarity.of(counts)
        return cls(rarity, weighed_rows(rarity, counts))

    @classmethod
    def load(cls, file: Path) -> "GramIndex":
        """Read what `save` wrote."""
        with np.load(file) as saved:
            rarity = Rarity(dict(zip(saved["grams"].tolist(), saved["idf"].tolist(), strict=True)))
            parts = (saved["data"], saved["indices"], saved["indptr"])
        return cls(rarity, sparse.csr_matrix(parts, shape=(len(parts[2]) - 1, len(rarity.idf))))

    def save(self, file: Path) -> None:
        """Write the index to a file."""
        m = self.matrix
        grams, idf = list(self.rarity.idf), list(self.rarity.idf.values())
        with file.open("wb") as out:
            np.savez(out, data=m.data, indices=m.indices, indptr=m.indptr, grams=grams, idf=idf)

    def vector(self, text: str) -> sparse.csr_matrix:
        """Give the weights of a text's grams, (1, grams)."""
        weights = self.rarity.weigh(cut(text))
        columns = [self._columns[gram] for gram in weights]
        values = np.array(list(weights.values()), np.float32)
        return sparse.csr_matrix((values, columns, [0, len(columns)]), shape=(1, len(self._columns)))

    def cosines(self, vector: sparse.csr_matrix) -> Floats:
        """Give the cosine of a vector with every row; reads only the grams it has."""
        found: Floats = np.asarray(self._by_gram[:, vector.indices] @ vector.data, np.float32).ravel()
        return found

    def search(self, vector: sparse.csr_matrix, limit: int) -> list[tuple[int, float]]:
        """Give at most `limit` (row, cosine) of rows that share a gram, best first."""
        cosines = self.cosines(vector)
        rows = np.flatnonzero(cosines > 0)
        if len(rows) > limit:
            rows = rows[np.argpartition(-cosines[rows], limit)[:limit]]
        rows = rows[np.argsort(-cosines[rows], kind="stable")]
        return [(int(row), float(cosines[row])) for row in rows]


def weighed_rows(rarity: Rarity, counts: Iterable[Counter[str]]) -> sparse.csr_matrix:
    """Put weighed texts into the rows of a matrix whose columns are the grams in the order of `rarity.idf`."""
    column = {gram: n for n, gram in enumerate(rarity.idf)}
    data: list[float] = []
    indices: list[int] = []
    starts = [0]
    for count in counts:
        weights = rarity.weigh(count)
        data += weights.values()
        indices += (column[gram] for gram in weights)
        starts.append(len(data))
    parts = (np.array(data, np.float32), np.array(indices, np.int32), np.array(starts, np.int32))
    return sparse.csr_matrix(parts, shape=(len(starts) - 1, len(column)))
