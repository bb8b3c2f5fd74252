"""The folder of one run: what it was started with, and whether an interrupted one can be taken up again."""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.data import Scored
from training.recipe import Pairs, Recipe, fingerprint

PLAN_FILE = "plan.json"
REPORT_FILE = "figures.json"
MEMBERS = "members"
WHOLE = "whole"  # stands in a checkpoint that was written to its end
Table = NDArray[np.float32]  # (tokens, dimension)
LIBRARIES = ("torch", "sentence-transformers", "transformers", "accelerate", "tokenizers", "numpy")


def plan(recipe: Recipe, pairs: Pairs, scored: Mapping[str, Sequence[Scored]], device: str) -> dict[str, Any]:
    """Everything that the weights depend on: two runs of one plan on one machine give the same weights."""
    code = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        code.update(file.read_bytes())
    return {
        "recipe": asdict(recipe),
        "pairs": fingerprint(pairs, scored),
        "code": code.hexdigest()[:16],
        "device": device,
        "libraries": {name: version(name) for name in LIBRARIES},
    }


class Member:
    """One encoder of a run while it is trained: its plan first, a checkpoint an epoch, its vectors last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checkpoints = folder / "checkpoints"
        self._table = folder / "table.npy"

    def begin(self, plan: dict[str, Any]) -> Path | None:
        """Give the checkpoint to go on from, or None to start anew; what does not belong to this plan is removed."""
        file = self.folder / PLAN_FILE
        written = _as_text(plan)
        if not file.exists() or file.read_text(encoding="utf-8") != written:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            file.write_text(written, encoding="utf-8")
        for checkpoint in self.checkpoints.glob("checkpoint-*"):
            if not (checkpoint / WHOLE).exists():  # killed while it was written
                shutil.rmtree(checkpoint)
        return max(self.checkpoints.glob("checkpoint-*"), key=_number, default=None)

    def finished(self) -> Table | None:
        """Give its vectors, (tokens, dimension), if it has been trained to the end."""
        return np.load(self._table) if self._table.exists() else None

    def finish(self, table: Table) -> None:
        """Keep its vectors; the checkpoints have done their work."""
        half = self._table.with_suffix(".half.npy")
        np.save(half, table)
        half.rename(self._table)
        shutil.rmtree(self.checkpoints, ignore_errors=True)


class Run:
    """A folder that a run writes into: its members while they are trained, the model and its figures last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, plan: dict[str, Any]) -> None:
        """Write the plan; whatever lies here has no figures until this run ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / REPORT_FILE).unlink(missing_ok=True)
        (self.folder / PLAN_FILE).write_text(_as_text(plan), encoding="utf-8")

    def member(self, number: int) -> Member:
        """Give the place of one encoder, counted from 1."""
        return Member(self.folder / MEMBERS / str(number))

    def finish(self, report: dict[str, Any]) -> None:
        """Write the figures; the members have done their work."""
        (self.folder / REPORT_FILE).write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
        shutil.rmtree(self.folder / MEMBERS, ignore_errors=True)


def _as_text(plan: dict[str, Any]) -> str:
    return json.dumps(plan, indent=1) + "\n"


def _number(checkpoint: Path) -> int:
    return int(checkpoint.name.rpartition("-")[2])
