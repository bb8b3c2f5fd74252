"""Lines through the space of grams: on which side of each does a text lie, and how far?

One line tells what people chased for debt ask from everything else, others tell questions that cannot wait, and one a
document tells what is asked of it from what is asked of the others.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wenju.index.grams import Rarity, cut


@dataclass(frozen=True, kw_only=True, eq=False)
class Lines:
    """Linear classifiers over the same grams."""

    names: tuple[str, ...]
    intercepts: NDArray[np.float32]  # (names,)
    rarity: Rarity
    weights: NDArray[np.float16]  # (grams in the order of the rarity, names)

    def scores(self, text: str) -> dict[str, float]:
        """Give for each name how far on its side a text lies; above 0 is inside."""
        weighed = self.rarity.weigh(cut(text))
        rows = self.weights[[self._row[gram] for gram in weighed]].astype(np.float32)
        found = self.intercepts + np.array(list(weighed.values()), np.float32) @ rows
        return dict(zip(self.names, found.tolist(), strict=True))

    @cached_property
    def _row(self) -> Mapping[str, int]:
        return {gram: n for n, gram in enumerate(self.rarity.idf)}

    @cached_property
    def fingerprint(self) -> str:
        """Changes when a line does."""
        digest = hashlib.sha256(repr((self.names, self.rarity.idf)).encode())
        digest.update(self.intercepts.tobytes())
        digest.update(self.weights.tobytes())
        return digest.hexdigest()[:16]

    def save(self, file: Path) -> None:
        """Write them to a file."""
        grams, idf = list(self.rarity.idf), list(self.rarity.idf.values())
        with file.open("wb") as out:
            np.savez(out, names=self.names, intercepts=self.intercepts, grams=grams, idf=idf, weights=self.weights)

    @classmethod
    def load(cls, file: Path) -> "Lines":
        """Read what `save` wrote."""
        with np.load(file) as saved:
            return lines_of(
                saved["names"].tolist(),
                Rarity(dict(zip(saved["grams"].tolist(), saved["idf"].tolist(), strict=True))),
                saved["weights"],
                saved["intercepts"],
            )


def lines_of(names: Sequence[str], rarity: Rarity, weights: ArrayLike, intercepts: ArrayLike) -> Lines:
    """Put fitted lines together: weights are (grams in the order of `rarity.idf`, names)."""
    shape = (len(rarity.idf), len(names))
    return Lines(
        names=tuple(names),
        intercepts=np.asarray(intercepts, np.float32).reshape(len(names)),
        rarity=rarity,
        weights=np.ascontiguousarray(np.asarray(weights, np.float16).reshape(shape)),
    )


NO_LINES = lines_of((), Rarity({}), (), ())
