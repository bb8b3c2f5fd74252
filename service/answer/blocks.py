"""Whole paragraphs and items of a passage: what is quoted together, so that a rule keeps its exception."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from wenju.corpus.document import Document, Passage, Sentence, Slot
from wenju.service.answer.draft import Quote

ALIKE = 0.75  # cosine of grams from which two sentences say the same
Relevances = Callable[[Sequence[str]], list[float]]
Likeness = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or an item, and how much its best sentence has to do with the question."""

    quotes: tuple[Quote, ...]
    relevance: float
    kept: bool = False  # stays whatever else has to go

    def __len__(self) -> int:
        return len(self.quotes)

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands."""
        return self.quotes[0].passage.id, self.quotes[0].sentence.start


def blocks_of(passage: Passage, document: Document, slot: Slot, relevances: Relevances) -> list[Block]:
    """Cut a passage into blocks; its first one is marked in a verdict, where it answers the title's question."""
    weights = dict(zip(passage.sentences, relevances([s.text for s in passage.sentences]), strict=True))
    return [
        Block(
            tuple(Quote(slot, sentence, passage, document) for sentence in sentences),
            max(weights[sentence] for sentence in sentences),
            kept=slot is Slot.VERDICT and sentences[0] is passage.sentences[0],
        )
        for sentences in _paragraphs(passage)
    ]


def _paragraphs(passage: Passage) -> Iterator[list[Sentence]]:
    for _, group in groupby(passage.sentences, key=lambda sentence: sentence.block):
        yield list(group)


def best(blocks: Iterable[Block], room: int) -> list[Block]:
    """Take the most relevant blocks that fit into room for so many sentences, and at least one."""
    taken: list[Block] = []
    for block in sorted(blocks, key=lambda b: (not b.kept, -b.relevance)):
        if not taken or sum(map(len, taken)) + len(block) <= room:
            taken.append(block)
    return taken


def unrepeated(blocks: Iterable[Block], likeness: Likeness) -> list[Block]:
    """Leave out blocks that say only what earlier ones say."""
    said: list[str] = []
    kept = []
    for block in blocks:
        if any(all(likeness(q.sentence.text, text) < ALIKE for text in said) for q in block.quotes):
            kept.append(block)
            said += [q.sentence.text for q in block.quotes]
    return kept


def shortened(blocks: Sequence[Block], most: int) -> list[Block]:
    """Leave out the least relevant blocks until `most` sentences are left, what to do last, and no slot's last."""
    left = list(blocks)
    for block in sorted(blocks, key=lambda b: (b.quotes[0].slot is Slot.DO, b.relevance)):
        if sum(map(len, left)) <= most:
            break
        if not block.kept and sum(b.quotes[0].slot is block.quotes[0].slot for b in left) > 1:
            left.remove(block)
    return left
