"""Official texts in ../shared, read for comparison; absent on most machines."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "shared" / "statutes"
ARTICLE = re.compile(r"^(第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)[\u3000 ]*(.*)$")
NUMBERED = re.compile(r"^(\d+)\. ?(.*)$")
SUFFIXES = ("-excerpts", "-secondary", "-superseded")


def file_of(document_id: str) -> Path | None:
    """The statute file a regulation was digested from."""
    for path in FOLDER.glob(f"{document_id}*.md"):
        stem = path.stem
        for suffix in SUFFIXES:
            stem = stem.removesuffix(suffix)
        if stem == document_id:
            return path
    return None


def whole(path: Path) -> str:
    """All of a statute file, its head included."""
    return path.read_text(encoding="utf-8")


def practice() -> str:
    """What else was reported of rules whose official text we do not have."""
    return (FOLDER.parent / "facts" / "practice.md").read_text(encoding="utf-8")


def head(path: Path) -> str:
    """What stands before the articles: title, dates, how the text was adopted, written also as 2026年1月1日."""
    text = whole(path).split("---\n", 2)[1]
    return text + re.sub(r"(\d{4})-(\d\d)-(\d\d)", lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", text)


def articles(path: Path) -> dict[str, str]:
    """The articles of a statute file, by number."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in path.read_text(encoding="utf-8").split("---\n", 2)[2].splitlines():
        if match := ARTICLE.match(line.strip()):
            current = found[match[1]] = [match[2]]  # an amending decision may come first; the text follows
        elif match := NUMBERED.match(line.strip()):
            current = found[f"第{match[1]}条"] = [match[2]]
        elif line.startswith(("#", ">")):
            current = None
        elif current is not None and line.strip():
            current.append(line.strip())
    return {number: "\n".join(lines) for number, lines in found.items()}
