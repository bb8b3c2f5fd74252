"""The pages that are measured: the real server over its own snapshot, and the states a visitor meets."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

QUESTION = "来分期发短信说要上门怎么应对"
OUT_OF_SCOPE = "今天中午吃什么好"
# More that looks different on the page; which silence a question meets may change with the corpus.
OTHERS = {
    "alert": "催收扬言要打断我的腿",
    "message": "【某某催收】您的借款已严重逾期，今日17时前不处理，外访人员将上门，并通知单位和家人。详询13800138000",
    "weak match": "催收公司员工一般工资多少",
    "no match": "信用卡年费怎么免",
    "no question": "",
}
START = 60  # seconds a busy machine may take to come up


@dataclass(frozen=True, slots=True)
class Site:
    """A running server and its pages."""

    base: str
    pages: dict[str, str] = field(default_factory=dict)  # name to address

    def fetch(self, name: str) -> str:
        """Give a page's HTML as the server sends it, whatever its status."""
        return fetch(self.pages[name])


def fetch(address: str) -> str:
    """Read an address of our own, whatever its status."""
    try:
        with urllib.request.urlopen(address, timeout=30) as response:  # noqa: S310 -- our own address
            return str(response.read(), "utf-8")
    except urllib.error.HTTPError as error:
        return str(error.read(), "utf-8")


@contextmanager
def serving(snapshots: Path, port: int, folder: Path) -> Iterator[Site]:
    """Run `wenju serve` over a folder of snapshots."""
    base = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "WENJU_SNAPSHOTS": str(snapshots), "WENJU_LOG_LEVEL": "warning"}
    command = [sys.executable, "-m", "wenju.service.cli", "serve", "--port", str(port)]
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            _wait(base, server, folder / "server.log")
            others = {name: f"{base}/ask?q={quote(question)}" for name, question in OTHERS.items()}
            yield Site(base, states(base) | others | kinds(base))
        finally:
            server.terminate()


def states(base: str) -> dict[str, str]:
    """Give the five states every gate looks at."""
    answer = f"{base}/ask?q={quote(QUESTION)}"
    said = json.loads(fetch(f"{base}/api/v1/ask?q={quote(QUESTION)}"))
    sentence = said["slots"][0]["sentences"][0]
    source = next(c["document_id"] for c in said["citations"] if c["number"] == sentence["citation"])
    return {
        "home": f"{base}/",
        "answer": answer,
        "silence": f"{base}/ask?q={quote(OUT_OF_SCOPE)}",
        "error": f"{base}/no-such-page",
        "source": f"{base}/documents/{source}?quote={sentence['start']}-{sentence['end']}#quote",
    }


def kinds(base: str) -> dict[str, str]:
    """Give one page of every other kind that the home page leads to, and one of every kind that those lead to."""
    first = _kinds_on(f"{base}/")
    found = dict(first)
    for name, page in first.items():
        further = {f"{name} > {kind}": link for kind, link in _kinds_on(page).items()}
        found |= {path: link for path, link in further.items() if link not in found.values()}
    return found


def _kinds_on(page: str) -> dict[str, str]:
    links = (urljoin(page, link) for link in re.findall(r'<a[^>]*\shref="([^"]+)"', fetch(page)))
    ours = [link.partition("#")[0] for link in links if urlsplit(link).netloc == urlsplit(page).netloc]
    # The first of each kind: /topics/上门 and /topics/证据 are of one kind, /topics is another. Questions are states.
    return {_kind(link): link for link in reversed(ours) if _kind(link) not in {"", "ask"}}


def _kind(link: str) -> str:
    parts = [part for part in urlsplit(link).path.split("/") if part]
    return "/".join([*parts[:1], *("…" for _ in parts[1:])])


def _wait(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START
    while True:
        try:
            urllib.request.urlopen(f"{base}/readyz", timeout=5).close()  # noqa: S310 -- our own address
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, f"{base} did not come up"
            time.sleep(0.1)
        else:
            return
