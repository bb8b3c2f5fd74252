"""pa11y with both its runners: axe, and HTML CodeSniffer, which looks with other eyes."""

import json
from pathlib import Path

from audit.gates import PA11Y, Measure, counted
from audit.tools import node, verdict
from chromium import CHROMIUM, QUIET


def pa11y(address: str, name: str, folder: Path) -> list[Measure]:
    """Count the errors of a page by WCAG 2 AA."""
    config = folder / "pa11y.json"
    launch = {"executablePath": CHROMIUM, "args": list(QUIET)}
    config.write_text(json.dumps({"chromeLaunchConfig": launch, "runners": ["axe", "htmlcs"], "timeout": 60_000}))
    issues = verdict(node("pa11y", "--config", str(config), "--reporter", "json", address))
    return [counted(PA11Y, name, [f"{i['code']}: {i['selector']} ({i['message']})" for i in issues])]
