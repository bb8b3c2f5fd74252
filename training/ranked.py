"""How far a ranking around an encoder gets on STARD's articles: `python -m training.ranked [FOLDER]`.

As in the service, an article is found by its text and by the ways people have asked for it, each by meaning; and by
its spelling. How much the last two count beside the first is chosen on one half of the questions held back and
measured on the other, both ways round.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.data import Query, articles, learnt_questions, stard
from training.evaluate import figures
from training.install import shipped_encoder
from wenju.index.encoder import BundledEncoder, Encoder
from wenju.index.grams import GramIndex

SHARES = tuple(product((0.0, 0.5, 1.0, 1.5), (0.0, 0.2, 0.4)))  # of ways to ask, of spelling

Scores = NDArray[np.float32]  # (questions, articles)


@dataclass(frozen=True)
class Candidates:
    """What three ways of looking give every article, for every question."""

    texts: Scores
    asked: Scores
    spelling: Scores

    def ranked(self, asked: float, spelling: float) -> Scores:
        """Sum them with shares."""
        total: Scores = self.texts + asked * self.asked + spelling * self.spelling
        return total


def look(encoder: Encoder, texts: Mapping[str, str], known: Sequence[Query], queries: Sequence[Query]) -> Candidates:
    """Score every article for every question, by its text, by the nearest way it was asked for, and by spelling."""
    row = {article: n for n, article in enumerate(texts)}
    questions = encoder.questions([query.text for query in queries])
    by_text = questions @ encoder.passages(list(texts.values())).T
    by_question = questions @ encoder.questions([query.text for query in known]).T
    asked = np.zeros_like(by_text)
    for n, query in enumerate(known):
        for article in query.positives:
            asked[:, row[article]] = np.maximum(asked[:, row[article]], by_question[:, n])
    grams = GramIndex.build(texts.values())
    spelling = np.stack([grams.cosines(grams.vector(query.text)) for query in queries])
    return Candidates(by_text, asked, spelling)


def main() -> None:
    """Print the figures of every pair of shares, and those of shares chosen on other questions."""
    encoder = BundledEncoder(Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_encoder())
    texts = articles()
    held = stard()[1]
    candidates = look(encoder, texts, learnt_questions(texts), held)
    found = {shares: figures(candidates.ranked(*shares), texts, held) for shares in SHARES}
    print("ways to ask, spelling: " + ", ".join(next(iter(found.values()))))
    for shares, each in found.items():
        print(shares, *(f"{values.mean():.3f}" for values in each.values()))
    chosen = [_of_other_half(found, half) for half in (0, 1)]
    means = {name: np.concatenate([part[name] for part in chosen]).mean() for name in chosen[0]}
    print("shares chosen on the other half:", *(f"{name} {value:.3f}" for name, value in means.items()))


def _of_other_half(found: Mapping[tuple[float, float], Mapping[str, Scores]], half: int) -> dict[str, Scores]:
    """Give a half's figures with the shares that were best for the other, by the mean of all figures."""
    best = max(found, key=lambda shares: sum(values[1 - half :: 2].mean() for values in found[shares].values()))
    print(f"half {half + 1}: shares {best}")
    return {name: values[half::2] for name, values in found[best].items()}


if __name__ == "__main__":
    main()
