"""The corpus as tables of one SQLite file, written once and then only read."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydantic
from sqlite_utils import Database

from wenju.corpus.document import Corpus, Document, Passage, Sentence, Topic, sha256
from wenju.corpus.signals import AlertRule, SignRule

FULL_TEXT = "entries_words"
_ALERT = pydantic.TypeAdapter(AlertRule)
_SIGN = pydantic.TypeAdapter(SignRule)
_DOCUMENT = pydantic.TypeAdapter(Document)
_SENTENCE_COLUMNS = ("passage_id", "text", "start", "end", "block", "step")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text that is searched for: a passage, or a way people ask for its document.

    Its position in the list is its row in the vectors and its rowid in the full-text table.
    """

    passage_id: str
    role: str  # "passage", "title" or "variant"
    text: str
    words: tuple[str, ...] = ()  # while it is written

    @property
    def sha256(self) -> str:
        """The hash of its text, by which a vector made earlier is recognised."""
        return sha256(self.text)


_TABLES: dict[str, dict[str, type]] = {
    "topics": {"id": str, "title": str, "about": str, "position": int},
    "documents": {"id": str, "kind": str, "title": str, "text": str, "data": str},
    "passages": {
        "id": str, "document_id": str, "position": int, "slot": str, "heading": str, "locator": str,
        "start": int, "end": int, "line": int,
    },
    "sentences": {
        "id": int, "passage_id": str, "text": str, "start": int, "end": int, "block": int, "step": int, "sha256": str,
    },
    "entries": {"row": int, "passage_id": str, "role": str, "text": str, "sha256": str},
    "terms": {"term": str},
    "alerts": {"position": int, "data": str},
    "signs": {"position": int, "data": str},
}  # fmt: skip
_FOREIGN_KEYS = {
    "passages": [("document_id", "documents", "id")],
    "sentences": [("passage_id", "passages", "id")],
    "entries": [("passage_id", "passages", "id")],
}


def write_store(file: Path, corpus: Corpus, entries: Sequence[Entry], terms: Iterable[str]) -> None:
    """Write a corpus and what is searched for into a new file."""
    rows: dict[str, Iterable[dict[str, Any]]] = {
        "topics": _topic_rows(corpus),
        "documents": map(_document_row, corpus.documents.values()),
        "passages": _passage_rows(corpus),
        "sentences": _sentence_rows(corpus),
        "entries": _entry_rows(entries),
        "terms": ({"term": term} for term in sorted(set(terms))),
        "alerts": ({"position": n, "data": _ALERT.dump_json(a).decode()} for n, a in enumerate(corpus.alerts)),
        "signs": ({"position": n, "data": _SIGN.dump_json(s).decode()} for n, s in enumerate(corpus.signs)),
    }
    database = Database(file)
    try:
        for name, columns in _TABLES.items():
            key = next(iter(columns))
            database.table(name).create(columns, pk=key, foreign_keys=_FOREIGN_KEYS.get(name, []))
            database.table(name).insert_all(rows[name])
        _write_full_text(database, entries)
        database.vacuum()
    finally:
        database.close()


def _write_full_text(database: Database, entries: Sequence[Entry]) -> None:
    # The words are cut already, so FTS5 only splits at blanks; without content it keeps no second copy.
    database.execute(
        f"create virtual table {FULL_TEXT} using fts5(words, content='', tokenize=\"unicode61 tokenchars '.%_'\")"
    )
    with database.conn:
        database.conn.executemany(
            f"insert into {FULL_TEXT}(rowid, words) values (?, ?)",  # noqa: S608 -- the name is ours
            ((n, " ".join(entry.words)) for n, entry in enumerate(entries)),
        )


def _topic_rows(corpus: Corpus) -> Iterator[dict[str, Any]]:
    for n, topic in enumerate(corpus.topics.values()):
        yield {"id": topic.id, "title": topic.title, "about": topic.about, "position": n}


def _entry_rows(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    for n, e in enumerate(entries):
        yield {"row": n, "passage_id": e.passage_id, "role": e.role, "text": e.text, "sha256": e.sha256}


def _document_row(document: Document) -> dict[str, Any]:
    data = _DOCUMENT.dump_json(document, exclude={"passages", "text", "lines"}).decode()
    return {
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "text": document.text,
        "data": data,
    }


def _passage_rows(corpus: Corpus) -> Iterator[dict[str, Any]]:
    for document in corpus.documents.values():
        for n, p in enumerate(document.passages):
            yield {
                "id": p.id, "document_id": p.document_id, "position": n, "slot": p.slot, "heading": p.heading,
                "locator": p.locator, "start": p.start, "end": p.end, "line": p.line,
            }  # fmt: skip


def _sentence_rows(corpus: Corpus) -> Iterator[dict[str, Any]]:
    for passage in corpus.passages.values():
        for s in passage.sentences:
            yield {
                "passage_id": passage.id, "text": s.text, "start": s.start, "end": s.end, "block": s.block,
                "step": s.step, "sha256": s.sha256,
            }  # fmt: skip


class Store:
    """A written file, opened for reading."""

    def __init__(self, file: Path) -> None:
        # Nothing writes to a finished snapshot, so SQLite need not look for locks or journals, and several
        # threads may read through one connection.
        self.connection = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._database = Database(self.connection)

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    def corpus(self) -> Corpus:
        """Every document, as it was read from its file."""
        topics = {
            row["id"]: Topic(row["id"], row["title"], row["about"])
            for row in self._database.table("topics").rows_where(order_by="position")
        }
        sentences: dict[str, list[Sentence]] = {}
        columns = ", ".join(f'"{name}"' for name in _SENTENCE_COLUMNS)
        for passage_id, *rest in self.connection.execute(f"select {columns} from sentences order by rowid"):  # noqa: S608
            sentences.setdefault(passage_id, []).append(Sentence(*rest))
        passages: dict[str, list[Passage]] = {}
        for row in self._database.table("passages").rows_where(order_by="document_id, position"):
            row.pop("position")
            passages.setdefault(row["document_id"], []).append(
                Passage(**row, sentences=tuple(sentences.get(row["id"], ())))
            )
        documents: dict[str, Document] = {}
        for row in self._database.table("documents").rows_where(order_by="id"):
            data = pydantic.TypeAdapter(dict[str, Any]).validate_json(row["data"])
            documents[row["id"]] = _DOCUMENT.validate_python(
                data | {"text": row["text"], "passages": tuple(passages.get(row["id"], ()))}
            )
        alerts = self.connection.execute("select data from alerts order by position")
        signs = self.connection.execute("select data from signs order by position")
        return Corpus(
            documents,
            topics,
            tuple(_ALERT.validate_json(data) for (data,) in alerts),
            tuple(_SIGN.validate_json(data) for (data,) in signs),
        )

    def entries(self) -> list[Entry]:
        """What is searched for, by row; the words went into the full-text table."""
        rows = self.connection.execute("select passage_id, role, text from entries order by row")
        return [Entry(*row) for row in rows]

    def terms(self) -> list[str]:
        """The terms of the domain, which are never cut in two."""
        return [row[0] for row in self.connection.execute("select term from terms")]
