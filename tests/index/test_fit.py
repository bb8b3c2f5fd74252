"""Fitting: what is learned from samples whose right weights are known."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from wenju.index.features import NAMES
from wenju.index.fit import WRONG, Sample, fit, fit_lines, fit_weights
from wenju.index.ranking import Ranking

INSIDE = ["催收要上门怎么办", "催收半夜打电话", "被催收威胁了", "催收说要来我家", "催收找我家人"] * 8
OUTSIDE = ["今天天气怎么样", "股票能买吗", "怎么做红烧肉", "怎么办签证", "怎么买火车票"] * 8


def sample(text: str, inside: bool, chance: np.random.Generator) -> Sample:
    """A question with five candidates; the right one is told by its `variant`, and `words` is noise."""
    features = np.zeros((5, len(NAMES)))
    features[:, NAMES.index("variant")] = chance.uniform(0, 0.5, 5)
    features[:, NAMES.index("words")] = chance.uniform(0, 1, 5)
    right = np.zeros(5, bool)
    if inside:
        right[chance.integers(5)] = True
        features[right, NAMES.index("variant")] += 0.5
    return Sample(text, features, right, inside, None)


@pytest.fixture
def samples() -> list[Sample]:
    chance = np.random.default_rng(1)
    texts = [(text, True) for text in INSIDE] + [(text, False) for text in OUTSIDE]
    return [sample(*texts[n], chance) for n in chance.permutation(len(texts))]


def test_what_tells_the_right_candidate_weighs_and_noise_does_not(samples: list[Sample]) -> None:
    weights = dict(zip(NAMES, fit_weights(samples), strict=True))
    assert weights["variant"] > 5
    assert weights["variant"] > 8 * weights["words"]
    assert weights["passage"] == 0  # never seen to matter


def test_scope_knows_inside_from_outside(samples: list[Sample]) -> None:
    lines = fit_lines(samples, INSIDE, ["scope"])
    assert lines.scores("催收打电话到我家")["scope"] > 1
    assert lines.scores("红烧肉怎么做")["scope"] < -1


def test_alert_is_learned_from_questions_that_raise_it(samples: list[Sample]) -> None:
    ranking = fit([replace(s, alert="danger" if "威胁" in s.text else None) for s in samples], INSIDE, "encoder")
    assert list(ranking.alerts("催收一直威胁我")) == ["danger"]
    assert ranking.alerts("催收要上门怎么办") == {}


def test_threshold_lets_no_more_than_the_stated_share_from_outside_through(samples: list[Sample]) -> None:
    ranking = fit(samples, INSIDE, "encoder")
    outside = [s for s in samples if not s.inside]
    best = []
    for s in outside:
        points = (s.features @ np.array([ranking.weights[name] for name in NAMES])).tolist()
        best.append(max(ranking.probabilities(points, s.text)))
    assert sum(p >= ranking.thresholds.answered for p in best) <= WRONG * len(outside) + 1
    assert ranking.thresholds.weak <= ranking.thresholds.answered
    assert ranking.fitted_on == 80


def test_saved_ranking_is_read_again_and_one_with_other_features_is_refused(
    samples: list[Sample], tmp_path: Path
) -> None:
    ranking = fit(samples, INSIDE, "encoder")
    ranking.save(tmp_path)
    assert Ranking.load(tmp_path).fingerprint == ranking.fingerprint
    file = tmp_path / "ranking.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"variant"', '"older"', 1), encoding="utf-8")
    with pytest.raises(ValueError, match="older"):
        Ranking.load(tmp_path)
