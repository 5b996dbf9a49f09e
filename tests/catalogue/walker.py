"""A person before the real process who goes on with their steps whatever it does: when it dies, it is started again.

Knows no crash point.
"""

import itertools
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.service.world import World
from bot.view.payload import AnswerTap, encode
from tests.catalogue.drivers import Driver, log_of
from tests.catalogue.invariants import hold
from tests.catalogue.users import MARKER
from tests.fake_telegram import Control, RemotePerson
from tests.stories.company import Edit, Say, Tap
from tests.stories.running import quiet, world_in

Step = Say | Tap | Edit
SECONDS = 60.0
BEGUN: tuple[Step, ...] = (Say("/new"), Tap("售后服务成熟度"), Tap("自评"), Say("示例公司"), Tap("开始答题"))
"""To the first question, a veto row."""


class Walker:
    """points: where one bot after another is to die, see crashing.py. deaths: exit codes of those that ended."""

    def __init__(
        self,
        control: Control,
        person: RemotePerson,
        world: World,
        driver: Driver,
        folder: Path,
        points: Sequence[str] = (),
    ) -> None:
        self.control, self.person, self.world, self.driver, self.folder = control, person, world, driver, folder
        self._points = list(points)
        self.deaths: list[int] = []
        self._sent: dict[str, int] = {}

    def next_point(self) -> str:
        """Where the next bot is to die; '' when it has died everywhere."""
        return self._points.pop(0) if self._points else ""

    def walk(self, steps: Iterable[Step]) -> None:
        """Each step, and the answer to it."""
        for step in steps:
            self.do(step)
            self.settle()

    def do(self, step: Step) -> None:
        """Without waiting."""
        match step:
            case Say(text, name):
                self._sent[name] = self.person.say(text)
            case Tap(label):
                self.person.tap(label)
            case Edit(name, text):
                self.person.edit(self._sent[name], text)

    def settle(self, *, restart: bool = True) -> None:
        """Until nothing waits and everything is shown, starting the bot again where it died."""
        ends = time.monotonic() + SECONDS
        while at_work(self.control, self.world):
            if restart and (code := self.driver.ended()) is not None:
                self.deaths.append(code)
                self.driver.start(self.next_point())
            assert time.monotonic() < ends, log_of(self.folder)[-3000:]


def at_work(control: Control, world: World) -> bool:
    """Whether something is still on its way; then only after a moment, in which that may have changed."""
    stats = control.stats()
    if stats["pending"]:
        control.ask("wait", version=stats["version"], seconds=0.2)
        return True
    if quiet(world):
        return False
    time.sleep(0.02)  # another process's commit cannot be waited for
    return True


_ids = itertools.count(1001)


def walker(control: Control, driver: Driver, folder: Path, points: Sequence[str] = ()) -> Walker:
    person = control.person(next(_ids), "Example", "zh-hans")
    return Walker(control, person, world_in(folder), driver, folder, list(points))


def held(walker: Walker) -> None:
    """The invariants; the fake is shared by the tests of this file, so others were written to as well."""
    log = log_of(walker.folder)
    hold(walker.world, walker.person, log=log, markers=[MARKER], strangers=True)
    assert not walker.control.mistakes()


def kinds(world: World) -> Counter[str]:
    """How many entries of each kind there are in the folder."""
    with world.store.read() as unit:
        rows = unit.inbox._work.connection.exec_driver_sql("SELECT kind FROM entry")
        return Counter(str(kind) for (kind,) in rows)


def ready(control: Control, driver: Driver, folder: Path, people: int) -> list[Walker]:
    """People at their first question, and no bot at work."""
    driver.start()
    walkers = [walker(control, driver, folder) for _ in range(people)]
    for step in BEGUN:
        for one in walkers:
            one.do(step)
        walkers[0].settle()
    driver.kill()
    return walkers


def rate(one: Walker, taps: int) -> None:
    """So many answers tapped without waiting, to one question after the other, and then to all of them anew."""
    scheme = one.world.library.get("bjkb-006")
    assert scheme is not None
    with one.world.store.read() as unit:
        known = unit.people.find("telegram", str(one.person.id))
        assert known is not None
        (listed,) = unit.assessments.of(known.id)
        sheet = unit.assessments.sheets(listed.id)[0].ref
    card = one.person.card.id
    rated = [question for question in scheme.questions if question.dimension == "total"]
    for tap in range(taps):
        revision, place = divmod(tap, len(rated))
        one.person.tap_data(encode(AnswerTap(sheet, str(rated[place]), f"{revision + 1}/10", revision)), card)


def answers(world: World) -> int:
    return kinds(world)["answered"]
