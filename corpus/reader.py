"""Read a corpus strictly: everything that is wrong is found at once, and nothing is built from it."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError, with_config

from wenju.corpus.body import locators, read_body
from wenju.corpus.document import ContactFacts, Corpus, Document, Kind, LenderFacts, Rule, Source, Topic
from wenju.corpus.finding import CorpusInvalid, Finding
from wenju.corpus.front_matter import Head, MalformedYaml, field_names, parse, split_head
from wenju.corpus.overlay import lay_over
from wenju.corpus.signals import AlertRule, SignRule

FACTS: dict[Kind, type] = {Kind.REGULATION: Rule, Kind.LENDER: LenderFacts, Kind.CONTACT: ContactFacts}
FACTS_FIELD = {Kind.REGULATION: "rule", Kind.LENDER: "lender", Kind.CONTACT: "contact"}
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ALERTS_FILE = "alerts.yaml"
SIGNS_FILE = "signs.yaml"
MAX_BYTES = 1_000_000  # a document of the shipped corpus has a few thousand characters

PatternRule = TypeVar("PatternRule", AlertRule, SignRule)
ALERT_RULES = TypeAdapter(list[AlertRule])
ALERT_FIX = "每条写 code、passage、contacts、patterns；可写 early、quiet、signs、another"
SIGN_RULES = TypeAdapter(list[SignRule])
SIGN_FIX = "每条写 code、label、passage，再写 patterns 或 reads；可写 sentence、claim、ask、unless、calm"


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
    signs: list[SignRule] = []
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
        alerts_found, wrong = _read_rules(folder / ALERTS_FILE, ALERT_RULES, ALERT_FIX)
        signs_found, wrong_signs = _read_rules(folder / SIGNS_FILE, SIGN_RULES, SIGN_FIX)
        alerts += alerts_found
        signs += signs_found
        findings += wrong + wrong_signs
    documents, wrong = lay_over(documents)
    findings += wrong + _across(documents, topics, alerts) + _of_signs(documents, signs)
    if not documents and not findings:
        findings.append(Finding(str(folders[0]) if folders else ".", 1, "没有任何文档", "放入 .md 文档"))
    if findings:
        raise CorpusInvalid(findings)
    ordered = {document.id: document for document in sorted(documents, key=lambda d: d.id)}
    return Corpus(ordered, topics, tuple(alerts), tuple(signs))


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


def _read_rules(
    file: Path, rules_of: TypeAdapter[list[PatternRule]], fix: str
) -> tuple[list[PatternRule], list[Finding]]:
    """Read the rules of a folder that work by patterns; most folders have none."""
    if not file.exists():
        return [], []
    try:
        rules = rules_of.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
        for rule in rules:
            for expression in rule.expressions:
                re.compile(expression)
    except (yaml.YAMLError, ValidationError, re.error, UnicodeDecodeError) as error:
        return [], [Finding(file.name, 1, f"规则读不出来：{str(error).splitlines()[0]}", fix)]
    return rules, []


def _of_signs(documents: Iterable[Document], signs: Sequence[SignRule]) -> list[Finding]:
    """What is wrong with signs: codes used twice, nothing to recognise them by, no sentence that explains them."""
    passages = {passage.id: passage for document in documents for passage in document.passages}
    codes = [rule.code for rule in signs]
    findings: list[Finding] = []
    for n, rule in enumerate(signs):

        def wrong(what: str, fix: str, code: str = rule.code) -> None:
            findings.append(Finding(SIGNS_FILE, 1, f"{code} {what}", fix))

        if rule.code in codes[:n]:
            wrong("写了两次", "合成一条")
        if not rule.patterns and rule.reads is None:
            wrong("没有 patterns 也没有 reads，认不出来", "至少写一样")
        passage = passages.get(rule.passage)
        if passage is None:
            wrong(f"指向的段落 {rule.passage} 不存在", "改成已有的“文档id#部分”")
        elif passage.sentence(rule.sentence) is None:
            wrong(f"在 {rule.passage} 里找不到以“{rule.sentence}”开头的句子", "照文档里的原文改 sentence")
    return findings


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
        for target in {*rule.passages, *rule.contacts} - passages - set(by_id):
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
