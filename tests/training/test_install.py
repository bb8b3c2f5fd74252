"""The shipped encoder gives way only to one that is no worse, measured on the same data."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from training.card import write_card
from training.data import articles
from training.evaluate import measure
from training.install import COMPARED, SHIPPED_FILES, NotInstalled, faults, install, shipped_encoder
from wenju.index.encoder import BundledEncoder

FIGURES = dict.fromkeys(COMPARED, 0.6)
Trained = Callable[[int], Path]


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped encoder that may be replaced."""
    return Path(shutil.copytree(shipped_encoder(), tmp_path / "index" / "encoder"))


@pytest.fixture
def trained(tmp_path: Path) -> Trained:
    """Make a finished run whose encoder is the shipped one with some rows of its table in each other's place."""

    def trained(shuffled: int) -> Path:
        run = Path(shutil.copytree(shipped_encoder(), tmp_path / "run"))
        table = load_file(run / "model.safetensors")
        rows = np.random.default_rng(1).permutation(len(table["embeddings"]))[:shuffled]
        table["embeddings"][rows] = table["embeddings"][np.roll(rows, 1)]
        save_file(table, run / "model.safetensors")
        report = json.loads((run / "figures.json").read_text(encoding="utf-8"))
        (run / "figures.json").write_text(json.dumps(report | {"notes": "A trial."}))
        write_card(run, report | {"notes": "A trial."})
        return run

    return trained


def _content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _figures(folder: Path, data: Path) -> dict[str, float]:
    return measure(BundledEncoder(folder), articles(data), data)


def test_worse_encoder_is_refused_and_the_shipped_one_stays(shipped: Path, trained: Trained, miniature: Path) -> None:
    run, before = trained(60_000), _content(shipped)
    with pytest.raises(NotInstalled, match=r"Not installed, .*encoder stays as it is: .*the mean of"):
        install(run, shipped, _figures(run, miniature), miniature)
    assert _content(shipped) == before
    assert [file.name for file in shipped.parent.iterdir()] == ["encoder"]


def test_encoder_that_is_no_worse_takes_the_place(shipped: Path, trained: Trained, miniature: Path) -> None:
    run = trained(0)
    install(run, shipped, _figures(run, miniature), miniature)
    assert _content(shipped) == {name: (run / name).read_bytes() for name in SHIPPED_FILES}
    assert "A trial." in (shipped / "README.md").read_text(encoding="utf-8")
    assert [file.name for file in shipped.parent.iterdir()] == ["encoder"]


def test_installation_that_was_killed_is_undone_by_the_next(shipped: Path, trained: Trained, miniature: Path) -> None:
    run, before = trained(60_000), _content(shipped)
    (shipped.parent / ".encoder.new").mkdir()
    shipped.rename(shipped.parent / ".encoder.old")
    with pytest.raises(NotInstalled, match="Not installed"):
        install(run, shipped, _figures(run, miniature), miniature)
    assert _content(shipped) == before


def test_run_without_figures_is_not_finished(shipped: Path, trained: Trained, miniature: Path) -> None:
    run = trained(0)
    (run / "figures.json").unlink()
    with pytest.raises(NotInstalled, match="the run did not finish"):
        install(run, shipped, FIGURES, miniature)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"recall@10": 0.59, "bq": 0.61}, []),  # one falls by less than noise, another rises as much
        ({"recall@10": 0.59}, ["the mean of"]),
        ({"recall@10": 0.57, "bq": 0.7}, ["recall@10 0.570, 0.030 below 0.600"]),  # nothing makes up for that
        ({"atec": 0.5}, ["atec 0.500, 0.100 below 0.600", "the mean of"]),
    ],
)
def test_what_counts_as_worse(changes: dict[str, float], found: list[str]) -> None:
    said = faults(FIGURES | changes, FIGURES)
    assert [fault.startswith(start) for fault, start in zip(said, found, strict=True)] == [True] * len(found)
