"""Official wording laid over our digests, article by article (docs/adr/0013).

An imported regulation with the id of a digest takes the place of the articles it holds. Ids stay the same, so
that whatever relies on an article quotes its official wording; articles it does not hold keep their digest.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from wenju.corpus.body import read_body
from wenju.corpus.document import Document, Passage, RuleStatus
from wenju.corpus.finding import Finding
from wenju.corpus.numerals import chinese_number

_NUMBER = re.compile(r"第(.+?)条(?:之(.+))?")


def lay_over(documents: Iterable[Document]) -> tuple[list[Document], list[Finding]]:
    """Lay every official text over the digest with its id; one without a digest stays a document of its own."""
    official: dict[str, Document] = {}
    digests: list[Document] = []
    findings: list[Finding] = []
    for document in documents:
        if not document.originals:
            digests.append(document)
        elif other := official.get(document.id):
            what = f"{document.id} 的原文导入了两次（还有 {other.path}）"
            findings.append(Finding(document.path, document.line_of("id"), what, "删去其中一份"))
        else:
            official[document.id] = document
    laid: list[Document] = []
    for digest in digests:
        over = official.pop(digest.id, None)
        if over is None:
            laid.append(digest)
        elif wrong := _other_edition(digest, over):
            findings.append(wrong)
        else:
            laid.append(_laid(digest, over))
    return [*laid, *official.values()], findings


def _other_edition(digest: Document, official: Document) -> Finding | None:
    """A law of the same name but another date is another law."""
    ours, theirs = digest.rule, official.rule
    if ours is None or theirs is None:
        what = f"id {official.id} 是 {digest.path} 的，那篇不是法规"
        return Finding(official.path, official.line_of("id"), what, "换一个 id")
    if ours.status is RuleStatus.SUPERSEDED:
        what = "要点写的是已被取代的规定，原文读起来会像现行规定"
        return Finding(official.path, official.line_of("id"), what, "删去这份原文")
    if ours.effective and theirs.effective and ours.effective != theirs.effective:
        what = f"原文是 {theirs.effective} 起施行的版本，要点是 {ours.effective} 起施行的版本"
        return Finding(official.path, official.line_of("effective"), what, "导入和要点同一版的原文，或删去这份原文")
    return None


def _laid(digest: Document, official: Document) -> Document:
    theirs = {passage.locator: (official, passage) for passage in official.passages}
    ours = {passage.locator: (digest, passage) for passage in digest.passages}
    placed = _in_order({**ours, **theirs})
    text = "\n".join(f"## {p.locator}\n{d.text[p.start : p.end]}\n" for d, p in placed)
    originals = tuple(p.locator for d, p in placed if d is official and p.locator)
    passages, _ = read_body(text, 1, document_id=digest.id, kind=digest.kind, file=digest.path, originals=originals)
    lines = {p.id: p.line for _, p in placed}
    rule = replace(digest.rule, official=official.rule.official) if digest.rule and official.rule else digest.rule
    return replace(
        digest,
        text=text,
        passages=tuple(replace(p, line=lines[p.id]) for p in passages),
        originals=originals,
        rule=rule,
        sources=(*digest.sources, *(s for s in official.sources if s not in digest.sources)),
    )


def _in_order(
    sections: dict[str | None, tuple[Document, Passage]],
) -> list[tuple[Document, Passage]]:
    """By the number of the article, where every one has a number; else as they come."""
    numbers = {locator: article_number(locator or "") for locator in sections}
    if any(number is None for number in numbers.values()):
        return list(sections.values())
    return [sections[locator] for locator in sorted(sections, key=lambda name: numbers[name] or (0, 0))]


def article_number(locator: str) -> tuple[int, int] | None:
    """Give 第二百九十三条之一 as (293, 1); None when it is no article's number."""
    match = _NUMBER.fullmatch(locator)
    if match is None:
        return None
    number, beside = (int(part) if part and part.isdigit() else chinese_number(part or "零") for part in match.groups())
    return None if number is None or beside is None else (number, beside)
