"""The answer path, in order. A step takes a draft and gives a new one; a status ends the run."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from wenju.corpus.document import Corpus, Slot
from wenju.index.manifest import Thresholds
from wenju.index.search import Finder
from wenju.index.snapshot import Snapshot
from wenju.service.answer.compose import Composer
from wenju.service.answer.draft import Alert, Draft, Quote, Status
from wenju.service.answer.opinion import Adviser, candidates, needed, picked_first
from wenju.service.message.look_up import what_to_look_up
from wenju.service.message.read import MessageReader

Step = Callable[[Draft], Draft]


def steps(snapshot: Snapshot, adviser: Adviser | None = None) -> tuple[Step, ...]:
    """Give the steps that answer from one snapshot, and with an adviser where there is one."""
    corpus, finder = snapshot.corpus, snapshot.finder
    return (
        understand(finder),
        raise_alerts(corpus),
        read_message(finder, snapshot.manifest.thresholds),
        find(finder),
        consult(adviser, snapshot.manifest.thresholds),
        decide(finder, snapshot.manifest.thresholds),
        Composer(corpus, finder).compose,
    )


def run(draft: Draft, path: Sequence[Step]) -> Draft:
    """Take the steps in order; the first to set a status ends the run."""
    for step in path:
        draft = step(draft)
        if draft.status is not None:
            break
    return draft


def understand(finder: Finder) -> Step:
    """Read the question: clauses, lenders, articles."""
    return lambda draft: replace(draft, question=finder.read(draft.asked))


def raise_alerts(corpus: Corpus) -> Step:
    """Find what cannot wait."""
    rules = [(rule, [re.compile(pattern) for pattern in rule.patterns]) for rule in corpus.alerts]

    def step(draft: Draft) -> Draft:
        alerts = []
        for rule, patterns in rules:
            if draft.question and any(pattern.search(draft.question.text) for pattern in patterns):
                passage = corpus.passages[rule.passage]
                document = corpus.documents[passage.document_id]
                quote = Quote(Slot(passage.slot), passage.sentences[0], passage, document)
                alerts.append(Alert(rule.code, quote, tuple(corpus.documents[c] for c in rule.contacts)))
        return replace(draft, alerts=tuple(alerts))

    return step


def read_message(finder: Finder, thresholds: Thresholds) -> Step:
    """Read a pasted message; what is looked up from here on is what it claims."""
    reader = MessageReader(finder.corpus, finder.lenders)

    def step(draft: Draft) -> Draft:
        message = reader.read(draft.asked)
        if message is None or draft.question is None:
            return draft
        question = what_to_look_up(message, draft.question, finder, thresholds.answered)
        return replace(draft, message=message, question=question)

    return step


def find(finder: Finder) -> Step:
    """Look the question up."""

    def step(draft: Draft) -> Draft:
        hits = tuple(finder.search(draft.question)) if draft.question else ()
        return replace(draft, hits=hits, confidence=hits[0].score if hits else 0.0)

    return step


def consult(adviser: Adviser | None, thresholds: Thresholds) -> Step:
    """Ask which hits answer, where there may be an answer; what cannot wait does not wait for it."""

    def step(draft: Draft) -> Draft:
        if adviser is None or draft.alerts or draft.confidence < thresholds.weak:
            return draft
        opinion = adviser.opinion(draft.asked, candidates(draft.hits))
        return replace(draft, hits=picked_first(draft.hits, opinion), opinion=opinion)

    return step


def decide(finder: Finder, thresholds: Thresholds) -> Step:
    """Say nothing rather than something wrong."""

    def step(draft: Draft) -> Draft:
        if draft.confidence >= needed(thresholds, draft.opinion):
            return draft
        if draft.confidence >= thresholds.weak:
            return replace(draft, status=Status.WEAK_MATCH)
        known = draft.question is not None and finder.speaks_of_debt(draft.question)
        return replace(draft, status=Status.NO_MATCH if known else Status.OUT_OF_SCOPE)

    return step
