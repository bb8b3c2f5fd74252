"""The YAML at the head of a document, read strictly and with line numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import pydantic
import yaml
from pydantic import TypeAdapter

from wenju.corpus.finding import Finding

Path = tuple[str | int, ...]
FENCE = "---"


class MalformedYaml(Exception):
    """The front matter is no YAML mapping; carries what is wrong and where."""

    def __init__(self, what: str, fix: str, line: int) -> None:
        super().__init__(what)
        self.what, self.fix, self.line = what, fix, line


@dataclass(frozen=True, slots=True)
class Head:
    """The front matter as plain values, with the line of every key, and the body below it."""

    values: dict[str, Any]
    lines: dict[Path, int]
    body: str
    body_line: int

    def line(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def split_head(text: str) -> Head:
    """Split a file into front matter and body.

    Raises:
        MalformedYaml: there is no front matter, or it is no mapping of names to values.
    """
    if not text.startswith(FENCE + "\n"):
        raise MalformedYaml("文件开头没有 front matter", "第一行写 ---，下面写 id、kind、title 等字段", 1)
    end = text.find(f"\n{FENCE}\n", len(FENCE))
    if end < 0:
        raise MalformedYaml("front matter 没有结束", "在字段之后另起一行写 ---", 1)
    source, body = text[len(FENCE) + 1 : end + 1], text[end + len(FENCE) + 2 :]
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        what = f"front matter 不是有效的 YAML：{error.problem}"
        raise MalformedYaml(what, "检查缩进、冒号后的空格，含冒号或引号的文字加上双引号", line) from error
    if not isinstance(root, yaml.MappingNode):
        raise MalformedYaml("front matter 不是“字段: 值”的形式", "每行写一个字段，例如 id: visit-message-real", 2)
    lines: dict[Path, int] = {}
    values = _plain(root, (), lines)
    body_line = text.count("\n", 0, end + len(FENCE) + 2) + 1
    return Head(values, lines, body, body_line)


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    """Turn a YAML node into dictionaries, lists, strings and None, noting lines (the fence is line 1).

    Scalars stay strings: a telephone number keeps its zeros and a wrong date is reported, not raised.
    """
    lines.setdefault(path, node.start_mark.line + 2)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            line = key.start_mark.line + 2
            if name in mapping:
                raise MalformedYaml(f"字段 {name} 写了两次", "只留一个", line)
            lines[(*path, name)] = line
            mapping[name] = _plain(value, (*path, name), lines)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, n), lines) for n, item in enumerate(node.value)]
    return None if node.tag == "tag:yaml.org,2002:null" else node.value


def parse(record: type, values: Mapping[str, Any], head: Head, file: str) -> tuple[Any, list[Finding]]:
    """Build a frozen dataclass from front matter values; unknown and missing fields are findings.

    Returns:
        The value, or None when there are findings; and the findings.
    """
    try:
        return _adapter(record).validate_python(dict(values)), []
    except pydantic.ValidationError as invalid:
        return None, [_finding(error, head, file) for error in invalid.errors(include_url=False)]


def field_names(record: type) -> frozenset[str]:
    """The names a dataclass takes."""
    return frozenset(field.name for field in fields(record))


_adapters: dict[type, TypeAdapter[Any]] = {}


def _adapter(record: type) -> TypeAdapter[Any]:
    if record not in _adapters:
        _adapters[record] = TypeAdapter(record)
    return _adapters[record]


_DATE_FIX = "写成 2026-11-21 这样的真实日期"


def _finding(error: Any, head: Head, file: str) -> Finding:
    path: Path = tuple(error["loc"])
    name = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    kind = error["type"]
    line = head.line(path)
    if kind in ("missing", "missing_keyword_only_argument"):
        return Finding(file, head.line(path[:-1]) if len(path) > 1 else 1, f"缺少字段 {name}", "补上；不知道就写 null")
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return Finding(file, line, f"不认识的字段 {name}", "检查拼写，或删去")
    if kind.startswith("date"):
        return Finding(file, line, f"{name} 不是日期：{error['input']!r}", _DATE_FIX)
    if kind == "enum":
        return Finding(
            file,
            line,
            f"{name} 的值 {error['input']!r} 不在允许的范围里",
            f"用 {error['ctx']['expected']} 之一",
        )
    return Finding(file, line, f"{name} 的值不对：{error['msg']}", "照 corpus/WRITING.md 的格式改")
