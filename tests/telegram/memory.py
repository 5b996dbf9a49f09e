"""The ports of the service in memory: a service that echoes what it hears. Knows no bot."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Concatenate, ParamSpec, TypeVar, assert_never

from bot.service.events import Delivery, Edited, Event, Ordered, Relayed, Reply, Said, Sent, Tapped, Who
from bot.telegram.ports import Claim, Fate, Incoming, Notice, Waiting, Wanted
from bot.view.screen import Button, Screen
from tests.fake_telegram import FakeTelegram

P = ParamSpec("P")
T = TypeVar("T")
DEAD = 5


class StorageError(Exception):
    """The disk is full."""


@dataclass(slots=True)
class Row:
    waiting: Waiting
    state: str = "waiting"  # waiting, done, ignored, dead
    later: bool = False  # backing off
    reason: str = ""


@dataclass(slots=True)
class Chat:
    wanted: Wanted
    shown: int = 0
    reachable: bool = True


def port(method: Callable[Concatenate["Memory", P], T]) -> Callable[Concatenate["Memory", P], T]:
    """Counted, made to fail when a test wants that, and seen by whoever waits on the fake."""

    def call(self: "Memory", /, *args: P.args, **kwargs: P.kwargs) -> T:
        self.calls.append(method.__name__)
        try:
            if method.__name__ in self.failing:
                raise StorageError("secret words of a person")
            return method(self, *args, **kwargs)
        finally:
            self.fake.changed()

    return call


@dataclass(slots=True)
class Memory:
    """Inbox, Conversation and Outbox at once. `failing`: names of methods that raise StorageError now."""

    fake: FakeTelegram
    rows: list[Row] = field(default_factory=list)
    events: list[tuple[Who, Event, Delivery]] = field(default_factory=list)
    members: list[tuple[str, bool]] = field(default_factory=list)
    full: list[str] = field(default_factory=list)
    chats: dict[str, Chat] = field(default_factory=dict)
    queue: list[Notice] = field(default_factory=list)
    notice_log: list[tuple[int, str]] = field(default_factory=list)
    fates: dict[int, Fate] = field(default_factory=dict)
    alerts: list[tuple[str, str]] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    on_handle: Callable[[Who, Event], Screen | None] | None = None
    username: str = ""
    stubborn: bool = False  # lists unreachable chats all the same
    reply: Reply = field(default_factory=lambda: Reply("saved"))

    # Inbox

    @port
    def take(self, updates: Sequence[Incoming]) -> int:
        known = {(row.waiting.update_id, row.waiting.raw) for row in self.rows}
        new = [u for u in dict.fromkeys(updates) if (u.update_id, u.raw) not in known]
        start = len(self.rows) + 1
        self.rows += [Row(Waiting(start + i, u.update_id, u.raw, u.chat, 0)) for i, u in enumerate(new)]
        return len(new)

    def taken(self, updates: Sequence[Incoming], limit: int) -> Sequence[Waiting] | None:
        self.take(updates)
        try:
            return self.waiting(limit) if limit else None
        except StorageError:
            return None

    @port
    def waiting(self, limit: int) -> Sequence[Waiting]:
        shown: dict[str, int] = {}
        due = []
        for row in self.rows:
            if row.state == "waiting" and not row.later:
                shown[row.waiting.chat] = shown.get(row.waiting.chat, 0) + 1
                due += [row.waiting] if shown[row.waiting.chat] <= limit else []
        return due

    def _row(self, number: int) -> Row:
        return self.rows[number - 1]

    @port
    def ignore(self, row: int, reason: str) -> None:
        self._row(row).state, self._row(row).reason = "ignored", reason

    @port
    def failed(self, row: int, reason: str, *, final: bool = False) -> bool:
        found = self._row(row)
        found.waiting = replace(found.waiting, attempts=found.waiting.attempts + 1)
        found.reason, found.later = reason, True
        if not final and found.waiting.attempts < DEAD:
            return False
        found.state = "dead"
        if found.waiting.chat:
            self.notify(found.waiting.chat, "was not saved")
        return True

    def backed_off(self) -> None:
        """The time of every backoff is over."""
        for row in self.rows:
            row.later = False

    # Conversation

    @port
    def handle(self, who: Who, event: Event, delivery: Delivery) -> Reply:
        row = self._row(delivery.inbox)
        assert row.state == "waiting"
        others = self._others(who.chat)
        screen = self.on_handle(who, event) if self.on_handle else card(_said(event))
        row.state = "done"
        self.events.append((who, event, delivery))
        if screen is not None:
            self.want(who.chat, screen, fresh=not isinstance(event, Tapped))
        return replace(self.reply, wanted=self._alone(who.chat) if others == self._others(who.chat) else None)

    def _others(self, chat: str) -> object:
        """What one event may change beside its own chat's screen."""
        return {c: found.wanted.version for c, found in self.chats.items() if c != chat}, len(self.queue)

    def _alone(self, chat: str) -> Wanted | None:
        found = self.chats.get(chat)
        if found is None or found.wanted.strays or any(notice.chat == chat for notice in self.queue):
            return None
        return found.wanted

    @port
    def met(self, who: Who, blocked: bool) -> None:
        self.members.append((who.chat, blocked))
        if who.chat in self.chats:
            self.chats[who.chat].reachable = not blocked

    def named(self, username: str) -> None:
        self.username = username

    @port
    def crowded(self, channel: str, chat: str) -> bool:  # noqa: ARG002  the port has it
        self.full.append(chat)
        return False

    # Outbox

    def want(self, chat: str, screen: Screen, *, fresh: bool = False) -> None:
        old = self.chats.get(chat)
        if old is None:
            self.chats[chat] = Chat(Wanted(chat, 1, screen, fresh, None, ""))
            return
        still_fresh = fresh or (old.wanted.fresh and old.shown < old.wanted.version)
        old.wanted = replace(old.wanted, version=old.wanted.version + 1, screen=screen, fresh=still_fresh)
        old.reachable = True

    def notify(self, chat: str, text: str = "", **more: object) -> int:
        number = len(self.notice_log) + len(self.queue) + 1
        self.queue.append(replace(Notice(number, chat, "text", text), **more))  # type: ignore[arg-type]
        return number

    @port
    def behind(self, in_hand: Mapping[str, int]) -> Sequence[Wanted]:
        wanted = [replace(c.wanted, behind=c.shown < c.wanted.version) for c in self.chats.values() if c.reachable]
        return [one for one in wanted if one.strays or (one.behind and one.version > in_hand.get(one.chat, -1))]

    @port
    def notices(self) -> Sequence[Notice]:
        return [n for n in self.queue if n.chat not in self.chats or self.chats[n.chat].reachable]

    @port
    def placed(self, chat: str, version: int, message: int) -> None:
        found = self.chats[chat]
        old = found.wanted.shown_message
        strays = (*found.wanted.strays, *([] if old is None else [old]))
        fresh = found.wanted.fresh and found.wanted.version > version
        found.wanted = replace(found.wanted, shown_message=message, shown_digest="", strays=strays, fresh=fresh)

    def all_shown(self, several: Sequence[tuple[str, int, int, str]]) -> None:
        for one in several:
            self.shown(*one)

    @port
    def shown(self, chat: str, version: int, message: int, digest: str) -> None:
        found = self.chats[chat]
        found.shown = version
        found.wanted = replace(found.wanted, shown_message=message, shown_digest=digest)

    @port
    def stripped(self, chat: str, message: int) -> None:
        found = self.chats[chat]
        found.wanted = replace(found.wanted, strays=tuple(m for m in found.wanted.strays if m != message))

    @port
    def card_failed(self, chat: str, reason: str) -> None:
        self.alerts.append((chat, reason))

    def _gone(self, notice: int, how: str) -> None:
        self.queue = [n for n in self.queue if n.id != notice]
        self.notice_log.append((notice, how))

    def _counted(self, notice: int, change: int, least: int = 0) -> int:
        at = next(i for i, n in enumerate(self.queue) if n.id == notice)
        attempts = max(self.queue[at].attempts + change, least)
        self.queue[at] = replace(self.queue[at], attempts=attempts)
        return attempts

    @port
    def claim(self, notice: int) -> Claim | None:
        attempts = self._counted(notice, 1)
        return Claim(attempts, "<i>may be double</i>" if attempts > 1 else "")

    @port
    def not_sent(self, notice: int, *, maybe: bool) -> None:
        self._counted(notice, -1, 1 if maybe else 0)

    @port
    def told(self, notice: int, message: int | None) -> None:
        at = next(i for i, n in enumerate(self.queue) if n.id == notice)
        self.queue[at] = replace(self.queue[at], told=message)

    @port
    def sent(self, notice: int, message: int) -> None:
        assert message > 0
        self._gone(notice, "sent")

    @port
    def notice_failed(self, notice: int, reason: str, fate: Fate) -> None:
        self.fates[notice] = fate
        self._gone(notice, reason)

    @port
    def unreachable(self, chat: str) -> None:
        if not self.stubborn:
            self.chats.setdefault(chat, Chat(Wanted(chat, 0, card("-"), False, None, ""))).reachable = False

    @port
    def moved(self, chat: str, new: str) -> None:
        self.queue = [replace(n, chat=new) if n.chat == chat else n for n in self.queue]
        found = self.chats.pop(chat)
        self.chats[new] = replace(found, wanted=replace(found.wanted, chat=new, shown_message=None, strays=()))

    # what tests ask

    def did(self, chat: object) -> list[str]:
        return [_said(event) for who, event, _ in self.events if who.chat == str(chat)]

    def is_shown(self, chat: object) -> bool:
        found = self.chats.get(str(chat))
        return found is not None and found.shown == found.wanted.version

    @property
    def states(self) -> list[str]:
        return [row.state for row in self.rows]


def card(text: str, *payloads: str) -> Screen:
    buttons = tuple(Button(f"to {p}", p) for p in payloads or ("1:a", "1:b"))
    return Screen(f"<b>card</b> {text}", (buttons,))


def _said(event: Event) -> str:
    match event:
        case Tapped(payload):
            return f"tap {payload}"
        case Said(text):
            return f"text {text}"
        case Edited(text):
            return f"edit {text}"
        case Ordered(command, argument):
            return f"/{command} {argument}".strip()
        case Sent(kind, _, caption):
            return f"{kind} {caption}".strip()
        case Relayed():
            return "relayed"
    assert_never(event)


def row(update: object, *, number: int = 1, chat: str = "", attempts: int = 0) -> Waiting:
    """A row of the inbox with this update in it."""
    raw = update if isinstance(update, str) else json.dumps(update)
    return Waiting(number, 7, raw, chat, attempts)
