"""Import official texts of law, so that their wording is what gets quoted (docs/adr/0013)."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from wenju.corpus.document import Basis, Corpus, Document, OfficialText, Rule, RuleStatus, Source
from wenju.corpus.front_matter import MalformedYaml
from wenju.corpus.importers.law_text import LawText, NotALaw, read_law
from wenju.corpus.importers.outcome import Outcome, Result
from wenju.corpus.importers.writing import write_document

MAX_BYTES = 5_000_000  # the civil code has 400,000
WHOLE = "全文"  # the locator of a text without articles
VALID_DAYS = 180  # until an imported text should be looked at again
_FLK = re.compile(r"[?&]id=([0-9a-f]{16,})")
_EDITION = re.compile(r"[（(][^（()）]*(?:年|修订|修正|修改|取代)[^（()）]*[)）]$")
_SUFFIXES = re.compile(r"(?:-(?:excerpts|secondary|superseded))+$")
_REPLY = re.compile(r"批复|答复|解释")
_LEAST = 2  # articles; a page that mentions one is no law


@dataclass(frozen=True, slots=True)
class _File:
    path: str  # below the folder
    sha256: str
    law: LawText


def import_statutes(folder: Path, out: Path, corpus: Corpus, today: dt.date, *, known: bool) -> list[Result]:
    """Turn every official text below a folder into a regulation under `out`.

    Args:
        folder: a clone of a public law repository, or statutes in our own format.
        out: where the documents go, outside the shipped corpus.
        corpus: its digests say which laws and editions are ours.
        today: goes into the documents.
        known: import only articles of which the corpus has a digest.
    """
    results: list[Result] = []
    files: list[_File] = []
    heads: dict[Path, LawText] = {}  # of codes that are split into one file a part
    for path in sorted(folder.rglob("*.md"), key=lambda p: (p.parent, p.name != "README.md", p.name)):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith((".", "_")) for part in path.relative_to(folder).parts):
            continue
        try:
            data, text = _read(path)
            law = read_law(text, name, head_of_parts=heads.get(path.parent))
        except NotALaw as why:
            results.append(Result(name, Outcome.SKIPPED, str(why)))
        except (_Unreadable, MalformedYaml) as fault:
            results.append(Result(name, Outcome.REFUSED, str(fault)))
        else:
            if path.name == "README.md":
                heads[path.parent] = law
            files.append(_File(name, hashlib.sha256(data).hexdigest(), law))
    digests = _Digests(corpus)
    for file, older in _latest(files, today):
        skipped = Result(file.path, Outcome.SKIPPED, older) if older else None
        results.append(skipped or _import(file, out, digests, today, known))
    return sorted(results, key=lambda result: result.file)


class _Unreadable(Exception):
    """A file that cannot be read, and what to do."""


def _read(path: Path) -> tuple[bytes, str]:
    if path.stat().st_size > MAX_BYTES:
        raise _Unreadable(f"文件大于 {MAX_BYTES // 1_000_000} MB：一部法律没有这么长，检查是不是放错了文件")
    data = path.read_bytes()
    if not data.strip():
        raise _Unreadable("文件是空的：重新下载")
    try:
        return data, data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Unreadable("不是 UTF-8 文字，可能下载坏了：重新下载，或另存为 UTF-8") from error


def _latest(files: Iterable[_File], today: dt.date) -> list[tuple[_File, str | None]]:
    """Say which editions give way to a later one of the same folder; parts of one edition become one text."""
    editions: dict[tuple[str, dt.date | None], _File] = {}
    for file in files:
        key = (_name(file.law.title), file.law.adopted)
        if first := editions.get(key):
            law = replace(first.law, articles={**file.law.articles, **first.law.articles})
            editions[key] = replace(first, law=law)
        else:
            editions[key] = file
    newest: dict[str, dt.date] = {}
    for (title, adopted), file in editions.items():
        began = not file.law.effective or min(file.law.effective) <= today
        if adopted and began and file.law.status is not RuleStatus.NOT_YET_IN_FORCE:
            newest[title] = max(adopted, newest.get(title, adopted))
    decided: list[tuple[_File, str | None]] = []
    for (title, adopted), file in editions.items():
        if file.law.status is None and adopted and adopted < newest.get(title, adopted):
            decided.append((file, f"同一文件夹里有更新的一版（{newest[title]}）"))
        else:
            decided.append((file, None))
    return decided


class _Digests:
    """The regulations of the corpus, by what an official text may be recognised by."""

    def __init__(self, corpus: Corpus) -> None:
        ours = [d for d in corpus.documents.values() if d.rule]
        self.by_id = {document.id: document for document in ours}
        self.by_key = {match[1]: d for d in ours if d.rule and (match := _FLK.search(d.rule.url or ""))}
        self.by_name: dict[str, list[Document]] = {}
        for document in ours:
            self.by_name.setdefault(_name(document.title), []).append(document)

    def of(self, file: _File) -> Document | None:
        """Give the digest of the same edition; None when the corpus does not know this law.

        Raises:
            NotALaw: the corpus knows the law in another edition only.
        """
        law = file.law
        key = _FLK.search(law.url or "")
        same = self.by_id.get(_SUFFIXES.sub("", Path(file.path).stem)) or (self.by_key.get(key[1]) if key else None)
        if same:
            return same
        named = self.by_name.get(_name(law.title), [])
        for document in named:
            if document.rule and _same_edition(law, document.rule):
                return document
        if named:
            ours = "、".join(str(d.rule.effective or d.rule.adopted) for d in named if d.rule)
            theirs = "、".join(map(str, law.effective)) or law.adopted or "文件没有写日期"
            raise NotALaw(f"版本不同：语料里是 {ours} 的，这份是 {theirs} 的")
        return None


def _same_edition(law: LawText, rule: Rule) -> bool:
    if law.effective and rule.effective:
        return rule.effective in law.effective
    return law.adopted is not None and law.adopted == rule.adopted


def _name(title: str) -> str:
    """A law's name without its edition: people and repositories write it in many ways."""
    bare = re.sub(r"[\s\u3000《》<>〈〉]|中华人民共和国", "", title)
    return _EDITION.sub("", bare)


def _import(file: _File, out: Path, digests: _Digests, today: dt.date, known: bool) -> Result:
    law = file.law
    try:
        digest = digests.of(file)
    except NotALaw as why:
        return Result(file.path, Outcome.SKIPPED, str(why))
    rule = digest.rule if digest else None
    if rule and rule.status is RuleStatus.SUPERSEDED:
        return Result(file.path, Outcome.SKIPPED, "已被取代的规定只留要点：原文读起来会像现行规定")
    if law.status is RuleStatus.SUPERSEDED:
        ours = f"；语料里 {digest.path} 还写着现行有效，请核对要点是否过期" if digest else ""
        return Result(file.path, Outcome.SKIPPED, f"文件标注“{law.status_said}”，不是现行规定{ours}")
    articles = _placed(law, digest)
    if known:
        articles = {n: text for n, text in articles.items() if digest and f"{digest.id}#{n}" in _ids(digest)}
    if not articles or (digest is None and WHOLE not in articles and len(articles) < _LEAST):
        return Result(file.path, Outcome.SKIPPED, "语料里没有这些条文的要点" if known else "没有条文，不像法规")
    official = OfficialText(
        file=file.path, sha256=file.sha256, origin=law.origin, status=law.status_said, imported=today
    )
    document_id = digest.id if digest else _new_id(file, digests)
    head = _head(document_id, law, digest, official, today)
    wrong = write_document(out / "regulations" / f"{document_id}.md", out, head, _body(articles))
    if wrong:
        return Result(file.path, Outcome.REFUSED, f"写不成文档：{wrong[0].what}")
    over = len(articles.keys() & {p.locator for p in digest.passages}) if digest else 0
    told = f"{len(articles)} 条原文" + (f"，其中 {over} 条代替要点" if digest else "，语料里没有它的要点")
    return Result(file.path, Outcome.IMPORTED, told, document_id, law.title, len(articles), over)


def _placed(law: LawText, digest: Document | None) -> dict[str, tuple[str, ...]]:
    """A reply without articles stands in for a digest of one section; of anything longer the parts cannot be told."""
    whole = law.articles.get("")
    if whole is None:
        return dict(law.articles)
    if not whole or not _REPLY.search(law.title) or (digest and len(digest.passages) != 1):
        return {}
    return {(digest.passages[0].locator or WHOLE) if digest else WHOLE: whole}


def _ids(digest: Document) -> set[str]:
    return {passage.id for passage in digest.passages}


def _body(articles: Mapping[str, tuple[str, ...]]) -> str:
    return "\n\n".join(f"## {number}\n" + "\n".join(paragraphs) for number, paragraphs in articles.items()) + "\n"


def _head(
    document_id: str, law: LawText, digest: Document | None, official: OfficialText, today: dt.date
) -> dict[str, object]:
    """The front matter: the digest's where there is one, since it was checked; else what the file says."""
    issuer = law.issuer or "文件没有写制定机关"
    rule = digest.rule if digest and digest.rule else Rule(
        short=re.sub(r"^中华人民共和国", "", _EDITION.sub("", law.title)),
        issuer=issuer,
        number=law.number,
        authority=law.authority,
        basis=Basis.OFFICIAL,
        adopted=law.adopted,
        effective=max(law.effective, default=None),
        repealed=None,
        status=law.status or RuleStatus.IN_FORCE,
        supersedes=None,
        url=law.url,
    )  # fmt: skip
    source = Source(title=law.title, publisher=rule.issuer, published=law.adopted, url=law.url)
    return {
        "id": document_id,
        "kind": "regulation",
        "title": digest.title if digest else law.title,
        **asdict(replace(rule, supersedes=None, official=official)),
        "topics": list(digest.topics) if digest else [],
        "sources": [asdict(source)],
        "reviewed": today,
        "review_by": today + dt.timedelta(days=VALID_DAYS),
    }


def _new_id(file: _File, digests: _Digests) -> str:
    """An id for a law the corpus does not know: its key, its folder's name, or a hash of its title and date."""
    path = Path(file.path)
    key = _FLK.search(file.law.url or "")
    slug = path.parent.name if path.name == "README.md" else _SUFFIXES.sub("", path.stem)
    if key:
        return f"law-{key[1]}"
    if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) and slug not in digests.by_id:
        return slug
    return "law-" + hashlib.sha256(f"{file.law.title}{file.law.adopted}".encode()).hexdigest()[:12]
