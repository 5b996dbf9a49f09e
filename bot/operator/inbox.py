"""The updates that wait or were given up, for the operator: which, whose, why. Never what they say.

Must not know what an update means. Works beside the running bot, which looks at its inbox at least twice a minute.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from bot.config import Settings
from bot.log import redact
from bot.operator.backup import database_of
from bot.operator.trouble import Trouble
from bot.store.engine import opened_file
from bot.store.errors import StoreError
from bot.store.migration import versions
from bot.store.unit import Store, Unit
from bot.store.values import InboxItem
from bot.wiring import chance


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
    database = database_of(settings)
    if not database.is_file():
        raise Trouble(f"还没有数据库：{database}", f"there is no database yet: {database}")
    try:
        with opened_file(database) as engine:
            found, newest, _ = versions(engine)
            if found != newest:
                raise Trouble(
                    f"数据库版本为 {found}，本程序为 {newest}，请先运行 gradewalk migrate",
                    f"the database has version {found}, this program {newest}: run `gradewalk migrate` first",
                )
            store = Store(engine, *chance())
            with store.write() if writes else store.read() as unit:
                return _lines(unit), tuple(_retried(unit, one) for one in ids)
    except StoreError as error:
        raise Trouble(f"无法使用数据库：{error}", f"the database cannot be used: {error}") from None


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
