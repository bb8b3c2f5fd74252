"""Read a corpus strictly: everything that is wrong is found at once, and nothing is built from it."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError, with_config

from wenju.corpus.body import locators, read_body
from wenju.corpus.document import (
    AlertRule,
    ContactFacts,
    Corpus,
    Document,
    Kind,
    LenderFacts,
    Rule,
    Source,
    Topic,
)
from wenju.corpus.finding import CorpusInvalid, Finding
from wenju.corpus.front_matter import Head, MalformedYaml, field_names, parse, split_head
from wenju.corpus.overlay import lay_over

FACTS: dict[Kind, type] = {Kind.REGULATION: Rule, Kind.LENDER: LenderFacts, Kind.CONTACT: ContactFacts}
FACTS_FIELD = {Kind.REGULATION: "rule", Kind.LENDER: "lender", Kind.CONTACT: "contact"}
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ALERTS_FILE = "alerts.yaml"
MAX_BYTES = 1_000_000  # a document of the shipped corpus has a few thousand characters


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """The fields every document has."""

    id: str
    kind: Kind
    title: str
    topics: tuple[str, ...]
    sources: tuple[Source, ...]
    reviewed: dt.date
    review_by: dt.date
    lenders: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()
    relies_on: tuple[str, ...] = ()


def shipped() -> Path:
    """The documents that come with this package."""
    return Path(str(files("wenju.corpus") / "documents"))


def read_topics() -> dict[str, Topic]:
    """The topics documents are filed under, in the order pages show them."""
    rows = yaml.safe_load((files("wenju.corpus") / "topics.yaml").read_text(encoding="utf-8"))
    return {row["id"]: Topic(**row) for row in rows}


def read_corpus(folders: Sequence[Path]) -> Corpus:
    """Read every document below the folders.

    Raises:
        CorpusInvalid: something is wrong; carries every finding.
    """
    topics = read_topics()
    documents: list[Document] = []
    alerts: list[AlertRule] = []
    findings: list[Finding] = []
    for folder in folders:
        if not folder.is_dir():
            findings.append(Finding(str(folder), 1, "没有这个文件夹", "检查 WENJU_CORPUS 里的路径"))
            continue
        for path in sorted(folder.rglob("*.md")):
            document, wrong = read_document(path, folder)
            findings += wrong
            if document:
                documents.append(document)
        found, wrong = _read_alerts(folder / ALERTS_FILE)
        alerts += found
        findings += wrong
    documents, wrong = lay_over(documents)
    findings += wrong + _across(documents, topics, alerts)
    if not documents and not findings:
        findings.append(Finding(str(folders[0]) if folders else ".", 1, "没有任何文档", "放入 .md 文档"))
    if findings:
        raise CorpusInvalid(findings)
    ordered = {document.id: document for document in sorted(documents, key=lambda d: d.id)}
    return Corpus(ordered, topics, tuple(alerts))


def read_document(path: Path, folder: Path) -> tuple[Document | None, list[Finding]]:
    """Read one file; findings instead of a document when it is wrong."""
    file = str(path.relative_to(folder))
    try:
        if path.stat().st_size > MAX_BYTES:
            return None, [Finding(file, 1, f"文件大于 {MAX_BYTES} 字节", "拆成几篇文档")]
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        head = split_head(text)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return None, [Finding(file, line, "不是 UTF-8 文字", "另存为 UTF-8")]
    except MalformedYaml as error:
        return None, [Finding(file, error.line, error.what, error.fix)]
    return _document(head, path, file)


def _document(head: Head, path: Path, file: str) -> tuple[Document | None, list[Finding]]:
    named = head.values.get("kind")
    kind = Kind(named) if isinstance(named, str) and named in set(Kind) else None
    facts = FACTS.get(kind) if kind else None
    of_facts = field_names(facts) if facts else frozenset[str]()
    common, findings = parse(_Common, {k: v for k, v in head.values.items() if k not in of_facts}, head, file)
    extra: dict[str, Any] = {}
    if kind and facts:
        known, wrong = parse(facts, {k: v for k, v in head.values.items() if k in of_facts}, head, file)
        findings += wrong
        extra[FACTS_FIELD[kind]] = known
    if common is None:
        return None, findings
    rule: Rule | None = extra.get("rule")
    official = rule is not None and rule.official is not None
    originals = tuple(locators(head.body)) if official else ()
    passages, wrong = read_body(
        head.body, head.body_line, document_id=common.id, kind=common.kind, file=file, originals=originals
    )
    findings += wrong + _own(common, head, path, file, official=official)
    if findings:
        return None, findings
    lines = {".".join(str(part) for part in where): line for where, line in head.lines.items()}
    fields = {name: getattr(common, name) for name in field_names(_Common)}
    return Document(
        text=head.body, passages=passages, path=file, originals=originals, lines=lines, **fields, **extra
    ), []


def _own(common: _Common, head: Head, path: Path, file: str, *, official: bool) -> list[Finding]:
    """What a document can get wrong by itself, besides its form."""

    def finding(name: str, what: str, fix: str) -> Finding:
        return Finding(file, head.line((name,)), what, fix)

    found: list[Finding] = []
    if not ID.fullmatch(common.id):
        found.append(finding("id", f"id {common.id!r} 不合格式", "只用小写字母、数字和连字符"))
    elif path.stem != common.id:
        found.append(finding("id", f"id {common.id} 和文件名 {path.name} 不同", f"把文件改名为 {common.id}.md"))
    if path.parent.name != f"{common.kind}s":
        found.append(finding("kind", f"{common.kind} 类的文档不在 {common.kind}s 文件夹里", f"移到 {common.kind}s/"))
    if not common.sources:
        found.append(finding("sources", "没有来源", "至少写一个来源：{title, publisher}"))
    if not common.topics and not official:  # an imported law is filed under no subject until someone does
        found.append(finding("topics", "没有主题", "至少写一个 corpus/topics.yaml 里的主题"))
    if common.review_by <= common.reviewed:
        found.append(finding("review_by", "review_by 不晚于 reviewed", "写下一次复核的日期"))
    return found


def _read_alerts(file: Path) -> tuple[list[AlertRule], list[Finding]]:
    """Read the alerts of a folder; most folders have none."""
    if not file.exists():
        return [], []
    try:
        rules = TypeAdapter(list[AlertRule]).validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
        for rule in rules:
            for pattern in rule.patterns:
                re.compile(pattern)
    except (yaml.YAMLError, ValidationError, re.error) as error:
        what = f"警示规则读不出来：{str(error).splitlines()[0]}"
        return [], [Finding(file.name, 1, what, "每条写 code、passage、contacts、patterns")]
    return rules, []


def _across(documents: Iterable[Document], topics: dict[str, Topic], alerts: Iterable[AlertRule]) -> list[Finding]:
    """What is wrong between documents: ids used twice, and references that lead nowhere."""
    findings: list[Finding] = []
    by_id: dict[str, Document] = {}
    for document in documents:
        if other := by_id.get(document.id):
            what = f"id {document.id} 已经被 {other.path} 用了"
            findings.append(Finding(document.path, document.line_of("id"), what, "换一个 id"))
        else:
            by_id[document.id] = document
    passages = {passage.id for document in by_id.values() for passage in document.passages}
    for document in by_id.values():
        findings += _references(document, by_id, passages)
        for n, topic in enumerate(document.topics):
            if topic not in topics:
                fix = "用 corpus/topics.yaml 里的主题：" + "、".join(topics)
                findings.append(Finding(document.path, document.line_of(f"topics.{n}"), f"没有主题“{topic}”", fix))
    for rule in alerts:
        for target in {rule.passage, *rule.contacts} - passages - set(by_id):
            findings.append(Finding(ALERTS_FILE, 1, f"{rule.code} 指向的 {target} 不存在", "改成已有的文档或段落"))
    return findings


def _references(document: Document, by_id: dict[str, Document], passages: set[str]) -> list[Finding]:
    findings: list[Finding] = []

    def dangling(field: str, what: str, fix: str) -> None:
        findings.append(Finding(document.path, document.line_of(field), what, fix))

    for n, target in enumerate(document.relies_on):
        if target not in by_id and target not in passages:
            dangling(
                f"relies_on.{n}",
                f"relies_on 指向的 {target} 不存在",
                "写成“文档id”或“文档id#条号”，条号要和标题一样",
            )
    for n, lender in enumerate(document.lenders):
        if lender not in by_id or by_id[lender].kind is not Kind.LENDER:
            dangling(f"lenders.{n}", f"没有 id 为 {lender} 的机构文档", "改成 lenders/ 里的 id，或先写那篇文档")
    if document.rule and document.rule.supersedes and document.rule.supersedes not in by_id:
        dangling(
            "supersedes",
            f"supersedes 指向的 {document.rule.supersedes} 不存在",
            "改成已有法规的 id，或写 null",
        )
    for n, contact in enumerate(document.lender.complain_to if document.lender else ()):
        if contact not in by_id or by_id[contact].kind is not Kind.CONTACT:
            dangling(f"complain_to.{n}", f"没有 id 为 {contact} 的联系方式文档", "改成 contacts/ 里的 id")
    return findings
