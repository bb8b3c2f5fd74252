"""How near the questions held back come to those learnt from: `python -m training.duplicates`.

Nearness is rapidfuzz's ratio of what is left without signs and blanks, 0 to 100: the share of characters that stay
where one is edited into the other. 100 is the same question, from 90 on a word or two differ.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from training.data import SHARED, Query, articles, key, rows, stard, written
from training.evaluate import development_pairs, retrieval
from training.install import shipped_encoder
from training.recipe import ANSWERS, Recipe, scored_pairs
from wenju.index.encoder import BundledEncoder

NEAR = 80  # the same matter in nearly the same words
BOUNDS = (NEAR, 90, 100)
AT_ONCE = 20_000  # texts compared at a time, so that memory stays small

Nearness = NDArray[np.float32]


def nearness(held: Sequence[str], learnt: Iterable[str]) -> Nearness:
    """Give for each text held back how near the nearest text learnt from comes; what is below NEAR counts as 0."""
    asked, others = [key(text) for text in held], sorted({key(text) for text in learnt})
    best = np.zeros(len(asked), np.float32)
    for start in range(0, len(others), AT_ONCE):
        some = others[start : start + AT_ONCE]
        best = np.maximum(
            best, process.cdist(asked, some, scorer=fuzz.ratio, score_cutoff=NEAR, workers=-1).max(axis=1)
        )
    return best


def learnt(folder: Path = SHARED) -> dict[str, list[str]]:
    """Every short text that is learnt from, by source."""
    texts = articles(folder)
    scored = chain.from_iterable(scored_pairs(Recipe(), folder).values())
    return {
        "STARD questions": [query.text for query in stard(folder)[0]],
        "written questions": [query.text for query in written(texts, folder)[0]],
        "questions with answers": [row["q"] for row in rows("qa.jsonl.gz", folder) if row["src"] in ANSWERS],
        "paraphrases": [text for pair in scored for text in (pair.a, pair.b)],
    }


def seen_pairs(folder: Path = SHARED) -> dict[str, tuple[int, int]]:
    """Count by development set: (pairs, those whose both texts stand together in a pair that is learnt from)."""
    scored = chain.from_iterable(scored_pairs(Recipe(), folder).values())
    together = {frozenset((key(pair.a), key(pair.b))) for pair in scored}
    return {
        source: (len(pairs), sum(frozenset((key(pair.a), key(pair.b))) in together for pair in pairs))
        for source, pairs in development_pairs(folder).items()
    }


def main() -> None:
    """Count them, and measure the shipped encoder on the questions that have no near one."""
    texts, sources = articles(), learnt()
    _, on_stard = stard()
    _, on_written = written(texts)
    nearest: dict[str, Nearness] = {}
    for name, held in (("STARD", on_stard), ("written", on_written)):
        print(f"{len(held)} {name} questions held back; how many have one at least so near to learn from:")
        found = {source: nearness([q.text for q in held], some) for source, some in sources.items()}
        nearest[name] = np.max(list(found.values()), axis=0)
        for source, near in [*found.items(), ("any", nearest[name])]:
            print(f"    {source:22} " + "  ".join(f"≥{bound}: {(near >= bound).sum():3}" for bound in BOUNDS))
    for source, (pairs, seen) in seen_pairs().items():
        print(f"{source}: {seen} of {pairs} development pairs are learnt from too")
    encoder = BundledEncoder(shipped_encoder())
    alone: list[Query] = [q for q, near in zip(on_stard, nearest["STARD"], strict=True) if near < NEAR]
    print(f"shipped encoder, all {len(on_stard)}:", retrieval(encoder, texts, on_stard))
    print(f"without those near, {len(alone)}:", retrieval(encoder, texts, alone))


if __name__ == "__main__":
    main()
