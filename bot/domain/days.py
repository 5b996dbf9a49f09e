"""A day as people type it: '2026-12-31', '12-31', '2026年12月31日', '+14天', 'in 2 weeks'. Must not know the time now.

Three numbers are year, month, day in this order and no other: 03/04/2026 is one day here and another there.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from bot.domain.refusals import DateNotUnderstood

_MARK = r"\s*[-/.]\s*"
_YEAR, _MONTH, _DAY = r"(?P<year>[0-9]{4})", r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})"
_FULL = (
    re.compile(rf"{_YEAR}{_MARK}{_MONTH}{_MARK}{_DAY}"),
    re.compile(rf"{_YEAR}\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*[日号]?"),
)
_SHORT = re.compile(rf"{_MONTH}(?:{_MARK}|\s*月\s*){_DAY}\s*[日号]?")
_AHEAD = re.compile(
    r"(?:in|\+)?\s*(?P<count>[0-9]{1,4})\s*(?P<unit>天|日|周|个?星期|days?|weeks?|d|w)?\s*(?:后|内|之内|以内|之后)?",
    re.IGNORECASE,
)
_WEEKS = frozenset("周星w")


def typed_day(text: str, today: date) -> date:
    """The day that is meant; a day without a year is the next such one. DateNotUnderstood.

    A bare number is no day: it takes a sign or a unit.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    try:
        return _full(typed) or _short(typed, today) or _ahead(typed, today)
    except (ValueError, OverflowError):
        raise DateNotUnderstood(typed=typed[:20]) from None


def _full(typed: str) -> date | None:
    found = next((found for form in _FULL if (found := form.fullmatch(typed))), None)
    return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None


def _short(typed: str, today: date) -> date | None:
    """From today on: 29 February waits for a year that has it, eight at most."""
    found = _SHORT.fullmatch(typed)
    if not found:
        return None
    month, day = int(found["month"]), int(found["day"])
    date(2000, month, day)  # a year that has every day there is
    years = (year for year in range(today.year, today.year + 9) if day <= monthrange(year, month)[1])
    return next(meant for year in years if (meant := date(year, month, day)) >= today)


def _ahead(typed: str, today: date) -> date:
    found = _AHEAD.fullmatch(typed)
    if not found or typed.isdecimal():
        raise ValueError(typed)
    weeks = (found["unit"] or "d").removeprefix("个")[0].lower() in _WEEKS
    return today + timedelta(days=int(found["count"]) * (7 if weeks else 1))
