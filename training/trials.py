"""Single changes to one plain encoder, measured side by side: `python -m training.trials NAME [--seed N]`.

Each trains on the recipe's data but for a fifth of LCQMC, which has no development split and is measured on; and
changes one thing. None of them ships: what won is in `recipe.py`, and RESULTS.md has the figures.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba
import numpy as np
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import nn

from training import data
from training.data import Pair, Scored
from training.distilled import Distilled
from training.evaluate import likeness, measure
from training.fit import Lessons, Losses, fit, lessons_of, losses_of
from training.members import projected
from training.quantise import quantise
from training.recipe import PARAPHRASES, Pairs, Recipe, training_pairs
from training.run import Run, Table, plan
from training.vocabulary import UNKNOWN
from wenju.index.encoder import BundledEncoder, Encoder, Floats

RUNS = Path(__file__).parent / "runs"
SHORTER = (384, 256, 128, 64)  # dimensions that Matryoshka training and truncation keep
HELD_OF_LCQMC = 5  # one in five measures
TITLE = re.compile(r"^[^：]{2,60}?第[^：]{1,12}条[^：]{0,8}：")

Change = Callable[[str], str]


def _same(text: str) -> str:
    return text


def _untitled(text: str) -> str:
    return TITLE.sub("", text)


def _words(text: str) -> str:
    """Characters, and beside them the words of two or more that jieba finds, with blanks between."""
    clean = re.sub(r"[^\w%]+", " ", text.lower())
    return " ".join([*clean.replace(" ", ""), *(word for word in jieba.cut(clean) if len(word) > 1)])


@dataclass(frozen=True)
class Trial:
    """What is changed."""

    questions: Change = _same  # what becomes of a question before it is cut into tokens
    passages: Change = _same  # and of an article
    blanks: bool = False  # tokens are what stands between blanks, instead of characters and bigrams
    losses: Losses = losses_of
    contrasted: bool = False  # learns from scored pairs too
    dimensions: tuple[int, ...] = ()  # truncated to these


def _matryoshka(recipe: Recipe, model: SentenceTransformer, names: Sequence[str]) -> dict[str, nn.Module]:
    losses = losses_of(recipe, model, names)
    return {name: MatryoshkaLoss(model, loss, matryoshka_dims=list(SHORTER)) for name, loss in losses.items()}


def _distilled(recipe: Recipe, model: SentenceTransformer, names: Sequence[str]) -> dict[str, nn.Module]:
    return dict.fromkeys(names, Distilled(model, scale=recipe.scale, dropout=recipe.dropout))


TRIALS = {
    "plain": Trial(dimensions=SHORTER),
    "contrasted": Trial(contrasted=True),
    "words": Trial(_words, _words, blanks=True),
    "untitled": Trial(passages=_untitled),
    "matryoshka": Trial(losses=_matryoshka, dimensions=SHORTER),
    "distilled": Trial(losses=_distilled),
}


class _Trained:
    """An encoder in memory, as float32, with its texts changed as they were in training."""

    name = fingerprint = "trial"

    def __init__(self, tokenizer: Tokenizer, table: Table, trial: Trial) -> None:
        static = StaticEmbedding(tokenizer, embedding_weights=table)
        self._model, self._trial = SentenceTransformer(modules=[static], device="cpu"), trial
        self.dimension = table.shape[1]

    def questions(self, texts: Sequence[str]) -> Floats:
        return self._encode([self._trial.questions(text) for text in texts])

    def passages(self, texts: Sequence[str]) -> Floats:
        return self._encode([self._trial.passages(text) for text in texts])

    def _encode(self, texts: Sequence[str]) -> Floats:
        return np.asarray(self._model.encode(list(texts), normalize_embeddings=True, batch_size=512), np.float32)


def without_lcqmc(scored: Mapping[str, Sequence[Scored]]) -> tuple[dict[str, Sequence[Scored]], list[Scored]]:
    """Part scored pairs into those to learn from and a fifth of LCQMC; no sentence of the fifth is learnt in a pair."""
    groups = [data.is_held(pair.a, HELD_OF_LCQMC) for pair in scored["lcqmc"]]
    held = [pair for pair, chosen in zip(scored["lcqmc"], groups, strict=True) if chosen]
    sentences = {text for pair in held for text in (pair.a, pair.b)}
    rest = [pair for pair in scored["lcqmc"] if not sentences & {pair.a, pair.b}]
    return {**scored, "lcqmc": rest}, held


def _changed(trial: Trial, pairs: Pairs) -> Pairs:
    """Change texts: those of laws as passages, all others as questions are."""

    def change(group: str, pair: Pair) -> Pair:
        positive = trial.passages if group in {"law", "question"} else trial.questions
        return Pair(trial.questions(pair.anchor), positive(pair.positive))

    return {group: [change(group, pair) for pair in some] for group, some in pairs.items()}


def _blank_tokenizer(pairs: Pairs, size: int) -> Tokenizer:
    counts: Counter[str] = Counter()
    for group in pairs.values():
        for pair in group:
            counts.update(pair.anchor.split())
            counts.update(pair.positive.split())
    vocabulary = {token: n for n, token in enumerate([UNKNOWN, *(token for token, _ in counts.most_common(size))])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def lessons_for(trial: Trial, recipe: Recipe, texts: Mapping[str, str]) -> tuple[Lessons, list[Scored]]:
    """What a trial learns from, and the pairs of LCQMC that it does not."""
    scored, held = without_lcqmc(data.scored_pairs(PARAPHRASES))
    pairs = training_pairs(recipe, texts)
    pairs["paraphrase"] = data.paraphrases(scored)
    pairs = _changed(trial, pairs)
    lessons = lessons_of(recipe, pairs, scored if recipe.contrasted else {})
    if trial.blanks:
        lessons = replace(lessons, tokenizer=_blank_tokenizer(pairs, recipe.characters + recipe.bigrams))
    return lessons, held


def _print(what: str, encoder: Encoder, texts: Mapping[str, str], held: Sequence[Scored]) -> None:
    found = measure(encoder, texts) | likeness(encoder, {"lcqmc": held})
    print(what, json.dumps({name: round(value, 3) for name, value in found.items()}), flush=True)


def _rounded(tokenizer: Tokenizer, table: Table) -> Encoder:
    """As it would be stored."""
    with TemporaryDirectory() as folder:
        static = StaticEmbedding(tokenizer, embedding_weights=table)
        SentenceTransformer(modules=[static], device="cpu").save(folder, create_model_card=False)
        quantise(Path(folder))
        return BundledEncoder(Path(folder))


def main() -> None:
    """Train one and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=TRIALS)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    given = parser.parse_args()
    trial = TRIALS[given.name]
    recipe = Recipe(mined=False, members=1, contrasted=int(trial.contrasted), polished=0, seed=given.seed)
    texts = data.articles()
    lessons, held = lessons_for(trial, recipe, texts)
    made = plan(recipe, lessons.pairs, lessons.scored, "cpu") | {"trial": given.name, "seed": recipe.seed}
    run = Run(RUNS / f"trial-{given.name}-{given.seed}")
    run.begin(made)
    began = time.monotonic()
    table = fit(recipe, lessons, run.member(1), made, losses=trial.losses)
    print(f"trained for {time.monotonic() - began:.0f} s", flush=True)
    _print("float32", _Trained(lessons.tokenizer, table, trial), texts, held)
    if trial is TRIALS["plain"]:
        _print("int8", _rounded(lessons.tokenizer, table), texts, held)
    for dimension in trial.dimensions[1:]:
        short = np.ascontiguousarray(table[:, :dimension])
        _print(f"first {dimension}", _Trained(lessons.tokenizer, short, trial), texts, held)
        if trial is TRIALS["plain"]:
            short = projected(table, lessons.tokenizer, lessons.pairs["question"], dimension)
            _print(f"projected to {dimension}", _Trained(lessons.tokenizer, short, trial), texts, held)


if __name__ == "__main__":
    main()
