"""Where sentences end."""

import re
from collections.abc import Iterator

ENDS = "。！？"
ENDS_QUOTATION = "。！"  # “真的吗？” may stand in the middle of a sentence; “完了。” does not
QUOTES = frozenset("”’」』")
OPENERS = dict(zip("“‘（《「『【(", "”’）》」』】)", strict=True))
CLOSERS = frozenset(OPENERS.values())
CONTINUES = re.compile(r"但|（(?!一）)[一二三四五六七八九十]+）")  # an exception, or a further item of a list


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of a line, without the space around it.

    A sentence ends at 。！？ outside quotation marks and brackets, or at a closing quotation mark when 。 or ！
    stands just before it. What follows the last end is a sentence of its own.
    """
    start, depth, ended = 0, 0, False
    for n, char in enumerate(text):
        if ended and char not in CLOSERS and char not in ENDS and depth == 0:
            yield from _trimmed(text, start, n)
            start, ended = n, False
        if char in OPENERS:
            depth += 1
            ended = False
        elif char in CLOSERS:
            depth = max(0, depth - 1)
            ended = ended and char in QUOTES and text[n - 1] in ENDS_QUOTATION
        elif char in ENDS:
            ended = True
        elif depth:
            ended = False
    yield from _trimmed(text, start, len(text))


def rules(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of an official text, an exception together with its rule.

    Statutes often put 但是 after a full stop, and one behind every item of a list; quoted without what belongs to it,
    a rule or an item would be wrong.
    """
    start: int | None = None
    end = 0
    for a, b in spans(text):
        if start is not None and not CONTINUES.match(text, a):
            yield start, end
            start = None
        start, end = (a if start is None else start), b
    if start is not None:
        yield start, end


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        left = len(piece) - len(piece.lstrip())
        right = len(piece) - len(piece.rstrip())
        yield start + left, end - right


def is_complete(sentence: str) -> bool:
    """Whether a sentence ends as one does."""
    return sentence.rstrip("".join(CLOSERS)).endswith(tuple(ENDS))
