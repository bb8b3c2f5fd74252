"""One complete, immutable build of the index, opened for answering."""

from pathlib import Path

from wenju.corpus.document import Corpus
from wenju.index.dense import VectorIndex
from wenju.index.encoder import Encoder
from wenju.index.grams import GramIndex
from wenju.index.lexical import FullText, Words
from wenju.index.lines import Lines
from wenju.index.manifest import SCHEMA, Manifest
from wenju.index.ranking import Ranking
from wenju.index.reranker import Reranker
from wenju.index.search import Finder, Searchable
from wenju.index.store import FULL_TEXT, Store

MANIFEST_FILE = "manifest.json"
STORE_FILE = "passages.db"
VECTORS_FILE = "vectors.faiss"
GRAMS_FILE = "grams.npz"
INTENTS_FILE = "intents.npz"


class SnapshotUnusable(Exception):
    """A snapshot cannot answer: damaged, of another schema, or built with another encoder."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}运行 wenju rebuild 重新建立索引。")


class Snapshot:
    """A snapshot in memory. Nothing in it changes."""

    def __init__(
        self, folder: Path, encoder: Encoder, *, cache: Path | None = None, reranker: Reranker | None = None
    ) -> None:
        """Open the snapshot in `folder`; `cache` is where jieba may keep its dictionary.

        Raises:
            SnapshotUnusable: it cannot be read, or was built by another encoder.
        """
        try:
            self.manifest = Manifest.load(folder / MANIFEST_FILE)
        except (OSError, ValueError) as error:
            raise SnapshotUnusable(f"索引 {folder.name} 的清单读不出来。") from error
        self._check(encoder)
        self._store = Store(folder / STORE_FILE)
        self.corpus: Corpus = self._store.corpus()
        searchable = open_searchable(self._store, folder, cache)
        self.finder = Finder(self.corpus, searchable, encoder, Ranking.load(folder), reranker)

    def _check(self, encoder: Encoder) -> None:
        manifest = self.manifest
        if manifest.schema != SCHEMA:
            raise SnapshotUnusable(f"索引 {manifest.version} 的格式是第 {manifest.schema} 版，程序要第 {SCHEMA} 版。")
        if manifest.encoder_fingerprint != encoder.fingerprint:
            raise SnapshotUnusable(
                f"索引 {manifest.version} 由编码器 {manifest.encoder}（{manifest.encoder_fingerprint}）建立，"
                f"现在用的是 {encoder.name}（{encoder.fingerprint}）。"
            )

    @property
    def version(self) -> str:
        """Names what went into it."""
        return self.manifest.version

    def close(self) -> None:
        """Give its files back."""
        self._store.close()


def open_searchable(store: Store, folder: Path, cache: Path | None) -> Searchable:
    """Put together what is searched in a folder; its store is open already."""
    terms = store.terms()
    return Searchable(
        entries=store.entries(),
        vectors=VectorIndex.load(folder / VECTORS_FILE),
        grams=GramIndex.load(folder / GRAMS_FILE),
        intents=Lines.load(folder / INTENTS_FILE),
        full_text=FullText(store.connection, FULL_TEXT),
        words=Words(terms, cache),
        terms=terms,
    )
