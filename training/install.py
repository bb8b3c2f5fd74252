"""Ship a trained encoder, if it is no worse than the shipped one: `python -m training.install FOLDER`.

Both are measured by the same code on the same data in the same minute. Why these figures and this rule:
docs/adr/0017-when-an-encoder-ships.md.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from training import data
from training.card import CARD_FILE, read_report, write_card
from training.evaluate import measure
from training.run import REPORT_FILE, Run
from wenju.index.encoder import BundledEncoder

COMPARED = ("recall@10", "recall@100", "mrr@10", "bq", "atec", "stsb_zh")
SLACK = 0.02  # by which one figure may fall, where the mean of all does not: noise of 247 questions
SHIPPED_FILES = (
    "config.json",
    "config_sentence_transformers.json",
    "model.safetensors",
    "modules.json",
    "tokenizer.json",
    REPORT_FILE,
    CARD_FILE,
)
LARGEST = 40_000_000  # bytes of a model in the repository
AFTERWARDS = "Now `make ranking`, `wenju rebuild` and `wenju eval`: weights and thresholds belong to one encoder."

Figures = Mapping[str, float]


class NotInstalled(Exception):
    """A trained encoder stays where it is, and the shipped one too."""


def faults(figures: Figures, shipped: Figures) -> list[str]:
    """Say in which way the first is worse than the second; empty if in none."""
    found = [
        f"{name} {figures[name]:.3f}, {shipped[name] - figures[name]:.3f} below {shipped[name]:.3f}"
        for name in COMPARED
        if figures[name] < shipped[name] - SLACK
    ]
    mean, before = (sum(which[name] for name in COMPARED) / len(COMPARED) for which in (figures, shipped))
    if mean < before:
        found.append(f"the mean of {', '.join(COMPARED)} is {mean:.4f}, below {before:.4f}")
    return found


def install(run: Path, shipped: Path, figures: Figures, folder: Path = data.SHARED) -> None:
    """Put the encoder of a finished run in the place of the shipped one.

    Args:
        run: folder of the run.
        shipped: folder of the shipped encoder; left as it is if the run's is worse.
        figures: what the run's encoder was just measured at.
        folder: the data that the shipped one is measured on now.

    Raises:
        NotInstalled: it is worse, too large, or the run did not finish.
    """
    _mend(shipped)
    if not (run / REPORT_FILE).exists():
        raise NotInstalled(f"{run} has no {REPORT_FILE}: the run did not finish. Start it again, it goes on.")
    if (size := sum((run / name).stat().st_size for name in SHIPPED_FILES)) > LARGEST:
        raise NotInstalled(f"{run} holds {size:,} bytes, more than {LARGEST:,}. Take fewer bigrams or dimensions.")
    if shipped.exists():
        before = measure(BundledEncoder(shipped), data.articles(folder), folder)
        _table(figures, before)
        if worse := faults(figures, before):
            raise NotInstalled(
                f"Not installed, {shipped} stays as it is: {'; '.join(worse)}. The trained encoder lies in {run}."
            )
    _swap(run, shipped)
    print(f"Installed {run} into {shipped}. {AFTERWARDS}")


def shipped_encoder() -> Path:
    """Where the encoder lies that ships."""
    return Path(__file__).parents[1] / "index" / "encoder"


def _table(figures: Figures, shipped: Figures) -> None:
    for name in COMPARED:
        print(f"    {name:10} shipped {shipped[name]:.4f}  trained {figures[name]:.4f}")


def _new(shipped: Path) -> Path:
    return shipped.with_name(f".{shipped.name}.new")


def _old(shipped: Path) -> Path:
    return shipped.with_name(f".{shipped.name}.old")


def _swap(run: Path, shipped: Path) -> None:
    """Change over by renaming whole folders: there is never a tokenizer of one model beside vectors of another."""
    new, old = _new(shipped), _old(shipped)
    new.mkdir(parents=True)
    for name in SHIPPED_FILES:
        shutil.copyfile(run / name, new / name)
        with (new / name).open("rb") as file:
            os.fsync(file.fileno())
    if shipped.exists():
        shipped.rename(old)
    new.rename(shipped)
    shutil.rmtree(old, ignore_errors=True)


def _mend(shipped: Path) -> None:
    """Undo what an installation left that was killed."""
    new, old = _new(shipped), _old(shipped)
    if old.exists() and not shipped.exists():
        old.rename(shipped)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)


def main() -> None:
    """Install the encoder of a run that was made without `--install`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    run: Path = parser.parse_args().run
    if not (run / REPORT_FILE).exists():
        sys.exit(f"{run} has no {REPORT_FILE}: the run did not finish.")
    report = read_report(run) | {"figures": measure(BundledEncoder(run), data.articles())}
    write_card(run, report)
    Run(run).finish(report)
    try:
        install(run, shipped_encoder(), report["figures"])
    except NotInstalled as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
