"""What is recognised by patterns that people reviewed: what cannot wait, and signs in a message."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import with_config


class AlertCode(StrEnum):
    """What cannot wait."""

    SELF_HARM = "self_harm"
    DANGER = "danger"
    SCAM = "scam"


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True)
class AlertRule:
    """When to say something before everything else, which sentence, and whom to call."""

    code: AlertCode
    passage: str  # its first sentence is shown
    contacts: tuple[str, ...]
    patterns: tuple[str, ...]  # regular expressions over simplified text: it is happening, or has happened
    early: tuple[str, ...] = ()  # it is about to happen: the alert is shown, what was found stays first
    signs: tuple[str, ...] = ()  # so it is where a pasted message bears one of these signs
    quiet: tuple[str, ...] = ()  # where one of these stands, what was learned from questions is not heard
    another: str | None = None  # the passage instead, where it is somebody else who is meant

    @property
    def passages(self) -> tuple[str, ...]:
        """Every passage it shows."""
        return (self.passage, *([self.another] if self.another else []))

    @property
    def expressions(self) -> tuple[str, ...]:
        """Every regular expression it has."""
        return (*self.patterns, *self.early, *self.quiet)


class Reading(StrEnum):
    """What is read from a message otherwise than by patterns, and can be a sign itself."""

    LINK = "link"
    PHONE = "phone"
    NEAR_DEADLINE = "near_deadline"  # hours, today or tomorrow
    SIGNATURE = "signature"  # 【…】
    NO_SENDER = "no_sender"  # nobody says for which company the message speaks


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True, kw_only=True)
class SignRule:
    """Something in a message that tells, how it is recognised, and which sentence explains it."""

    code: str
    label: str
    passage: str
    sentence: str | None = None  # how the explaining sentence begins; None: the first of the passage
    claim: bool = False  # the sender says that something was or will be done
    ask: str | None = None  # what to look up for a message in which no graver sign stands
    reads: Reading | None = None
    patterns: tuple[str, ...] = ()  # regular expressions over simplified, half-width text
    unless: tuple[str, ...] = ()  # no sign where one of these stands in the same clause, up to the match
    calm: tuple[str, ...] = ()  # where one does, the sign stands, but there is something better to look up

    @property
    def expressions(self) -> tuple[str, ...]:
        """Every regular expression it has."""
        return (*self.patterns, *self.unless, *self.calm)
