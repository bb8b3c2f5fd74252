"""The thesaurus and the graded pairs that the encoder learns likeness from."""

from training.card import card
from training.written import PAIRS, THESAURUS, pairs, scored, thesaurus


def test_word_is_nearer_to_what_says_the_same_than_to_others_of_its_kind() -> None:
    found = {pair.b: pair.score for pair in thesaurus() if pair.a == "挖掘机"}
    assert found == {"挖土机": 1.0, "挖机": 1.0, "推土机": 0.5, "起重机": 0.5, "铲车": 0.5}


def test_no_pair_stands_twice_and_no_text_beside_itself() -> None:
    for source in (thesaurus(), pairs()):
        assert len({(pair.a, pair.b) for pair in source}) == len(source)
        assert [pair for pair in source if pair.a == pair.b or not pair.a or not pair.b] == []


def test_every_degree_of_likeness_is_among_the_pairs() -> None:
    grades = [pair.score * 5 for pair in pairs()]
    assert {round(grade * 2) for grade in grades} <= set(range(11))
    assert min(sum(low <= grade < low + 1 for grade in grades) for low in range(6)) > 400


def test_card_says_how_many_were_learnt_from() -> None:
    words = len({pair.a for pair in thesaurus()})
    written = card({"recipe": {"kept": 384, "characters": 5000, "bigrams": 90000, "own_pairs": True}, "figures": {}})
    assert f"| {words:,} words with others like them" in written
    assert f"| {len(pairs()):,} pairs of sentences, graded" in written
    assert set(scored()) == {THESAURUS, PAIRS}
