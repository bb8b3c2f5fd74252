"""axe-core in the page, by the rules of WCAG 2.2 AA and good practice."""

from functools import cache
from typing import Any

from audit.gates import AXE, CONTRAST, Measure, counted
from audit.tools import MODULES
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # of wcag22aa, and off unless asked for
    "resultTypes": ["violations", "incomplete"],
}


@cache
def _source() -> str:
    return (MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Page, address: str, name: str) -> list[Measure]:
    """Count the violations of a page; contrast that axe cannot tell counts against us too."""
    page.goto(address)
    # Collapsed text is text: what a source says is read by everybody who opens it.
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(_source())  # over the debugger, which the page's policy does not hinder
    result = page.evaluate("options => axe.run(document, options)", OPTIONS)
    violations = [f for rule in result["violations"] for f in _findings(rule)]
    unsure = [f for rule in result["incomplete"] if rule["id"] == "color-contrast" for f in _findings(rule)]
    wrong = [f for rule in result["violations"] if rule["id"] == "color-contrast" for f in _findings(rule)]
    return [counted(AXE, name, violations), counted(CONTRAST, name, wrong + unsure)]


def _findings(rule: dict[str, Any]) -> list[str]:
    return [f"{rule['id']}: {node['target'][-1]} ({_why(node) or rule['help']})" for node in rule["nodes"]]


def _why(node: dict[str, Any]) -> str:
    return next((c["message"] for group in ("any", "all", "none") for c in node[group]), "")
