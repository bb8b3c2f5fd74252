"""Lighthouse as a mobile telephone sees the page; the median of several runs."""

import json
from pathlib import Path
from statistics import median
from typing import Any

from audit import gates
from audit.gates import Gate, Measure
from audit.tools import ToolBroke, node
from chromium import QUIET

CATEGORIES = {
    "performance": gates.LH_PERFORMANCE,
    "accessibility": gates.LH_ACCESSIBILITY,
    "best-practices": gates.LH_PRACTICES,
    "seo": gates.LH_SEO,
}
AUDITS = {
    "largest-contentful-paint": gates.LH_LCP,
    "cumulative-layout-shift": gates.LH_CLS,
    "total-blocking-time": gates.LH_TBT,
}


def lighthouse(address: str, name: str, folder: Path, *, runs: int = 3) -> list[Measure]:
    """Run Lighthouse several times, keep its reports in a folder, and give the medians."""
    reports = [_once(address, folder / f"lighthouse-{name}-{run}.json") for run in range(1, runs + 1)]
    measures = []
    for category, gate in CATEGORIES.items():
        value = median(100 * (report["categories"][category]["score"] or 0) for report in reports)
        measures.append(_measure(gate, name, value, _imperfect(reports[0], category)))
    for audit, gate in AUDITS.items():
        values = [report["audits"][audit].get("numericValue", float("inf")) for report in reports]
        speed = f"benchmark index {[report['environment']['benchmarkIndex'] for report in reports]}"
        measures.append(_measure(gate, name, median(values), [f"runs: {values}", speed]))
    return measures


def _once(address: str, file: Path) -> dict[str, Any]:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    done = node(
        "lighthouse", address, "--output", "json", "--output-path", str(file), "--quiet",
        "--only-categories", ",".join(CATEGORIES), f"--chrome-flags={' '.join(('--headless', *QUIET))}",
    )  # fmt: skip
    if not file.exists():
        raise ToolBroke(done)
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return report


def _measure(gate: Gate, name: str, value: float, findings: list[str]) -> Measure:
    return Measure(gate, name, value, () if gate.holds(value) else tuple(findings))


def _imperfect(report: dict[str, Any], category: str) -> list[str]:
    """Say which audits took points away, and where."""
    weights = {ref["id"]: ref["weight"] for ref in report["categories"][category]["auditRefs"]}
    audits = [report["audits"][name] for name, weight in weights.items() if weight]
    return [
        f"{audit['id']}: {audit.get('displayValue') or audit['title']} {_where(audit)}".rstrip()
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]


def _where(audit: dict[str, Any]) -> str:
    items = (audit.get("details") or {}).get("items", [])
    return ", ".join(item["node"]["selector"] for item in items if isinstance(item.get("node"), dict))
