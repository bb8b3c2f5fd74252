"""What measures is never learnt from; these tests read the real data."""

from collections.abc import Mapping

import pytest

from training.data import SHARED, articles, key, question_pairs, scored_pairs, stard, written
from training.duplicates import learnt, nearness

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason=f"no training data in {SHARED}")


@pytest.fixture(scope="module")
def texts() -> Mapping[str, str]:
    return articles()


def test_no_question_that_measures_is_among_those_learnt_from(texts: Mapping[str, str]) -> None:
    asked = {key(pair.anchor) for pair in question_pairs(texts)}
    on_stard, on_written = stard()[1], written(texts)[1]
    assert (len(on_stard), len(on_written)) == (247, 1975)
    assert [query.text for query in on_stard + on_written if key(query.text) in asked] == []


def test_scored_pairs_keep_each_source_to_itself_and_lie_between_0_and_1() -> None:
    found = scored_pairs(("stsb_zh", "nli_zh", "lcqmc"))
    assert {source: len(pairs) for source, pairs in found.items()} == {"stsb_zh": 5083, "nli_zh": 33663, "lcqmc": 8719}
    assert {pair.score for pair in found["nli_zh"]} == {0.0, 0.5, 1.0}
    assert {pair.score for pair in found["lcqmc"]} == {0.0, 1.0}
    assert all(0 <= pair.score <= 1 for pair in found["stsb_zh"])


def test_few_questions_that_measure_have_a_near_one_to_learn_from() -> None:
    sources = learnt()
    questions = sources["STARD questions"] + sources["written questions"]
    near = nearness([query.text for query in stard()[1]], questions)
    assert ((near >= 80).sum(), (near >= 90).sum()) == (8, 4)  # as training/README.md says


def test_nearness_counts_characters_that_stay_and_no_signs() -> None:
    near = nearness(["借的钱，还不上！", "支付令几天内提异议"], ["借的钱还不上", "借了钱不还会坐牢吗"])
    assert near.tolist() == [100, 0]
