"""From pairs of texts to the vectors of one encoder, with a checkpoint an epoch."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset, DatasetDict
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerModelCardData,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.training_args import MultiDatasetBatchSamplers
from tokenizers import Tokenizer
from torch import nn
from transformers import PrinterCallback, TrainerCallback, TrainerState, TrainingArguments

from training.cached import CachedStaticEmbedding
from training.data import Pair, Scored
from training.loss import Contrast, InBatchNegatives
from training.progress import Progress
from training.recipe import Pairs, Recipe
from training.run import WHOLE, Member, Table
from training.vocabulary import UNKNOWN, build_tokenizer

SCORED = "scored "  # begins the name of a dataset of scored pairs

Losses = Callable[[Recipe, SentenceTransformer, Sequence[str]], dict[str, nn.Module]]  # one a dataset, by its name


class ManyDevices(Exception):
    """Several GPUs would each take a batch, and other batches give another model."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} GPUs: choose one of them, e.g. CUDA_VISIBLE_DEVICES=0, or take --device cpu.")


def best_device() -> str:
    """Name the GPU where there is one.

    Raises:
        ManyDevices: there are several.
    """
    if torch.cuda.device_count() > 1:
        raise ManyDevices(torch.cuda.device_count())
    return "cuda" if torch.cuda.is_available() else "cpu"


@dataclass(frozen=True)
class Lessons:
    """What an encoder learns from: a tokenizer of the tokens that get a vector, and texts."""

    tokenizer: Tokenizer
    pairs: Pairs
    scored: Mapping[str, Sequence[Scored]]  # by source; without them it learns from `pairs` alone
    first: Table | None = None  # the vectors of the tokens to begin with; none: random ones
    searched: Sequence[Sequence[str]] = ()  # articles, and questions: a polish changes their tokens least


def lessons_of(recipe: Recipe, pairs: Pairs, scored: Mapping[str, Sequence[Scored]]) -> Lessons:
    """Choose the tokens by the texts."""
    distinct = dict.fromkeys(pair for group in pairs.values() for pair in group)
    texts = [text for pair in distinct for text in (pair.anchor, pair.positive)]
    return Lessons(build_tokenizer(texts, characters=recipe.characters, bigrams=recipe.bigrams), pairs, scored)


def losses_of(recipe: Recipe, model: SentenceTransformer, names: Sequence[str]) -> dict[str, nn.Module]:
    """Give each dataset its loss."""
    in_batch = InBatchNegatives(model, scale=recipe.scale, dropout=recipe.dropout)
    contrast = Contrast(model, scale=recipe.scale, weight=recipe.contrast)
    return {name: contrast if name.startswith(SCORED) else in_batch for name in names}


def fit(recipe: Recipe, lessons: Lessons, member: Member, plan: dict[str, Any], losses: Losses = losses_of) -> Table:
    """Train one encoder by a plan, from where an interrupted run of the same plan stopped if there is one.

    Args:
        recipe: the numbers.
        lessons: what it learns from.
        member: where checkpoints go.
        plan: names the seed and the device, and tells whether a checkpoint belongs to this run.
        losses: what it is trained by.
    """
    checkpoint = member.begin(plan)
    if (table := member.finished()) is not None:
        return table
    random.seed(plan["seed"])
    torch.manual_seed(plan["seed"])
    first = _random(recipe, lessons.tokenizer, plan["seed"]) if lessons.first is None else lessons.first
    model = _model(lessons.tokenizer, first)
    datasets = _datasets(recipe, lessons)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=_arguments(recipe, member.checkpoints, plan),
        train_dataset=datasets,
        loss=losses(recipe, model, list(datasets)),
        callbacks=[Progress(), _Whole()],
    )
    trainer.remove_callback(PrinterCallback)
    if checkpoint:
        print(f"Going on from {checkpoint}, as nothing has changed since.", flush=True)
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    trained = model[0]
    assert isinstance(trained, CachedStaticEmbedding)  # noqa: S101 -- made by _untrained
    table = trained.embedding.weight.detach().cpu().numpy()
    member.finish(table)
    return table


def _random(recipe: Recipe, tokenizer: Tokenizer, seed: int) -> Table:
    shape = (tokenizer.get_vocab_size(), recipe.dimension)
    table = np.random.default_rng(seed).normal(0, 0.1, shape).astype(np.float32)
    table[tokenizer.token_to_id(UNKNOWN)] = 0
    return table


def _model(tokenizer: Tokenizer, table: Table) -> SentenceTransformer:
    static = CachedStaticEmbedding(tokenizer, embedding_weights=table)
    static.embedding.padding_idx = tokenizer.token_to_id(
        UNKNOWN
    )  # an unknown token has no part in a text, in training and after
    card = SentenceTransformerModelCardData(generate_widget_examples=False)  # ours is written by training/card.py
    card.widget = [{"text": "催收说要上门"}]  # without one the trainer searches the data, under a progress bar
    return SentenceTransformer(modules=[static], device="cpu", model_card_data=card)


def _datasets(recipe: Recipe, lessons: Lessons) -> DatasetDict:
    """The pairs as datasets: one, or one a source; scored pairs one a source, as each has its own measure."""
    pairs = lessons.pairs
    groups = pairs if recipe.apart else {"pairs": [pair for group in pairs.values() for pair in group]}
    made = {name: _dataset(group) for name, group in groups.items() if group}
    for source, group in lessons.scored.items():
        columns = {"a": [s.a for s in group], "b": [s.b for s in group], "score": [s.score for s in group]}
        made[SCORED + source] = Dataset.from_dict(columns)
    return DatasetDict(made)


def _dataset(pairs: Sequence[Pair]) -> Dataset:
    columns = {"anchor": [p.anchor for p in pairs], "positive": [p.positive for p in pairs]}
    if any(p.negative for p in pairs):
        columns["negative"] = [p.negative for p in pairs]
    return Dataset.from_dict(columns)


def _arguments(recipe: Recipe, checkpoints: Path, plan: dict[str, Any]) -> SentenceTransformerTrainingArguments:
    return SentenceTransformerTrainingArguments(
        output_dir=str(checkpoints),
        use_cpu=plan["device"] == "cpu",
        num_train_epochs=recipe.epochs,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=20,
        weight_decay=0.0,
        max_grad_norm=0,
        dataloader_drop_last=True,
        multi_dataset_batch_sampler=MultiDatasetBatchSamplers.PROPORTIONAL,
        save_strategy="epoch",
        save_total_limit=2,  # one may be cut off while it is written
        logging_steps=50,
        disable_tqdm=True,
        report_to=[],
        seed=plan["seed"],
    )


class _Whole(TrainerCallback):
    """Marks a checkpoint once all of it is written."""

    def on_save(self, args: TrainingArguments, state: TrainerState, *_: Any, **__: Any) -> None:
        """Mark the checkpoint of this step."""
        (Path(str(args.output_dir)) / f"checkpoint-{state.global_step}" / WHOLE).touch()
