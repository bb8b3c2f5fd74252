"""Questions with what should become of them: to fit the ranking, and to measure the service."""

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError, with_config

from wenju.corpus.finding import CorpusInvalid, Finding


class Expectation(StrEnum):
    """What a right answer to a question is."""

    ANSWERED = "answered"
    ABSTAIN = "abstain"


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question, and what a right answer to it holds."""

    q: str = Field(min_length=1)
    expect: Expectation
    docs: tuple[str, ...] = ()  # any of them may come first
    topic: str = ""
    form: str = ""  # colloquial, typo, message …
    must: tuple[str, ...] = ()  # regular expressions that quoted sentences have to match
    cite: tuple[str, ...] = ()  # and that a citation's title and locator have to match
    alert: str | None = None


_LABELLED = TypeAdapter(Labelled)


def shipped_questions() -> Path:
    """The labelled questions that the ranking is fitted on."""
    return Path(str(files("wenju.corpus") / "questions"))


def read_questions(folder: Path) -> list[Labelled]:
    """Read every .jsonl file of a folder.

    Raises:
        CorpusInvalid: a line cannot be read; carries every finding.
    """
    found: list[Labelled] = []
    findings: list[Finding] = []
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                found.append(_LABELLED.validate_json(line))
            except ValidationError as error:
                what = "；".join(f"{'.'.join(map(str, e['loc']))} {e['msg']}" for e in error.errors(include_url=False))
                findings.append(Finding(file.name, number, what, "照 corpus/questions.py 里 Labelled 的字段改"))
    if findings:
        raise CorpusInvalid(findings)
    return found
