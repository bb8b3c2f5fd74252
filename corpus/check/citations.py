"""Articles that sentences name: is there a digest of them, and does the document rely on it?"""

import re
from collections import defaultdict
from collections.abc import Iterator

from wenju.corpus.check.own import Own, own_sentences
from wenju.corpus.check.upkeep import OF_THE_PAST
from wenju.corpus.document import Corpus, Kind, RuleStatus
from wenju.corpus.finding import Finding, reminder

_NUMERAL = "[零〇一二三四五六七八九十百千两]+"
ARTICLE = re.compile(rf"第{_NUMERAL}条(?:之{_NUMERAL})?")
CITED = re.compile(rf"《(?P<law>[^》]+)》(?P<articles>(?:{ARTICLE.pattern}(?:第{_NUMERAL}[款项])*[、和]?)+)")
STATE = "中华人民共和国"


def citations(corpus: Corpus) -> Iterator[Finding]:
    """Find articles that are named without a digest, or without standing in `relies_on`."""
    known = _by_name(corpus)
    for own in own_sentences(corpus):
        if own.document.kind is Kind.REGULATION or OF_THE_PAST.search(own.text):
            continue
        for match in CITED.finditer(own.text):
            rules = known.get(match["law"].removeprefix(STATE))
            if rules is None:
                fix = "先写这部法规的要点，或用语料里的名称"
                yield _of(own, "unknown-rule", f"语料里没有《{match['law']}》", fix)
                continue
            for article in ARTICLE.findall(match["articles"]):
                yield from _article(own, match["law"], article, rules, corpus)


def _article(own: Own, law: str, article: str, rules: list[str], corpus: Corpus) -> Iterator[Finding]:
    targets = {f"{rule}#{article}" for rule in rules} & corpus.passages.keys()
    if not targets:
        what = f"引用了《{law}》{article}，语料里没有这一条的要点，读者点不到依据"
        yield _of(own, "no-digest", what, f"在 regulations/{rules[0]}.md 里补上这一条")
    elif not (targets | set(rules)) & set(own.document.relies_on):
        target = min(targets)
        yield _of(own, "not-relied-on", f"引用了《{law}》{article}，relies_on 里没有", f"在 relies_on 里加上 {target}")


def _by_name(corpus: Corpus) -> dict[str, list[str]]:
    """Ids of regulations by each of their names."""
    known: dict[str, list[str]] = defaultdict(list)
    regulations = [d for d in corpus.documents.values() if d.rule]
    for document in sorted(regulations, key=lambda d: d.rule is None or d.rule.status is not RuleStatus.IN_FORCE):
        if document.rule:
            full = re.sub(r"[（(].*?[)）]$", "", document.title)
            for name in {document.rule.short, document.title, full, full.removeprefix(STATE)}:
                known[name.removeprefix(STATE)].append(document.id)
    return known


def _of(own: Own, code: str, what: str, fix: str) -> Finding:
    return reminder(code, own.document.path, own.line, what, fix)
