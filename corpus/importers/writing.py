"""Write a document whose front matter the strict reader accepts."""

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from wenju.corpus.finding import Finding
from wenju.corpus.reader import read_document


def document_text(head: Mapping[str, object], body: str) -> str:
    """Give a document as its file holds it."""
    front = yaml.safe_dump(_plain(head), allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{front}---\n{body}"


def write_document(path: Path, folder: Path, head: Mapping[str, object], body: str) -> list[Finding]:
    """Write a document and read it back; when the reader finds fault, the file is not left behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".md.new")
    old = path.read_bytes() if path.exists() else None
    new.write_text(document_text(head, body), encoding="utf-8")
    new.replace(path)
    _, wrong = read_document(path, folder)
    if wrong and old is None:
        path.unlink()
    elif wrong and old is not None:
        path.write_bytes(old)
    return wrong


def _plain(value: Any) -> Any:
    """Turn enumerations into their values, all the way down."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
