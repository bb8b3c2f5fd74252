import sqlite3

import pytest

from wenju.index.lexical import FullText, Words, aligned, simplified


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    return Words(["停息挂账", "爆通讯录", "微粒贷"], tmp_path_factory.mktemp("jieba"))


def test_terms_of_the_domain_stay_whole(words: Words) -> None:
    cut = words.cut("微粒贷爆通讯录，能停息挂账吗？")
    assert {"微粒贷", "爆通讯录", "停息挂账"} <= set(cut)


def test_punctuation_and_idle_words_are_no_words(words: Words) -> None:
    assert words.cut("我的，吗？！怎么办") == []


def test_numbers_and_shares_are_words(words: Words) -> None:
    assert {"12378", "24%"} <= set(words.cut("打 12378，利率２４％"))


def test_full_text_ranks_by_bm25_best_first() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table w using fts5(words)")
    connection.executemany(
        "insert into w(rowid, words) values (?, ?)", [(0, "上门 催收 短信"), (1, "催收"), (2, "利息")]
    )
    found = FullText(connection, "w").search(["上门", "催收"], 5)
    assert [row for row, _ in found] == [0, 1]
    assert found[0][1] > found[1][1]


@pytest.mark.parametrize("words", [[], ['"'], ["NEAR", "or"], ["a*"]])
def test_no_word_breaks_the_query(words: list[str]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table w using fts5(words)")
    assert FullText(connection, "w").search(words, 5) == []


def test_traditional_and_full_width_forms_become_simplified() -> None:
    assert simplified("催收說要上門１２３") == "催收说要上门123"


@pytest.mark.parametrize(
    ("text", "plain"),
    [("催收１８點前還款，￥５", "催收18点前还款,¥5"), ("ﬁ㍿…", "ﬁ㍿…"), ("", "")],
)
def test_aligned_text_keeps_every_character_at_its_place(text: str, plain: str) -> None:
    assert aligned(text) == plain
    assert len(aligned(text)) == len(text)
