from pathlib import Path

import numpy as np
import pytest

from wenju.index.dense import VectorIndex

VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)


def test_score_is_the_cosine_best_first_and_a_short_index_gives_fewer() -> None:
    found = VectorIndex.build(VECTORS).search(np.array([0, 1], np.float32), 10)
    assert [row for row, _ in found] == [1, 2, 0]
    assert [score for _, score in found] == pytest.approx([1.0, 0.8, 0.0])


def test_zero_vector_is_near_nothing() -> None:
    assert VectorIndex.build(VECTORS).search(np.zeros(2, np.float32), 3) == []


def test_saved_index_gives_the_same_vectors_and_scores(tmp_path: Path) -> None:
    VectorIndex.build(VECTORS).save(tmp_path / "v")
    index = VectorIndex.load(tmp_path / "v")
    assert (len(index), index.dimension) == (3, 2)
    assert np.array_equal(index.vectors(), VECTORS)
    assert index.search(np.array([1, 0], np.float32), 1) == [(0, pytest.approx(1.0))]
