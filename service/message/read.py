"""Read a message: sender, amounts, deadlines, telephone numbers, links, and the signs that stand in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wenju.corpus.document import Corpus, Document, Passage, Sentence
from wenju.corpus.signals import Reading, SignRule
from wenju.index.lexical import aligned
from wenju.service.message import facts
from wenju.service.message.lender import official_channel
from wenju.service.message.recognise import Extent, recognise
from wenju.service.message.values import LENDER_CODE, Message, Sign, Span

CLAUSE_END = re.compile(r"[,。;!?\n]")
LENDER_LABEL = "向放款机构核实"
# How a sender speaks of himself when he does not say for whom he speaks.
NAMELESS = re.compile(r"我(?:司|方|部|们公司|们平台|们部门|们)|本部|外访(?:部门?|员|组)|专员|业务员|(?<!对)我")

# A bank's name before or after which an account to pay into stands.
PAYEE_BEFORE = re.compile(r"(?:开户|收款)(?:银)?行(?:是|为)?[:\s]*$")
PAYEE_AFTER = re.compile(r"(?:储蓄)?(?:卡号?|账号|帐号|账户|帐户)?[:\s]*(?:【(?:银行卡号|号码)】|[\d*]{8})")

# A deadline that leaves no time to ask anybody.
NEAR = re.compile(r"^(?:今|当|明|上午|下午|中午|晚|早|[\d一二三四五六七八九十]{1,3}[:点时])|小时|分钟|钟头")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of the corpus, made ready."""

    rule: SignRule
    gravity: float
    pattern: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    calm: re.Pattern[str] | None
    sentence: Sentence
    passage: Passage
    document: Document

    def sign(self, words: Span, inside: str) -> Sign:
        """Say that it stands in a message, in these words."""
        calm = _clause_has(self.calm, inside, (words.start, words.end))
        return Sign(
            code=self.rule.code,
            label=self.rule.label,
            words=words,
            sentence=self.sentence,
            passage=self.passage,
            document=self.document,
            claim=self.rule.claim,
            ask=None if calm else self.rule.ask,
            gravity=self.gravity,
        )


class MessageReader:
    """Reads messages by the signs of one corpus."""

    def __init__(self, corpus: Corpus, aliases: Mapping[str, str]) -> None:
        """Take the corpus, and the names of lenders as people use them to the ids of their documents."""
        self._documents = corpus.documents
        self._rules = [_ready(rule, 1 - n / len(corpus.signs), corpus) for n, rule in enumerate(corpus.signs)]
        self._aliases = {alias.lower(): document_id for alias, document_id in aliases.items()}
        longest_first = sorted(self._aliases, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, longest_first)) or "(?!)", re.IGNORECASE | re.ASCII)

    def read(self, question: str) -> Message | None:
        """Read a message; None when the text is a plain question."""
        text = aligned(question)
        extent = recognise(text)
        if extent is None:
            return None
        shown, inside = question[: extent.end], text[: extent.end]

        def spans(places: Iterable[facts.Place]) -> list[Span]:
            return [Span.of(shown, *place) for place in places if place[0] >= extent.start]

        sender = facts.sender(inside)
        deadlines = spans(facts.deadlines(inside))
        read = {
            Reading.LINK: spans(facts.links(inside)),
            Reading.PHONE: spans(facts.phones(inside)),
            Reading.NEAR_DEADLINE: [span for span in deadlines if NEAR.search(span.text)],
            Reading.SIGNATURE: [Span.of(shown, *place) for place in [facts.signature(inside)] if place],
            Reading.NO_SENDER: [] if sender else [_nameless(shown, inside, extent)],
        }
        matched = [(rule, words) for rule in self._rules if (words := _words(rule, shown, inside, extent, read))]
        if not any(rule.rule.reads is None for rule, _ in matched):  # nothing is wanted: who it is does not matter
            matched = [(rule, words) for rule, words in matched if rule.rule.reads is not Reading.NO_SENDER]
        signs = [rule.sign(words, inside) for rule, words in matched] + self._lenders(shown, inside, extent)
        return Message(
            sender=Span.of(shown, *sender).text if sender else None,
            amounts=tuple(spans(facts.amounts(inside))),
            deadlines=tuple(deadlines),
            phones=tuple(read[Reading.PHONE]),
            links=tuple(read[Reading.LINK]),
            signs=tuple(sorted(signs, key=lambda sign: sign.words)),
        )

    def _lenders(self, shown: str, inside: str, extent: Extent) -> list[Sign]:
        """For every lender the message names, the sentence that says how to ask it."""
        signs: dict[str, Sign] = {}
        for found in self._names.finditer(inside, extent.start):
            if PAYEE_BEFORE.search(inside[: found.start()]) or PAYEE_AFTER.match(inside, found.end()):
                continue  # the bank of an account to pay into; it did not lend
            document = self._documents[self._aliases[found[0].lower()]]
            if document.id not in signs:
                passage, sentence = official_channel(document, found[0])
                words = Span.of(shown, *found.span())
                signs[document.id] = Sign(LENDER_CODE, LENDER_LABEL, words, sentence, passage, document)
        return list(signs.values())


def _ready(rule: SignRule, gravity: float, corpus: Corpus) -> _Rule:
    passage = corpus.passages[rule.passage]
    sentence = passage.sentence(rule.sentence)
    if sentence is None:  # the reader of the corpus refuses such a rule
        raise ValueError(f"{rule.code}: {rule.passage} has no sentence that begins with {rule.sentence!r}")
    document = corpus.documents[passage.document_id]
    return _Rule(rule, gravity, _any(rule.patterns), _any(rule.unless), _any(rule.calm), sentence, passage, document)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE) if patterns else None


def _words(rule: _Rule, shown: str, inside: str, extent: Extent, read: Mapping[Reading, list[Span]]) -> Span | None:
    """The first words of a message that a rule recognises, and that the clause does not take back: never pay to …"""
    places = [(words.start, words.end) for words in read.get(rule.rule.reads, [])] if rule.rule.reads else []
    if rule.pattern:
        places += [found.span() for found in rule.pattern.finditer(inside, extent.start)]
    return next(
        (Span.of(shown, *place) for place in sorted(places) if not _clause_has(rule.unless, inside, place)), None
    )


def _clause_has(pattern: re.Pattern[str] | None, inside: str, place: facts.Place) -> bool:
    """Whether a pattern stands in the clause of a place, up to its end."""
    if pattern is None:
        return False
    start = max((found.end() for found in CLAUSE_END.finditer(inside, 0, place[0])), default=0)
    return bool(pattern.search(inside[start : place[1]]))


def _nameless(shown: str, inside: str, extent: Extent) -> Span:
    """The words by which a sender without a name speaks of himself, or the first clause of the message."""
    found = NAMELESS.search(inside, extent.start)
    if found:
        return Span.of(shown, *found.span())
    end = CLAUSE_END.search(inside, extent.start + 1)
    return Span.of(shown, extent.start, end.start() if end else len(inside))
