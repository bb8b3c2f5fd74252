"""Check a corpus: what is wrong, what a person should look at, and what the index makes of its questions."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from wenju.corpus.check import reminders
from wenju.corpus.document import Corpus
from wenju.corpus.finding import CorpusInvalid, Finding
from wenju.corpus.reader import read_corpus
from wenju.index.build import corpus_hash
from wenju.index.encoder import Encoder, open_encoder
from wenju.index.snapshot import Snapshot, SnapshotUnusable
from wenju.index.snapshots import Snapshots
from wenju.service.asking import led_elsewhere
from wenju.service.settings import Settings

# What people call each check, in the order of a summary.
CODE_NAME = {
    "invalid": "错误",
    "overdue": "过了复核日",
    "superseded": "把旧规定当现行规定",
    "contradiction": "数字互相矛盾",
    "no-digest": "引用的条文没有要点",
    "not-relied-on": "引用的条文没进 relies_on",
    "unknown-rule": "引用了语料里没有的法规",
    "missing-slot": "缺少必需的部分",
    "few-variants": "问法太少",
    "asked-elsewhere": "问法先找到别的文档",
    "same-question": "两篇回答同一个问题",
    "repeated": "几乎一样的句子",
    "split-exception": "例外和规则分开了",
    "leaning": "句子离不开上下文",
    "long-sentence": "句子过长",
    "long-title": "标题过长",
    "unused": "没有文档引用",
    "empty-topic": "主题没有文章",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. The corpus is None when it cannot be read."""

    corpus: Corpus | None
    errors: tuple[Finding, ...]
    reminders: tuple[Finding, ...]
    untried: str | None  # why the questions were not put to the index

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Errors first."""
        return self.errors + self.reminders

    def counts(self) -> list[tuple[str, int]]:
        """How often each check found something, by its name for people."""
        found = Counter(finding.code for finding in self.findings)
        codes = [*CODE_NAME, *sorted(found.keys() - CODE_NAME.keys())]
        return [(CODE_NAME.get(code, code), found[code]) for code in codes if found[code]]


def check(settings: Settings, *, ask: bool, today: dt.date) -> Checked:
    """Read the corpus, look through it and, if asked to, put its questions to the index built from it."""
    try:
        corpus = read_corpus(settings.corpus)
    except CorpusInvalid as invalid:
        return Checked(None, invalid.findings, (), None)
    found = reminders(corpus, today)
    untried = None
    if ask:
        encoder = open_encoder(settings.encoder)
        snapshot, untried = _snapshot(corpus, settings, encoder)
        if snapshot:
            found += led_elsewhere(corpus, snapshot.finder, encoder)
            snapshot.close()
    return Checked(corpus, (), tuple(sorted(found)), untried)


def _snapshot(corpus: Corpus, settings: Settings, encoder: Encoder) -> tuple[Snapshot | None, str | None]:
    """Open the current index if it was built from this very corpus; else say why not."""
    snapshots = Snapshots(settings.snapshots)
    versions = snapshots.versions()
    if not versions:
        return None, "还没有索引，问法没有试。先运行 wenju rebuild。"
    try:
        snapshot = Snapshot(snapshots.path(versions[0]), encoder, cache=snapshots.folder)
    except SnapshotUnusable as why:
        return None, f"问法没有试：{why}"
    if snapshot.manifest.corpus_sha256 != corpus_hash(corpus):
        snapshot.close()
        return None, "索引不是从现在的语料建的，问法没有试。先运行 wenju rebuild。"
    return snapshot, None
