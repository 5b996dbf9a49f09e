"""The storage, watched where updates come in: those who run the bot hear of each trouble once, and when it is over.

Nothing new is taken once the disk is nearly full: what is left is for finishing what was taken (RELIABILITY 4).
Must not know what an update says, or how a file is written.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bot.service import reach
from bot.service.world import World
from bot.view import post
from bot.words import Words

if TYPE_CHECKING:
    from bot.store.errors import StoreError

log = logging.getLogger(__name__)


class StorageWatch:
    """Around every taking of updates of one channel."""

    def __init__(self, world: World, channel: str) -> None:
        self._world, self._channel = world, channel
        self._trouble = ""
        self._long_log = False

    @contextmanager
    def taking(self) -> Iterator[None]:
        """StoreFull before anything is tried where there is no room; every StoreError of the work goes on outward."""
        from bot.store.errors import StoreError, StoreFull  # noqa: PLC0415  the database is heavy to import

        disk = self._world.store.disk
        if disk.is_full():
            full = StoreFull("less room is left than finishing needs")
            self._failing(full, post.storage_full)
            raise full
        try:
            yield
        except StoreError as error:
            disk.refused = isinstance(error, StoreFull)
            self._failing(error)
            raise
        disk.refused = False
        self._well()

    def _failing(self, error: "StoreError", say: Callable[[Words], str] | None = None) -> None:
        name = type(error).__name__
        if name == self._trouble:
            return
        self._trouble = name
        log.critical("storage: %s: no update is taken until it is over; nothing that was saved is lost", name)
        if say is not None:
            self._alert(say)

    def _well(self) -> None:
        if self._trouble:
            log.warning("storage: well again after %s", self._trouble)
            self._alert(post.storage_well)
        self._trouble = ""
        disk = self._world.store.disk
        if disk.long_log and not self._long_log:
            log.critical("storage: the write-ahead log has %d MB: some reader never ends", disk.log_size // 1_000_000)
            self._alert(post.long_log)
        self._long_log = disk.long_log

    def _alert(self, say: Callable[[Words], str]) -> None:
        """To the administrators, as far as that can be written."""
        from bot.store.errors import StoreError  # noqa: PLC0415  see above

        with suppress(StoreError), self._world.store.write() as unit:
            reach.alert(self._world, unit, self._channel, say, self._world.clock())
