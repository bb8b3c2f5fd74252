"""Lines through the space of grams: which side of each does a text lie on?

One line tells what people chased for debt ask from everything else; others tell questions that cannot wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from wenju.index.grams import Rarity, cut


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Linear classifiers over the same grams, fitted by logistic regression."""

    names: tuple[str, ...]
    intercepts: tuple[float, ...]  # one a name
    grams: dict[str, tuple[float, ...]]  # how rare it is, then its weight for each name

    def scores(self, text: str) -> dict[str, float]:
        """Give for each name how far on its side a text lies, as log-odds; above 0 is inside."""
        weighed = self._rarity.weigh(cut(text))
        return {
            name: intercept + sum(weight * self.grams[gram][n] for gram, weight in weighed.items())
            for n, (name, intercept) in enumerate(zip(self.names, self.intercepts, strict=True), start=1)
        }

    @cached_property
    def _rarity(self) -> Rarity:
        return Rarity({gram: weights[0] for gram, weights in self.grams.items()})


NO_LINES = Lines(names=(), intercepts=(), grams={})


def lines_of(rarity: Rarity, weights: dict[str, Sequence[float]], intercepts: dict[str, float]) -> Lines:
    """Put fitted weights together, in the order of `rarity.idf`."""
    columns = zip(rarity.idf.items(), *weights.values(), strict=True)
    return Lines(
        names=tuple(weights),
        intercepts=tuple(round(intercepts[name], 4) for name in weights),
        grams={gram: (round(idf, 3), *(round(float(w), 3) for w in row)) for (gram, idf), *row in columns},
    )
