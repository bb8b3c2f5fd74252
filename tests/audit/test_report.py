"""The table says what was measured, and never more."""

import json
from pathlib import Path

from audit.gates import AXE, LH_SEO, WEIGHT, Measure, counted
from audit.report import save, table


def test_table_shows_the_worst_page_and_names_those_that_fail() -> None:
    measures = [Measure(LH_SEO, "home", 100), Measure(LH_SEO, "answer", 92), counted(AXE, "home", [])]
    _, seo, axe, weight = table(measures, [LH_SEO, AXE, WEIGHT])
    assert seo.split() == ["Lighthouse", "SEO", "92", "≥", "100", "FAIL", "fails", "on", "answer"]
    assert axe.split() == ["axe", "findings", "0", "0", "pass", "1"]
    assert weight.split() == ["weight", "on", "the", "wire", "nothing", "≤", "30", "KiB", "FAIL", "0"]


def test_every_finding_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "reports" / "measures.json"
    save([counted(AXE, "home", ["label: textarea"])], file)
    assert json.loads(file.read_text(encoding="utf-8")) == [
        {"gate": "axe findings", "page": "home", "measured": 1, "unit": "", "must": "0", "passed": False,
         "findings": ["label: textarea"]},
    ]  # fmt: skip


def test_bound_itself_is_allowed() -> None:
    assert Measure(WEIGHT, "home", 30).passed
    assert not Measure(WEIGHT, "home", 30.01).passed
    assert not Measure(LH_SEO, "home", 99).passed
