"""The evaluation: figures that can be worked out, and the shipped service against the accepted ones."""

import dataclasses
from pathlib import Path

import pytest

from wenju.corpus.questions import Expectation, Labelled, read_questions
from wenju.corpus.reader import read_corpus, shipped
from wenju.index.snapshot import Snapshot
from wenju.service.evaluation import figures
from wenju.service.evaluation.measure import Outcome, measure
from wenju.service.evaluation.reading import read_messages
from wenju.service.evaluation.report import report

QUESTIONS = Path(__file__).parents[1] / "questions"


def outcome(*, inside: bool = True, answered: bool = True, rank: int | None = 1, confidence: float = 0.9) -> Outcome:
    """A question with one right document, and what became of it."""
    expect = Expectation.ANSWERED if inside else Expectation.ABSTAIN
    asked = Labelled(q="问", expect=expect, docs=("a",) if inside else (), topic="上门")
    return Outcome(
        asked=asked,
        status="answered" if answered else "no_match",
        confidence=confidence,
        rank=rank,
        lacks=() if rank == 1 else ("document:a",),
        alerts=(),
        broken=(),
        milliseconds=10.0,
    )


def test_figures_are_shares_that_can_be_worked_out() -> None:
    rows = [
        outcome(),
        outcome(rank=2),
        outcome(rank=None, answered=False),
        outcome(inside=False, answered=False, rank=None),
    ]
    found = figures.figures(rows)
    assert found.found_first == pytest.approx(1 / 3)
    assert found.found_in_3 == pytest.approx(2 / 3)
    assert found.mrr == pytest.approx(0.5)
    assert found.answered == pytest.approx(2 / 3)
    assert found.answered_right == pytest.approx(1 / 3)
    assert found.silent == 1.0


def test_risk_grows_along_coverage_as_wrong_ones_come_in() -> None:
    rows = [outcome(confidence=0.9), outcome(rank=2, confidence=0.5), outcome(confidence=0.7)]
    assert figures.risk_and_coverage(rows) == [
        (0.9, pytest.approx(1 / 3), 0.0),
        (0.7, pytest.approx(2 / 3), 0.0),
        (0.5, 1.0, pytest.approx(1 / 3)),
    ]


def test_regression_is_told_by_name_and_slack_is_allowed(tmp_path: Path) -> None:
    now = figures.figures([outcome(), outcome(rank=2)])
    figures.save(now, tmp_path / "accepted.json")
    accepted = figures.load(tmp_path / "accepted.json")
    assert figures.regressions(now, accepted) == []
    assert figures.regressions(dataclasses.replace(now, mrr=now.mrr - 0.009), accepted) == []
    assert [line[:4] for line in figures.regressions(dataclasses.replace(now, mrr=now.mrr - 0.02), accepted)] == [
        "mrr:"
    ]
    assert figures.regressions(dataclasses.replace(now, broken=1), accepted) == ["broken: 1.000，上次接受的是 0.000"]


def test_tested_questions_are_not_among_those_the_ranking_was_fitted_on() -> None:
    fitted = {q.q for q in read_questions(shipped().parent / "questions")}
    assert len(fitted) > 2000
    assert [q.q for q in read_questions(QUESTIONS) if q.q in fitted] == []


def test_labels_name_documents_that_there_are() -> None:
    corpus = read_corpus([shipped()])
    known = {*corpus.documents, *corpus.passages}
    for folder in (QUESTIONS, shipped().parent / "questions"):
        assert {d for q in read_questions(folder) for d in q.docs} <= known


def test_service_answers_as_well_as_accepted(snapshot: Snapshot) -> None:
    questions = read_questions(QUESTIONS)
    assert len(questions) >= 300
    outcomes = measure(questions, snapshot, lambda *_: None)
    now = figures.figures(outcomes, read_messages(QUESTIONS / "messages" / "messages.jsonl", snapshot.corpus))
    assert figures.regressions(now, figures.load(QUESTIONS / "accepted.json")) == []
    page = report(outcomes, snapshot.manifest, now, None)
    assert page.count("<svg") == 4
    assert "http" not in page.replace("http://www.w3.org", "").replace("http://purl.org", "").replace(
        "https://matplotlib.org", ""
    ).replace("http://creativecommons.org", "")
