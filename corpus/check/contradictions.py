"""Numbers that two documents give differently for the same thing."""

import re
from collections.abc import Iterator

from wenju.corpus.check.likeness import pairs, plain
from wenju.corpus.check.own import Own, own_sentences
from wenju.corpus.check.upkeep import OF_THE_PAST
from wenju.corpus.document import Corpus, Document
from wenju.corpus.finding import Finding, reminder

_NUMERAL = "[零〇一二三四五六七八九十百千两]+"
NUMBER = re.compile(rf"第{_NUMERAL}条(?:之{_NUMERAL})?|\d[\d,.:\-]*\d|\d")
PHONE = re.compile(
    r"(?<![\d.,:\-])(?:400-?\d{3}-?\d{4}|0\d{2,3}-?\d{7,8}|95\d{3}|9\d{5}|1\d{4,7})(?![\d.:万元年月日]|-\d)"
)
TIME = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
# Words that change nothing about what a number counts.
IDLE = re.compile(r"的|了|也|都|应当|应该|可以|依法|据公开报道|公安机关|人民|依据是|规定在|见|处(?=#)|大约|一般")
SAME = 97  # percent, when every number is masked: the subject words are the same


def contradictions(corpus: Corpus) -> Iterator[Finding]:
    """Find sentences of two documents with the same words and other numbers, and telephones and hours that differ."""
    own = list(own_sentences(corpus))
    yield from _masked([o for o in own if NUMBER.search(o.text) and not OF_THE_PAST.search(o.text)])
    yield from _telephones(corpus, own)
    yield from _hours(corpus, own)


def _masked(own: list[Own]) -> Iterator[Finding]:
    masked = [IDLE.sub("", plain(NUMBER.sub("#", o.text))) for o in own]
    for one, other, _ in pairs(masked, SAME):
        a, b = sorted((own[one], own[other]), key=lambda o: o.place)
        numbers, others = set(NUMBER.findall(a.text)), set(NUMBER.findall(b.text))
        if a.document.id != b.document.id and not (numbers <= others or others <= numbers):
            told = "、".join(sorted(numbers - others)) + " 和 " + "、".join(sorted(others - numbers))
            what = f"和 {a.place} 说同一件事，数字不同（{told}）：“{b.text[:24]}…”"
            yield reminder("contradiction", b.document.path, b.line, what, "核对来源，改成一致")


def _telephones(corpus: Corpus, own: list[Own]) -> Iterator[Finding]:
    """A number called a lender's that its own document does not have."""
    lenders = [(d, _names(d)) for d in corpus.documents.values() if d.lender and d.lender.hotline]
    public = {d.contact.phone for d in corpus.documents.values() if d.contact}
    for o in own:
        phones = set(PHONE.findall(o.text)) - public
        if not phones or "客服" not in o.text:
            continue
        named = [d for d, names in lenders if any(name in o.text for name in names)]
        if len(named) == 1 and (wrong := {p for p in phones if p not in named[0].text}):
            what = f"{named[0].title}的文档里没有这个号码：{'、'.join(sorted(wrong))}"
            yield reminder("contradiction", o.document.path, o.line, what, f"和 {named[0].path} 对一遍")


def _hours(corpus: Corpus, own: list[Own]) -> Iterator[Finding]:
    """A time of day given for a telephone that its own document does not have."""
    contacts = {d.contact.phone: d for d in corpus.documents.values() if d.contact and d.contact.phone}
    for o in own:
        named = [contacts[p] for p in set(PHONE.findall(o.text)) & contacts.keys()]
        times = set(TIME.findall(o.text))
        if len(named) != 1 or not times or "人工" not in o.text:
            continue
        document = named[0]
        known = set(TIME.findall(f"{document.contact.hours if document.contact else ''}{document.text}"))
        if wrong := times - known:
            what = f"{document.title}的文档里没有这个时间：{'、'.join(sorted(wrong))}"
            yield reminder("contradiction", o.document.path, o.line, what, f"和 {document.path} 对一遍")


def _names(document: Document) -> tuple[str, ...]:
    facts = document.lender
    return (*facts.aliases, *([facts.entity] if facts.entity else [])) if facts else ()
