"""Words: how texts are cut into them, and full-text search over them. A score is BM25, best first."""

import logging
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jieba

TERM_FREQUENCY = 1_000_000  # so that a term of the domain is never cut in two
WORD = re.compile(r"[\w.%]+")
# Words that every question has and that tell no two apart.
_IDLE = """
的 了 吗 呢 吧 啊 我 你 他 她 是 有 在 和 就 都 也 会 要 被 把 给 让 说 怎么 什么 怎样 怎么办 怎么样 这 那 个 一个 还 又
很
还是 到 去 来 可以 能 不能 可不可以 能不能 请问
"""
IDLE = frozenset(_IDLE.split())


class Words:
    """Cuts texts into words, with the terms of the domain kept whole."""

    def __init__(self, terms: Iterable[str], cache: Path | None = None) -> None:
        """Take domain terms, and a folder for jieba's own cache.

        jieba would keep its cache in the system's temporary folder, where others may write: it is read
        by `marshal`, so it has to lie in a folder of ours.
        """
        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._jieba.tmp_dir = str(cache) if cache else None
        for term in terms:
            self._jieba.add_word(_clean(term), freq=TERM_FREQUENCY)

    def cut(self, text: str) -> list[str]:
        """Give the words of a text, long ones with the short ones in them, without idle words."""
        words = (word.strip() for word in self._jieba.cut_for_search(_clean(text)))
        return [word for word in words if WORD.fullmatch(word) and word not in IDLE]


def _clean(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


class FullText:
    """BM25 over a table of words, one row a text."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._sql = f"select rowid, -bm25({table}) from {table} where {table} match ? order by bm25({table}) limit ?"  # noqa: S608 -- the name is ours

    def search(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Give at most `limit` (row, BM25) of the texts with any of the words, best first."""
        if not words:
            return []
        query = " OR ".join('"' + word.replace('"', '""') + '"' for word in dict.fromkeys(words))
        found = self._connection.execute(self._sql, (query, limit)).fetchall()
        return [(int(row), float(score)) for row, score in found]


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415 -- a tenth of a second, and only those who type 繁體 need it

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Bring full-width forms to half-width and traditional characters to simplified ones."""
    converted: str = _converter().convert(unicodedata.normalize("NFKC", text))
    return converted


def aligned(text: str) -> str:
    """Simplify as `simplified` does, but keep every character at its place; what would grow stays as it is."""
    narrow = "".join(
        form if len(form := unicodedata.normalize("NFKC", character)) == 1 else character for character in text
    )
    plain: str = _converter().convert(narrow)
    return plain if len(plain) == len(text) else narrow
