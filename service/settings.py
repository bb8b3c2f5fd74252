"""Every setting, with its default and why. Only `Settings.from_env` reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_data_path

from wenju.corpus.reader import shipped
from wenju.index.encoder import BUNDLED

LOG_LEVELS = ("debug", "info", "warning", "error")
LONGEST_TIMEOUT = 30.0  # seconds; nobody waits longer with a collector at the door


class SettingInvalid(Exception):
    """An environment variable has a value that means nothing."""

    def __init__(self, name: str, value: str, fix: str) -> None:
        super().__init__(f"环境变量 {name} 的值 {value!r} 不对：{fix}。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An OpenAI-compatible chat model."""

    url: str  # up to and with /v1
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 3.0  # seconds a reader waits for it at most

    @property
    def host(self) -> str:
        """Where questions go, as readers are told."""
        return urlsplit(self.url).hostname or self.url

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Endpoint | None":
        """Read the environment variables that begin with WENJU_LLM_; None when no address is named.

        Raises:
            SettingInvalid: a value means nothing, or half of them is missing.
        """
        url, model = env.get("WENJU_LLM_URL", ""), env.get("WENJU_LLM_MODEL", "")
        if not url and not model:
            return None
        if not url.startswith(("http://", "https://")) or not urlsplit(url).hostname:
            raise SettingInvalid("WENJU_LLM_URL", url, "写聊天模型的完整网址，例如 http://127.0.0.1:11434/v1")
        if not model:
            raise SettingInvalid("WENJU_LLM_MODEL", model, "设了 WENJU_LLM_URL 就要写明模型名")
        chosen: dict[str, Any] = {"url": url, "model": model}
        if key := env.get("WENJU_LLM_KEY"):
            if not (key.isascii() and key.isprintable()):
                raise SettingInvalid("WENJU_LLM_KEY", "……", "密钥只能有英文字母、数字和符号，不能换行")
            chosen["key"] = key
        if seconds := env.get("WENJU_LLM_TIMEOUT"):
            chosen["timeout"] = _seconds("WENJU_LLM_TIMEOUT", seconds)
        return cls(**chosen)


def _seconds(name: str, written: str) -> float:
    """Read a time-out; the comparison turns nan away too."""
    try:
        seconds = float(written)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise SettingInvalid(name, written, f"写 0 到 {LONGEST_TIMEOUT:.0f} 之间的秒数，例如 3")
    return seconds


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
    chat_model: Endpoint | None = None  # may say which passages answer; never writes a word
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
        chosen["chat_model"] = Endpoint.from_env(env)
        return cls(**chosen)


def _default_snapshots() -> Path:
    """In a checkout beside the index's code; the installed package leaves that folder out."""
    beside = Path(str(files("wenju.index") / "snapshots"))
    return beside if beside.is_dir() else user_data_path("wenju") / "snapshots"
