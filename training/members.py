"""Several encoders, trained one after the other and summed into one.

The first learns from pairs alone and then finds, for every question, articles that look right and are wrong; the others
learn from those too, and differ by their seed. What one of them gets wrong by chance the others mostly do not: the sum
of their cosines ranks better than any of them. That sum is the cosine of their vectors laid end to end, and what those
need of all their directions is found by projection. Some may learn from scored pairs as well: those
know better what two questions have in common, and the others which article answers.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from training.data import Encode, Pair, with_negatives
from training.fit import Lessons, fit
from training.polish import polish
from training.progress import step
from training.recipe import PARAPHRASES, Recipe
from training.run import Run, Table


def train(recipe: Recipe, lessons: Lessons, texts: Sequence[str], run: Run, plan: dict[str, Any]) -> Table:
    """Train every member by a plan, those that are not trained yet, and sum them: the vectors of the tokens.

    Args:
        recipe: the numbers.
        lessons: what they learn from.
        texts: among which the first member finds what looks right and is wrong.
        run: where each keeps what it has done.
        plan: everything that the weights depend on.
    """
    tables: list[Table] = []

    def train_one(lessons: Lessons, *, contrasted: bool = False) -> None:
        number = len(tables) + 1
        scored = {source: lessons.scored[source] for source in PARAPHRASES if contrasted and source in lessons.scored}
        lessons = replace(lessons, scored=scored)  # those written for this project are for the polish
        with step("train", f"training {number} of {recipe.encoders} on {plan['device']}, {recipe.epochs} epochs"):
            tables.append(fit(recipe, lessons, run.member(number), plan | {"seed": recipe.seed + number}))

    if recipe.mined:
        train_one(lessons)
        with step("mine", "looking for articles that look right and are wrong"):
            lessons = _with_negatives(lessons, texts, tables[0], recipe)
    for number in range(recipe.members):
        train_one(lessons, contrasted=number < recipe.contrasted)
    with step("project", f"summing them, and keeping {recipe.kept} dimensions"):
        return projected(joined(tables), lessons.tokenizer, lessons.pairs["question"], recipe.kept)


def finished(recipe: Recipe, lessons: Lessons, table: Table, run: Run, plan: dict[str, Any]) -> Table:
    """Polish the sum, if the recipe says so."""
    if not recipe.polished:
        return table
    number = recipe.encoders + 1
    with step("polish", f"learning once more from scored pairs, {recipe.polish_epochs} epochs"):
        members = (run.member(number), run.member(number + 1))
        return polish(recipe, lessons, table, members, plan | {"seed": recipe.seed + number})


def _with_negatives(lessons: Lessons, texts: Sequence[str], table: Table, recipe: Recipe) -> Lessons:
    questions = with_negatives(lessons.pairs["question"], texts, _encode(lessons.tokenizer, table), recipe.seed)
    return replace(lessons, pairs={**lessons.pairs, "question": questions})


def _encode(tokenizer: Tokenizer, table: Table) -> Encode:
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)], device="cpu")
    return lambda texts: model.encode(list(texts), normalize_embeddings=True, batch_size=512)


def joined(tables: Sequence[Table]) -> Table:
    """Lay the vectors of each token end to end, each member with the same weight."""
    return np.concatenate([table / np.linalg.norm(table, axis=1).mean() for table in tables], axis=1)


def projected(table: Table, tokenizer: Tokenizer, questions: Sequence[Pair], kept: int) -> Table:
    """Keep the directions in which questions, and the articles that answer them, differ most among each other.

    Projecting the tokens projects every text, since a text is the mean of its tokens.
    """
    if table.shape[1] <= kept:
        return table
    encode = _encode(tokenizer, table)
    spread = np.zeros((table.shape[1], table.shape[1]))
    for side in ([pair.anchor for pair in questions], [pair.positive for pair in questions]):
        vectors = encode(sorted(set(side)))
        spread += vectors.T @ vectors / len(vectors)
    _, axes = np.linalg.eigh(spread)
    return np.ascontiguousarray(table @ axes[:, ::-1][:, :kept], np.float32)
