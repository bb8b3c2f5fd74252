from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import KeywordEncoder

from wenju.corpus.reader import read_corpus
from wenju.index.build import build
from wenju.index.manifest import Thresholds
from wenju.index.ranking import FEATURES, Features, Ranking
from wenju.index.search import Finder
from wenju.index.snapshot import Snapshot
from wenju.index.snapshots import Snapshots

Write = Callable[..., Path]


@pytest.fixture
def finder(write: Write, documents: Path, tmp_path: Path) -> Finder:
    write("a", asked="催收要上门怎么办", verdict="上门不一定真来。")
    write("b", asked="支付令几天提异议", verdict="收到支付令15日内可以提异议。")
    encoder = KeywordEncoder("上门", "支付令")
    snapshots = Snapshots(tmp_path / "snapshots")
    version = build(read_corpus([documents]), encoder, snapshots).manifest.version
    return Snapshot(snapshots.path(version), encoder).finder


def test_features_are_cosines_and_shares_that_can_be_worked_out(finder: Finder) -> None:
    hit = finder.search(finder.read("支付令"))[0]
    assert hit.passage.id == "b#verdict"
    assert hit.features.variant_cosine == pytest.approx(1.0, abs=1e-3)
    assert hit.features.passage_cosine == pytest.approx(1.0, abs=1e-3)
    assert hit.features.passage_words == pytest.approx(1.0)
    assert 0 < hit.features.variant_words < 1


def test_hits_come_best_first_with_scores_that_are_probabilities(finder: Finder) -> None:
    scores = [hit.score for hit in finder.search(finder.read("催收要上门怎么办"))]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_words_find_what_vectors_do_not_know(finder: Finder) -> None:
    assert finder.search(finder.read("先核实谁"))[0].passage.slot == "do"


def test_limit_is_kept(finder: Finder) -> None:
    assert len(finder.search(finder.read("支付令上门"), limit=2)) == 2


def test_score_is_the_logistic_of_the_weighted_features() -> None:
    weights = dict.fromkeys(FEATURES, 0.0) | {"variant_cosine": 2.0}
    ranking = Ranking(intercept=-1.0, weights=weights, thresholds=Thresholds(answered=0.5, weak=0.3))
    assert ranking.score(Features(variant_cosine=0.5)) == pytest.approx(0.5)
    assert ranking.score(Features(variant_cosine=1.0)) == pytest.approx(0.7311, abs=1e-4)
