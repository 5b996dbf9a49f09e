"""Hours of the day in which nobody is reminded of anything. Must not know zones or clocks: minutes of a local day."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.refusals import QuietNotUnderstood

_HOUR, _DAY = 60, 24 * 60
_TYPED = re.compile(r"(\d{1,2})(?:[:.时点](\d{2})?分?)?\s*(?:-|–|—|~|至|到|to)\s*(\d{1,2})(?:[:.时点](\d{2})?分?)?")


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one minute of the day up to another, over midnight too. The same twice: never."""

    start: int
    end: int

    def holds(self, minute: int) -> bool:
        """Whether this minute of the day (0-1439) is quiet."""
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    @property
    def never(self) -> bool:
        return self.start == self.end

    def clock(self) -> tuple[str, str]:
        """As '21:00', '08:00'."""
        return _clock(self.start), _clock(self.end)


DEFAULT = Quiet(21 * _HOUR, 8 * _HOUR)


def quiet_of(start: str, end: str) -> Quiet:
    """Of '22:00' and '07:00'; the default where either is no time of day."""
    found = [_minute(*text.partition(":")[::2]) for text in (start, end)]
    if found[0] is None or found[1] is None:
        return DEFAULT
    return Quiet(found[0], found[1])


def typed_quiet(text: str) -> Quiet:
    """Of '22:00-07:00', '22-7', '22点到7点'. QuietNotUnderstood."""
    match = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    found = [_minute(match[place], match[place + 1] or "00") for place in (1, 3)] if match else [None, None]
    if found[0] is None or found[1] is None:
        raise QuietNotUnderstood
    return Quiet(found[0], found[1])


def _minute(hour: str, minute: str) -> int | None:
    """24:00 is midnight; None where it is no time of day."""
    if not (hour.isdecimal() and minute.isdecimal()):
        return None
    minutes = int(hour) * _HOUR + int(minute)
    return minutes % _DAY if int(minute) < _HOUR and minutes <= _DAY else None


def _clock(minute: int) -> str:
    return f"{minute // _HOUR:02d}:{minute % _HOUR:02d}"
