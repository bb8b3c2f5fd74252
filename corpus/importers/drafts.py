"""Turn files into drafts: documents with empty fields, which `wenju check` lists until a person has filled them."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from wenju.corpus.document import Kind
from wenju.corpus.importers.conversion import MAX_BYTES, Block, Converted, Unreadable, convert
from wenju.corpus.importers.outcome import Outcome, Result
from wenju.corpus.importers.writing import document_text
from wenju.corpus.reader import read_document

_MARKUP = re.compile(r"\*\*|__|`|[{}]|^(?:[#>|*+-]+\s*|\d+[.、．]\s*)")
OWN = b"---\nid:"  # a document in our own format


def import_documents(files: Iterable[Path], out: Path, today: dt.date) -> Iterator[Result]:
    """Turn each file into a draft under `out`; a file that cannot be read stops nothing else."""
    for file in files:
        try:
            yield _import(file, out, today)
        except Unreadable as why:
            yield Result(str(file), Outcome.REFUSED, str(why))
        except OSError as error:
            yield Result(str(file), Outcome.REFUSED, f"打不开（{error.strerror}）：检查路径和权限")


def _import(file: Path, out: Path, today: dt.date) -> Result:
    if file.is_dir():
        raise Unreadable("是文件夹：写出里面的文件")
    if file.stat().st_size > MAX_BYTES:
        raise Unreadable(f"文件大于 {MAX_BYTES // 1_000_000} MB：拆开，或只留下要用的部分")
    data = file.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if file.suffix == ".md" and data.startswith(OWN):
        return Result(str(file), Outcome.SKIPPED, "已经是本项目的文档：直接放进 WENJU_CORPUS 的文件夹")
    converted = convert(data, file.suffix)
    document_id = _id(file, sha256)
    title = _clean(converted.title or file.stem)
    path = out / f"{Kind.ARTICLE}s" / f"{document_id}.md"
    if path.exists():
        return Result(str(file), Outcome.SKIPPED, f"草稿已经有了，没有覆盖：{path}", document_id, title)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = document_text(_head(document_id, title, converted), _body(converted.blocks, title))
    # Where it came from stays with the draft, as a comment: the reader knows no such field.
    path.write_text(
        text.replace("---\n", f"---\n# 导入自 {file.name}，{today}，sha256 {sha256}\n", 1), encoding="utf-8"
    )
    _, findings = read_document(path, out)
    return Result(str(file), Outcome.IMPORTED, f"草稿 {path}，有 {len(findings)} 处要补", document_id, title)


def _id(file: Path, sha256: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    return f"{slug}-{sha256[:6]}" if slug else f"draft-{sha256[:10]}"


def _head(document_id: str, title: str, converted: Converted) -> dict[str, object]:
    """What the file says of itself; everything else is empty, so that a person decides it."""
    source = {
        "title": title,
        "publisher": converted.publisher,
        "published": dt.date.fromisoformat(converted.published) if converted.published else None,
        "url": converted.url,
    }
    return {
        "id": document_id,
        "kind": Kind.ARTICLE,
        "title": title,
        "topics": [],
        "lenders": [],
        "asked_as": [],
        "relies_on": [],
        "sources": [source],
        "reviewed": None,
        "review_by": None,
    }


def _body(blocks: Iterable[Block], title: str) -> str:
    """Sections without slots: which part of an answer they are is for a person to say."""
    lines: list[str] = []
    for n, block in enumerate(blocks):
        text = _clean(block.text)
        if block.heading and not (n == 0 and text == title):
            lines.append(f"\n## {text}")
        elif not block.heading:
            if not lines:
                lines.append(f"## {title}")
            lines.append(f"- {text}" if block.item else text)
    return "\n".join(lines).lstrip("\n") + "\n"


def _clean(text: str) -> str:
    """Drop marks that mean something in a document."""
    return re.sub(r"\s+", " ", _MARKUP.sub("", text)).strip() or "（空）"
