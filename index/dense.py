"""Nearest vectors. A score is the cosine of two unit vectors: 1 is the same direction, best first."""

from pathlib import Path

import faiss
import numpy as np
from threadpoolctl import threadpool_limits

from wenju.index.encoder import Floats

# One product of a matrix and a vector a question: threads that wait for each other on shared cores cost more than
# they bring (28 ms instead of 2, measured), and the server answers several questions at once anyway.
faiss.omp_set_num_threads(1)
threadpool_limits(1, user_api="blas")


class VectorIndex:
    """Exact search over unit vectors; row n is the nth vector added."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Floats) -> "VectorIndex":
        """Take unit vectors, (rows, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def load(cls, file: Path) -> "VectorIndex":
        """Read what `save` wrote."""
        return cls(faiss.read_index(str(file)))

    def save(self, file: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(file))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    def vectors(self) -> Floats:
        """Every vector, (rows, dimension)."""
        found: Floats = self._index.reconstruct_n(0, len(self))
        return found

    def search(self, vector: Floats, limit: int) -> list[tuple[int, float]]:
        """Give at most `limit` (row, cosine) for one unit vector, best first.

        A zero vector (a text without a known token) is near nothing.
        """
        if not vector.any():
            return []
        scores, rows = self._index.search(vector.reshape(1, -1), min(limit, len(self)))
        # FAISS pads a short result with row -1.
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]
