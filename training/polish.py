"""The last step: the summed encoder learns once more, from scored pairs alone, and is mixed with what it was before.

Members learn likeness beside much else, and projecting their sum keeps what tells questions and articles apart. A few
epochs over scored pairs give the likeness back; going the whole way would cost retrieval, and part of it hardly does.
Words come first: learnt together with sentences they spoil what those teach.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from training import written
from training.data import Scored
from training.fit import Lessons, fit
from training.recipe import Recipe
from training.run import Member, Table

# Sources that say how alike two texts are, and how often each is gone through: STS-B is small, and alone in having
# degrees. Entailment is no likeness: with its pairs less was gained.
COPIES = {"stsb_zh": 8, written.PAIRS: 4, "bq": 1, "atec": 1, "lcqmc": 1}
LENGTH = 2.0  # mean length of a token's vector at the start, which the rate belongs to


def polish(
    recipe: Recipe, lessons: Lessons, table: Table, members: tuple[Member, Member], plan: dict[str, Any]
) -> Table:
    """Give the vectors of the tokens after that step.

    Args:
        recipe: the numbers; those named `polish_…` are of this step.
        lessons: a tokenizer and scored pairs; other pairs are not looked at.
        table: the vectors of the tokens before.
        members: where checkpoints go, of words and of sentences.
        plan: names the seed and the device, and tells whether a checkpoint belongs to this run.
    """
    before: Table = table * np.float32(LENGTH / np.linalg.norm(table, axis=1).mean())

    def after(scored: Mapping[str, Sequence[Scored]], first: Table, epochs: int, member: Member) -> Table:
        numbers = replace(recipe, epochs=epochs, batch=recipe.polish_batch, learning_rate=recipe.polish_rate)
        return fit(numbers, replace(lessons, pairs={}, scored=scored, first=first.copy()), member, plan)

    words = {written.THESAURUS: lessons.scored.get(written.THESAURUS, [])}
    scored = {source: list(lessons.scored[source]) * n for source, n in COPIES.items() if source in lessons.scored}
    learnt = before
    if recipe.polish_word_epochs and words[written.THESAURUS]:
        learnt = after(words, learnt, recipe.polish_word_epochs, members[0])
    learnt = after(scored, learnt, recipe.polish_epochs, members[1])
    share = np.float32(recipe.polished)
    mixed: Table = (1 - share) * before + share * learnt
    return mixed
