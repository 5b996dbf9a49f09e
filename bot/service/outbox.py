"""What has to be shown and sent, as a channel's presenter sees it. One transaction per call.

Must not know how a message is sent, or why one failed.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from bot.service import charting, evidence_files, files, reach
from bot.service.channel import Claim, Fate, Notice, Wanted
from bot.service.notices import queue_text
from bot.service.quota import Quota
from bot.service.reminding import timely
from bot.service.wanting import wanted_of
from bot.service.world import World
from bot.store.values import Notice as Queued
from bot.view import post
from bot.words import Words

if TYPE_CHECKING:
    from bot.store.unit import Unit

NOTHING: Final[Mapping[str, int]] = MappingProxyType({})
HOUR = 3600.0
"""Seconds in which the administrators hear of one and the same reason once."""


class OutboxDesk:
    """The outgoing side of one channel."""

    def __init__(self, world: World, channel: str) -> None:
        self._world = world
        self._channel = channel
        self._alerts = Quota(1, HOUR)

    def behind(self, in_hand: Mapping[str, int] = NOTHING) -> Sequence[Wanted]:
        """Every chat that does not show what it must. in_hand: less those for which that is no later version."""
        with self._world.store.read() as unit:
            states = unit.chats.behind(self._channel)
        return [wanted_of(one) for one in states if one.strays or one.wanted_version > in_hand.get(one.chat, -1)]

    def notices(self) -> Sequence[Notice]:
        """What waits to be sent, in order."""
        with self._world.store.read() as unit:
            waiting = unit.notices.waiting(self._channel)
        files.tidy(self._world, (queued.id for queued in waiting))
        return [self._notice(queued) for queued in waiting]

    def shown(self, chat: str, version: int, message: int, digest: str) -> None:
        """The chat shows this version in this message."""
        self.all_shown([(chat, version, message, digest)])

    def all_shown(self, several: Sequence[tuple[str, int, int, str]]) -> None:
        """(chat, version, message, digest) of each: one transaction for all."""
        with self._world.store.write() as unit:
            for chat, version, message, digest in several:
                if unit.chats.shown_there(self._channel, chat, version, str(message), digest):
                    continue
                unit.chats.shown(self._channel, chat, version, str(message), digest)
                unit.guests.let_go(self._channel, chat)
                unit.erasing.let_go(self._channel, chat)

    def placed(self, chat: str, version: int, message: int) -> None:
        """A message for the card stands in the chat, without buttons yet. It makes the one before it a stray."""
        with self._world.store.write() as unit:
            unit.chats.placed(self._channel, chat, version, str(message))

    def stripped(self, chat: str, message: int) -> None:
        """An old card has no buttons any more."""
        with self._world.store.write() as unit:
            unit.chats.stripped(self._channel, chat, str(message))
            unit.guests.let_go(self._channel, chat)
            unit.erasing.let_go(self._channel, chat)

    def card_failed(self, chat: str, reason: str) -> None:
        """The newest screen of a chat cannot be shown; the next one will be tried."""
        del chat  # whose it is concerns nobody
        with self._world.store.write() as unit:
            self._alert(unit, reason, partial(post.card_given_up, reason=reason))

    def claim(self, notice: int) -> Claim | None:
        """About to be sent: counted and committed first, so that also a kill in between is known of afterwards."""
        with self._world.store.write() as unit:
            claimed = unit.notices.claim(notice)
            if claimed is None:
                return None
            if not timely(self._world, unit, claimed, self._world.clock()):
                unit.notices.failed(notice, "outdated")
                return None
            if claimed.attempts == 1:
                return Claim(1)
            words = reach.words_for(self._world, unit, self._channel, claimed.chat)
            return Claim(claimed.attempts, post.may_be_double(words))

    def not_sent(self, notice: int, *, maybe: bool) -> None:
        """The attempt failed. maybe: it may have got through all the same, so the next one is marked."""
        with self._world.store.write() as unit:
            unit.notices.not_sent(notice, maybe=maybe)

    def told(self, notice: int, message: int | None) -> None:
        """A message says how far the file of this notice is; None: it does not stand there any more."""
        with self._world.store.write() as unit:
            unit.notices.told(notice, None if message is None else str(message))

    def sent(self, notice: int, message: int) -> None:
        with self._world.store.write() as unit:
            unit.notices.sent(notice, str(message), self._world.clock())
        files.dropped(self._world, notice)

    def notice_failed(self, notice: int, reason: str, fate: Fate) -> None:
        """It will not be tried again. Who ordered a file hears of it; administrators, of what may be a defect."""
        with self._world.store.write() as unit:
            queued = unit.notices.failed(notice, reason)
            content = json.loads(queued.content)
            if content["kind"] in {"file", "evidence", "chart"} and fate != "gone":
                words = reach.words_for(self._world, unit, self._channel, queued.chat)
                sentence = post.file_too_big if fate == "too-big" else post.file_failed
                queue_text(unit, self._channel, queued.chat, sentence(words, content["name"]), self._world.clock())
            if fate == "refused" and not content.get("alert"):
                self._alert(unit, reason, partial(post.notice_given_up, number=notice, reason=reason))
        files.dropped(self._world, notice)

    def unreachable(self, chat: str) -> None:
        """The chat takes nothing any more; what waits for it stays, and anything from there revives it."""
        with self._world.store.write() as unit:
            reach.lost(self._world, unit, self._channel, chat)

    def moved(self, chat: str, new: str) -> None:
        """The channel knows this chat by another id now."""
        with self._world.store.write() as unit:
            unit.chats.move(self._channel, chat, new)

    def _alert(self, unit: "Unit", reason: str, say: Callable[[Words], str]) -> None:
        now = self._world.clock()
        if self._alerts.take(reason, now.timestamp()):
            reach.alert(self._world, unit, self._channel, say, now)

    def _notice(self, queued: Queued) -> Notice:
        content: dict[str, Any] = json.loads(queued.content)
        data: Callable[[], bytes | Path] | None = None
        progress: Callable[[], str] | None = None
        kind: Literal["file", "picture"] = "file"
        match content["kind"]:
            case "file":
                data = partial(files.made, self._world, content, queued.id)
                progress = partial(files.progress, self._world, content, queued.id)
            case "evidence":
                data = partial(evidence_files.made, self._world, content)
            case "chart":
                kind, data = "picture", partial(charting.made, self._world, content)
            case _:
                pass
        return Notice(
            id=queued.id,
            chat=queued.chat,
            kind=kind if data else "text",
            text=content.get("text", ""),
            file_name=content.get("name", ""),
            caption=content.get("caption", ""),
            data=data,
            attempts=queued.attempts,
            progress=progress,
            told=int(queued.message) if queued.message else None,
        )
