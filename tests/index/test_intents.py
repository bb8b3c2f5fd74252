"""Intents: which document a question asks for, as documents and labelled questions teach it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from wenju.corpus.document import Corpus
from wenju.corpus.questions import Expectation, Labelled
from wenju.corpus.reader import read_corpus
from wenju.index.intents import fit_intents

Write = Callable[..., Path]


def labelled(text: str, *documents: str) -> Labelled:
    return Labelled(q=text, expect=Expectation.ANSWERED, docs=documents)


def two(write: Write, documents: Path) -> Corpus:
    write("a", title="催收说要上门", asked="催收要上门怎么办", verdict="上门不一定真来。")
    write("b", title="收到支付令", asked="支付令几天提异议", verdict="收到支付令15日内可以提异议。")
    return read_corpus([documents])


def test_a_way_to_ask_lies_on_its_own_documents_side(write: Write, documents: Path) -> None:
    scores = fit_intents(two(write, documents), []).scores("催收要上门怎么办")
    assert set(scores) >= {"a", "b"}
    assert scores["a"] > 0 > scores["b"]


def test_labelled_questions_teach_words_that_no_document_has(write: Write, documents: Path) -> None:
    corpus = two(write, documents)
    taught = [labelled(text, "b") for text in ("他们砸窗", "砸窗算谁的", "夜里砸窗")]
    before, after = fit_intents(corpus, []), fit_intents(corpus, taught)
    assert before.scores("砸窗") == before.scores("")
    assert after.scores("砸窗")["b"] > 0 > after.scores("砸窗")["a"]


def test_labels_of_documents_that_are_not_there_teach_nothing(write: Write, documents: Path) -> None:
    corpus = two(write, documents)
    foreign = [labelled("水电费谁交", "c"), labelled("民法典怎么说", "civil-code#第六百七十条")]
    assert fit_intents(corpus, foreign).fingerprint == fit_intents(corpus, []).fingerprint


def test_a_corpus_of_one_document_has_nothing_to_tell_apart(write: Write, documents: Path) -> None:
    write("a", asked="催收要上门怎么办", verdict="上门不一定真来。")
    assert fit_intents(read_corpus([documents]), []).scores("催收要上门怎么办") == {}


def test_documents_that_share_no_gram_and_a_corpus_without_questions_have_no_lines(
    write: Write, documents: Path
) -> None:
    write("a", title="甲乙", asked="丙丁", verdict="戊己。")
    write("b", title="庚辛", asked="壬癸", verdict="子丑。")
    corpus = read_corpus([documents])
    assert fit_intents(corpus, []).names == ()
    assert fit_intents(replace(corpus, documents={}), []).names == ()


def test_the_same_questions_give_the_same_lines(write: Write, documents: Path) -> None:
    corpus = two(write, documents)
    assert fit_intents(corpus, []).fingerprint == fit_intents(corpus, []).fingerprint
