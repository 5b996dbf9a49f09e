"""The updates that wait or were given up, for the operator: which, whose, why. Never what they say.

Must not know what an update means. Works beside the running bot, which looks at its inbox at least twice a minute.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from bot.config import Settings
from bot.log import redact
from bot.operator.opened import store_of
from bot.store.unit import Unit
from bot.store.values import InboxItem


class Retried(Enum):
    """What came of asking for another attempt."""

    DUE = auto()
    WAITS = auto()
    """It was not given up: the bot tries it by itself."""
    DONE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """An update that is not done. chat: Telegram's number of the chat. reason: of the last failure, '' for none."""

    id: int
    state: str
    attempts: int
    received_at: datetime
    chat: str
    reason: str


def listed(settings: Settings) -> tuple[Line, ...]:
    """Updates given up and updates waiting, oldest first. Trouble where the database cannot be read."""
    return _work(settings, writes=False)[0]


def retry(settings: Settings, ids: tuple[int, ...]) -> tuple[Retried, ...]:
    """Have updates that were given up worked on again, from the first attempt on. Trouble as for `listed`."""
    return _work(settings, ids, writes=True)[1]


def _work(
    settings: Settings, ids: tuple[int, ...] = (), *, writes: bool
) -> tuple[tuple[Line, ...], tuple[Retried, ...]]:
    with store_of(settings) as store, store.write() if writes else store.read() as unit:
        return _lines(unit), tuple(_retried(unit, one) for one in ids)


def _lines(unit: Unit) -> tuple[Line, ...]:
    items = sorted((*unit.inbox.listed("dead"), *unit.inbox.listed("new")), key=lambda item: item.id)
    return tuple(_line(item) for item in items)


def _line(item: InboxItem) -> Line:
    reason = redact(" ".join((item.reason or "").split()))
    return Line(item.id, item.state, item.attempts, item.received_at, item.chat_key, reason)


def _retried(unit: Unit, item_id: int) -> Retried:
    try:
        state = unit.inbox.get(item_id).state
    except LookupError:
        return Retried.UNKNOWN
    match state:
        case "dead":
            unit.inbox.retry(item_id)
            return Retried.DUE
        case "new":
            return Retried.WAITS
        case "done":
            return Retried.DONE
