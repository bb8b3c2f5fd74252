"""Train the bundled encoder: `python -m training.train --help` (see README.md here)."""

import argparse
import json
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding

from training import data, members
from training.card import read_report, write_card
from training.evaluate import measure
from training.fit import Lessons, ManyDevices, best_device, lessons_of
from training.install import NotInstalled, install, shipped_encoder
from training.progress import step
from training.quantise import quantise, stored_table, stored_tokenizer
from training.recipe import Recipe, scored_pairs, training_pairs
from training.run import Run, plan
from wenju.index.encoder import BundledEncoder

LATEST = Path(__file__).parent / "runs" / "latest"


def make(
    recipe: Recipe, run: Run, *, folder: Path = data.SHARED, device: str = "cpu", summed: Path | None = None
) -> dict[str, Any]:
    """Train by a recipe on the data in a folder, save the model into the run's folder, and give its report.

    Args:
        recipe: the numbers.
        run: the folder that is written into.
        folder: of the data.
        device: cpu or cuda.
        summed: the folder of a model to begin with instead of training members; it is polished only.
    """
    with step("read", f"reading {folder}"):
        texts = data.articles(folder)
        pairs = {} if summed else training_pairs(recipe, texts, folder)
        scored = scored_pairs(recipe, folder)
        articles = list(texts.values())
        questions = [query.text for query in data.learnt_questions(texts, folder, own=recipe.own_questions)]
        counts = {name: len(group) for name, group in pairs.items()}
        print("    pairs: " + ", ".join(f"{name} {count:,}" for name, count in counts.items()))
    began = time.monotonic()
    with step("vocabulary", "choosing the vocabulary"):
        lessons = Lessons(stored_tokenizer(summed), pairs, scored) if summed else lessons_of(recipe, pairs, scored)
    made = plan(recipe, pairs, scored, device) | ({"summed": BundledEncoder(summed).fingerprint} if summed else {})
    run.begin(made)
    table = stored_table(summed) if summed else members.train(recipe, lessons, articles, run, made)
    table = members.finished(recipe, replace(lessons, searched=(articles, questions)), table, run, made)
    seconds = time.monotonic() - began
    with step("store", f"storing them as int8 in {run.folder}"):
        static = StaticEmbedding(lessons.tokenizer, embedding_weights=table)
        SentenceTransformer(modules=[static], device="cpu").save(str(run.folder), create_model_card=False)
        quantise(run.folder)
    with step("measure", "measuring on what is held back"):
        figures = measure(BundledEncoder(run.folder), texts, folder)
    report = {"recipe": asdict(recipe), "pairs": counts, "figures": figures, "seconds": round(seconds)}
    if summed:
        report |= _of_members(read_report(summed), recipe)
    write_card(run.folder, report)
    run.finish(report)
    print(json.dumps(figures, indent=1))
    return report


def _of_members(earlier: dict[str, Any], recipe: Recipe) -> dict[str, Any]:
    """Say of a model that was only polished what its members learnt, and by which numbers."""
    polish = {n: value for n, value in asdict(recipe).items() if n.startswith("polish") or n == "own_pairs"}
    notes = f"Its members were trained in an earlier run ({earlier['seconds']:,} s), then polished as stored.\n"
    return {"recipe": earlier["recipe"] | polish, "pairs": earlier["pairs"], "notes": notes}


def main() -> None:
    """Read the recipe from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=LATEST, help="folder of the run (default: %(default)s)")
    parser.add_argument("--data", type=Path, default=data.SHARED, help="folder of the data (default: %(default)s)")
    parser.add_argument("--device", choices=("cpu", "cuda"), help="default: the GPU where there is one")
    parser.add_argument("--summed", type=Path, help="folder of a model to polish, instead of training members")
    parser.add_argument("--install", action="store_true", help="ship it, if it is no worse than what is shipped")
    for name, value in asdict(Recipe()).items():
        flag = "--" + name.replace("_", "-")
        if isinstance(value, bool):
            parser.add_argument(flag, action=argparse.BooleanOptionalAction, default=value)
        else:
            parser.add_argument(flag, type=type(value), default=value, help="%(default)s")
    values = vars(parser.parse_args())
    out, folder, device, wanted, summed = (values.pop(n) for n in ("out", "data", "device", "install", "summed"))
    if wanted and folder != data.SHARED:  # on other data a worse encoder may look better
        parser.error(f"--install compares on {data.SHARED}; leave --data out.")
    try:
        report = make(Recipe(**values), Run(out), folder=folder, device=device or best_device(), summed=summed)
        if wanted:
            with step("install", f"comparing it with {shipped_encoder()}"):
                install(out, shipped_encoder(), report["figures"], folder)
    except (NotInstalled, ManyDevices) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
