"""Moments in files: UTC for machines, local for people. Must not know languages, or what time it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.verify.form import utc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Local times of one zone (IANA name). with_offset: each time tells its offset, since the file spans several."""

    zone: str
    with_offset: bool = False

    def local(self, ms: int) -> str:
        """UTC in ms -> '2026-05-01 10:22:31', with ' +08:00' behind it where offsets change."""
        text = f"{self._at(ms):%Y-%m-%d %H:%M:%S}"
        return f"{text} {self.offset(ms)}" if self.with_offset else text

    def utc(self, ms: int) -> str:
        return utc(ms)

    def offset(self, ms: int) -> str:
        """From UTC: '+08:00'."""
        return self._at(ms).isoformat()[-6:]

    def _at(self, ms: int) -> datetime:
        return _moment(self.zone, ms)


@lru_cache(maxsize=4096)
def _moment(zone: str, ms: int) -> datetime:
    """Many parts of a file show the same few moments."""
    return (_EPOCH + timedelta(milliseconds=ms)).replace(microsecond=0).astimezone(ZoneInfo(zone))


def clock_for(zone: str, moments: Iterable[int]) -> Clock:
    """The clock of a file that shows these moments: one offset is told once, several at each time."""
    plain = Clock(zone)
    return Clock(zone, with_offset=len({plain.offset(ms) for ms in moments}) > 1)
