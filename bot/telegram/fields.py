"""Fields of the Bot API's JSON, read strictly: what is read is what the Bot API describes, or MalformedError.

What nobody reads is not looked at and cannot be wrong. Knows no kind of object.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

JSON: TypeAlias = Mapping[str, Any]
_HIGHEST = 2**63 - 1


class MalformedError(Exception):
    """The update is not what the Bot API describes. note: a class and a place, or what is missing."""


def part(holder: JSON, name: str) -> JSON:
    """An object that must be there."""
    found = part_or_none(holder, name)
    if found is None:
        raise MalformedError(f"no {name}")
    return found


def part_or_none(holder: JSON, name: str) -> JSON | None:
    """An object, or None where it is missing."""
    found = holder.get(name)
    if found is not None and not isinstance(found, dict):
        raise MalformedError(f"{name} is no object")
    return found


def parts(holder: JSON, name: str) -> list[JSON]:
    """A list of objects; empty where it is missing."""
    found = holder.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise MalformedError(f"{name} is no list of objects")
    return found


def text(holder: JSON, name: str) -> str:
    """A text that must be there."""
    found = holder.get(name)
    if not isinstance(found, str):
        raise MalformedError(f"no {name}")
    return found


def text_or_none(holder: JSON, name: str) -> str | None:
    """A text, or None where it is missing."""
    return None if holder.get(name) is None else text(holder, name)


def whole(holder: JSON, name: str) -> int:
    """A number of at most 64 bits that must be there."""
    found = holder.get(name)
    if type(found) is not int or abs(found) > _HIGHEST:
        raise MalformedError(f"no {name}")
    return found


def whole_or_none(holder: JSON, name: str) -> int | None:
    """A number of at most 64 bits, or None where it is missing."""
    return None if holder.get(name) is None else whole(holder, name)


def number(holder: JSON, name: str) -> str:
    """A Telegram id in our form."""
    return str(whole(holder, name))


def degrees(holder: JSON, name: str) -> float:
    """A number with a fraction that must be there; NaN and infinity are for the caller to refuse."""
    found = holder.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise MalformedError(f"no {name}")
    return float(found)


def flag(holder: JSON, name: str) -> bool:
    """A yes or no that must be there."""
    found = holder.get(name)
    if not isinstance(found, bool):
        raise MalformedError(f"no {name}")
    return found


def moment(holder: JSON, name: str) -> datetime:
    """A time that must be there, aware UTC."""
    try:
        return datetime.fromtimestamp(whole(holder, name), UTC)
    except (ValueError, OverflowError, OSError):
        raise MalformedError(f"no {name}") from None
