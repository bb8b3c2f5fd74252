"""The real server, over a socket."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wenju.index.snapshots import Snapshots

Write = Callable[..., Path]
START = 60  # seconds a slow machine may take to come up


def get(url: str) -> dict[str, str]:
    with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 -- our own address
        answer: dict[str, str] = json.load(response)
        return answer


def wait_until(condition: Callable[[], bool], seconds: float = START) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def up(base: str) -> bool:
    try:
        return get(base + "/readyz")["status"] == "ready"
    except (urllib.error.URLError, ConnectionError):
        return False


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "WENJU_SNAPSHOTS": str(tmp_path / "snapshots"), "PYTHONWARNINGS": "ignore"}


@pytest.fixture
def server(environment: dict[str, str], free_port: int, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`wenju serve` with no index to begin with, once it is up."""
    command = [sys.executable, "-m", "wenju.service.cli", "serve", "--port", str(free_port)]
    # Files, not pipes: nobody reads while the server writes its log, and a full pipe would stop it.
    with (
        (tmp_path / "output").open("w") as output,
        (tmp_path / "errors").open("w") as errors,
        subprocess.Popen(command, env=environment, stdout=output, stderr=errors, text=True) as process,
    ):
        base = f"http://127.0.0.1:{free_port}"
        try:
            wait_until(lambda: up(base) or process.poll() is not None)
            assert process.poll() is None, (tmp_path / "errors").read_text()
            yield process, base
        finally:
            if process.poll() is None:
                process.terminate()  # killed, it would leave its worker behind
                process.wait(START)


def test_server_builds_its_index_prints_its_address_and_stops_cleanly(
    server: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, base = server
    answer = get(base + "/api/v1/ask?q=%E5%BE%AE%E7%B2%92%E8%B4%B7%E4%BC%9A%E4%B8%8A%E9%97%A8%E5%90%97")
    assert answer["status"] == "answered"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0
    assert f"问据已启动：{base}" in (tmp_path / "output").read_text()
    assert "Traceback" not in (tmp_path / "errors").read_text()


def test_new_snapshot_is_picked_up_and_no_question_is_dropped(
    server: tuple[subprocess.Popen[str], str], environment: dict[str, str], write: Write, documents: Path
) -> None:
    _, base = server
    before = get(base + "/readyz")["index"]
    write("mine", asked="蓝鲸分期催收电话怎么核实", verdict="蓝鲸分期的催收电话先打官方客服核实。")
    command = [sys.executable, "-m", "wenju.service.cli", "rebuild"]
    with subprocess.Popen(command, env=environment | {"WENJU_CORPUS": str(documents)}) as rebuild:
        while rebuild.poll() is None:
            assert get(base + "/api/v1/ask?q=%E4%B8%8A%E9%97%A8")["status"]
            time.sleep(0.02)
    assert rebuild.returncode == 0
    wait_until(lambda: get(base + "/readyz")["index"] != before)
    assert get(base + "/api/v1/documents/mine")["title"] == "标题mine"


def test_port_in_use_is_explained(server: tuple[subprocess.Popen[str], str], environment: dict[str, str]) -> None:
    port = server[1].rpartition(":")[2]
    command = [sys.executable, "-m", "wenju.service.cli", "serve", "--port", port]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert f"换一个端口，例如 wenju serve --port {int(port) + 1}" in result.stderr


def test_snapshot_of_another_schema_is_refused_and_the_old_one_serves_on(
    server: tuple[subprocess.Popen[str], str], environment: dict[str, str]
) -> None:
    _, base = server
    snapshots = Snapshots(Path(environment["WENJU_SNAPSHOTS"]))
    before = get(base + "/readyz")["index"]
    with snapshots.building() as place:
        (place / "manifest.json").write_text("{}")
        snapshots.activate("broken", place)
    for _ in range(20):
        assert get(base + "/readyz")["index"] == before
        time.sleep(0.02)
