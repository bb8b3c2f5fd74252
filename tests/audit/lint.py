"""HTML and CSS against their rules: vnu (the W3C's checker), html-validate, stylelint."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit.gates import HTML_VALIDATE, STYLELINT, VNU, Measure, counted
from audit.tools import HERE, java, node, verdict

VNU_JAR = "vnu-jar/build/dist/vnu.jar"


def html(pages: Mapping[str, str], folder: Path) -> list[Measure]:
    """Check pages, given by name and HTML; they are written to a folder first, as the checkers read files."""
    files = {str(folder / f"{number}.html"): name for number, name in enumerate(pages)}
    for file, source in zip(files, pages.values(), strict=True):
        Path(file).write_text(source, encoding="utf-8")
    found = {VNU: _vnu(list(files)), HTML_VALIDATE: _html_validate(list(files))}
    return [
        counted(gate, name, faults.get(Path(file).name, []))
        for gate, faults in found.items()
        for file, name in files.items()
    ]


def css(folder: Path) -> list[Measure]:
    """Check every stylesheet below a folder, by stylelint's standard rules."""
    said = verdict(
        node("stylelint", "--config", str(HERE / "stylelint.yaml"), "--formatter", "json", str(folder / "**/*.css"))
    )
    findings = [
        f"{Path(file['source']).name}:{w['line']}:{w['column']} {w['text']}" for file in said for w in file["warnings"]
    ]
    return [counted(STYLELINT, "CSS", findings)]


def _vnu(files: list[str]) -> dict[str, list[str]]:
    said = verdict(java(VNU_JAR, "--format", "json", "--stdout", "--errors-only", *files))
    return _by_file(
        said["messages"], lambda m: (m["url"], f"{m.get('lastLine')}:{m.get('firstColumn')} {m['message']}")
    )


def _html_validate(files: list[str]) -> dict[str, list[str]]:
    said = verdict(node("html-validate", "--config", str(HERE / "htmlvalidate.json"), "--formatter", "json", *files))
    flat = [(file["filePath"], m) for file in said for m in file["messages"]]
    return _by_file(flat, lambda f: (f[0], f"{f[1]['line']}:{f[1]['column']} {f[1]['ruleId']}: {f[1]['message']}"))


def _by_file(messages: list[Any], read: Any) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    for message in messages:
        file, text = read(message)
        faults.setdefault(Path(file).name, []).append(text)
    return faults
