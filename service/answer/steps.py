"""The answer path, in order. A step takes a draft and gives a new one; a status ends the run."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

from wenju.corpus.document import Corpus, Slot
from wenju.corpus.signals import AlertCode, AlertRule
from wenju.index.asker import is_another
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

SHORTEST = 2  # characters; one alone names no need
LIKELY = 0.25  # that something answers; below, neither a single clause counts nor what was learned of alerts
HEARD = 5  # hits one of which has to be about what a learned alert is about


def steps(snapshot: Snapshot, adviser: Adviser | None = None) -> tuple[Step, ...]:
    """Give the steps that answer from one snapshot, and with an adviser where there is one."""
    corpus, finder = snapshot.corpus, snapshot.finder
    return (
        understand(finder),
        raise_alerts(finder),
        read_message(finder),
        find(finder, snapshot.manifest.thresholds),
        hear(finder),
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
    """Find what cannot wait, by the reviewed patterns."""
    bells = _bells(finder.corpus)

    def step(draft: Draft) -> Draft:
        if draft.question is None:
            return draft
        raised = (bell.alert(draft.question.text) for bell in bells)
        return replace(draft, alerts=tuple(alert for alert in raised if alert))

    return step


def hear(finder: Finder) -> Step:
    """Find what cannot wait by what was learned from such questions, where what was found is about the same.

    A collector's message is not heard so: its words are not those of the person in danger.
    """
    bells = _bells(finder.corpus)

    def step(draft: Draft) -> Draft:
        if draft.question is None or draft.message or draft.confidence < LIKELY:
            return draft
        learned = finder.ranking.alerts(draft.question.text).keys() - {alert.code for alert in draft.alerts}
        about = {topic for hit in draft.hits[:HEARD] for topic in hit.document.topics}
        heard = [bell for bell in bells if bell.code in learned and bell.topics & about]
        more = [bell.rung() for bell in heard if not bell.is_quiet(draft.question.text)]
        return replace(draft, alerts=(*draft.alerts, *more))

    return step


def _bells(corpus: Corpus) -> list["_Bell"]:
    return [_Bell(rule, corpus) for rule in corpus.alerts]


class _Bell:
    """A rule that rings."""

    def __init__(self, rule: AlertRule, corpus: Corpus) -> None:
        def first_sentence(of: str) -> Quote:
            passage = corpus.passages[of]
            return Quote(Slot(passage.slot), passage.sentences[0], passage, corpus.documents[passage.document_id])

        self.code, self.signs = rule.code, frozenset(rule.signs)
        self._quote = first_sentence(rule.passage)
        self._another = first_sentence(rule.another) if rule.another else None
        self.topics = frozenset(self._quote.document.topics)
        self._contacts = tuple(corpus.documents[contact] for contact in rule.contacts)
        self._happened = [re.compile(pattern) for pattern in rule.patterns]
        self._early = [re.compile(pattern) for pattern in rule.early]
        self._quiet = [re.compile(pattern) for pattern in rule.quiet]

    def is_quiet(self, text: str) -> bool:
        """Whether a text says something by which what was learned errs."""
        return any(pattern.search(text) for pattern in self._quiet)

    def alert(self, text: str) -> Alert | None:
        """Give the alert that a text raises, if it raises one."""
        happened = [found for pattern in self._happened if (found := pattern.search(text))]
        early = [found for pattern in self._early if (found := pattern.search(text))]
        if not happened and not early:
            return None
        another = all(is_another(text, found.end()) for found in (*happened, *early))
        return self.rung(happened=bool(happened), another=another)

    def rung(self, *, happened: bool = False, another: bool = False) -> Alert:
        """Give its alert."""
        return Alert(self.code, self._another if another and self._another else self._quote, self._contacts, happened)


def read_message(finder: Finder) -> Step:
    """Read a pasted message; what is looked up from here on is what it claims."""
    reader = MessageReader(finder.corpus, finder.lenders)
    bells = _bells(finder.corpus)

    def step(draft: Draft) -> Draft:
        message = reader.read(draft.asked)
        if message is None or draft.question is None:
            return draft
        question = what_to_look_up(message, draft.question, finder)
        raised = {alert.code for alert in draft.alerts}
        signs = {sign.code for sign in message.signs}
        more = [bell.rung() for bell in bells if bell.signs & signs and bell.code not in raised]
        return replace(draft, message=message, question=question, alerts=(*draft.alerts, *more))

    return step


def find(finder: Finder, thresholds: Thresholds) -> Step:
    """Look the question up; a message both by what it claims and as it stands, by turns.

    A long story tells much that nothing answers; where the document found for all of it is surely found for one of
    its clauses too, it answers.
    """

    def step(draft: Draft) -> Draft:
        if draft.question is None or len(draft.question.text) < SHORTEST:
            return draft
        found = finder.search(draft.question)
        if draft.message and len(draft.question.clauses) > 1:
            found = _by_turns(found, finder.search_clause(draft.question.clauses[1], draft.question))
        confidence = max((hit.score for hit in found), default=0.0)
        if LIKELY <= confidence < thresholds.answered and not draft.message:
            confidence = max(confidence, told(draft.question, found))
        return replace(draft, hits=tuple(found), confidence=confidence)

    def told(question: Question, found: Sequence[Hit]) -> float:
        """Say how surely the document found for a whole story answers one of its clauses."""
        asked = (finder.search_clause(clause, question, 1) for clause in question.clauses[1:])
        return max((h.score for hits in asked for h in hits if h.unit_id == found[0].unit_id), default=0.0)

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

        What has not happened, or what only a learned line says, leaves in its place what was surely found: telling
        someone to block a payment is wrong before there is one.
        """
        alert, found = draft.alerts[0], draft.hits[0].document if draft.hits else None
        alarm = alert.quote.document
        surely = max(draft.confidence, thresholds.answered)
        if found and draft.confidence >= thresholds.weak:
            alike = set(found.topics) & set(alarm.topics) and alert.code is not AlertCode.SCAM
            if alike or found is alarm:  # that it is asked here is sure by the alert
                return replace(draft, confidence=surely)
            if draft.confidence >= thresholds.answered and not alert.happened:
                return draft
        return replace(draft, hits=(finder.look_at(alarm.id, question), *draft.hits), confidence=surely)

    return step
