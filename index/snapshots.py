"""The folder of snapshots: which one is current, which came before, and how that changes safely.

`current` is a small text file: its first line names the snapshot that is served, the lines below name what
it replaced, latest first. One atomic rename changes both.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KEPT = 3
UNFINISHED = ".building-"


class SnapshotMissing(Exception):
    """There is no snapshot to serve."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} 里还没有索引。运行 wenju rebuild 建立索引。")


class NothingToRollBackTo(Exception):
    """There is no earlier snapshot."""

    def __init__(self) -> None:
        super().__init__("没有更早的索引可以退回。")


class BuildRunning(Exception):
    """Another build holds the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} 里正有另一次重建在进行。等它结束后再试。")


class Snapshots:
    """A folder with one subfolder a snapshot."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "current"

    def versions(self) -> list[str]:
        """The current version, then those before it, latest first."""
        try:
            lines = self._pointer.read_text(encoding="ascii").split()
        except FileNotFoundError:
            return []
        return [version for version in lines if self.path(version).is_dir()]

    def current(self) -> str:
        """The version that is served.

        Raises:
            SnapshotMissing: none has been built.
        """
        versions = self.versions()
        if not versions:
            raise SnapshotMissing(self.folder)
        return versions[0]

    def stamp(self) -> tuple[int, int]:
        """Changes whenever the pointer does; cheap enough to ask before every answer."""
        try:
            status = self._pointer.stat()
        except FileNotFoundError:
            return (0, 0)
        return (status.st_ino, status.st_mtime_ns)

    def path(self, version: str) -> Path:
        """Where a version lies."""
        return self.folder / version

    @contextmanager
    def building(self) -> Iterator[Path]:
        """Hold the folder alone and give an empty place to build in, gone at the end unless it was moved.

        Raises:
            BuildRunning: another process builds here.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BuildRunning(self.folder) from error
            for left in self.folder.glob(UNFINISHED + "*"):  # of builds that were killed
                shutil.rmtree(left)
            place = self.folder / f"{UNFINISHED}{os.getpid()}"
            place.mkdir()
            try:
                yield place
            finally:
                shutil.rmtree(place, ignore_errors=True)

    def activate(self, version: str, place: Path | None = None) -> None:
        """Make a version current; `place` is a finished build to move in first. Old ones are deleted."""
        if place is not None:
            for file in place.iterdir():
                _sync(file)
            _sync(place)
            place.rename(self.path(version))
            _sync(self.folder)
        history = [version, *(v for v in self.versions() if v != version)]
        self._point(history[:KEPT])
        for old in self.folder.iterdir():
            if old.is_dir() and not old.name.startswith(".") and old.name not in history[:KEPT]:
                shutil.rmtree(old)

    def rollback(self) -> str:
        """Go back to the version before the current one, and give its name.

        Raises:
            NothingToRollBackTo: there is none.
        """
        versions = self.versions()
        if len(versions) < 2:
            raise NothingToRollBackTo
        self._point(versions[1:])
        return versions[1]

    def _point(self, versions: list[str]) -> None:
        new = self.folder / ".current.new"
        new.write_text("\n".join(versions) + "\n", encoding="ascii")
        _sync(new)
        new.replace(self._pointer)
        _sync(self.folder)


def _sync(path: Path) -> None:
    """Wait until a file or a folder's entries are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
