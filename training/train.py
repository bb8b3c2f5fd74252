"""Train the bundled encoder: `python -m training.train --help` (see README.md here)."""

import argparse
import json
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from datasets import Dataset, DatasetDict
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.training_args import MultiDatasetBatchSamplers
from torch import nn

from training import data
from training.cached import CachedStaticEmbedding
from training.evaluate import measure
from training.loss import Contrast, InBatchNegatives
from training.quantise import quantise
from training.vocabulary import UNKNOWN, build_tokenizer
from wenju.index.encoder import BundledEncoder

PARAPHRASES = ("bq", "atec", "afqmc", "ths10jqka", "lcqmc", "xiaobu", "stsb_zh", "nli_zh")
ANSWERS = ("lawyer_llama_qa", "lora_law_qa", "legal_model_lab", "lawbench_scene_article")


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Every number of a training run."""

    dimension: int = 384  # while training
    kept: int = 384  # after projection onto the directions that matter most
    characters: int = 5_000
    bigrams: int = 90_000
    epochs: int = 6
    batch: int = 2_048
    learning_rate: float = 0.02
    scale: float = 20.0
    dropout: float = 0.15
    question_copies: int = 3
    apart: bool = False  # each batch from one source, so that its negatives are of one kind
    contrast: float = 0.0  # weight of the loss over pairs that are known to differ
    own_questions: bool = True  # those written for this project beside ../shared's
    law_copies: int = 1
    corpus_copies: int = 3  # of our own documents, with other partners each time
    seed: int = 20261121


def training_pairs(recipe: Recipe, texts: dict[str, str]) -> dict[str, list[data.Pair]]:
    """Everything the encoder learns from, by source."""
    questions = data.question_pairs(texts, own=recipe.own_questions)
    laws = [pair for copy in range(recipe.law_copies) for pair in data.law_pairs(recipe.seed + copy)]
    return {
        "law": laws,
        "paraphrase": data.paraphrases(data.scored_pairs(PARAPHRASES)),
        "answer": data.answer_pairs(ANSWERS),
        "question": questions * recipe.question_copies,
        "corpus": [pair for copy in range(recipe.corpus_copies) for pair in data.corpus_pairs(recipe.seed + copy)],
    }


def untrained(recipe: Recipe, pairs: list[data.Pair]) -> SentenceTransformer:
    """A model with a vocabulary and random vectors."""
    texts = [text for pair in dict.fromkeys(pairs) for text in (pair.anchor, pair.positive)]
    tokenizer = build_tokenizer(texts, characters=recipe.characters, bigrams=recipe.bigrams)
    shape = (tokenizer.get_vocab_size(), recipe.dimension)
    table = np.random.default_rng(recipe.seed).normal(0, 0.1, shape).astype(np.float32)
    unknown = tokenizer.token_to_id(UNKNOWN)
    table[unknown] = 0
    static = CachedStaticEmbedding(tokenizer, embedding_weights=table)
    static.embedding.padding_idx = unknown  # an unknown token has no part in a text, in training and after
    return SentenceTransformer(modules=[static], device="cpu")


def datasets_of(recipe: Recipe, pairs: dict[str, list[data.Pair]]) -> DatasetDict:
    """The pairs as datasets: one, or one a source; and one of pairs that differ, where wanted."""
    groups = pairs if recipe.apart else {"pairs": [pair for group in pairs.values() for pair in group]}
    made = {
        name: Dataset.from_dict({"anchor": [p.anchor for p in group], "positive": [p.positive for p in group]})
        for name, group in groups.items()
    }
    if recipe.contrast:
        scored = data.scored_pairs(PARAPHRASES)
        made["scored"] = Dataset.from_dict(
            {"a": [s.a for s in scored], "b": [s.b for s in scored], "score": [s.score for s in scored]}
        )
    return DatasetDict(made)


def train(recipe: Recipe, out: Path) -> dict[str, float]:
    """Train by a recipe, save into `out`, and give its figures."""
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    texts = data.articles()
    pairs = training_pairs(recipe, texts)
    print({name: len(group) for name, group in pairs.items()}, flush=True)
    model = untrained(recipe, [pair for group in pairs.values() for pair in group])
    datasets = datasets_of(recipe, pairs)
    in_batch = InBatchNegatives(model, scale=recipe.scale, dropout=recipe.dropout)
    losses: dict[str, nn.Module] = dict.fromkeys(datasets, in_batch)
    if recipe.contrast:
        losses["scored"] = Contrast(model, scale=recipe.scale, weight=recipe.contrast)
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(out / "checkpoints"),
        num_train_epochs=recipe.epochs,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=20,
        weight_decay=0.0,
        max_grad_norm=0,
        dataloader_drop_last=True,
        multi_dataset_batch_sampler=MultiDatasetBatchSamplers.PROPORTIONAL,
        save_strategy="no",
        logging_steps=50,
        report_to=[],
        seed=recipe.seed,
    )
    began = time.monotonic()
    SentenceTransformerTrainer(model=model, args=arguments, train_dataset=datasets, loss=losses).train()
    seconds = time.monotonic() - began
    plain = model[0].plain(recipe.kept, list(texts.values()))
    SentenceTransformer(modules=[plain], device="cpu").save(str(out), create_model_card=False)
    quantise(out)
    figures = measure(BundledEncoder(out), texts)
    report = {"recipe": asdict(recipe), "figures": figures, "seconds": round(seconds)}
    (out / "figures.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(figures, indent=1), f"{seconds:.0f} s")
    return figures


def main() -> None:
    """Read the recipe from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("training/runs/latest"))
    for name, value in asdict(Recipe()).items():
        flag = "--" + name.replace("_", "-")
        if isinstance(value, bool):
            parser.add_argument(flag, action=argparse.BooleanOptionalAction, default=value)
        else:
            parser.add_argument(flag, type=type(value), default=value)
    values = vars(parser.parse_args())
    out: Path = values.pop("out")
    out.mkdir(parents=True, exist_ok=True)
    train(Recipe(**values), out)


if __name__ == "__main__":
    main()
