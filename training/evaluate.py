"""Measure an encoder as ../shared/tools/score_encoder.py does, on what we hold back ourselves."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from training.data import SHARED, Query, Scored, rows, stard, written
from wenju.index.encoder import Encoder, Floats

DEPTHS = (10, 100)


def likeness(encoder: Encoder, scored: Mapping[str, Sequence[Scored]]) -> dict[str, float]:
    """Spearman's correlation between cosine and score, by source."""
    found = {}
    for source, pairs in scored.items():
        a = encoder.questions([pair.a for pair in pairs])
        b = encoder.questions([pair.b for pair in pairs])
        found[source] = float(spearmanr((a * b).sum(axis=1), [pair.score for pair in pairs])[0])
    return found


def development_pairs(folder: Path = SHARED) -> dict[str, list[Scored]]:
    """The development splits, by source."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for row in rows("sts_dev.jsonl.gz", folder):
        groups[row["src"]].append(Scored(row["a"], row["b"], float(row["score"])))
    return groups


def retrieval(encoder: Encoder, texts: Mapping[str, str], queries: Sequence[Query]) -> dict[str, float]:
    """recall@10, recall@100 and MRR@10 of the dense ranking alone."""
    documents = encoder.passages(list(texts.values()))
    questions = encoder.questions([query.text for query in queries])
    return {name: float(values.mean()) for name, values in figures(questions @ documents.T, texts, queries).items()}


def figures(scores: Floats, texts: Mapping[str, str], queries: Sequence[Query]) -> dict[str, Floats]:
    """recall@10, recall@100 and MRR@10 of every question, from its scores of all texts, (questions, texts)."""
    ids = np.array(list(texts))
    recalls: dict[int, list[float]] = {depth: [] for depth in DEPTHS}
    reciprocals = []
    for query, row in zip(queries, scores, strict=True):
        top = np.argpartition(-row, max(DEPTHS))[: max(DEPTHS)]
        ranked = ids[top[np.argsort(-row[top])]].tolist()
        gold = set(query.positives)
        for depth in DEPTHS:
            recalls[depth].append(len(gold & set(ranked[:depth])) / len(gold))
        reciprocals.append(next((1 / (n + 1) for n, i in enumerate(ranked[:10]) if i in gold), 0.0))
    found = {f"recall@{depth}": np.array(values, np.float32) for depth, values in recalls.items()}
    return found | {"mrr@10": np.array(reciprocals, np.float32)}


def measure(encoder: Encoder, texts: Mapping[str, str], folder: Path = SHARED) -> dict[str, float]:
    """Every figure we steer by."""
    _, held_back = stard(folder)
    _, made_up = written(texts, folder)
    on_written = {f"written {name}": value for name, value in retrieval(encoder, texts, made_up).items()}
    return retrieval(encoder, texts, held_back) | on_written | likeness(encoder, development_pairs(folder))
