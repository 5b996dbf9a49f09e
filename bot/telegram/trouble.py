"""What an error of the Bot API means (RELIABILITY 3). Knows no chat and does nothing about it.

Descriptions are matched in lower case and fall back to the class: Telegram says that texts may change.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

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

from bot.telegram.transport import NEVER_SENT

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
    """Exactly `seconds`, this chat alone; 0 where Telegram did not say how long."""
    RETRY = auto()
    """It was not done; again after 1, 2, 4 … 60 s."""
    UNSURE = auto()
    """The same, but no answer came: a send may come twice."""
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
    MOVED = auto()
    """The chat has another id now: `chat`."""
    TOO_BIG = auto()
    """The file is larger than Telegram takes."""
    REFUSED = auto()
    """It will not get better."""
    MAKING = auto()
    """The file is still being made: look again, everything else of the chat goes on."""
    STOP = auto()
    """The token is not valid any more."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """note: for the log, without anything a person wrote. maybe: the work may have been done all the same."""

    kind: Kind
    note: str
    seconds: float = 0.0
    maybe: bool = False
    chat: str = ""


PASSING = frozenset({Kind.WAIT, Kind.RETRY, Kind.UNSURE, Kind.UNREACHABLE, Kind.MOVED, Kind.MAKING, Kind.STOP})
"""What says nothing about the message itself: it stays as it is, and is tried again or not by what the chat does."""
_BAD_REQUESTS = {
    "not modified": Kind.SAME,
    "query is too old": Kind.OLD,
    "query id is invalid": Kind.OLD,
    "query id invalid": Kind.OLD,
    "message to edit not found": Kind.GONE,
    "message can't be edited": Kind.GONE,
    "message id invalid": Kind.GONE,
    "no text in the message": Kind.GONE,
    "too big": Kind.TOO_BIG,
    "too large": Kind.TOO_BIG,
    "can't parse": Kind.MARKUP,
    "too long": Kind.MARKUP,
    "chat not found": Kind.UNREACHABLE,
    "user not found": Kind.UNREACHABLE,
    "peer id invalid": Kind.UNREACHABLE,
    "deactivated": Kind.UNREACHABLE,
    "blocked": Kind.UNREACHABLE,
    "kicked": Kind.UNREACHABLE,
}
_AFTER = re.compile(r"retry after (\d{1,6})\b")
_QUOTED = re.compile(r"\".*\"|“.*”|'.*'", re.DOTALL)


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
            return _wait(name, _seconds(error))
        case InvalidToken() | Forbidden() if isinstance(error.__cause__, TelegramError):
            return Trouble(Kind.RETRY, f"{name}, not in Telegram's words")  # somebody in between: a proxy, a portal
        case InvalidToken():
            return Trouble(Kind.STOP, name)  # its message may quote the token
        case Forbidden():
            return Trouble(Kind.UNREACHABLE, name)
        case ChatMigrated():
            return Trouble(Kind.MOVED, name, chat=str(error.new_chat_id))
        case EndPointNotFound():
            return Trouble(Kind.REFUSED, name)
        case BadRequest():  # a NetworkError to the library, so it comes first
            return _bad_request(error)
        case NetworkError():
            return _network(error)
        case TelegramError():
            return Trouble(Kind.UNSURE, name, maybe=True)
        case _:
            return Trouble(Kind.UNSURE, place(error), maybe=True)


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
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def _wait(name: str, told: float) -> Trouble:
    return Trouble(Kind.WAIT, name, told + GRACE if told > 0 else 0.0)


def _bad_request(error: BadRequest) -> Trouble:
    text = error.message.lower().replace("_", " ").replace("’", "'")
    kind = next((kind for words, kind in _BAD_REQUESTS.items() if words in text), Kind.REFUSED)
    said = _QUOTED.sub("…", error.message.replace("n't", "nt"))[:120]  # it may quote what we sent
    return Trouble(kind, "can't parse, or too long" if kind is Kind.MARKUP else f"BadRequest: {said}")


def _network(error: NetworkError) -> Trouble:
    name, text = type(error).__name__, error.message.lower()
    if isinstance(error.__cause__, NEVER_SENT):
        return Trouble(Kind.RETRY, name)
    if isinstance(error, TimedOut) or text.startswith(("aiohttp.", "unknown error in http")):
        return Trouble(Kind.UNSURE, name, maybe=True)
    if "too large" in text or "too big" in text:
        return Trouble(Kind.TOO_BIG, name)
    if "too many requests" in text:
        told = _AFTER.search(text)
        return _wait(name, float(told[1]) if told else 0.0)
    # The server says that it failed; one in between may say so of work that was done.
    return Trouble(Kind.RETRY, name, maybe=True)
