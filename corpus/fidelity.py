"""Whether a digest says what its article says: numbers and condition words, compared one by one."""

import re
from dataclasses import dataclass

from wenju.corpus.numerals import Quantity, quantities


@dataclass(frozen=True, slots=True)
class _Word:
    """A condition word, as statutes put it and as a digest may."""

    name: str
    in_article: re.Pattern[str]
    in_digest: re.Pattern[str]


# 应 in 应用, 应收 …, 要 in 需要, 重要, 要求 …, 可 in 可能 and 能 in 功能 bind nobody.
_SHALL = r"应当|必须|(?<![无必])须(?!知)|(?<!相)应(?![用收对急付诉当该])"
MUST = _Word(
    "应当",
    re.compile(_SHALL),
    re.compile(_SHALL + r"|应该|(?<![需主重必首想只不])要(?![求么点件素约是挟])|需要(?!的)"),
)
MAY = _Word(
    "可以",
    re.compile(r"可以|有权|(?<![不许])可(?![能靠疑以])"),
    re.compile(r"可以|有权|能够|(?<![不许])可(?![能靠疑以])|(?<![可不功职机性技才])能(?![力够])|允许|准许"),
)
NOT = _Word(
    "不得", re.compile(r"不得|禁止|不准|严禁"), re.compile(r"不得|不能|不可以|禁止|不准|严禁|不许|不可|无权|不应")
)
# 但未办理登记 describes a case, 但不得超过 sets a limit.
EXCEPT = _Word(
    "但",
    re.compile(r"但(?!是?(?:未|没有|尚未|无))|除外|除[^。；]{1,40}外|不在此限"),
    re.compile(r"但|除外|除[^。；]{1,60}外|不适用|例外|除非|只有|不算|否则|不在此限"),
)
# 应当作出以下处理： leads in what then says for itself who shall do what.
_LEAD_IN = re.compile(r"应当[^。；]*(?:以下|下列)[^。；]*：")
_CLAUSE = re.compile(r"[。；\n]")


def unfaithful(digest: str, article: str, head: str = "") -> list[str]:
    """List what a digest adds to, loses from or turns in its article; empty when it is faithful.

    Args:
        digest: our words.
        article: the official words.
        head: what else a digest may take numbers from, such as the date of effect.
    """
    return added(digest, article, head) + lost(digest, article) + turned(digest, article)


def added(digest: str, text: str, head: str = "") -> list[str]:
    """List the numbers and duties of a digest that its text does not have."""
    stands = quantities(text) | quantities(head)
    problems = [f"数字 {q} 不在原文里" for q in sorted(quantities(digest)) if not _held(q, stands)]
    return problems + [
        f"原文没有“{word.name}”，要点里有"
        for word in (MUST, NOT)
        if word.in_article.search(digest) and not word.in_article.search(text) and not _implied(word.name, text)
    ]


def lost(digest: str, article: str) -> list[str]:
    """List the numbers, conditions and exceptions of an article that its digest does not have."""
    said = quantities(digest)
    idle = ("", "条", "款", "项")
    problems = [
        f"原文的数字 {q} 丢了" for q in sorted(quantities(article)) if q.unit not in idle and not _held(q, said)
    ]
    problems += [
        f"条件词“{word.name}”丢了"
        for word in (MUST, MAY, NOT, EXCEPT)
        if word.in_article.search(article) and not word.in_digest.search(digest)
    ]
    exceptions = _clauses(EXCEPT.in_article, article)
    if 0 < _clauses(EXCEPT.in_digest, digest) < exceptions:
        problems.append(f"原文有 {exceptions} 处例外，要点里少了")
    return problems


def turned(digest: str, article: str) -> list[str]:
    """List condition words that became another: fewer of the one than the article has, and more of the other."""
    article = _LEAD_IN.sub("", article)
    more = {
        word: len(word.in_digest.findall(digest)) - len(word.in_article.findall(article)) for word in (MUST, MAY, NOT)
    }
    pairs = ((MUST, MAY), (MAY, MUST), (NOT, MAY))
    return [f"“{one.name}”变成了“{other.name}”" for one, other in pairs if more[one] < 0 < more[other]]


def _clauses(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for clause in _CLAUSE.split(text) if pattern.search(clause))


def _held(quantity: Quantity, others: set[Quantity]) -> bool:
    return any(
        o.value == quantity.value and (not o.unit or not quantity.unit or o.unit == quantity.unit) for o in others
    )


def _implied(word: str, article: str) -> bool:
    """A penalty or a plain 不予 forbids without the word."""
    if word == "不得":
        return bool(re.search(r"不予|不应|无权|不能|不|处.{0,20}(?:拘留|罚款|有期徒刑)|免除", article))
    return bool(re.search(r"由|责任|予以|依法|承担|处|需|负责|履行|为准|办理", article))
