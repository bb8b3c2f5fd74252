"""Digests keep the numbers and the condition words of their articles."""

import pytest
import statutes

from wenju.corpus.document import Basis, Document, Kind, Passage
from wenju.corpus.fidelity import unfaithful
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
        # Reported rules and texts without articles are compared as a whole: nothing added, as far as numbers go.
        head = statutes.head(file) + (statutes.practice() if reported else "")
        wrong = unfaithful(passage.text, article or statutes.whole(file), head)
        problems += [f"{passage.id}: {problem}" for problem in wrong if article or "丢了" not in problem]
    assert not problems, "\n".join(problems)
