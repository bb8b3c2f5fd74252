"""What the strict reader cannot hold as an error, but a writer should look at."""

import datetime as dt
from collections.abc import Callable, Iterable

from wenju.corpus.check.citations import citations
from wenju.corpus.check.contradictions import contradictions
from wenju.corpus.check.coverage import fullness
from wenju.corpus.check.likeness import alike
from wenju.corpus.check.standing import standing
from wenju.corpus.check.upkeep import overdue, superseded, unused
from wenju.corpus.document import Corpus
from wenju.corpus.finding import Finding

CHECKS: tuple[Callable[[Corpus], Iterable[Finding]], ...] = (
    fullness,
    standing,
    citations,
    superseded,
    unused,
    alike,
    contradictions,
)


def reminders(corpus: Corpus, today: dt.date) -> list[Finding]:
    """List everything worth a look, by file and line."""
    found = [finding for check in CHECKS for finding in check(corpus)]
    return sorted([*found, *overdue(corpus, today)])
