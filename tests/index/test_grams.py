"""Spelling: grams, their rarity, and the cosines of texts."""

from pathlib import Path

import pytest

from wenju.index.grams import GramIndex, Rarity, cut


def test_text_is_cut_into_characters_and_pairs_without_signs() -> None:
    assert cut("催收，来") == {"催": 1, "收": 1, " ": 1, "来": 1, "催收": 1, "收 ": 1, " 来": 1}


def test_rare_grams_weigh_more_and_a_text_has_length_one() -> None:
    rarity = Rarity.of([cut("催收上门"), cut("催收电话"), cut("催收信")])
    assert rarity.idf["催收"] == pytest.approx(1.0)  # in every text
    assert rarity.idf["上门"] == pytest.approx(1.6931, abs=1e-4)  # ln(4/2) + 1
    weights = rarity.weigh(cut("催收上门"))
    assert sum(weight**2 for weight in weights.values()) == pytest.approx(1.0)
    assert rarity.weigh(cut("xyz")) == {}


def test_cosines_come_back_after_saving(tmp_path: Path) -> None:
    index = GramIndex.build(["催收上门", "支付令异议"])
    index.save(tmp_path / "grams.npz")
    again = GramIndex.load(tmp_path / "grams.npz")
    vector = again.vector("催收上门")
    assert again.cosines(vector).tolist() == pytest.approx([1.0, 0.0], abs=1e-6)
    assert again.search(vector, 5) == [(0, pytest.approx(1.0))]


def test_text_without_a_known_gram_is_near_nothing() -> None:
    index = GramIndex.build(["催收上门"])
    assert index.search(index.vector("xyz"), 5) == []
