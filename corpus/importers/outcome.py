"""What became of each file of an import."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Whether a file was taken."""

    IMPORTED = "imported"
    SKIPPED = "skipped"  # nothing is wrong with it, but it has nothing for us
    REFUSED = "refused"  # it cannot be read; a person should look


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file, and why."""

    file: str
    outcome: Outcome
    told: str
    document_id: str | None = None
    title: str | None = None
    articles: int = 0
    over: int = 0  # of them laid over a digest
