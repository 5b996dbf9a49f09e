"""The fake's clock: dates, expiry and flood windows. Knows nothing of messages.

`now` can be frozen and moved by a test; `elapsed` always runs with real time plus whatever was moved by hand,
because a bot that was told to wait waits in real seconds.
"""

import time


class VirtualClock:
    """Unix seconds. With `start` it stands still until moved; without, it runs with the machine's clock."""

    def __init__(self, start: float | None = None) -> None:
        self._running = start is None
        self._base = time.time() if start is None else start
        self._since = time.monotonic()
        self._moved = 0.0

    def now(self) -> float:
        return self._base + (time.monotonic() - self._since if self._running else 0.0)

    def date(self) -> int:
        """`now` as Telegram writes it: whole Unix seconds."""
        return int(self.now())

    def elapsed(self) -> float:
        """Seconds for waiting times; never frozen, and moved by `advance`."""
        return time.monotonic() + self._moved

    def advance(self, seconds: float) -> None:
        self._base += seconds
        self._moved += seconds

    def set(self, unix: float) -> None:
        """Jump to a date, also backwards; waiting times only ever move forward."""
        step = unix - self.now()
        self._base += step
        self._moved += max(step, 0.0)

    def freeze(self) -> None:
        self._base, self._running = self.now(), False

    def run(self) -> None:
        self._since, self._running = (self._since if self._running else time.monotonic()), True
