"""Finding: what proposes, what is known of a candidate, and what comes first."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from fakes import KeywordEncoder

from wenju.corpus.reader import read_corpus
from wenju.index.build import build
from wenju.index.ranking import unfitted_ranking
from wenju.index.search import Finder, Hit
from wenju.index.snapshot import Snapshot
from wenju.index.snapshots import Snapshots

Write = Callable[..., Path]
Open = Callable[..., Finder]


@pytest.fixture
def finder(write: Write, documents: Path, tmp_path: Path) -> Open:
    def open_finder(reranker: object = None) -> Finder:
        write("a", title="催收说要上门", asked="催收要上门怎么办", verdict="上门不一定真来。")
        write("b", title="收到支付令", asked="支付令几天提异议", verdict="收到支付令15日内可以提异议。")
        encoder = KeywordEncoder("上门", "支付令")
        snapshots = Snapshots(tmp_path / "snapshots")
        plain = unfitted_ranking(encoder.fingerprint)
        version = build(read_corpus([documents]), encoder, snapshots, ranking=plain).manifest.version
        return Snapshot(snapshots.path(version), encoder, reranker=reranker).finder  # type: ignore[arg-type]

    return open_finder


def test_features_are_cosines_and_shares_that_can_be_worked_out(finder: Open) -> None:
    found = finder()
    hit = found.search(found.read("支付令"))[0]
    assert hit.document.id == "b"
    assert hit.passage.id == "b#verdict"
    assert hit.features.variant == pytest.approx(1.0, abs=1e-3)
    assert hit.features.passage == pytest.approx(1.0, abs=1e-3)
    assert hit.features.words == 1.0  # nothing has a higher BM25
    assert hit.features.intent > 1  # on its own side of the line
    assert 0 < hit.features.spelt_middle < hit.features.spelt_variant < 1


def test_own_words_of_a_document_are_spelt_exactly_so(finder: Open) -> None:
    found = finder()
    hit = found.search(found.read("催收要上门怎么办"))[0]
    assert hit.features.spelt_variant == pytest.approx(1.0, abs=1e-5)


def test_hits_are_documents_best_first_with_scores_that_are_probabilities(finder: Open) -> None:
    found = finder()
    hits = found.search(found.read("催收要上门怎么办"))
    scores = [hit.score for hit in hits]
    assert [hit.document.id for hit in hits] == ["a", "b"]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_spelling_finds_what_vectors_do_not_know(finder: Open) -> None:
    found = finder()
    by_id = {hit.document.id: hit for hit in found.search(found.read("提异议"))}
    assert by_id["a"].features.variant == by_id["b"].features.variant  # no keyword, so no difference
    assert by_id["b"].features.spelt_variant > 0.3 > by_id["a"].features.spelt_variant
    assert by_id["b"].score > by_id["a"].score


def test_limit_is_kept(finder: Open) -> None:
    found = finder()
    assert len(found.search(found.read("支付令上门"), limit=1)) == 1


class Backwards:
    """A reranker that turns everything round."""

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """Give the same hits, worst first."""
        assert question == "催收要上门怎么办"
        return list(reversed(hits))


def test_reranker_has_the_last_word_on_order_and_leaves_scores_alone(finder: Open) -> None:
    plain, turned = finder(), finder(Backwards())
    before = plain.search(plain.read("催收要上门怎么办"))
    after = turned.search(turned.read("催收要上门怎么办"))
    assert [h.document.id for h in after] == ["b", "a"]
    assert {h.document.id: h.score for h in after} == {h.document.id: h.score for h in before}
