"""What getUpdates answered or a webhook brought, as rows for the inbox. Knows nothing of what an update means.

One update that cannot be read must not hold up the others: `read` refuses an answer that is no JSON, the caller asks
again for one update alone, and `salvage` keeps that one's text as it came. The same update has the same text however
it came, so that the inbox knows it again after a change between polling and webhook.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from bot.telegram.ports import Incoming

NO_NUMBER = 0
"""Under this the inbox keeps an update whose number cannot be used; its text tells it from others."""
_USUAL = 2**31 - 1
"""Telegram's numbers have 31 bits. Beyond them `getUpdates` takes no offset."""
_HIGHEST = 2**63 - 1
_TEXT: Final = json.JSONEncoder(separators=(",", ":")).encode
_UPDATE_ID = re.compile(r'"update_id"\s*:\s*(-?\d+)')
_HEAD = re.compile(r'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[\s*')
_TAIL = re.compile(r"\s*\]\s*\}\s*\Z")


class UnreadableError(Exception):
    """The answer is no list of updates, or was cut off."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Updates in the order in which they came.

    offset: what confirms them; sure: whether it does. It is a guess where no update has a number that can be used.
    """

    updates: tuple[Incoming, ...]
    offset: int
    sure: bool = True


def read(body: bytes, asked: int) -> Batch:
    """The updates of an answer to the offset `asked` (0: none). UnreadableError when it cannot be read as a whole."""
    try:
        result = json.loads(body)["result"]
        if not isinstance(result, list):
            raise UnreadableError
        return _batch(tuple(map(_row, result)), asked)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UnreadableError from None


def salvage(body: bytes, asked: int) -> Batch:
    """The one update of an answer that is whole but cannot be read. UnreadableError when it was cut off."""
    text = _ascii(body)
    head, tail = _HEAD.match(text), _TAIL.search(text)
    if head is None or tail is None or head.end() >= tail.start():
        raise UnreadableError
    return _batch((_kept(text[head.end() : tail.start()]),), asked)


def pushed(body: bytes) -> Incoming:
    """The update that a webhook brought, whatever it is."""
    try:
        return _row(json.loads(body))
    except (ValueError, RecursionError):
        return _kept(_ascii(body).strip())


def missing(asked: int, updates: Iterable[Incoming]) -> int:
    """How many numbers are left out from the offset `asked` on (0: from the lowest one on). Lower ones do not count."""
    numbers = {update.update_id for update in updates if update.update_id >= max(asked, 1)}
    return max(numbers) - (asked or min(numbers)) + 1 - len(numbers) if numbers else 0


def _batch(updates: tuple[Incoming, ...], asked: int) -> Batch:
    if not updates:
        return Batch((), asked)
    numbers = [update.update_id for update in updates if update.update_id != NO_NUMBER]
    usual = [number for number in numbers if number <= _USUAL]
    if numbers:
        # Not the last one's: a batch may come in any order. Not the highest ever: numbers restart after an idle week.
        return Batch(updates, max(usual or numbers) + 1)
    # Nothing below what was asked for is there, so this confirms what was given here, or nothing.
    return Batch(updates, asked + 1 if asked else 0, sure=False)


def _row(update: Any) -> Incoming:  # noqa: ANN401  JSON
    # ASCII keeps lone surrogates and NUL out of the database; the order of keys is Telegram's, so that the same
    # update always gives the same text.
    raw = _TEXT(update)
    if not isinstance(update, dict):
        return Incoming(NO_NUMBER, raw, "")
    number = update.get("update_id")
    if type(number) is not int or not 0 <= number <= _HIGHEST:
        number = NO_NUMBER
    return Incoming(number, raw, chat_of(update))


def _kept(text: str) -> Incoming:
    """An update that cannot be read, with its number if that can be found."""
    found = _UPDATE_ID.search(text)
    digits = found[1] if found is not None and len(found[1]) <= len(str(_HIGHEST)) else "0"
    return Incoming(int(digits) if 0 <= int(digits) <= _HIGHEST else NO_NUMBER, text, "")


def _ascii(body: bytes) -> str:
    text = body.decode("utf-8", "backslashreplace")
    return text.encode("ascii", "backslashreplace").decode().replace("\0", "\\0")


def chat_of(update: dict[str, Any]) -> str:
    """The chat of an update as text; for a tap without one, the person. '' where there is none."""
    for part in update.values():
        if not isinstance(part, dict):
            continue
        message = part.get("message")
        for holder, key in ((part, "chat"), (message, "chat"), (part, "from")):
            found = holder.get(key) if isinstance(holder, dict) else None
            number = found.get("id") if isinstance(found, dict) else None
            if type(number) is int and abs(number) <= _HIGHEST:
                return str(number)
    return ""


def tap_of(raw: str) -> tuple[str, str] | None:
    """(query id, language hint) of a tap, None for anything else. For the moment when nothing can be stored."""
    update = json.loads(raw)
    query = update.get("callback_query") if isinstance(update, dict) else None
    if not isinstance(query, dict) or not isinstance(query.get("id"), str):
        return None
    sender = query.get("from")
    hint = sender.get("language_code") if isinstance(sender, dict) else None
    return query["id"], hint if isinstance(hint, str) else ""
