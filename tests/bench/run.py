"""How fast: `make bench`. Medians of one run on this machine; compare only within a run."""

import platform
import statistics
import time
from collections.abc import Callable, Sequence
from os import cpu_count, environ
from pathlib import Path

from wenju.corpus.questions import read_questions
from wenju.corpus.reader import read_corpus
from wenju.index.build import build
from wenju.index.encoder import open_encoder
from wenju.index.snapshot import Snapshot
from wenju.index.snapshots import Snapshots
from wenju.service.answering import answer
from wenju.service.settings import Settings

QUESTIONS = Path(__file__).parents[1] / "questions"
ROUNDS = 5


def main() -> None:
    """Measure and print."""
    settings = Settings.from_env(environ)
    print(f"{platform.machine()}, {cpu_count()} cores, Python {platform.python_version()}")
    encoder = open_encoder(settings.encoder)
    snapshots = Snapshots(settings.snapshots)
    corpus = read_corpus(settings.corpus)
    _line("read the corpus", _seconds(lambda: read_corpus(settings.corpus)), "s")
    build(corpus, encoder, snapshots)
    folder = snapshots.path(snapshots.current())
    _line("open a snapshot", _seconds(lambda: Snapshot(folder, encoder, cache=snapshots.folder).close()), "s")
    snapshot = Snapshot(folder, encoder, cache=snapshots.folder)
    questions = [question.q for question in read_questions(QUESTIONS)]
    passages = [passage.text for passage in corpus.passages.values()]
    encoder.questions(questions[:10])
    each = [_once(lambda q=question: encoder.questions([q])) * 1000 for question in questions]  # type: ignore[misc]
    _line("encode a question", statistics.median(each), "ms")
    _line("encode passages", len(passages) / _seconds(lambda: encoder.passages(passages)), "a second")
    for question in questions:  # what is worked out once for a sentence is kept, as in a server that runs
        answer(question, snapshot)
    _percentiles("find", questions, lambda q: snapshot.finder.search(snapshot.finder.read(q)))
    _percentiles("answer", questions, lambda q: answer(q, snapshot))


def _percentiles(name: str, questions: Sequence[str], work: Callable[[str], object]) -> None:
    times = [_once(lambda q=question: work(q)) * 1000 for question in questions]  # type: ignore[misc]
    _line(f"{name}, median", statistics.median(times), "ms")
    _line(f"{name}, p95", statistics.quantiles(times, n=20)[-1], "ms")


def _seconds(work: Callable[[], object]) -> float:
    return statistics.median(_once(work) for _ in range(ROUNDS))


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _line(name: str, value: float, unit: str) -> None:
    print(f"{name:24}{value:12,.2f} {unit}")


if __name__ == "__main__":
    main()
