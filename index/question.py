"""What a question says before anything is looked up: its clauses, the lenders and articles it names."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from wenju.index.lexical import simplified

CLAUSE_END = re.compile(r"[。！？!?；;\n]+|[,，](?=.{8,})")
# What is said before the question begins; nothing is found by it.
GREETING = re.compile(r"(?:(?:你好|您好|大家好|请问一下|请问|想问一下|问一下|咨询一下)[啊呀哈吗,，。!！~、\s]*)+")
ARTICLE = re.compile(r"第?([〇零一二三四五六七八九十百千]+|\d+)条(之[一二三四五])?")
SHORTEST_CLAUSE = 5  # characters; less says nothing by itself
MOST_CLAUSES = 6
DIGITS = "零一二三四五六七八九"
COMPANY = re.compile(r"[\u4e00-\u9fff]{2}(?:消费金融|消金|小额贷款|小贷)")  # as a lender's name ends


@dataclass(frozen=True, slots=True)
class Question:
    """A question, made ready for finding."""

    text: str  # simplified, half-width
    clauses: tuple[str, ...]  # the whole, then its parts where there are several
    lenders: tuple[str, ...]  # ids of the lenders it names
    laws: tuple[str, ...]  # ids of the regulations it names
    articles: tuple[str, ...]  # numbers as statutes write them: "第七十条"
    as_of: dt.date | None = None  # the day whose law is asked for; None is today

    @property
    def stranger(self) -> bool:
        """Whether it names a company that lends, and none that we know."""
        return not self.lenders and any(COMPANY.search(clause) for clause in self.clauses)


def read_question(text: str, lenders: Mapping[str, str], laws: Mapping[str, str]) -> Question:
    """Read a question as typed.

    Args:
        text: what was typed.
        lenders: names of lenders, as people use them, to the ids of their documents.
        laws: short names of laws to the ids of their documents.
    """
    plain = _without_greeting(" ".join(simplified(text).split()))
    articles = tuple(dict.fromkeys(f"第{_chinese(m[1])}条{m[2] or ''}" for m in ARTICLE.finditer(plain)))
    return Question(plain, _clauses(plain), _named(plain, lenders), _named(plain, laws), articles)


def _without_greeting(text: str) -> str:
    greeting = GREETING.match(text)
    rest = text[greeting.end() :] if greeting else text
    return rest if len(rest) >= SHORTEST_CLAUSE else text


def _named(text: str, ids: Mapping[str, str]) -> tuple[str, ...]:
    lowered = text.lower()
    longest_first = sorted(ids, key=len, reverse=True)
    return tuple(dict.fromkeys(ids[name] for name in longest_first if name.lower() in lowered))


def _clauses(text: str) -> tuple[str, ...]:
    parts = [part.strip() for part in CLAUSE_END.split(text)]
    long_enough = list(dict.fromkeys(part for part in parts if len(part) >= SHORTEST_CLAUSE))
    return (text, *long_enough[:MOST_CLAUSES]) if len(long_enough) > 1 else (text,)


def _chinese(number: str) -> str:
    """Write an Arabic number below ten thousand as statutes do: 70 is 七十, 1032 is 一千零三十二."""
    if not number.isdigit():
        return number
    digits = number.lstrip("0")
    written = ""
    for place, digit in enumerate(reversed(digits)):
        if digit != "0":
            written = DIGITS[int(digit)] + ("", "十", "百", "千")[place % 4] + written
        elif written and not written.startswith("零"):
            written = "零" + written
    return re.sub(r"^一十", "十", written.rstrip("零"))
