"""The last step: the summed encoder learns once more, from scored pairs alone, and is mixed with what it was before.

Members learn likeness beside much else, and projecting their sum keeps what tells questions and articles apart. A few
epochs over scored pairs give the likeness back; going the whole way would cost retrieval, and part of it hardly does.
How far a token goes depends on where it stands: those of laws and questions stay nearer to what finds the article,
those that only everyday sentences use go all the way. Words come first: learnt together with sentences they spoil what
those teach.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training import written
from training.data import Scored
from training.fit import Lessons, fit
from training.recipe import Recipe
from training.run import Member, Table

# Sources that say how alike two texts are, and how often an epoch goes through each. STS-B is small, and alone in
# having degrees; the many pairs about loans, gone through whole, leave too little room for questions about all else.
# Entailment is no likeness: with its pairs less was gained.
TIMES = {"stsb_zh": 8, written.PAIRS: 4, "bq": 0.4, "atec": 0.4, "lcqmc": 4, "xiaobu": 0.5}
EVERYDAY = ("stsb_zh", written.PAIRS, "lcqmc", "xiaobu")  # those that are about everything
AT_ONCE = 4_000  # texts cut at a time
LENGTH = 2.0  # mean length of a token's vector at the start, which the rate belongs to


def polish(
    recipe: Recipe, lessons: Lessons, table: Table, members: tuple[Member, Member], plan: dict[str, Any]
) -> Table:
    """Give the vectors of the tokens after that step.

    Args:
        recipe: the numbers; those named `polish_…` are of this step.
        lessons: a tokenizer, scored pairs, and what is searched; other pairs are not looked at.
        table: the vectors of the tokens before.
        members: where checkpoints go, of words and of sentences.
        plan: names the seed and the device, and tells whether a checkpoint belongs to this run.
    """
    before: Table = table * np.float32(LENGTH / np.linalg.norm(table, axis=1).mean())

    def after(scored: Mapping[str, Sequence[Scored]], first: Table, epochs: int, member: Member) -> Table:
        numbers = replace(recipe, epochs=epochs, batch=recipe.polish_batch, learning_rate=recipe.polish_rate)
        return fit(numbers, replace(lessons, pairs={}, scored=scored, first=first.copy()), member, plan)

    words = lessons.scored.get(written.THESAURUS, [])
    learnt = before
    if recipe.polish_word_epochs and words:
        learnt = after({written.THESAURUS: words}, learnt, recipe.polish_word_epochs, members[0])
    # All epochs in one: of a source that an epoch goes through in part, the next takes other pairs.
    chance = random.Random(plan["seed"])
    sentences = {
        source: gone_through(lessons.scored[source], times * recipe.polish_epochs, chance)
        for source, times in TIMES.items()
        if source in lessons.scored
    }
    learnt = after(sentences, learnt, 1, members[1])
    everyday = [text for source in EVERYDAY for pair in lessons.scored.get(source, ()) for text in (pair.a, pair.b)]
    share = recipe.polished + (1 - recipe.polished) * part_of(everyday, lessons.searched, lessons.tokenizer)[:, None]
    mixed: Table = (1 - share) * before + share * learnt
    return mixed


def part_of(some: Sequence[str], others: Sequence[Sequence[str]], tokenizer: Tokenizer) -> NDArray[np.float32]:
    """Give for each token, (tokens,), how much of its use is in the first texts: 0 where only the others have it.

    Args:
        some: texts.
        others: texts of several kinds; each kind counts as much as `some`, however many it has.
        tokenizer: cuts them.
    """
    here = frequencies(some, tokenizer)
    everywhere = here + sum(frequencies(kind, tokenizer) for kind in others)
    return np.divide(here, everywhere, out=np.zeros_like(here), where=everywhere > 0).astype(np.float32)


def frequencies(texts: Sequence[str], tokenizer: Tokenizer) -> NDArray[np.float64]:
    """Give how often each token stands in the texts, (tokens,), as a share of all."""
    counts: NDArray[np.float64] = np.zeros(tokenizer.get_vocab_size())
    for start in range(0, len(texts), AT_ONCE):
        for encoded in tokenizer.encode_batch_fast(list(texts[start : start + AT_ONCE]), add_special_tokens=False):
            counts += np.bincount(encoded.ids, minlength=len(counts))
    counts /= max(counts.sum(), 1)
    return counts


def gone_through(pairs: Sequence[Scored], times: float, chance: random.Random) -> list[Scored]:
    """Give each pair as often as that; for the part beyond a whole number, some drawn by chance once more."""
    whole, part = divmod(times, 1)
    return list(pairs) * int(whole) + chance.sample(list(pairs), round(part * len(pairs)))
