"""Time zones by their IANA names. Must not know who lives in one."""

from functools import cache
from zoneinfo import available_timezones

OFFERED = (
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Dubai",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "UTC",
)
"""One button each in the settings; others can be set by the operator's default."""


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    return name in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())
