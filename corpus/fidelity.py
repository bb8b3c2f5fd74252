"""Whether a digest says what its article says: numbers and condition words, compared one by one."""

import re

from wenju.corpus.numerals import Quantity, quantities

# Each condition word, as statutes put it and as a digest may.
CONDITIONS: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "应当": (
        re.compile(r"应当|必须|须|(?<!相)应(?!用|收|对|急|付|诉)"),
        re.compile(r"应当|必须|须|应该|应(?!用|收|对|急|付|诉)|要"),
    ),
    "可以": (re.compile(r"可以|有权"), re.compile(r"可以|有权|能够|可(?!能|靠|疑)|能")),
    "不得": (re.compile(r"不得|禁止|不准|严禁"), re.compile(r"不得|不能|不可以|禁止|不准|严禁|不许")),
    "但": (
        re.compile(r"但(?:是)?|除外|除.{1,40}外|不在此限"),
        re.compile(r"但|除外|除.{1,60}外|不适用|例外|除非|只有|不算|否则"),
    ),
}


def unfaithful(digest: str, article: str, head: str = "") -> list[str]:
    """List what a digest adds to, loses from or turns in its article; empty when it is faithful.

    Args:
        digest: our words.
        article: the official words.
        head: what else a digest may take numbers from, such as the date of effect.
    """
    said, stands = quantities(digest), quantities(article)
    problems = [f"数字 {q} 不在原文里" for q in sorted(said) if not _held(q, stands | quantities(head))]
    problems += [
        f"原文的数字 {q} 丢了" for q in sorted(stands) if q.unit not in ("", "条", "款", "项") and not _held(q, said)
    ]
    for word, (in_article, in_digest) in CONDITIONS.items():
        if in_article.search(article) and not in_digest.search(digest):
            problems.append(f"条件词“{word}”丢了")
    for word in ("应当", "不得"):
        in_article, _ = CONDITIONS[word]
        if in_article.search(digest) and not in_article.search(article) and not _implied(word, article):
            problems.append(f"原文没有“{word}”，要点里有")
    return problems


def _held(quantity: Quantity, others: set[Quantity]) -> bool:
    return any(
        o.value == quantity.value and (not o.unit or not quantity.unit or o.unit == quantity.unit) for o in others
    )


def _implied(word: str, article: str) -> bool:
    """A penalty or a plain 不予 forbids without the word."""
    if word == "不得":
        return bool(re.search(r"不予|不应|无权|不能|不|处.{0,20}(?:拘留|罚款|有期徒刑)|免除", article))
    return bool(re.search(r"由|责任|予以|依法|承担|处|需|负责|履行|为准|办理", article))
