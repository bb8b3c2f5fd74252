"""The folder of one run: what it was started with, and whether an interrupted one can be taken up again."""

import hashlib
import json
import shutil
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from training.recipe import Pairs, Recipe, fingerprint

PLAN_FILE = "plan.json"
REPORT_FILE = "figures.json"
WHOLE = "whole"  # stands in a checkpoint that was written to its end
LIBRARIES = ("torch", "sentence-transformers", "transformers", "accelerate", "tokenizers", "numpy")


def plan(recipe: Recipe, pairs: Pairs, device: str) -> dict[str, Any]:
    """Everything that the weights depend on: two runs of one plan on one machine give the same weights."""
    code = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        code.update(file.read_bytes())
    return {
        "recipe": asdict(recipe),
        "pairs": fingerprint(pairs),
        "code": code.hexdigest()[:16],
        "device": device,
        "libraries": {name: version(name) for name in LIBRARIES},
    }


class Run:
    """A folder that a run writes into: its plan first, a checkpoint an epoch, the model and its figures last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checkpoints = folder / "checkpoints"

    def begin(self, plan: dict[str, Any]) -> Path | None:
        """Give the checkpoint to go on from, or None to start anew; what does not belong to this plan is removed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / REPORT_FILE).unlink(missing_ok=True)  # whatever lies here has no figures until this run ends
        file = self.folder / PLAN_FILE
        written = json.dumps(plan, indent=1) + "\n"
        if not file.exists() or file.read_text(encoding="utf-8") != written:
            shutil.rmtree(self.checkpoints, ignore_errors=True)
            file.write_text(written, encoding="utf-8")
        for checkpoint in self.checkpoints.glob("checkpoint-*"):
            if not (checkpoint / WHOLE).exists():  # killed while it was written
                shutil.rmtree(checkpoint)
        return max(self.checkpoints.glob("checkpoint-*"), key=_number, default=None)

    def finish(self, report: dict[str, Any]) -> None:
        """Write the figures; the checkpoints have done their work."""
        (self.folder / REPORT_FILE).write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
        shutil.rmtree(self.checkpoints, ignore_errors=True)


def _number(checkpoint: Path) -> int:
    return int(checkpoint.name.rpartition("-")[2])
