"""A chat model's opinion on what was found: ids of passages that answer, and nothing else."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from wenju.index.manifest import Thresholds
from wenju.index.search import Hit
from wenju.service.settings import Endpoint

OFFERED = 8  # hits a model is shown
EXCERPT = 200  # characters of each; a reader on a phone waits for every token that is read


class Outcome(StrEnum):
    """What came of asking. All but the first two leave the answer as it is without a model."""

    PICKED = "picked"
    NONE_FITS = "none_fits"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # an HTTP status other than 2xx
    NONSENSE = "nonsense"  # no JSON, other JSON, or ids that were not offered
    BUSY = "busy"  # not asked: too many questions wait for it already
    RESTING = "resting"  # not asked: it failed several times in a row


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage offered to a model."""

    passage_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What came of asking, and the passages that were picked."""

    outcome: Outcome
    passages: frozenset[str] = frozenset()
    status: int | None = None  # of HTTP, where the endpoint refused

    @property
    def heard(self) -> bool:
        """Whether it says anything about the question."""
        return self.outcome in (Outcome.PICKED, Outcome.NONE_FITS)

    @property
    def failed(self) -> bool:
        """Whether the model was asked in vain."""
        return not self.heard and self.outcome not in (Outcome.BUSY, Outcome.RESTING)


class Adviser(Hashable, Protocol):
    """Whoever says which passages answer a question. It always replies, and soon."""

    def opinion(self, question: str, candidates: Sequence[Candidate]) -> Opinion:
        """Say which candidates answer; a question reaches it with personal data masked."""
        ...


def open_adviser(endpoint: Endpoint | None) -> Adviser | None:
    """Give the adviser the operator named, or none."""
    if endpoint is None:
        return None
    from wenju.service.answer.chat_model import ChatModel  # noqa: PLC0415 -- openai takes a second to import

    return ChatModel(endpoint)


def candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """Give the best hits as they are offered."""
    return [
        Candidate(
            hit.passage.id,
            f"{hit.document.title} {hit.passage.locator or hit.passage.heading}",
            hit.passage.text[:EXCERPT],
        )
        for hit in hits[:OFFERED]
    ]


def picked_first(hits: Iterable[Hit], opinion: Opinion) -> tuple[Hit, ...]:
    """Put the hits that were picked before the others; within both their order stays."""
    return tuple(sorted(hits, key=lambda hit: hit.passage.id not in opinion.passages))


def needed(thresholds: Thresholds, opinion: Opinion | None) -> float:
    """Give the confidence from which the corpus answers.

    A pick halves the distance from `weak`: the model may tip a question the index is half sure of, and
    no other, so that a model that picks whatever it is shown cannot break the silence. No confidence is
    enough when none fits.
    """
    if opinion is None or not opinion.heard:
        return thresholds.answered
    if opinion.outcome is Outcome.NONE_FITS:
        return float("inf")
    return (thresholds.weak + thresholds.answered) / 2
