"""The same session with the bot's process killed twice in the middle: nothing asked twice, nothing lost."""

import subprocess
import time
from pathlib import Path

import pytest

from bot.domain.entries import Closed
from bot.service.submission import scored
from bot.service.world import World
from tests.fake_telegram import Control, RemotePerson
from tests.stories.company import Edit, Say, Tap, answered, answers_file, begun, changed
from tests.stories.running import quiet, start_process, world_in

KILLS = (9, 21)
"""After which steps of the answering the process dies: with a text just sent, and with a tap just made."""


class RemotePlayer:
    """A person before the real process. `world` reads its database."""

    def __init__(self, control: Control, person: RemotePerson, world: World) -> None:
        self._control = control
        self._person = person
        self._world = world
        self._sent: dict[str, int] = {}

    def do(self, step: Say | Tap | Edit, *, wait: bool = True) -> None:
        match step:
            case Say(text, name):
                self._sent[name] = self._person.say(text)
            case Tap(label):
                self._person.tap(label)
            case Edit(name, text):
                self._person.edit(self._sent[name], text)
        if wait:
            self.settled()

    def settled(self) -> None:
        ends = time.monotonic() + 30
        while self._control.stats()["pending"] or not quiet(self._world):
            assert time.monotonic() < ends, self._person.screen()
            # The last step is a commit in the other process, which the fake cannot see.
            time.sleep(0.01)


@pytest.mark.long  # `test_row_1` of the catalogue kills in the default run
def test_killed_twice(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    with Control.start() as control:
        person = control.person(1001, "Example", "zh-hans")
        player = RemotePlayer(control, person, world)
        process = start_process(tmp_path, control.base_url)
        try:
            for first in (Say("/start"), *begun("zh")):
                player.do(first)
            for number, step in enumerate(answered("zh")):
                player.do(step, wait=number not in KILLS)
                if number in KILLS:
                    process = _killed(process, tmp_path, control.base_url)
                    player.settled()
            for last in (*changed(), Tap("关闭评价"), Tap("确认关闭")):
                player.do(last)
            said = [message.text for message in person.chat if not message.mine]
        finally:
            process.kill()
            process.wait()
        assert not control.mistakes()
    _assert_nothing_lost(world)
    assert any("三星级" in text and "84.44" in text for text in said)


def _killed(process: "subprocess.Popen[bytes]", folder: Path, url: str) -> "subprocess.Popen[bytes]":
    process.kill()
    assert process.wait() == -9
    return start_process(folder, url)


def _assert_nothing_lost(world: World) -> None:
    """Every answer was recorded once, and the sums are those of the same answers in a file."""
    with world.store.read() as unit:
        person = unit.people.find("telegram", "1001")
        assert person is not None
        (listed,) = unit.assessments.of(person.id)
        entries = unit.entries.after(listed.id, 0)
    answers = [(entry.question, entry.revision) for entry in entries if type(entry.body).__name__ == "AnswerGiven"]
    assert len(answers) == len(set(answers)) == 21 + 2
    closed = next(entry.body for entry in reversed(entries) if isinstance(entry.body, Closed))
    expected, _ = scored(world.library, answers_file(), "company.yaml")
    assert expected is not None
    total = expected["dimensions"]["total"]["exact"]  # type: ignore[call-overload,index]
    assert closed.totals == {"total": total}
