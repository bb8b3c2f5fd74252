"""signs.yaml: what tells in a message, read as strictly as documents are."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wenju.corpus.finding import CorpusInvalid
from wenju.corpus.reader import read_corpus, shipped
from wenju.corpus.signals import Reading

Write = Callable[..., Path]
SIGN = "- {code: home_visit, label: 上门, claim: true, passage: a#verdict, patterns: [上门]}"


def signs(documents: Path, text: str) -> list[str]:
    (documents / "signs.yaml").write_text(text, encoding="utf-8")
    try:
        read_corpus([documents])
    except CorpusInvalid as invalid:
        return [finding.what for finding in invalid.findings]
    return []


def test_signs_are_read_in_their_order(write: Write, documents: Path) -> None:
    write("a", verdict="先核实。再决定。")
    more = "- {code: link, label: 链接, passage: a#verdict, sentence: 再, reads: link}"
    assert signs(documents, f"{SIGN}\n{more}\n") == []
    rules = read_corpus([documents]).signs
    assert [rule.code for rule in rules] == ["home_visit", "link"]
    assert (rules[0].claim, rules[1].claim, rules[1].reads) == (True, False, Reading.LINK)
    sentence = read_corpus([documents]).passages["a#verdict"].sentence(rules[1].sentence)
    assert sentence is not None
    assert sentence.text == "再决定。"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (SIGN.replace("a#verdict", "b#verdict"), "home_visit 指向的段落 b#verdict 不存在"),
        (SIGN.replace("patterns", "sentence: 没有, patterns"), "home_visit 在 a#verdict 里找不到以“没有”开头的句子"),
        (SIGN.replace(", patterns: [上门]", ""), "home_visit 没有 patterns 也没有 reads，认不出来"),
        (f"{SIGN}\n{SIGN}", "home_visit 写了两次"),
    ],
)
def test_sign_that_cannot_be_used_is_a_finding(text: str, what: str, write: Write, documents: Path) -> None:
    write("a")
    assert signs(documents, text) == [what]


@pytest.mark.parametrize(
    "text",
    [
        "code: home_visit",
        "[",
        SIGN.replace("上门]", "'(']"),
        SIGN.replace("patterns", "unless: ['['], patterns"),
        SIGN.replace("label", "lable"),
        SIGN.replace("patterns: [上门]", "reads: smell"),
    ],
)
def test_signs_that_cannot_be_read_are_a_finding(text: str, write: Write, documents: Path) -> None:
    write("a")
    found = signs(documents, text)
    assert len(found) == 1
    assert found[0].startswith("规则读不出来：")


def test_every_shipped_sign_has_a_sentence_that_explains_it() -> None:
    corpus = read_corpus([shipped()])
    assert len(corpus.signs) >= 40
    for rule in corpus.signs:
        assert corpus.passages[rule.passage].sentence(rule.sentence) is not None


def test_alerts_ring_at_signs_that_there_are() -> None:
    corpus = read_corpus([shipped()])
    rung = {sign for rule in corpus.alerts for sign in rule.signs}
    shown = {"private_account", "official_pay", "verification_code", "screen_share", "account_cancel"}
    assert rung == {*shown, "fee_first", "upfront_fee"}
    assert rung <= {rule.code for rule in corpus.signs}
