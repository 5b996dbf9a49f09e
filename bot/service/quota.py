"""So many times within so long, for each key: kept in memory, for a bounded number of keys. Knows no clock."""

from collections import OrderedDict
from dataclasses import dataclass

REMEMBERED = 10_000
"""Keys. Whoever fills it needs as many accounts; the one forgotten first then begins anew."""


@dataclass(slots=True)
class _Used:
    since: float
    last: float
    times: int = 1


class Quota:
    """times: at most so many within `seconds` from the first on; pace: seconds from one to the next, at least."""

    def __init__(self, times: int, seconds: float, *, pace: float = 0.0, remembered: int = REMEMBERED) -> None:
        self._times, self._seconds, self._pace, self._remembered = times, seconds, pace, remembered
        self._used: OrderedDict[str, _Used] = OrderedDict()

    def spent(self, key: str, now: float) -> bool:
        """Whether all times of this key are taken at `now`."""
        used = self._used.get(key)
        return used is not None and used.since <= now < used.since + self._seconds and used.times >= self._times

    def take(self, key: str, now: float) -> bool:
        """Whether it may be once more, at `now` seconds of any clock; one that goes back begins anew."""
        used = self._used.get(key)
        if used is None or not used.since <= now < used.since + self._seconds:
            self._used.pop(key, None)
            self._used[key] = _Used(now, now)
            if len(self._used) > self._remembered:
                self._used.popitem(last=False)
            return True
        if used.times >= self._times or used.last <= now < used.last + self._pace:
            return False
        used.last, used.times = now, used.times + 1
        return True
