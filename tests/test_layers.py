"""Imports point one way: corpus ← index ← service; big libraries have one home."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BELOW = {"corpus": set[str](), "index": {"corpus"}, "service": {"corpus", "index"}}
HOMES = {
    "faiss": "index", "flask": "service", "granian": "service", "httpx2": "service", "openai": "service",
    "sqlite3": "index", "sqlite_utils": "index", "sentence_transformers": "index", "torch": "index", "yaml": "corpus",
}  # fmt: skip


def imports(room: str) -> set[str]:
    """Every module a room imports, by its full name."""
    found: set[str] = set()
    for file in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{file}: relative import"
                found.add(node.module or "")
    return found


@pytest.mark.parametrize("room", BELOW)
def test_room_imports_only_from_below(room: str) -> None:
    rooms = {name.split(".")[1] for name in imports(room) if name.startswith("wenju.")}
    assert rooms <= BELOW[room] | {room}


@pytest.mark.parametrize(("library", "home"), HOMES.items())
def test_library_is_imported_in_its_room_only(library: str, home: str) -> None:
    users = {room for room in BELOW if any(name.split(".")[0] == library for name in imports(room))}
    assert users == {home}


def test_web_holds_no_python() -> None:
    assert not list((ROOT / "web").rglob("*.py"))


def test_training_is_never_imported_by_the_service() -> None:
    assert not any(name.split(".")[0] == "training" for room in BELOW for name in imports(room))
