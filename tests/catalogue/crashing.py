"""`python -m tests.catalogue.crashing POINT[:N] [run ...]`: the real command line, which kills itself at a named point.

The point is injected from here by wrapping a function of the bot; the product has no setting for it. N: at the n-th
time. Also protections switched off, to show that the catalogue notices: `dedupe_off`, `confirm_first`.
"""

import itertools
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from tests.catalogue.clocked import after_owed, follow_clock

Function = Callable[..., Any]
SHOWS = ("/sendMessage", "/editMessageText", "/sendDocument")


def die() -> None:
    """As the kernel would: nothing is flushed, no handler runs."""
    os.kill(os.getpid(), signal.SIGKILL)


def at(n: int) -> Callable[[], None]:
    """What to call each time; the n-th is the last."""
    times = itertools.count(1)

    def point() -> None:
        if next(times) == n:
            die()

    return point


def wrap(owner: Any, name: str, make: Callable[[Function], Function]) -> None:
    """Put a wrapper around a function of the bot. AttributeError where it is not there any more."""
    setattr(owner, name, make(getattr(owner, name)))


def before(point: Callable[[], None]) -> Callable[[Function], Function]:
    def make(real: Function) -> Function:
        @wraps(real)
        def call(*args: Any, **kwargs: Any) -> Any:
            point()
            return real(*args, **kwargs)

        return call

    return make


def after(point: Callable[[], None], when: Callable[[Any], bool] = lambda _: True) -> Callable[[Function], Function]:
    def make(real: Function) -> Function:
        @wraps(real)
        def call(*args: Any, **kwargs: Any) -> Any:
            value = real(*args, **kwargs)
            if when(value):
                point()
            return value

        return call

    return make


# ---------------------------------------------------------------- points


def after_inbox_commit(n: int) -> None:
    from bot.service.inbox import InboxDesk

    wrap(InboxDesk, "_taken", after(at(n), when=lambda taken: taken[0]))


def _commits(around: Callable[[Function], Function]) -> None:
    """Around the commit of what an event causes."""
    from bot.service.respond import Conversation
    from bot.store.work import Work

    inside = [False]

    def handling(real: Function) -> Function:
        def handle(*args: Any, **kwargs: Any) -> Any:
            inside[0] = True
            try:
                return real(*args, **kwargs)
            finally:
                inside[0] = False

        return handle

    def keeping(real: Function) -> Function:
        dying = around(real)

        def keep(work: Work) -> None:
            (dying if inside[0] else real)(work)

        return keep

    wrap(Conversation, "handle", handling)
    wrap(Work, "keep", keeping)


def before_effect_commit(n: int) -> None:
    _commits(before(at(n)))


def after_effect_commit(n: int) -> None:
    _commits(after(at(n)))


def _sends(*, answered: bool, n: int, ends: "str | tuple[str, ...]" = "") -> None:
    """A call that shows something, before it leaves or after Telegram has done it. ends: of the address, '' for all."""
    from bot.telegram.transport import Transport

    point = at(n)

    def sending(real: Function) -> Function:
        async def do_request(self: Any, url: str, *args: Any, **kwargs: Any) -> Any:
            shows = url.endswith(ends or SHOWS)
            if shows and not answered:
                point()
            result = await real(self, url, *args, **kwargs)
            if shows and answered:
                point()
            return result

        return do_request

    wrap(Transport, "do_request", sending)


def before_send(n: int) -> None:
    _sends(answered=False, n=n)


def after_send_before_mark(n: int) -> None:
    _sends(answered=True, n=n)


def after_file_before_mark(n: int) -> None:
    """While the file is made, other things may be shown."""
    _sends(answered=True, n=n, ends="/sendDocument")


def during_export(n: int) -> None:
    """The record is read, the file not made."""
    from bot.service import files

    wrap(files, "job", after(at(n)))


def during_migration(n: int) -> None:
    """Before the n-th statement of an upgrade, or of the making of a database."""
    from sqlalchemy import Engine, event

    from bot.store import migration

    point = at(n)

    def upgrading(real: Function) -> Function:
        def upgrade(*args: Any, **kwargs: Any) -> Any:
            event.listen(Engine, "before_cursor_execute", lambda *_: point())
            return real(*args, **kwargs)

        return upgrade

    wrap(migration, "_upgrade", upgrading)
    wrap(migration, "_made", upgrading)


def during_backup(n: int) -> None:
    """The copy is written, and not yet safe on the disk under its name."""
    wrap(os, "fsync", before(at(n)))


def during_download(n: int) -> None:
    """The bytes are in a temporary file, and not yet safe on the disk."""
    from bot.service.fetching import FetchDesk

    wrap(FetchDesk, "examined", before(at(n)))


def before_bytes(n: int) -> None:
    """Within the transaction, before the file gets its name."""
    from bot.store.vault import Vault

    wrap(Vault, "put", before(at(n)))


def after_bytes(n: int) -> None:
    """The file has its name, and nothing says so yet."""
    from bot.store.vault import Vault

    wrap(Vault, "put", after(at(n)))


def clearing_off(_: int) -> None:
    """What a killed process had begun to write is left where it is."""
    from bot.store.vault import Vault

    wrap(Vault, "clear", lambda _: lambda _: None)


def before_schema_check(n: int) -> None:
    from bot.store import migration

    wrap(migration, "migrate", before(at(n)))


def after_schema_check(n: int) -> None:
    from bot.store import migration

    wrap(migration, "migrate", after(at(n)))


# ---------------------------------------------------------------- protections switched off


def dedupe_off(n: int) -> None:
    """The inbox keeps whatever comes, known or not."""
    from bot.store.inbox import Inbox

    def keeping(real: Function) -> Function:
        def take(self: Any, updates: Any, *args: Any, **kwargs: Any) -> Any:
            changed = [replace(u, raw=f'{u.raw[:-1]},"came":{time.time_ns()}}}') for u in updates]
            return real(self, changed, *args, **kwargs)

        return take

    wrap(Inbox, "take", keeping)
    del n


def confirm_first(n: int) -> None:
    """The library's way: what was fetched is put into memory and confirmed, and kept one by one later.

    n: milliseconds that each takes.
    """
    from bot.service.inbox import InboxDesk
    from bot.telegram import lanes

    fetched: queue.SimpleQueue[tuple[Any, Any]] = queue.SimpleQueue()
    lanes.IDLE_SECONDS = 0.02  # nobody wakes them for what comes into the inbox by the back door

    def taking(real: Function) -> Function:
        def later() -> None:
            while True:
                desk, update = fetched.get()
                time.sleep(n / 1000)
                real(desk, [update], 0)

        threading.Thread(target=later, daemon=True).start()

        def taken(self: Any, updates: Any, _: int) -> tuple[int, None]:
            for update in updates:
                fetched.put((self, update))
            return len(updates), None

        return taken

    wrap(InboxDesk, "_taken", taking)


POINTS: dict[str, Callable[[int], None]] = {
    point.__name__: point
    for point in (
        after_inbox_commit,
        before_effect_commit,
        after_effect_commit,
        before_send,
        after_send_before_mark,
        after_file_before_mark,
        during_export,
        during_migration,
        during_backup,
        during_download,
        before_bytes,
        after_bytes,
        clearing_off,
        before_schema_check,
        after_schema_check,
        dedupe_off,
        confirm_first,
        follow_clock,
        after_owed,
    )
}


def arm(point: str) -> None:
    """'' arms nothing; several are joined by a plus."""
    for one in filter(None, point.split("+")):
        name, _, n = one.partition(":")
        POINTS[name](int(n or 1))


def run(point: str, arguments: list[str]) -> int:
    """The command line with a point armed; its exit code."""
    from bot.cli import main

    arm(point)
    sys.argv = ["gradewalk", *arguments]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2:] or ["run"]))
