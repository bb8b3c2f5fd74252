"""Train the bundled encoder: `python -m training.train` (see README.md here)."""

import argparse
import json
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.modules import StaticEmbedding

from training import data
from training.evaluate import measure
from training.loss import InBatchNegatives
from training.quantise import quantise
from training.vocabulary import UNKNOWN, build_tokenizer
from wenju.index.encoder import BundledEncoder

PARAPHRASES = ("bq", "atec", "afqmc", "ths10jqka", "lcqmc", "xiaobu", "stsb_zh", "nli_zh")
ANSWERS = ("lawyer_llama_qa", "lora_law_qa", "legal_model_lab", "lawbench_scene_article")


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Every number of a training run."""

    dimension: int = 384
    characters: int = 5_000
    bigrams: int = 90_000
    epochs: int = 6
    batch: int = 2_048
    learning_rate: float = 0.02
    scale: float = 20.0
    dropout: float = 0.15
    question_copies: int = 3
    seed: int = 20261121


def training_pairs(recipe: Recipe, texts: dict[str, str]) -> list[data.Pair]:
    """Everything the encoder learns from, in one list."""
    _, held_back = data.stard()
    questions = data.question_pairs(texts, held_back)
    pairs = data.law_pairs(recipe.seed)
    pairs += data.paraphrases(data.scored_pairs(PARAPHRASES))
    pairs += data.answer_pairs(ANSWERS)
    return pairs + questions * recipe.question_copies


def untrained(recipe: Recipe, pairs: list[data.Pair]) -> SentenceTransformer:
    """A model with a vocabulary and random vectors."""
    texts = [text for pair in dict.fromkeys(pairs) for text in (pair.anchor, pair.positive)]
    tokenizer = build_tokenizer(texts, characters=recipe.characters, bigrams=recipe.bigrams)
    shape = (tokenizer.get_vocab_size(), recipe.dimension)
    table = np.random.default_rng(recipe.seed).normal(0, 0.1, shape).astype(np.float32)
    unknown = tokenizer.token_to_id(UNKNOWN)
    table[unknown] = 0
    static = StaticEmbedding(tokenizer, embedding_weights=table)
    static.embedding.padding_idx = unknown  # an unknown token has no part in a text, in training and after
    return SentenceTransformer(modules=[static], device="cpu")


def train(recipe: Recipe, out: Path) -> dict[str, float]:
    """Train by a recipe, save into `out`, and give its figures."""
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    texts = data.articles()
    pairs = training_pairs(recipe, texts)
    model = untrained(recipe, pairs)
    print(f"{len(pairs)} pairs, {model[0].num_embeddings} tokens")
    dataset = Dataset.from_dict({"anchor": [p.anchor for p in pairs], "positive": [p.positive for p in pairs]})
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
        save_strategy="no",
        logging_steps=50,
        report_to=[],
        seed=recipe.seed,
    )
    loss = InBatchNegatives(model, scale=recipe.scale, dropout=recipe.dropout)
    began = time.monotonic()
    SentenceTransformerTrainer(model=model, args=arguments, train_dataset=dataset, loss=loss).train()
    seconds = time.monotonic() - began
    model.save(str(out), create_model_card=False)
    quantise(out)
    figures = measure(BundledEncoder(out), texts)
    (out / "figures.json").write_text(json.dumps(asdict(recipe) | figures | {"seconds": seconds}, indent=1))
    print(json.dumps(figures, indent=1), f"{seconds:.0f} s")
    return figures


def main() -> None:
    """Read the recipe from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("training/runs/latest"))
    for name, value in asdict(Recipe()).items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(value), default=value)
    values = vars(parser.parse_args())
    out: Path = values.pop("out")
    out.mkdir(parents=True, exist_ok=True)
    train(Recipe(**values), out)


if __name__ == "__main__":
    main()
