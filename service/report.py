"""The page `wenju check --report` writes: what the corpus covers, how old it is, what was found."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from wenju.corpus.check.coverage import Covered, coverage
from wenju.corpus.document import Corpus, Document, Kind, Slot, Wording
from wenju.corpus.finding import Finding
from wenju.service.checking import CODE_NAME, Checked
from wenju.service.texts import SLOT_TITLE
from wenju.service.views import KIND_NAME

# Days until a document must be reviewed again: the highest of each group, and its name.
DUE = ((-1, "已过期"), (30, "30 天内"), (90, "31–90 天"), (180, "91–180 天"), (None, "180 天以后"))
NEXT = 20  # documents listed as due next


@dataclass(frozen=True, slots=True)
class Bar:
    """A named count, and its share of the largest one in percent."""

    name: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Aged:
    """A document with its age in days: since its review, and until the next one."""

    document: Document
    since: int
    until: int


@dataclass(frozen=True)
class Report:
    """Everything the page shows."""

    corpus: Corpus
    checked: Checked
    today: dt.date

    @cached_property
    def kinds(self) -> list[Bar]:
        """How many documents there are of each kind."""
        found = Counter(document.kind for document in self.corpus.documents.values())
        return _bars([(KIND_NAME[kind], found[kind]) for kind in Kind])

    @cached_property
    def totals(self) -> list[tuple[str, int]]:
        """What the corpus holds, counted."""
        documents = self.corpus.documents.values()
        passages = self.corpus.passages.values()
        articles = [(d, p) for d in documents if d.rule for p in d.passages]
        return [
            ("文档", len(documents)),
            ("句子", sum(len(passage.sentences) for passage in passages)),
            ("问法", sum(len(document.asked_as) for document in documents)),
            ("条文", len(articles)),
            ("其中原文", sum(d.wording_of(p) is Wording.ORIGINAL for d, p in articles)),
        ]

    @cached_property
    def rows(self) -> list[Covered]:
        """Topics, with the slots their articles fill."""
        return coverage(self.corpus)

    @cached_property
    def ages(self) -> list[Aged]:
        """Every document, the one that is due first at the top."""
        documents = self.corpus.documents.values()
        aged = [Aged(d, (self.today - d.reviewed).days, (d.review_by - self.today).days) for d in documents]
        return sorted(aged, key=lambda a: (a.until, a.document.path))

    @cached_property
    def due(self) -> list[Bar]:
        """How many documents are due when."""
        names = [next(name for highest, name in DUE if highest is None or aged.until <= highest) for aged in self.ages]
        found = Counter(names)
        return _bars([(name, found[name]) for _, name in DUE])

    @cached_property
    def groups(self) -> list[tuple[str, list[Finding]]]:
        """Findings by the check that found them."""
        order = list(CODE_NAME)
        findings = sorted(self.checked.findings, key=lambda f: (order.index(f.code), f.file, f.line))
        return [(CODE_NAME[code], list(group)) for code, group in groupby(findings, key=lambda f: f.code)]


def _bars(counts: list[tuple[str, int]]) -> list[Bar]:
    most = max((count for _, count in counts), default=0) or 1
    return [Bar(name, count, round(100 * count / most)) for name, count in counts]


def write_report(checked: Checked, today: dt.date) -> str:
    """Give the page as HTML that needs nothing beside itself."""
    environment = Environment(
        loader=FileSystemLoader(str(files("wenju.web") / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    corpus = checked.corpus or Corpus({}, {})
    report = Report(corpus, checked, today)
    slots = [(slot, SLOT_TITLE[slot]) for slot in Slot if slot is not Slot.LAW]
    return environment.get_template("report.html").render(report=report, slots=slots, next=NEXT, kind_name=KIND_NAME)
