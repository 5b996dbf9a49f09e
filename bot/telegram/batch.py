"""What getUpdates answered, as rows for the inbox. Knows nothing of what an update means, only whose it is.

One update that cannot be read must not hold up the others: `rows` refuses such an answer, the caller asks again for
one update alone, and `salvage` keeps that one's text as it came.
"""

import json
import re
from typing import Any

from bot.telegram.ports import Incoming

_HIGHEST = 2**63 - 1
_UPDATE_ID = re.compile(r'"update_id"\s*:\s*(\d{1,19})')


class UnreadableError(Exception):
    """The answer is no list of updates, or one of them cannot be read."""


def rows(body: bytes) -> tuple[Incoming, ...]:
    """The updates of an answer, in its order. UnreadableError when it cannot be read as a whole."""
    try:
        answer = json.loads(body)
        result = answer["result"]
        if not isinstance(result, list):
            raise UnreadableError
        return tuple(_row(update) for update in result)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UnreadableError from None


def salvage(body: bytes) -> Incoming:
    """The one update of an answer that is whole but cannot be read. UnreadableError when it was cut off."""
    text = body.decode("utf-8", "backslashreplace").encode("ascii", "backslashreplace").decode().replace("\0", "\\0")
    found = _UPDATE_ID.search(text)
    if found is None or not text.rstrip().endswith("]}") or int(found[1]) > _HIGHEST:
        raise UnreadableError
    return Incoming(int(found[1]), text, "")


def _row(update: Any) -> Incoming:  # noqa: ANN401  JSON
    """ValueError where there is no number to confirm it by."""
    number = update["update_id"]
    if type(number) is not int or not 0 <= number <= _HIGHEST:
        raise ValueError("update_id")
    # ASCII keeps lone surrogates and NUL out of the database; the order of keys is Telegram's, so that the same
    # update always gives the same text.
    return Incoming(number, json.dumps(update, separators=(",", ":")), chat_of(update))


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
