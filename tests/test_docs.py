"""What README says is what there is."""

import re
import tomllib
from pathlib import Path

import pytest

from wenju.service.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"wenju {command}" in README


def test_every_dependency_says_in_one_line_why_it_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[=<>]", dependency)[0] for dependency in project["dependencies"]]
    assert [name for name in names if f"| {name} |" not in README] == []


def test_every_setting_is_in_the_readme() -> None:
    settings = set(re.findall(r"WENJU_[A-Z_]*[A-Z]", (ROOT / "service" / "settings.py").read_text(encoding="utf-8")))
    assert len(settings) >= 4
    assert {name for name in settings if name not in README} == set()


def test_links_between_our_own_files_lead_somewhere() -> None:
    for file in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs" / "adr").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text(encoding="utf-8")):
            assert (file.parent / target).exists(), f"{file.name}: {target}"
