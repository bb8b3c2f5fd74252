"""What people say about an answer, kept for the operator: 有用, 没用 or 有错, and why if they want to say."""

import datetime as dt
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import structlog
from flask import Blueprint, Response, make_response, render_template, request
from pydantic import BaseModel, ConfigDict, ValidationError

from wenju.index.snapshot import Snapshot
from wenju.service.privacy import masked

log = structlog.get_logger()

Verdict = Literal["useful", "useless", "wrong"]

LONGEST_REASON = 500  # characters
LONGEST_QUESTION = 2_000
MOST_PASSAGES = 12
LARGEST_FILE = 16_000_000  # bytes; then nothing more is kept until the operator has read and moved the file
VERDICT_NAME: dict[Verdict, str] = {"useful": "有用", "useless": "没用", "wrong": "有错"}


class Feedback(BaseModel):
    """One line of the file. The day is enough; nothing says who wrote it."""

    model_config = ConfigDict(frozen=True)

    day: dt.date
    verdict: Verdict
    reason: str
    status: str
    """how the question was met"""
    passages: list[str]
    """ids of the passages the answer quoted"""
    index: str
    question: str | None
    """masked; only where the person asked for it to be sent along"""


class FeedbackFull(Exception):
    """The file has reached its largest size."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"反馈文件 {file} 已满。读完后移走它，新的反馈才会再存下来。")


class FeedbackUnreadable(Exception):
    """A line of the file is none of ours."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__(f"反馈文件 {file} 第 {line} 行读不懂。删掉这一行，或把文件移走。")


class FeedbackFile:
    """A file of JSON lines that only its owner may read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = threading.Lock()

    def add(self, feedback: Feedback) -> None:
        """Append a line.

        Raises:
            FeedbackFull: the file is as large as it may become.
            OSError: it cannot be written.
        """
        line = (feedback.model_dump_json() + "\n").encode()
        with self._writing:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                if os.fstat(handle).st_size + len(line) > LARGEST_FILE:
                    raise FeedbackFull(self.path)
                os.write(handle, line)
            finally:
                os.close(handle)

    def read(self) -> Iterator[Feedback]:
        """Yield what was kept, oldest first; nothing when nobody has written yet.

        Raises:
            FeedbackUnreadable: a line was changed or cut short.
        """
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield Feedback.model_validate_json(line)
                except ValidationError as error:
                    raise FeedbackUnreadable(self.path, number) from error


def summary(rows: list[Feedback]) -> str:
    """Write what people said as lines of text for a terminal."""
    counts = Counter(row.verdict for row in rows)
    lines = ["，".join(f"{name} {counts[verdict]}" for verdict, name in VERDICT_NAME.items())]
    for row in rows:
        about = row.passages[0] if row.passages else row.status
        lines.append(f"{row.day}  {VERDICT_NAME[row.verdict]}  {about}  {row.reason}".rstrip())
        if row.question:
            lines.append(f"            问：{row.question}")
    return "\n".join(lines)


def blueprint(file: FeedbackFile, snapshot: Callable[[], Snapshot]) -> Blueprint:
    """Give the address the form under an answer is sent to."""
    pages = Blueprint("feedback", __name__)

    @pages.post("/feedback")
    def send() -> Response:
        try:
            feedback = _read(snapshot())
        except ValidationError:
            return make_response(render_template("feedback.html", kept=False, why="choice"), 422)
        try:
            file.add(feedback)
        except (FeedbackFull, OSError) as error:
            log.warning("feedback_not_kept", reason=str(error))
            return make_response(render_template("feedback.html", kept=False, why="full"), 503)
        return make_response(render_template("feedback.html", kept=True))

    return pages


def _read(snapshot: Snapshot) -> Feedback:
    """Read the form. What it claims about the answer is kept only where it is known here."""
    form = request.form
    question = form.get("question", "").strip()[:LONGEST_QUESTION]
    known = [p for p in form.getlist("passage")[:MOST_PASSAGES] if p in snapshot.corpus.passages]
    status = form.get("status", "")
    return Feedback.model_validate(
        {
            "day": dt.datetime.now(dt.UTC).date(),
            "verdict": form.get("verdict"),
            "reason": masked(form.get("reason", "").strip()[:LONGEST_REASON]),
            "status": status if status in ("answered", "weak_match", "no_match", "out_of_scope") else "",
            "passages": known,
            "index": snapshot.version,
            "question": masked(question) if question else None,
        }
    )
