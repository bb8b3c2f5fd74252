"""Ask labelled questions and note what became of each."""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wenju.corpus.questions import Expectation, Labelled
from wenju.index.snapshot import Snapshot
from wenju.service.answer.draft import Status
from wenju.service.answering import Answered, answer
from wenju.service.contract import AnswerOut

DEPTH = 20  # hits among which a right one counts as found


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a question."""

    asked: Labelled
    status: str
    confidence: float
    rank: int | None  # of the first right hit, from 1; None if it is not among the first twenty
    lacks: tuple[str, ...]  # what a right answer should have held
    alerts: tuple[str, ...]
    broken: tuple[str, ...]  # quoted sentences that do not stand in their documents
    milliseconds: float

    @property
    def answered(self) -> bool:
        """Whether it got an answer."""
        return self.status == Status.ANSWERED

    @property
    def right(self) -> bool:
        """Whether it got what it should: all of the right answer, or none."""
        if self.asked.expect is Expectation.ABSTAIN:
            return not self.answered
        return self.answered and not self.lacks


def measure(
    questions: Iterable[Labelled], snapshot: Snapshot, progress: Callable[[str, int, int], None]
) -> list[Outcome]:
    """Ask every question."""
    asked = list(questions)
    outcomes = []
    for n, question in enumerate(asked):
        progress("评测", n, len(asked))
        outcomes.append(_ask(question, snapshot))
    progress("评测", len(asked), len(asked))
    return outcomes


def _ask(question: Labelled, snapshot: Snapshot) -> Outcome:
    began = time.perf_counter()
    answered = answer(question.q, snapshot)
    milliseconds = (time.perf_counter() - began) * 1000
    out = answered.out
    return Outcome(
        asked=question,
        status=out.status,
        confidence=out.confidence,
        rank=_rank(question, answered),
        lacks=tuple(_lacking(question, out)),
        alerts=tuple(alert.code for alert in out.alerts),
        broken=tuple(_broken(out, snapshot)),
        milliseconds=milliseconds,
    )


def _rank(question: Labelled, answered: Answered) -> int | None:
    wanted = set(question.docs)
    places = enumerate(answered.draft.hits[:DEPTH], start=1)
    return next((n for n, hit in places if wanted & {hit.document.id, hit.passage.id}), None)


def _lacking(question: Labelled, out: AnswerOut) -> Iterator[str]:
    """Say what is missing: patterns, the alert, and the document if none of the right ones is cited."""
    alerts = [f"{alert.text} {[contact.model_dump_json() for contact in alert.contacts]}" for alert in out.alerts]
    text = " ".join([s.text for slot in out.slots for s in slot.sentences] + alerts)
    cited = " | ".join(f"{c.title} {c.locator or ''}" for c in out.citations)
    yield from (pattern for pattern in question.must if not re.search(pattern, text))
    yield from (f"cite:{pattern}" for pattern in question.cite if not re.search(pattern, cited))
    if question.alert and question.alert not in [alert.code for alert in out.alerts]:
        yield f"alert:{question.alert}"
    shown = {name for c in out.citations for name in (c.document_id, c.passage_id)}
    if question.docs and not shown & set(question.docs):
        yield f"document:{'/'.join(question.docs)}"


def _broken(out: AnswerOut, snapshot: Snapshot) -> Iterator[str]:
    documents = {c.number: snapshot.corpus.documents[c.document_id] for c in out.citations}
    for slot in out.slots:
        for sentence in slot.sentences:
            document = documents.get(sentence.citation)
            if document is None or document.text[sentence.start : sentence.end] != sentence.text:
                yield sentence.text
