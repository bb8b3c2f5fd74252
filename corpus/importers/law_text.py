"""One file of a public law repository, whichever of four layouts it has.

- lawtext/laws: front matter with `effective_date` and `status`, articles as `- **第一条**　　…`
- ImCa0/just-laws: `# title`, dates as prose, articles as `**第一条**　…`; a code may be split into one file a part
- LawRefBook/Laws: `# title`, dates as prose, `<!-- INFO END -->`, articles as `第一条 …`
- ../shared/statutes: front matter with `coverage`, articles as `第一条　…`
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from wenju.corpus.document import Authority, RuleStatus
from wenju.corpus.front_matter import split_head
from wenju.corpus.overlay import article_number

_NUMERAL = "[零〇一二三四五六七八九十百千两]+"
_ARTICLE = re.compile(rf"(第{_NUMERAL}条(?:之{_NUMERAL})?)(?:[\s\u3000]+(.*))?$")
_COUNTED = re.compile(r"(\d{1,3})[.．、]\s*(.+)$")  # 执行工作规定 counts its articles so
# What ends an article without a mark of its own: 第一章, 附件, 一、执行机构及其职责.
_DIVISION = re.compile(
    rf"第{_NUMERAL}(?:编|分编|章|节)(?:[\s\u3000]|$)|附\s*[件则：:]|附$|目\s*录$|"
    r"[一二三四五六七八九十]+、[^。；：]{1,30}$"
)
_ITEM = re.compile(rf"（{_NUMERAL}）|\d{{1,2}}[.．]")
_MARKUP = re.compile(r"^(?:[-*] )|\*\*|^\s+|&nbsp;")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|(\d{4})-(\d{2})-(\d{2})")
_IN_FORCE_FROM = re.compile(r"自\s*(\d{4}年\d{1,2}月\d{1,2}日)\s*起?施行")
_LAWMAKER = re.compile(r"全国人民代表大会(?:常务委员会)?|国务院|最高人民法院|最高人民检察院")
_ENDS = "。！？”）"
INFO_END = "<!-- INFO END -->"

STATUS = {
    "有效": RuleStatus.IN_FORCE, "in-force": RuleStatus.IN_FORCE,
    "尚未生效": RuleStatus.NOT_YET_IN_FORCE, "not-yet-in-force": RuleStatus.NOT_YET_IN_FORCE,
    "已修改": RuleStatus.SUPERSEDED, "已废止": RuleStatus.SUPERSEDED, "amended-later": RuleStatus.SUPERSEDED,
    "superseded": RuleStatus.SUPERSEDED, "expired": RuleStatus.SUPERSEDED, "已失效": RuleStatus.SUPERSEDED,
}  # fmt: skip
AUTHORITY = {
    "法律": Authority.LAW, "宪法": Authority.LAW, "行政法规": Authority.ADMINISTRATIVE_REGULATION,
    "监察法规": Authority.ADMINISTRATIVE_REGULATION, "司法解释": Authority.JUDICIAL_INTERPRETATION,
    "部门规章": Authority.DEPARTMENT_RULE, "地方性法规": Authority.LOCAL_REGULATION,
}  # fmt: skip


class NotALaw(Exception):
    """A file that holds no official text, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawText:
    """An official text. Dates and status are what the file says; None where it says nothing."""

    title: str
    origin: str
    authority: Authority
    issuer: str | None
    number: str | None
    adopted: dt.date | None  # the latest date on which this edition was passed or published
    effective: tuple[dt.date, ...]  # more than one where parts took effect at other times
    status: RuleStatus | None
    status_said: str
    url: str | None
    articles: Mapping[str, tuple[str, ...]]  # paragraphs, by number; "" alone: a text without articles


def read_law(text: str, path: str, *, head_of_parts: LawText | None = None) -> LawText:
    """Read a file of any of the four layouts.

    Args:
        text: the file.
        path: below the folder that is imported; layouts and kinds of rules show in it.
        head_of_parts: the law of which this file may be a part, when it has no title of its own.

    Raises:
        NotALaw: it holds no official text.
        MalformedYaml: its front matter cannot be read.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    fields: Mapping[str, str] = {}
    if text.startswith("---\n"):
        head = split_head(text)
        fields = {name: value for name, value in head.values.items() if isinstance(value, str)}
        urls = head.values.get("urls")
        fields = fields | {"url": urls[0]} if isinstance(urls, list) and urls else fields
        text = head.body
    if "coverage" in fields:
        return _of_collection(fields, text)
    if "effective_date" in fields:
        return _of_mirror(fields, text, path)
    return _of_prose(text, path, head_of_parts)


def _of_collection(fields: Mapping[str, str], body: str) -> LawText:
    if "二手" in fields["coverage"] or "二手" in fields.get("verified", "")[:8]:
        raise NotALaw("二手引述，没有官方原文")
    said = re.split(r"[（(]", fields.get("status", ""))[0].strip()
    issuer = fields.get("issuer") or None
    number = fields.get("number") or None
    return LawText(
        title=fields["title"],
        origin=fields.get("source", "../shared/statutes"),
        authority=Authority(fields["kind"]) if fields.get("kind") in set(Authority) else Authority.NORMATIVE_DOCUMENT,
        issuer=issuer,
        number=None if number and "待核" in number else number,
        adopted=max(_dates(fields.get("adopted", "")), default=None),
        effective=_dates(fields.get("effective", "")),
        status=STATUS.get(said),
        status_said=said,
        url=(re.findall(r"https?://\S+?(?=$|[；，\s])", fields.get("source", "")) or [None])[-1],
        articles=_articles(body),
    )


def _of_mirror(fields: Mapping[str, str], body: str, path: str) -> LawText:
    said = fields.get("status", "")
    return LawText(
        title=fields["title"],
        origin=f"lawtext/laws {path}",
        authority=AUTHORITY.get(fields.get("group", ""), Authority.NORMATIVE_DOCUMENT),
        issuer=fields.get("author"),
        number=(re.findall(r"法释〔\d{4}〕\d+号", body) or [None])[0],
        adopted=max(_dates(fields.get("date", "") + fields.get("publication_date", "")), default=None),
        effective=_dates(fields["effective_date"]),
        status=STATUS.get(said),
        status_said=said,
        url=fields.get("url"),
        articles=_articles(body),
    )


def _of_prose(text: str, path: str, head: LawText | None) -> LawText:
    titles = [line[2:].strip() for line in text.split("\n") if line.startswith("# ")]
    title = titles[0] if titles else ""
    articles = _articles(text, may_count=False)  # any page has numbered lists
    if head and _DIVISION.match(title):
        title = head.title
    elif not title or "" in articles:
        raise NotALaw("没有标题和条文，不像法规")
    preamble = "\n".join(takewhile(lambda line: not _ARTICLE.match(_plain(line)), text.split("\n")))
    passed = _dates(preamble) or _dates(path)
    adopted = max(passed, default=head.adopted if head else None)
    last = re.findall(_IN_FORCE_FROM, "".join(list(articles.values())[-1]))
    effective = tuple(date for date in _dates("".join(last)) if adopted is None or date >= adopted)
    lawmakers = _LAWMAKER.findall(preamble)
    refbook = INFO_END in text or not re.search(r"^\*\*第", text, re.MULTILINE)
    return LawText(
        title=title,
        origin=f"{'LawRefBook/Laws' if refbook else 'ImCa0/just-laws'} {path}",
        authority=next((AUTHORITY[part] for part in path.split("/") if part in AUTHORITY), Authority.LAW),
        issuer=lawmakers[-1] if lawmakers else (head.issuer if head else None),
        number=None,
        adopted=adopted,
        effective=effective or (head.effective if head else ()),
        status=None,
        status_said="文件没有写",
        url=None,
        articles=articles,
    )


def _dates(text: str) -> tuple[dt.date, ...]:
    found = []
    for match in _DATE.finditer(text):
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            found.append(dt.date(year, month, day))
        except ValueError:  # 2026年2月30日: a slip of the source says nothing
            continue
    return tuple(found)


def _plain(line: str) -> str:
    return _LINK.sub(r"\1", _MARKUP.sub("", line.strip())).strip(" \u3000")


def _articles(body: str, *, may_count: bool = True) -> dict[str, tuple[str, ...]]:
    """Cut a text into its articles.

    A file may hold the decision that amended the law before or behind it, with articles of its own: the longest run
    of rising numbers is the law.
    """
    lines = body.split("\n")
    counted = may_count and not any(_ARTICLE.match(_plain(line)) for line in lines)
    runs: list[dict[str, list[str]]] = [{}]
    current: list[str] | None = None
    before = (0, 0)
    for raw in lines:
        line = _plain(raw)
        match = _COUNTED.match(line) if counted else _ARTICLE.match(line)
        number = article_number(f"第{match[1]}条" if counted else match[1]) if match else None
        if match and number:
            if number <= before:
                runs.append({})
            before = number
            current = runs[-1][f"第{match[1]}条" if counted else match[1]] = [match[2]] if match[2] else []
        elif raw.lstrip().startswith(("#", ">", "---", "<!--", "|")) or _DIVISION.match(line):
            current = None
        elif line and current is not None:
            current.append(line)
    longest = max(runs, key=len)
    cut = {number: _paragraphs(found) for number, found in longest.items()}
    # A paragraph that leads in a list the source has lost is no official text.
    articles = {
        number: found for number, found in cut.items() if found and all(p.endswith(tuple(_ENDS)) for p in found)
    }
    return articles if longest else {"": _undivided(lines)}


def _paragraphs(lines: list[str]) -> tuple[str, ...]:
    """Put the items of a list into one paragraph with what leads them in: alone they would say something else."""
    joined: list[str] = []
    for line in lines:
        if joined and (not joined[-1].endswith(tuple(_ENDS)) or _ITEM.match(line)):
            joined[-1] += line
        else:
            joined.append(line)
    return tuple(joined)


def _undivided(lines: list[str]) -> tuple[str, ...]:
    """Give the sentences of a reply, without its title, number, addressee and notes."""
    plain = [_plain(line) for line in lines if not line.lstrip().startswith(("#", ">", "---", "<!--", "|"))]
    return _paragraphs([line for line in plain if line.endswith("。") and line != "此复。"])
