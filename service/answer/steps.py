"""The answer path, in order. A step takes a draft and gives a new one; a status ends the run."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

from wenju.corpus.document import AlertCode, AlertRule, Corpus, Slot
from wenju.index.manifest import Thresholds
from wenju.index.question import Question
from wenju.index.search import Finder, Hit
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
        raise_alerts(finder),
        read_message(finder),
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
    """Read the question: clauses, lenders, laws and articles."""
    return lambda draft: replace(draft, question=replace(finder.read(draft.asked), as_of=draft.as_of))


def raise_alerts(finder: Finder) -> Step:
    """Find what cannot wait: by the reviewed patterns, and by what was learned from questions that raised an alert."""
    corpus = finder.corpus
    rules = [(rule, [re.compile(pattern) for pattern in rule.patterns]) for rule in corpus.alerts]

    def step(draft: Draft) -> Draft:
        if draft.question is None:
            return draft
        text = draft.question.text
        learned = finder.ranking.alerts(text)
        raised = [
            rule
            for rule, patterns in rules
            if rule.code in learned or any(pattern.search(text) for pattern in patterns)
        ]
        return replace(draft, alerts=tuple(_alert(rule, corpus) for rule in raised))

    return step


def _alert(rule: AlertRule, corpus: Corpus) -> Alert:
    passage = corpus.passages[rule.passage]
    quote = Quote(Slot(passage.slot), passage.sentences[0], passage, corpus.documents[passage.document_id])
    return Alert(rule.code, quote, tuple(corpus.documents[contact] for contact in rule.contacts))


def read_message(finder: Finder) -> Step:
    """Read a pasted message; what is looked up from here on is what it claims."""
    reader = MessageReader(finder.corpus, finder.lenders)

    def step(draft: Draft) -> Draft:
        message = reader.read(draft.asked)
        if message is None or draft.question is None:
            return draft
        question = what_to_look_up(message, draft.question, finder)
        return replace(draft, message=message, question=question)

    return step


def find(finder: Finder) -> Step:
    """Look the question up; a message both by what it claims and as it stands, by turns."""

    def step(draft: Draft) -> Draft:
        if draft.question is None:
            return draft
        found = finder.search(draft.question)
        if draft.message and len(draft.question.clauses) > 1:
            found = _by_turns(found, finder.search_clause(draft.question.clauses[1], draft.question))
        return replace(draft, hits=tuple(found), confidence=max((hit.score for hit in found), default=0.0))

    return step


def _by_turns(one: Sequence[Hit], other: Sequence[Hit]) -> list[Hit]:
    unique: dict[str, Hit] = {}
    for hit in (hit for pair in zip_longest(one, other) for hit in pair if hit):
        unique.setdefault(hit.unit_id, hit)
    return list(unique.values())


def consult(adviser: Adviser | None, thresholds: Thresholds) -> Step:
    """Ask which hits answer, where there may be an answer; what cannot wait does not wait for it."""

    def step(draft: Draft) -> Draft:
        if adviser is None or draft.alerts or draft.confidence < thresholds.weak:
            return draft
        opinion = adviser.opinion(draft.asked, candidates(draft.hits))
        return replace(draft, hits=picked_first(draft.hits, opinion), opinion=opinion)

    return step


def decide(finder: Finder, thresholds: Thresholds) -> Step:
    """Say nothing rather than something wrong. Where something cannot wait, the answer is what to do about that."""

    def step(draft: Draft) -> Draft:
        if draft.question is not None and draft.alerts:
            return _urgent(draft, draft.question)
        if draft.confidence >= needed(thresholds, draft.opinion):
            return draft
        if draft.confidence >= thresholds.weak:
            return replace(draft, status=Status.WEAK_MATCH)
        known = draft.question is not None and finder.speaks_of_debt(draft.question)
        return replace(draft, status=Status.NO_MATCH if known else Status.OUT_OF_SCOPE)

    def _urgent(draft: Draft, question: Question) -> Draft:
        """Begin with what to do about the alert, unless what was found is about the same.

        Of fraud, what was surely found stays: telling someone to block a payment is wrong before there is one.
        """
        alarm = draft.alerts[0].quote.document
        found = draft.hits[0].document if draft.hits else None
        surely = max(draft.confidence, thresholds.answered)
        alike = draft.alerts[0].code is AlertCode.SCAM or (found and set(found.topics) & set(alarm.topics))
        if found and alike and draft.confidence >= thresholds.answered:
            return draft
        return replace(draft, hits=(finder.look_at(alarm.id, question), *draft.hits), confidence=surely)

    return step
