"""What the gates measured: a short table for people, JSON for programs."""

import json
from collections.abc import Sequence
from pathlib import Path
from unicodedata import east_asian_width

from audit.gates import Gate, Measure

REPORTS = Path(__file__).parents[2] / "reports" / "audit"


def save(measures: Sequence[Measure], file: Path) -> None:
    """Write every measure with all its findings."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        {
            "gate": m.gate.name,
            "page": m.page,
            "measured": round(m.value, 3),
            "unit": m.gate.unit,
            "must": m.gate.must,
            "passed": m.passed,
            "findings": m.findings,
        }
        for m in measures
    ]
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def table(measures: Sequence[Measure], gates: Sequence[Gate]) -> list[str]:
    """One line for each gate, with the worst of its pages."""
    rows = [("gate", "measured", "must", "", "pages")]
    for gate in gates:
        found = [measure for measure in measures if measure.gate == gate]
        failed = [measure.page for measure in found if not measure.passed]
        worst = gate.show(gate.worst(measure.value for measure in found)) if found else "nothing"
        pages = f"fails on {_some(failed)}" if failed else str(len(found))
        rows.append((gate.name, worst, gate.must, "FAIL" if failed or not found else "pass", pages))
    widths = [max(_width(row[column]) for row in rows) for column in range(4)]
    return ["  ".join(_pad(cell, width) for cell, width in zip(row, [*widths, 0], strict=True)) for row in rows]


def _some(pages: Sequence[str]) -> str:
    more = f" and {len(pages) - 3} more" if len(pages) > 3 else ""
    return ", ".join(pages[:3]) + more


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
