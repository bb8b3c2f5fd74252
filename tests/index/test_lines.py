"""Lines: which side a text lies on, and that a saved line is the same line."""

from pathlib import Path

import numpy as np
import pytest

from wenju.index.grams import Rarity, cut
from wenju.index.lines import NO_LINES, Lines, lines_of


@pytest.fixture
def lines() -> Lines:
    rarity = Rarity.of([cut("上门"), cut("天气")])
    weights = np.zeros((len(rarity.idf), 2))
    weights[list(rarity.idf).index("上门")] = [3.0, -1.0]
    return lines_of(("inside", "other"), rarity, weights, [-0.5, 0.25])


def test_a_text_lies_as_far_as_its_known_grams_say(lines: Lines) -> None:
    share = 1 / np.sqrt(3)  # 上门 holds three grams, each as rare as the others
    assert lines.scores("上门") == pytest.approx({"inside": 3 * share - 0.5, "other": 0.25 - share}, abs=1e-3)


def test_a_text_of_unknown_grams_lies_where_the_line_begins(lines: Lines) -> None:
    assert lines.scores("支付令") == {"inside": -0.5, "other": 0.25}
    assert lines.scores("") == {"inside": -0.5, "other": 0.25}


def test_no_lines_have_no_scores() -> None:
    assert NO_LINES.scores("上门") == {}


def test_saved_lines_are_read_again_as_they_were(lines: Lines, tmp_path: Path) -> None:
    lines.save(tmp_path / "lines.npz")
    again = Lines.load(tmp_path / "lines.npz")
    assert again.fingerprint == lines.fingerprint
    assert again.scores("催收上门") == lines.scores("催收上门")


def test_fingerprint_changes_with_one_weight(lines: Lines) -> None:
    weights = lines.weights.copy()
    weights[0, 0] += 1
    assert lines_of(lines.names, lines.rarity, weights, lines.intercepts).fingerprint != lines.fingerprint
