"""What is wrong in a corpus, told so that the writer can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # nothing may be built from this corpus
    REMINDER = "reminder"  # a person should look; the corpus is readable


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong: where, what, and how to put it right."""

    file: str
    line: int
    what: str
    fix: str
    code: str = "invalid"  # names the check, so that a program may count or filter
    level: Level = Level.ERROR

    def __str__(self) -> str:
        return f"{self.file}:{self.line}：{self.what} → {self.fix}"


def reminder(code: str, file: str, line: int, what: str, fix: str) -> Finding:
    """Tell of something a person should look at."""
    return Finding(file, line, what, fix, code, Level.REMINDER)


class CorpusInvalid(Exception):
    """The corpus has findings; nothing may be built from it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        lines = "\n".join(str(finding) for finding in self.findings)
        super().__init__(f"语料有 {len(self.findings)} 处错误，没有建立索引：\n{lines}")
