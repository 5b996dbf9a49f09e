"""`python -m tests.catalogue.faults_disk.driver FOLDER`, started with the shim in LD_PRELOAD: lives under faults.

For each order on stdin a child lives, and says what it did through a pipe, as the bot tells Telegram and people: it
is the bot without Telegram, that keeps updates, works them off and acknowledges. See `Order` and `Report`.

All children open `FOLDER/here/gradewalk.db`, where `here` leads to the order's own folder: so the engine that this
process has used before has all statements ready, and a life takes a tenth of a second.
"""

import contextlib
import ctypes
import json
import logging
import os
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import Engine, event

from bot.service.channel import Incoming, Waiting
from bot.service.events import Delivery, Said, Who
from bot.service.inbox import InboxDesk
from bot.service.respond import Conversation
from bot.service.world import World
from bot.store.engine import open_engine
from bot.store.errors import StoreError
from bot.store.opening import prepare
from tests.catalogue.faults_disk.left import faults
from tests.catalogue.faults_disk.orders import CHANNEL, CHAT, DATABASE, TRIES, Order, Report
from tests.service.scene import Clock, library
from tests.store.making import store_on

WHO = Who(CHANNEL, CHAT, CHAT, "示例员", "zh-hans")


class Lives:
    """The engine that all children inherit, its settings, and the shim."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._here = folder / "here"
        self.engine: Engine = open_engine(f"sqlite:///{self._here / DATABASE}")
        self.order = Order("", 0)
        self.shim = ctypes.CDLL(None)
        self.shim.faults_counted.restype = ctypes.c_long
        event.listen(self.engine, "connect", self._set)

    def enter(self, order: Order) -> None:
        """Have all that follows happen in the order's folder."""
        self.order = order
        self._here.unlink(missing_ok=True)
        self._here.symlink_to(order.folder)

    def arm(self) -> None:
        order = self.order
        if order.file_limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (order.file_limit, resource.RLIM_INFINITY))
        at = ctypes.c_long(order.at)
        below = f"{self.folder}/".encode()
        self.shim.faults_arm(below, order.mode, at, order.errno, order.lasting, order.seed)

    def world(self) -> World:
        """As a start opens it. StoreError."""
        prepare(self.engine)
        return World(store_on(self.engine, self.order.prefix), library(), Clock())

    def _set(self, raw: Any, _: object) -> None:
        raw.execute(f"PRAGMA wal_autocheckpoint = {self.order.checkpoint}").close()
        raw.execute(f"PRAGMA synchronous = {self.order.synchronous}").close()


class Tellings:
    """A pipe to whoever waits: what was told before the end is told, however the end comes."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def say(self, kind: str, what: object) -> None:
        os.write(self._pipe, f"{kind} {what}\n".encode())


def answers(world: World, order: Order, tell: Tellings) -> None:
    """Keep, work off and acknowledge one typed rating after another; each step is tried again as the bot would."""
    desk, conversation = InboxDesk(world, CHANNEL), Conversation(world)
    for number in range(order.first, order.first + order.count):
        if not _tried(tell, partial(desk.take, [Incoming(number, f'{{"n":{number}}}', CHAT)])):
            continue
        tell.say("taken", number)
        for row in _waiting(desk, tell):
            said = Said(f"{50 + row.update_id % 50}", str(row.update_id))
            delivery = Delivery(row.row, str(row.update_id))
            if _tried(tell, partial(conversation.handle, WHO, said, delivery)):
                tell.say("acked", row.update_id)


def _waiting(desk: InboxDesk, tell: Tellings) -> Sequence[Waiting]:
    try:
        return desk.waiting(50)
    except StoreError as error:
        tell.say("refused", type(error).__name__)
        return ()


def _tried(tell: Tellings, work: Callable[[], object]) -> bool:
    for _ in range(TRIES):
        try:
            work()
        except StoreError as error:
            tell.say("refused", type(error).__name__)
        else:
            return True
    return False


def live(lives: Lives, tell: Tellings) -> None:
    """A start, answers, a stop, under faults."""
    try:
        lives.arm()
        world = lives.world()
        tell.say("opened", 1)
        answers(world, lives.order, tell)
        world.store.close()
    except StoreError as error:
        tell.say("refused", type(error).__name__)
    except BaseException as error:  # noqa: BLE001  whatever leaks is reported
        tell.say("leaked", f"{type(error).__name__}: {error}")
    with contextlib.suppress(OSError):
        tell.say("counted", lives.shim.faults_counted())


def look(lives: Lives, told: Report, tell: Tellings) -> None:
    """What is wrong with what was left, without faults."""
    try:
        for line in faults(lives.world(), told):
            tell.say("wrong", line)
    except Exception as error:  # noqa: BLE001  a database that cannot even be read
        tell.say("wrong", f"{type(error).__name__}: {error}".replace("\n", " "))


def forked(work: Callable[[Tellings], None]) -> tuple[int, dict[str, list[str]]]:
    """Run it in a child: its exit code and what it told, by kind."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _only(work, writing)
    os.close(writing)
    told: dict[str, list[str]] = {}
    with os.fdopen(reading) as pipe:
        for line in pipe.read().splitlines():
            kind, _, what = line.partition(" ")
            told.setdefault(kind, []).append(what)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), told


def _only(work: Callable[[Tellings], None], pipe: int) -> NoReturn:
    try:
        work(Tellings(pipe))
    finally:
        os._exit(0)


def carried_out(lives: Lives, order: Order) -> Report:
    """One life to its end, and a look at what it left."""
    lives.enter(order)
    ended, told = forked(partial(live, lives))
    report = Report(
        ended=ended,
        opened="opened" in told,
        taken=[int(number) for number in told.get("taken", ())],
        acked=[int(number) for number in told.get("acked", ())],
        refused=sorted(set(told.get("refused", ()))),
        wrong=[f"leaked {line}" for line in told.get("leaked", ())],
        counted=int(told.get("counted", ["0"])[-1]),
    )
    if order.look:
        _, seen = forked(partial(look, lives, report))
        report.wrong.extend(seen.get("wrong", ()))
    return report


def main() -> None:
    logging.disable()  # thousands of lives, each with its alarms
    lives = Lives(Path(sys.argv[1]))
    for number, line in enumerate(sys.stdin):
        order = Order(**json.loads(line))
        if number == 0:  # the first is for getting all statements ready, and for seeing whether the shim counts
            lives.enter(order)
            lives.arm()
            answers(lives.world(), order, Tellings(os.open(os.devnull, os.O_WRONLY)))
            lives.engine.dispose()
            counted = lives.shim.faults_counted()
            lives.shim.faults_arm(b"", 0, ctypes.c_long(0), 0, 0, 0)
            report = Report(0, opened=True, taken=[], acked=[], refused=[], wrong=[], counted=counted)
        else:
            report = carried_out(lives, order)
        sys.stdout.write(json.dumps(asdict(report)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
