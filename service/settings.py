"""Every setting, with its default and why. Only `Settings.from_env` reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from wenju.corpus.reader import shipped
from wenju.index.encoder import BUNDLED

LOG_LEVELS = ("debug", "info", "warning", "error")


class SettingInvalid(Exception):
    """An environment variable has a value that means nothing."""

    def __init__(self, name: str, value: str, fix: str) -> None:
        super().__init__(f"环境变量 {name} 的值 {value!r} 不对：{fix}。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may choose."""

    corpus: tuple[Path, ...]  # folders of documents; later ones add to earlier ones
    snapshots: Path  # where builds of the index lie
    encoder: str = BUNDLED
    reranker: str = ""  # a CrossEncoder that looks again at the first hits; none
    rate: str = "60 per minute"  # of questions from one address; a frightened person types slower
    trusted_proxies: int = 0  # how many proxies of ours stand before the server and set X-Forwarded-For
    log_level: str = "info"
    feedback: Path | None = None  # the file people's 有用、没用、有错 are kept in; None: beside the snapshots

    @property
    def feedback_file(self) -> Path:
        """Where feedback is kept."""
        return self.feedback or self.snapshots.parent / "feedback.jsonl"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the environment variables that begin with WENJU_.

        Raises:
            SettingInvalid: a value means nothing.
        """
        folders = [Path(part) for part in env.get("WENJU_CORPUS", "").split(os.pathsep) if part]
        snapshots = env.get("WENJU_SNAPSHOTS")
        chosen: dict[str, Any] = {
            "corpus": (shipped(), *folders),
            "snapshots": Path(snapshots) if snapshots else _default_snapshots(),
        }
        for name in ("encoder", "reranker", "rate"):
            if value := env.get(f"WENJU_{name.upper()}"):
                chosen[name] = value
        if file := env.get("WENJU_FEEDBACK"):
            chosen["feedback"] = Path(file)
        if level := env.get("WENJU_LOG_LEVEL"):
            if level.lower() not in LOG_LEVELS:
                raise SettingInvalid("WENJU_LOG_LEVEL", level, f"用 {'、'.join(LOG_LEVELS)} 之一")
            chosen["log_level"] = level.lower()
        if proxies := env.get("WENJU_TRUSTED_PROXIES"):
            if not proxies.isdigit():
                raise SettingInvalid("WENJU_TRUSTED_PROXIES", proxies, "写 0、1、2 这样的整数")
            chosen["trusted_proxies"] = int(proxies)
        return cls(**chosen)


def _default_snapshots() -> Path:
    """In a checkout beside the index's code; the installed package leaves that folder out."""
    beside = Path(str(files("wenju.index") / "snapshots"))
    return beside if beside.is_dir() else user_data_path("wenju") / "snapshots"
