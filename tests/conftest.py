"""What tests share: small corpora written on the spot, and one build of the shipped corpus."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chromium import CHROMIUM, QUIET, why_not
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright

from wenju.corpus.reader import read_corpus, shipped
from wenju.index.build import build
from wenju.index.encoder import Encoder, open_encoder
from wenju.index.snapshot import Snapshot
from wenju.index.snapshots import Snapshots
from wenju.service.app import create_app
from wenju.service.keeper import SnapshotKeeper
from wenju.service.settings import Settings

ARTICLE = """---
id: {id}
kind: article
title: {title}
topics: [上门]
asked_as:
  - {asked}
sources:
  - {{title: 某报道, publisher: 某报, published: 2026-01-30}}
reviewed: 2026-11-21
review_by: 2027-05-21
---
## 先说结论 {{verdict}}
{verdict}
## 现在就做 {{do}}
1. 先核实是谁。
2. 再决定怎么做。
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write an article into a folder of documents; `text` replaces the whole file."""

    def write(id: str, *, text: str | None = None, kind: str = "article", **fields: str) -> Path:  # noqa: A002
        folder = tmp_path / "documents" / f"{kind}s"
        folder.mkdir(parents=True, exist_ok=True)
        values = {"id": id, "title": f"标题{id}", "asked": f"怎么问{id}", "verdict": "这是结论。"} | fields
        file = folder / f"{id}.md"
        file.write_text(text if text is not None else ARTICLE.format(**values), encoding="utf-8")
        return file

    return write


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """The folder `write` writes into."""
    return tmp_path / "documents"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The bundled encoder."""
    return open_encoder()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Snapshots:
    """The shipped corpus, built once."""
    snapshots = Snapshots(tmp_path_factory.mktemp("snapshots"))
    build(read_corpus([shipped()]), encoder, snapshots)
    return snapshots


@pytest.fixture(scope="session")
def snapshot(built: Snapshots, encoder: Encoder) -> Snapshot:
    """The shipped corpus, opened."""
    return Snapshot(built.path(built.current()), encoder, cache=built.folder)


@pytest.fixture(scope="session")
def settings(built: Snapshots, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The shipped corpus, and a file of our own for feedback."""
    feedback = tmp_path_factory.mktemp("feedback") / "feedback.jsonl"
    return Settings(corpus=(shipped(),), snapshots=built.folder, feedback=feedback)


@pytest.fixture(scope="session")
def app(settings: Settings, built: Snapshots, encoder: Encoder) -> Flask:
    """The application over the shipped corpus."""
    return create_app(settings, SnapshotKeeper(built, encoder))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application."""
    return app.test_client()


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run (Playwright allows no second); skipped, with the reason, where there is none."""
    if why := why_not():
        pytest.skip(why)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()
