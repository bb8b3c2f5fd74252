"""Leave something alone for a while after it failed several times in a row."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Says whether to try. Threads may share it; nobody holds its lock while trying."""

    def __init__(self, failures: int, rest: float, clock: Callable[[], float] = time.monotonic) -> None:
        """After `failures` in a row allow one try every `rest` seconds, until one succeeds."""
        self._most, self._rest, self._clock = failures, rest, clock
        self._lock = threading.Lock()
        self._failed = 0
        self._until = 0.0

    def allows(self) -> bool:
        """Whether to try now; the caller then reports how it went."""
        with self._lock:
            if self._failed >= self._most:
                if self._clock() < self._until:
                    return False
                self._until = self._clock() + self._rest  # the others go on resting while this one tries
            return True

    def report(self, *, success: bool) -> None:
        """Take note of how a try went."""
        with self._lock:
            self._failed = 0 if success else self._failed + 1
            self._until = self._clock() + self._rest
