"""Documents that say or answer the same: near-duplicate sentences, and two documents for one question."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz, process

from wenju.corpus.check.own import own_sentences
from wenju.corpus.document import Corpus, Document, Kind
from wenju.corpus.finding import Finding, reminder

SAME_SENTENCE = 90  # likeness in percent: twice the common characters, in order, over both lengths
SHORTEST = 18  # characters; shorter sentences (“威胁打人的，打110。”) are what everybody says
SAME_TITLE = 82
SAME_VARIANT = 88
SHARED = 0.25  # of the smaller document's variants; two documents that share more answer one question
BLOCK = 400
_MARKS = re.compile(r"[，。、；：！？“”‘’（）《》\s,.?!:;]")


def plain(text: str) -> str:
    """Drop what does not change what a sentence says: marks and blanks."""
    return _MARKS.sub("", text)


def alike(corpus: Corpus) -> Iterator[Finding]:
    """Find sentences that stand nearly so in two documents, and documents that answer the same question."""
    yield from _sentences(corpus)
    yield from _questions([d for d in corpus.documents.values() if d.kind is not Kind.REGULATION])


def _sentences(corpus: Corpus) -> Iterator[Finding]:
    own = [o for o in own_sentences(corpus) if len(o.text) >= SHORTEST]
    for one, other, score in pairs([plain(o.text) for o in own], SAME_SENTENCE):
        a, b = own[one], own[other]
        rules = [o for o in (a, b) if o.document.kind is Kind.REGULATION]
        if a.document.id == b.document.id or len(rules) == 2:  # two laws may say the same
            continue
        # What a digest says is quoted from the digest; between two articles the later in the alphabet gives way.
        a, b = (a, b) if b in rules or (not rules and a.place > b.place) else (b, a)
        what = f"和 {b.place} 的句子几乎一样（{score}%）：“{a.text[:24]}…”"
        fix = "删去，由 relies_on 引用要点" if rules else "留一处，另一处用 relies_on 引用，或从这篇读者的角度另写"
        yield reminder("repeated", a.document.path, a.line, what, fix)


def _questions(documents: Sequence[Document]) -> Iterator[Finding]:
    titles = [plain(d.title) for d in documents]
    found = {(one, other): f"标题几乎一样（{score}%）" for one, other, score in pairs(titles, SAME_TITLE)}
    variants = [(n, plain(v)) for n, d in enumerate(documents) for v in d.asked_as]
    shared: Counter[tuple[int, int]] = Counter()
    seen: set[tuple[int, int]] = set()  # a variant counts once for each other document
    for one, other, _ in pairs([v for _, v in variants], SAME_VARIANT):
        a, b = variants[one][0], variants[other][0]
        if a != b and (one, b) not in seen and (other, a) not in seen:
            seen |= {(one, b), (other, a)}
            shared[min(a, b), max(a, b)] += 1
    for (a, b), count in shared.items():
        fewest = min(len(documents[a].asked_as), len(documents[b].asked_as))
        if count >= max(2, SHARED * fewest):
            found[a, b] = f"有 {count} 个问法几乎一样"
    for (a, b), why in found.items():
        first, second = sorted((documents[a], documents[b]), key=lambda d: d.id)
        what = f"和 {first.path}“{first.title}”回答同一个问题：{why}"
        yield reminder(
            "same-question", second.path, second.line_of("title"), what, "合成一篇，或改标题和问法，写清各管什么"
        )


def pairs(texts: Sequence[str], lowest: int) -> Iterator[tuple[int, int, int]]:
    """Give every two texts that are alike by at least `lowest` percent: their positions and the likeness."""
    order = np.array(sorted(range(len(texts)), key=lambda n: len(texts[n])))
    lengths = [len(texts[n]) for n in order]
    starts = [*range(0, len(order), BLOCK), len(order)]
    for start, end in pairwise(starts):
        longest = lengths[end - 1] * (200 - lowest) / lowest  # a longer text cannot be that alike
        reach = int(np.searchsorted(lengths, longest, side="right"))
        rows, columns = order[start:end], order[start:reach]
        scores = process.cdist(
            [texts[n] for n in rows],
            [texts[n] for n in columns],
            scorer=fuzz.ratio,
            score_cutoff=lowest,
            dtype=np.uint8,
        )
        for row, column in zip(*np.nonzero(scores), strict=True):
            if column > row:
                yield int(rows[row]), int(columns[column]), int(scores[row, column])
