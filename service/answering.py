"""Answer a question: the one way in for pages, API and command line."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from wenju.index.snapshot import Snapshot
from wenju.service.answer.draft import Draft
from wenju.service.answer.opinion import Adviser
from wenju.service.answer.steps import Step, run, steps
from wenju.service.contract import AnswerOut
from wenju.service.present import present
from wenju.service.privacy import masked


@lru_cache(maxsize=2)  # the snapshot that answers, and while it changes the one before
def _path(snapshot: Snapshot, adviser: Adviser | None) -> tuple[Step, ...]:
    return steps(snapshot, adviser)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and what it was made from."""

    out: AnswerOut
    draft: Draft


def answer(
    question: str, snapshot: Snapshot, as_of: dt.date | None = None, *, adviser: Adviser | None = None
) -> Answered:
    """Answer a question from a snapshot. Personal data is masked before anything looks at it.

    Args:
        question: as typed.
        snapshot: what may be said, and how it is found.
        as_of: the day whose law is asked for; None is today.
        adviser: who may say which hits answer; None asks nobody.
    """
    draft = run(Draft(asked=masked(question.strip()), as_of=as_of), _path(snapshot, adviser))
    return Answered(present(draft, snapshot.manifest), draft)
