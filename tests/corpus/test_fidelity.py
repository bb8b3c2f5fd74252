"""Digests keep the numbers and the condition words of their articles."""

import pytest
import statutes

from wenju.corpus.document import Basis, Document, Kind, Passage
from wenju.corpus.fidelity import added, unfaithful
from wenju.corpus.reader import read_corpus, shipped

ARTICLE = "出借人应当在十五日内答复，但法律另有规定的除外；不得收取五百元以上费用。"


def test_faithful_digest_has_no_problem() -> None:
    assert unfaithful("出借人应当在15日内答复，但法律另有规定的除外，也不得收500元以上的费用。", ARTICLE) == []


@pytest.mark.parametrize(
    ("digest", "problem"),
    [
        ("出借人应当在20日内答复，但法律另有规定的除外，也不得收500元以上的费用。", "数字 20日 不在原文里"),
        ("出借人应当答复，但法律另有规定的除外，也不得收500元以上的费用。", "原文的数字 15日 丢了"),
        ("出借人应当在15日内答复，也不得收500元以上的费用。", "条件词“但”丢了"),
        ("出借人可以在15日内答复，但法律另有规定的除外，也不得收500元以上的费用。", "条件词“应当”丢了"),
    ],
)
def test_changed_number_or_lost_condition_is_a_problem(digest: str, problem: str) -> None:
    assert problem in unfaithful(digest, ARTICLE)


@pytest.mark.parametrize(
    ("digest", "article", "problem"),
    [
        # 要 in 需要 and 能 in 可能 are no duties and no leave
        ("出借人需要的材料很重要。", "出借人应当提供材料。", "条件词“应当”丢了"),
        ("法院可能受理。", "人民法院可以受理。", "条件词“可以”丢了"),
        ("银行可以核实，可以告知。", "银行应当核实，可以告知。", "“应当”变成了“可以”"),
        ("银行应当核实，应当告知。", "银行应当核实，可以告知。", "“可以”变成了“应当”"),
        ("不得泄露，可以转让。", "不得泄露，不得转让。", "“不得”变成了“可以”"),
        (
            "可以转让，但约定不得转让的除外。可以抵销。",
            "可以转让，但约定不得转让的除外。可以抵销，但性质不得抵销的除外。",
            "原文有 2 处例外，要点里少了",
        ),
    ],
)
def test_condition_that_is_lost_among_others_or_turned_is_a_problem(digest: str, article: str, problem: str) -> None:
    assert problem in unfaithful(digest, article)


@pytest.mark.parametrize(
    ("digest", "article"),
    [
        ("已付清但没有过户的，可以查封。", "已经付清价款，但尚未办理过户的，人民法院可以查封；"),
        (
            "应当征得同意。都同意的，可以在线。",
            "应当征得同意。人民法院应当作出以下处理：（一）各方当事人均同意的，可以在线进行。",
        ),
        ("前期利率没有超过的，可以认定。", "前期利率没有超过的，可认定。"),
    ],
)
def test_other_words_for_the_same_condition_are_no_problem(digest: str, article: str) -> None:
    assert unfaithful(digest, article) == []


def digests() -> list[tuple[Document, Passage]]:
    return [
        (document, passage)
        for document in read_corpus([shipped()]).documents.values()
        if document.kind is Kind.REGULATION
        for passage in document.passages
    ]


@pytest.mark.skipif(not statutes.FOLDER.is_dir(), reason="the official texts in ../shared are not here")
def test_every_digest_is_faithful_to_its_article() -> None:
    problems: list[str] = []
    for document, passage in digests():
        file = statutes.file_of(document.id)
        assert file, f"{document.id}: no statute file of that name"
        article = statutes.articles(file).get(passage.locator or "")
        reported = document.rule is not None and document.rule.basis is Basis.REPORTED
        if article is None and not reported and "不分条" not in statutes.head(file):
            problems.append(f"{passage.id}: the article is not in {file.name}")
            continue
        head = statutes.head(file) + (statutes.practice() if reported else "")
        # Reported rules and texts without articles can only be compared as a whole: nothing may be added.
        wrong = unfaithful(passage.text, article, head) if article else added(passage.text, statutes.whole(file), head)
        problems += [f"{passage.id}: {problem}" for problem in wrong]
    assert not problems, "\n".join(problems)
