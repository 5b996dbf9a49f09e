"""What has to be shown and sent, as a channel's presenter sees it. One transaction per call.

Must not know how a message is sent, or why one failed.
"""

import json
from collections.abc import Sequence
from functools import partial

from bot.service import files
from bot.service.channel import Notice, Wanted
from bot.service.world import World
from bot.store.values import ChatState
from bot.store.values import Notice as Queued
from bot.view.screen import Screen


class OutboxDesk:
    """The outgoing side of one channel."""

    def __init__(self, world: World, channel: str) -> None:
        self._world = world
        self._channel = channel

    def behind(self) -> Sequence[Wanted]:
        """Every chat that does not show what it must."""
        with self._world.store.read() as unit:
            return [_wanted(state) for state in unit.chats.behind(self._channel)]

    def notices(self) -> Sequence[Notice]:
        """What waits to be sent, in order."""
        with self._world.store.read() as unit:
            return [self._notice(queued) for queued in unit.notices.waiting(self._channel)]

    def shown(self, chat: str, version: int, message: int, digest: str) -> None:
        """The chat shows this version in this message."""
        with self._world.store.write() as unit:
            unit.chats.shown(self._channel, chat, version, str(message), digest)

    def sent(self, notice: int, message: int) -> None:
        with self._world.store.write() as unit:
            unit.notices.sent(notice, str(message), self._world.clock())

    def notice_failed(self, notice: int, reason: str) -> None:
        """It will not be tried again."""
        with self._world.store.write() as unit:
            unit.notices.failed(notice, reason)

    def unreachable(self, chat: str) -> None:
        """The chat takes nothing any more; what waits for it stays, and /start revives it."""
        with self._world.store.write() as unit:
            unit.chats.unreachable(self._channel, chat, self._world.clock())

    def _notice(self, queued: Queued) -> Notice:
        content = json.loads(queued.content)
        file = content["kind"] == "file"
        return Notice(
            id=queued.id,
            chat=queued.chat,
            kind="file" if file else "text",
            text=content.get("text", ""),
            file_name=content.get("name", ""),
            caption=content.get("caption", ""),
            data=partial(files.made, self._world, content) if file else None,
        )


def _wanted(state: ChatState) -> Wanted:
    return Wanted(
        chat=state.chat,
        version=state.wanted_version,
        screen=Screen.from_json(state.wanted_screen or "{}"),
        fresh=state.wanted_fresh,
        shown_message=int(state.shown_message) if state.shown_message else None,
        shown_digest=state.shown_digest or "",
    )
