"""Row 11: thousands of updates wait when the bot starts. How long it takes, how much memory, and whether in order.

The updates are edits of a rating by its writer, each to another value: the record must hold them all, in that order.
"""

import time
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from bot.domain.answers import Rated
from bot.domain.entries import AnswerGiven
from bot.service.world import World
from tests.catalogue.drivers import Driver, Zygote, log_of
from tests.catalogue.invariants import broken
from tests.catalogue.walker import BEGUN, at_work
from tests.fake_telegram import Control, RemotePerson
from tests.stories.company import Say, Tap
from tests.stories.running import world_in


@dataclass(slots=True)
class Heap:
    """megabytes: the most memory the process ever held."""

    updates: int
    seconds: float = 0.0
    megabytes: float = 0.0
    faults: list[str] = field(default_factory=list)


def heap(zygote: Zygote, folder: Path, people: int, updates: int) -> Heap:
    """All of it, on a fake of its own."""
    with Control.start() as control:
        driver = zygote.at(folder, control.base_url)
        world = world_in(folder)
        someones = [control.person(1001 + n, "Example", "en" if n % 2 else "zh-hans") for n in range(people)]
        messages = _begin(control, driver, world, someones)
        each = updates // people
        for edit in range(each):
            for person, message in zip(someones, messages, strict=True):
                person.edit(message, _rating(edit))
        made = Heap(each * people)
        begun_at = time.monotonic()
        driver.start()
        _settle(control, world, 1500)
        made.seconds = time.monotonic() - begun_at
        made.megabytes = _peak(driver.pid)
        driver.kill()
        made.faults += broken(world, *someones, log=log_of(folder))
        expected = [Fraction(50, 100), *(Fraction(_rating(edit).removesuffix("%")) / 100 for edit in range(each))]
        for person in someones:
            if _ratings(world, person) != expected:
                made.faults.append(f"I1 {person.id}: not all ratings, or not in the order of the edits")
    return made


def _rating(edit: int) -> str:
    return f"{10 + edit % 80}.{edit + 1:06}%"


def _begin(control: Control, driver: Driver, world: World, people: list[RemotePerson]) -> list[int]:
    """Everybody has given one rating; the messages that did."""
    driver.start()
    for step in (*BEGUN, Tap("守法合规")):
        for person in people:
            if isinstance(step, Say):
                person.say(step.text)
            elif isinstance(step, Tap):
                person.tap_data(_payload(person, step.label), person.card.id)
        _settle(control, world, 60)
    messages = [person.say("50%") for person in people]
    _settle(control, world, 60)
    driver.kill()
    return messages


def _payload(person: RemotePerson, label: str) -> str:
    """By the button's place, whatever the language: the begin of each payload is known."""
    starts = {"售后服务成熟度": "1:m:bjkb-006", "自评": "1:o:bjkb-006:self", "开始答题": "1:j:", "守法合规": "1:a:"}
    return next(b.data for b in person.card.buttons if b.data and b.data.startswith(starts[label]))


def _settle(control: Control, world: World, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while at_work(control, world):
        if time.monotonic() > ends:
            raise TimeoutError


def _peak(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _ratings(world: World, person: RemotePerson) -> list[Fraction]:
    with world.store.read() as unit:
        known = unit.people.find("telegram", str(person.id))
        assert known is not None
        (listed,) = unit.assessments.of(known.id)
        bodies = [entry.body for entry in unit.entries.after(listed.id, 0)]
    given = [body.answer for body in bodies if isinstance(body, AnswerGiven)]
    return [answer.value for answer in given if isinstance(answer, Rated)]


def main() -> None:
    import sys
    import tempfile

    people, updates = (int(value) for value in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder, Zygote() as zygote:
        print(heap(zygote, Path(folder), people, updates))  # noqa: T201  a command prints


if __name__ == "__main__":
    main()
