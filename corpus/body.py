"""The body of a document: sections, blocks, sentences.

The format is a small part of Markdown, so that what is quoted needs no rendering: level-two headings,
paragraphs on one line, numbered and bulleted items on one line. Everything else is a finding.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from wenju.corpus.document import TEMPLATE, Kind, Passage, Sentence, Slot
from wenju.corpus.finding import Finding
from wenju.corpus.sentences import is_complete, rules, spans

HEADING = re.compile(r"^## (?P<heading>[^{}]+?)(?: \{(?P<slot>[^{}]*)\})?$")
ITEM = re.compile(r"^(?:(?P<number>\d+)\. |- )(?=\S)")
MARKUP = re.compile(r"\*\*|__|`|\[[^\]]*\]\(|<[a-zA-Z/!]|^#|^>|^\||^\s+\S|^[*+] |!\[")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int  # in the body
    number: int  # in the file


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    slot: str
    locator: str | None
    line: _Line
    lines: tuple[_Line, ...]


def read_body(  # noqa: PLR0913 -- by name; each is another fact about the document
    body: str, first_line: int, *, document_id: str, kind: Kind, file: str, originals: Collection[str] = ()
) -> tuple[tuple[Passage, ...], list[Finding]]:
    """Cut a body into passages.

    Args:
        body: the text below the front matter; offsets count its characters.
        first_line: the line of the file on which it begins.
        document_id: goes into the passages' ids.
        kind: of the document; a regulation has numbered sections, everything else has slots.
        file: for the findings.
        originals: locators of the articles in official wording, whose sentences end where the lawmaker ended them.
    """
    sections, findings = _sections(body, first_line, kind, file)
    passages: list[Passage] = []
    seen: dict[str, int] = {}
    for section in sections:
        name = section.locator or section.slot
        if name in seen:
            what = f"“{name}”这一节出现了两次（上一次在第 {seen[name]} 行）"
            findings.append(Finding(file, section.line.number, what, "合并成一节"))
            continue
        seen[name] = section.line.number
        passage, wrong = _passage(section, document_id, file, official=section.locator in originals)
        findings += wrong
        if not passage.sentences:
            findings.append(
                Finding(file, section.line.number, f"“{section.heading}”下面没有内容", "写上内容，或删去这一节")
            )
        passages.append(passage)
    if not sections:
        findings.append(Finding(file, first_line, "正文没有任何一节", "用“## 标题 {slot}”开始一节"))
    return tuple(passages), findings


def locators(body: str) -> list[str]:
    """Give the numbers of the articles of a regulation's body."""
    return [match["heading"] for line in body.split("\n") if (match := HEADING.match(line))]


def _lines(body: str, first_line: int) -> Iterator[_Line]:
    start = 0
    for n, text in enumerate(body.split("\n")):
        yield _Line(text, start, first_line + n)
        start += len(text) + 1


def _sections(body: str, first_line: int, kind: Kind, file: str) -> tuple[list[_Section], list[Finding]]:
    findings: list[Finding] = []
    sections: list[tuple[_Line, re.Match[str], list[_Line]]] = []
    for line in _lines(body, first_line):
        if match := HEADING.match(line.text):
            sections.append((line, match, []))
        elif not line.text.strip():
            continue
        elif sections:
            sections[-1][2].append(line)
        else:
            findings.append(Finding(file, line.number, "第一个标题之前有文字", "移到某一节里，或删去"))
    made: list[_Section] = []
    for line, match, lines in sections:
        slot, wrong = _slot(match["slot"], kind)
        if wrong:
            findings.append(Finding(file, line.number, *wrong))
        locator = match["heading"] if kind is Kind.REGULATION else None
        made.append(_Section(match["heading"], slot, locator, line, tuple(lines)))
    return made, findings


def _slot(name: str | None, kind: Kind) -> tuple[str, tuple[str, str] | None]:
    """Give the slot a heading names, and what is wrong with it (what, fix)."""
    if kind is Kind.REGULATION:
        wrong = (f"法规的条文标题不写 slot：{{{name}}}", "只写条号，例如“## 第五十条”") if name else None
        return Slot.LAW, wrong
    allowed = [*Slot] + ([TEMPLATE] if kind is Kind.LETTER else [])
    if name in allowed:
        return str(name), None
    listed = "、".join(allowed)
    if name is None:
        return Slot.VERDICT, ("标题没有写 slot", f"在标题后加上 {{slot}}，可用：{listed}")
    return Slot.VERDICT, (f"不认识的 slot：{name}", f"可用：{listed}")


def _passage(section: _Section, document_id: str, file: str, *, official: bool) -> tuple[Passage, list[Finding]]:
    findings: list[Finding] = []
    sentences: list[Sentence] = []
    cut = rules if official else spans
    for block, line in enumerate(section.lines):
        if section.slot == TEMPLATE:
            sentences.append(Sentence(line.text, line.start, line.start + len(line.text), block))
            continue
        if MARKUP.search(line.text):
            findings.append(
                Finding(
                    file,
                    line.number,
                    f"用了不支持的标记：{line.text[:20]!r}",
                    "只用标题、段落、1. 和 - 列表，不缩进",
                )
            )
            continue
        item = None if official else ITEM.match(line.text)
        offset = item.end() if item else 0
        step = int(item["number"]) if item and item["number"] else None
        found = [
            Sentence(
                line.text[offset + a : offset + b],
                line.start + offset + a,
                line.start + offset + b,
                block,
                step,
            )
            for a, b in cut(line.text[offset:])
        ]
        if found and not official and not is_complete(found[-1].text):
            findings.append(
                Finding(
                    file,
                    line.number,
                    f"句子没有结束：“{found[-1].text[-12:]}”",
                    "以 。！？ 结尾，让每句话都能单独引用",
                )
            )
        sentences += found
    end = section.lines[-1].start + len(section.lines[-1].text) if section.lines else section.line.start
    start = section.lines[0].start if section.lines else section.line.start
    passage = Passage(
        id=f"{document_id}#{section.locator or section.slot}",
        document_id=document_id,
        slot=section.slot,
        heading=section.heading,
        locator=section.locator,
        start=start,
        end=end,
        line=section.line.number,
        sentences=tuple(sentences),
    )
    return passage, findings
