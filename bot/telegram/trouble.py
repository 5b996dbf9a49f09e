"""What an error of the Bot API means (RELIABILITY 3). Knows no chat and does nothing about it.

Descriptions are matched in lower case and fall back to the class: Telegram says that texts may change.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

T = TypeVar("T")
Pause = Callable[[float], Awaitable[object]]
"""Waits so many seconds; a test gives its own."""
GRACE = 0.5
"""Seconds added to every retry_after."""
LONGEST = 60.0
"""Seconds between two tries, at most."""


class Kind(Enum):
    """What to do about it."""

    WAIT = auto()
    """Exactly `seconds`, this chat alone."""
    RETRY = auto()
    """Nothing was done; again after 1, 2, 4 … 60 s."""
    UNSURE = auto()
    """The same, but the work may have been done: a send may come twice."""
    SAME = auto()
    """The message looks like that already."""
    GONE = auto()
    """The message cannot be edited any more."""
    OLD = auto()
    """The tap is too old to be answered."""
    MARKUP = auto()
    """The HTML or its length is wrong: a defect of ours."""
    UNREACHABLE = auto()
    """The person blocked the bot, or is gone."""
    REFUSED = auto()
    """It will not get better."""
    STOP = auto()
    """The token is not valid any more."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """note: for the log, without anything a person wrote."""

    kind: Kind
    note: str
    seconds: float = 0.0


_BAD_REQUESTS = {
    "message is not modified": Kind.SAME,
    "query is too old": Kind.OLD,
    "query id is invalid": Kind.OLD,
    "query id invalid": Kind.OLD,
    "message to edit not found": Kind.GONE,
    "message can't be edited": Kind.GONE,
    "message id invalid": Kind.GONE,
    "no text in the message": Kind.GONE,
    "can't parse": Kind.MARKUP,
    "too long": Kind.MARKUP,
    "chat not found": Kind.UNREACHABLE,
    "user not found": Kind.UNREACHABLE,
    "peer id invalid": Kind.UNREACHABLE,
    "deactivated": Kind.UNREACHABLE,
    "blocked": Kind.UNREACHABLE,
    "kicked": Kind.UNREACHABLE,
}
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


async def attempt(call: Awaitable[T]) -> T | Trouble:
    """The call's value, or what is wrong."""
    try:
        return await call
    except Exception as error:  # noqa: BLE001  the library lets KeyError and TypeError of odd answers through
        return trouble_of(error)


def trouble_of(error: Exception) -> Trouble:
    """What is wrong, from whatever the library raised."""
    name = type(error).__name__
    match error:
        case RetryAfter():
            return Trouble(Kind.WAIT, name, _seconds(error) + GRACE)
        case InvalidToken():
            return Trouble(Kind.STOP, name)  # its message may quote the token
        case Forbidden() | ChatMigrated():
            return Trouble(Kind.UNREACHABLE, name)
        case EndPointNotFound():
            return Trouble(Kind.REFUSED, name)
        case BadRequest():  # a NetworkError to the library, so it comes first
            return _bad_request(error)
        case NetworkError():
            return Trouble(_network(error), name)
        case TelegramError():
            return Trouble(Kind.UNSURE, name)
        case _:
            return Trouble(Kind.UNSURE, place(error))


def backoff(failures: int) -> float:
    """Seconds to wait after so many failures in a row: 1, 2, 4 … 60."""
    return min(LONGEST, 2.0 ** min(failures - 1, 10))


def place(error: BaseException) -> str:
    """Class and innermost place of an exception; never its message, which quotes what was worked on."""
    frames = extract_tb(error.__traceback__)
    at = f" at {'/'.join(Path(frames[-1].filename).parts[-2:])}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__qualname__}{at}"


def _seconds(error: RetryAfter) -> float:
    after: int | float | timedelta = error.retry_after  # whatever the environment asked the library for
    return max(0.0, after.total_seconds() if isinstance(after, timedelta) else float(after))


def _bad_request(error: BadRequest) -> Trouble:
    text = error.message.lower().replace("_", " ").replace("’", "'")
    kind = next((kind for words, kind in _BAD_REQUESTS.items() if words in text), Kind.REFUSED)
    return Trouble(kind, "can't parse, or too long" if kind is Kind.MARKUP else f"BadRequest: {error.message[:120]}")


def _network(error: NetworkError) -> Kind:
    text = error.message.lower()
    if "too large" in text or "too big" in text:
        return Kind.REFUSED
    if isinstance(error.__cause__, _NEVER_SENT):
        return Kind.RETRY
    in_transit = isinstance(error, TimedOut) or text.startswith(("httpx.", "unknown error in http"))
    return Kind.UNSURE if in_transit else Kind.RETRY  # otherwise the server itself said that it failed
