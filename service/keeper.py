"""Keep the current snapshot open, and change to a new one without dropping a question."""

import threading
from pathlib import Path

import structlog

from wenju.index.encoder import Encoder
from wenju.index.reranker import Reranker
from wenju.index.snapshot import Snapshot, SnapshotUnusable
from wenju.index.snapshots import SnapshotMissing, Snapshots

log = structlog.get_logger()


class SnapshotKeeper:
    """Holds the snapshot that answers. Threads may ask for it at any time."""

    def __init__(self, snapshots: Snapshots, encoder: Encoder, reranker: Reranker | None = None) -> None:
        """Open the current snapshot.

        Raises:
            SnapshotMissing: none has been built.
            SnapshotUnusable: it was built by another encoder, or is damaged.
        """
        self._snapshots, self._encoder, self._reranker = snapshots, encoder, reranker
        self._stamp = snapshots.stamp()
        self._snapshot = self._open()
        self._changing = threading.Lock()

    def get(self) -> Snapshot:
        """Give the snapshot to answer from; looks first whether another one has become current."""
        stamp = self._snapshots.stamp()
        if stamp != self._stamp and self._changing.acquire(blocking=False):
            # One thread changes over, in the background; everybody is served from the old one meanwhile.
            threading.Thread(target=self._change, args=(stamp,), name="snapshot-change", daemon=True).start()
        return self._snapshot

    def _change(self, stamp: tuple[int, int]) -> None:
        try:
            snapshot = self._open()
        except (SnapshotMissing, SnapshotUnusable) as error:
            log.warning("snapshot_refused", reason=str(error), serving=self._snapshot.version)
        else:
            log.info("snapshot_changed", version=snapshot.version, replaced=self._snapshot.version)
            # The old one is not closed: a thread may still answer from it. It goes when the last one lets go.
            self._snapshot = snapshot
        finally:
            self._stamp = stamp
            self._changing.release()

    def _open(self) -> Snapshot:
        folder: Path = self._snapshots.path(self._snapshots.current())
        return Snapshot(folder, self._encoder, cache=self._snapshots.folder, reranker=self._reranker)
