"""Build a snapshot from a corpus: all of it, tested, or nothing."""

import datetime as dt
import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np

from wenju.corpus.document import TEMPLATE, Corpus, Kind
from wenju.corpus.questions import Labelled, read_questions, shipped_questions
from wenju.index.dense import VectorIndex
from wenju.index.encoder import Encoder, Floats
from wenju.index.fit import collect, fit, ways_to_ask
from wenju.index.grams import GramIndex
from wenju.index.intents import fit_intents
from wenju.index.lexical import Words
from wenju.index.manifest import SCHEMA, Manifest, SelfTest
from wenju.index.ranking import Ranking, unfitted_ranking
from wenju.index.search import Finder
from wenju.index.snapshot import (
    GRAMS_FILE,
    INTENTS_FILE,
    MANIFEST_FILE,
    STORE_FILE,
    VECTORS_FILE,
    Snapshot,
    open_searchable,
)
from wenju.index.snapshots import Snapshots
from wenju.index.store import Entry, Store, write_store

BATCH = 256  # texts encoded between two reports of progress
ENOUGH = 100  # labelled questions that a corpus can answer; with fewer, a fit means nothing
TESTED = 2  # questions of each document that a finished build is asked
FOUND_FIRST = 0.9  # below this share of its own questions found, a build is not trusted

Progress = Callable[[str, int, int], None]  # (what, done, of how many)


class SelfTestFailed(Exception):
    """A finished build does not find what it was built from."""

    def __init__(self, test: SelfTest, examples: list[str]) -> None:
        super().__init__(
            f"新索引没有通过自测：{test.questions} 个问法里只有 {test.found_first:.0%} 先找到自己的文档，"
            f"旧索引继续使用。例如：{'；'.join(examples[:5])}。检查这些问法是否写错了文档，或编码器是否损坏。"
        )


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    manifest: Manifest
    reused: bool  # the same input had been built before; only the pointer moved


def silent(_what: str, _done: int, _of: int) -> None:
    """Report nothing."""


def build(
    corpus: Corpus,
    encoder: Encoder,
    snapshots: Snapshots,
    *,
    ranking: Ranking | None = None,
    progress: Progress = silent,
) -> Built:
    """Build a snapshot of a corpus and make it current.

    Args:
        corpus: what may be said.
        encoder: what makes the vectors.
        snapshots: where it goes.
        ranking: how hits are scored; None takes the shipped one if it was fitted for this encoder, and fits one
            on the shipped questions if not.
        progress: is told how far it is.

    Raises:
        BuildRunning: another build holds the folder.
        SelfTestFailed: the build is not trusted; what was current stays.
    """
    began = time.monotonic()
    ranking = ranking or _shipped_ranking(encoder)
    terms, asked = domain_terms(corpus), read_questions(shipped_questions())
    version = _version(corpus, asked, encoder, ranking, terms)
    with snapshots.building() as place:
        if snapshots.path(version).is_dir():
            snapshots.activate(version)
            return Built(Manifest.load(snapshots.path(version) / MANIFEST_FILE), reused=True)
        entries = make_entries(corpus, Words(terms, snapshots.folder))
        vectors, embedded = _vectors(entries, encoder, snapshots, progress)
        progress("写入", 0, 1)
        write_store(place / STORE_FILE, corpus, entries, terms)
        VectorIndex.build(vectors).save(place / VECTORS_FILE)
        GramIndex.build(entry.text for entry in entries).save(place / GRAMS_FILE)
        progress("学习问法", 0, 2)
        fit_intents(corpus, asked).save(place / INTENTS_FILE)
        progress("学习问法", 1, 2)
        ranking = ranking or _fitted(corpus, asked, encoder, place, snapshots.folder)
        progress("学习问法", 2, 2)
        ranking.save(place)
        manifest = Manifest(
            schema=SCHEMA,
            version=version,
            corpus_sha256=corpus_hash(corpus),
            encoder=encoder.name,
            encoder_fingerprint=encoder.fingerprint,
            dimension=encoder.dimension,
            documents=len(corpus.documents),
            passages=len(corpus.passages),
            sentences=sum(len(p.sentences) for p in corpus.passages.values()),
            entries=len(entries),
            embedded=embedded,
            thresholds=ranking.thresholds,
            self_test=None,
            built_at=dt.datetime.now(dt.UTC).replace(microsecond=0),
            seconds=0.0,
        )
        manifest.save(place / MANIFEST_FILE)
        tested = _self_test(place, encoder, snapshots.folder, progress)
        manifest = replace(manifest, self_test=tested, seconds=round(time.monotonic() - began, 2))
        manifest.save(place / MANIFEST_FILE)
        snapshots.activate(version, place)
    return Built(manifest, reused=False)


def make_entries(corpus: Corpus, words: Words) -> list[Entry]:
    """Give every text that is searched for: passages, titles, and the ways people ask."""

    def entry(passage_id: str, role: str, text: str) -> Entry:
        return Entry(passage_id, role, text, tuple(words.cut(text)))

    def of_corpus() -> Iterator[Entry]:
        for document in corpus.documents.values():
            for passage in document.passages:
                if passage.slot != TEMPLATE:
                    heading = f"{document.title} {passage.locator or passage.heading}"
                    yield entry(passage.id, "passage", f"{heading}：{passage.text}")
            if document.kind is not Kind.REGULATION:
                first = document.passages[0].id
                yield entry(first, "title", document.title)
                for variant in document.asked_as:
                    yield entry(first, "variant", variant)

    return list(of_corpus())


def domain_terms(corpus: Corpus) -> list[str]:
    """Words that are never cut in two: names of lenders and laws, and the trade's own terms."""
    terms = set((files("wenju.corpus") / "terms.txt").read_text(encoding="utf-8").split())
    for document in corpus.documents.values():
        if document.lender:
            terms.update(document.lender.aliases)
        if document.rule:
            terms.update((document.rule.short, document.title.strip("《》")))
    return sorted(term for term in terms if " " not in term)


def corpus_hash(corpus: Corpus) -> str:
    """Hash all that documents say and how they are found; not where their files lie."""
    digest = hashlib.sha256()
    for document in corpus.documents.values():
        digest.update(repr(replace(document, path="", lines={})).encode())
    digest.update(repr((corpus.topics, corpus.alerts, corpus.signs)).encode())
    return digest.hexdigest()


def _shipped_ranking(encoder: Encoder) -> Ranking | None:
    ranking = Ranking.load(Path(str(files("wenju.index"))))
    return ranking if ranking.encoder_fingerprint == encoder.fingerprint else None


def _fitted(corpus: Corpus, asked: Sequence[Labelled], encoder: Encoder, place: Path, cache: Path) -> Ranking:
    """Fit a ranking on the shipped questions, as far as this corpus has the documents that answer them."""
    unfitted = unfitted_ranking(encoder.fingerprint)
    answerable = [q for q in asked if any(d.partition("#")[0] in corpus.documents for d in q.docs)]
    if len(answerable) < ENOUGH:
        return unfitted
    questions = answerable + [q for q in asked if not q.docs]
    store = Store(place / STORE_FILE)
    try:
        finder = Finder(corpus, open_searchable(store, place, cache), encoder, unfitted)
        fitted = fit(collect(finder, questions), ways_to_ask(corpus), encoder.fingerprint)
    finally:
        store.close()
    return fitted


def _version(
    corpus: Corpus, asked: Sequence[Labelled], encoder: Encoder, ranking: Ranking | None, terms: list[str]
) -> str:
    fitted = ranking.fingerprint if ranking else None
    parts = [SCHEMA, corpus_hash(corpus), repr(asked), encoder.fingerprint, fitted, terms]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _vectors(entries: list[Entry], encoder: Encoder, snapshots: Snapshots, progress: Progress) -> tuple[Floats, int]:
    """Give a vector for every entry, taking over what the current snapshot has; and how many were new."""
    known = _known_vectors(encoder, snapshots)
    missing = list(dict.fromkeys(entry.text for entry in entries if entry.sha256 not in known))
    fresh: dict[str, Floats] = {}
    for start in range(0, len(missing), BATCH):
        progress("编码", start, len(missing))
        batch = missing[start : start + BATCH]
        fresh |= dict(zip(batch, encoder.passages(batch), strict=True))
    progress("编码", len(missing), len(missing))
    vectors = [fresh[e.text] if e.text in fresh else known[e.sha256] for e in entries]
    return np.stack(vectors).astype(np.float32), len(missing)


def _known_vectors(encoder: Encoder, snapshots: Snapshots) -> dict[str, Floats]:
    for version in snapshots.versions()[:1]:
        folder = snapshots.path(version)
        manifest = Manifest.load(folder / MANIFEST_FILE)
        if manifest.schema == SCHEMA and manifest.encoder_fingerprint == encoder.fingerprint:
            store = Store(folder / STORE_FILE)
            try:
                hashes = [entry.sha256 for entry in store.entries()]
            finally:
                store.close()
            return dict(zip(hashes, VectorIndex.load(folder / VECTORS_FILE).vectors(), strict=True))
    return {}


def _self_test(place: Path, encoder: Encoder, cache: Path, progress: Progress) -> SelfTest:
    """Open a finished build and ask it what its documents say people ask.

    Raises:
        SelfTestFailed: too few of them lead to their own document.
    """
    snapshot = Snapshot(place, encoder, cache=cache)
    try:
        asked = [(v, d.id) for d in snapshot.corpus.documents.values() for v in d.asked_as[:TESTED]]
        lost: list[str] = []
        for n, (variant, document_id) in enumerate(asked):
            if n % BATCH == 0:
                progress("自测", n, len(asked))
            hits = snapshot.finder.search(snapshot.finder.read(variant), limit=1)
            if not hits or hits[0].document.id != document_id:
                lost.append(f"“{variant}”没有找到 {document_id}")
        progress("自测", len(asked), len(asked))
    finally:
        snapshot.close()
    tested = SelfTest(questions=len(asked), found_first=1 - len(lost) / len(asked) if asked else 1.0)
    if tested.found_first < FOUND_FIRST:
        raise SelfTestFailed(tested, lost)
    return tested
