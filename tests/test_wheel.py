"""The built wheel is complete: from another environment and any folder it answers and serves."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("wenju-*.whl"))


def test_wheel_holds_every_room_and_litters_nothing(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"wenju"}
    for needed in (
        "wenju/py.typed", "wenju/corpus/topics.yaml", "wenju/corpus/documents/articles/visit-laifenqi.md",
        "wenju/index/encoder/model.safetensors", "wenju/index/ranking.json", "wenju/index/lines.npz",
        "wenju/web/templates/home.html",
        "wenju/web/static/wenju.css",
    ):  # fmt: skip
        assert needed in names
    assert not [name for name in names if "snapshots/" in name or "__pycache__" in name]


def test_installed_wheel_answers_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    site = next((home / "lib").glob("python*")) / "site-packages"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)],
        check=True,
    )
    # The dependencies are those of this environment; our own code comes from the wheel, which stands first.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(tmp_path / "data"), "LANG": "C.UTF-8"}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, text=True, check=False)

    where = run(str(python), "-c", "import wenju.service; print(wenju.service.__file__)").stdout
    assert where.startswith(str(site))
    answered = run(str(home / "bin" / "wenju"), "ask", "来分期发短信说要上门怎么应对")
    assert answered.returncode == 0, answered.stderr
    assert "【先说结论】" in answered.stdout
    assert (tmp_path / "data" / "wenju" / "snapshots" / "current").is_file()
    assert "启动网页和接口" in run(str(home / "bin" / "wenju"), "serve", "--help").stdout
