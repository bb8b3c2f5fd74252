"""Answer a question: the one way in for pages, API and command line."""

from dataclasses import dataclass

from wenju.index.snapshot import Snapshot
from wenju.service.answer.draft import Draft
from wenju.service.answer.opinion import Adviser
from wenju.service.answer.steps import run, steps
from wenju.service.contract import AnswerOut
from wenju.service.present import present
from wenju.service.privacy import masked


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and what it was made from."""

    out: AnswerOut
    draft: Draft


def answer(question: str, snapshot: Snapshot, adviser: Adviser | None = None) -> Answered:
    """Answer a question from a snapshot. Personal data is masked before anything looks at it."""
    draft = run(Draft(asked=masked(question.strip())), steps(snapshot, adviser))
    return Answered(present(draft, snapshot.manifest), draft)
