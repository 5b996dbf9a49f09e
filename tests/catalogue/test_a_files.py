"""Row 10: killed between a file's sending and its being written down. At most two copies, equal, the second says so."""

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.domain.entries import Exported
from bot.serving import CHANNEL
from tests.catalogue.clocked import press
from tests.catalogue.drivers import Zygote, log_of
from tests.catalogue.invariants import hold
from tests.catalogue.users import ORGANISATION
from tests.fake_telegram import Control
from tests.stories.running import quiet, world_in

MARK = "可能重复"
STEPS = ("/new", "1:m:bjkb-006", "1:o:bjkb-006:self", ORGANISATION, "/export")


class Desk:
    """Somebody about to order a file, and a bot that can be started and killed."""

    def __init__(self, folder: Path, control: Control, zygote: Zygote) -> None:
        self.folder, self.control = folder, control
        self.bot = zygote.at(folder, control.base_url)
        self.world = world_in(folder)
        self.person = control.person(1001, "Example", "zh-hans")

    def begin(self) -> None:
        self.bot.start()
        for step in STEPS:
            if step.startswith("1:"):
                press(self.person, step)
            else:
                self.person.say(step)
            self.settled()
        self.bot.kill()

    def settled(self) -> None:
        """All that was sent is worked on and shown."""
        ends = time.monotonic() + 30
        while self.control.stats()["pending"] or not quiet(self.world):
            assert time.monotonic() < ends, log_of(self.folder)[-2000:]
            time.sleep(0.02)  # the last step is a commit in the other process

    def documents(self) -> list[tuple[str, str]]:
        """(digest of the bytes, caption) of every file in the chat."""
        files = [message for message in self.person.chat if message.attachment]
        return [(hashlib.sha256(self.person.download(m)).hexdigest(), m.text) for m in files]

    def exports(self) -> int:
        with self.world.store.read() as unit:
            known = unit.people.find(CHANNEL, str(self.person.id))
            assert known is not None
            (listed,) = unit.assessments.of(known.id)
            return sum(isinstance(entry.body, Exported) for entry in unit.entries.after(listed.id, 0))


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote() as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, zygote: Zygote) -> Iterator[Desk]:
    with Control.start() as control:
        made = Desk(tmp_path, control, zygote)
        made.begin()
        yield made
        if zygote.pid:
            zygote.kill()


def _killed_after_sending(desk: Desk) -> None:
    """The file is in the chat: then it dies, before that is written down."""
    desk.bot.start("after_file_before_mark:1")
    assert desk.bot.wait() == -9


def _assert_one_order(desk: Desk, captions: Callable[[list[str]], bool]) -> None:
    digests, texts = zip(*desk.documents(), strict=True)
    assert len(set(digests)) == 1, "the same bytes, however often they are made"
    assert captions(list(texts)), texts
    assert desk.exports() == 1
    hold(desk.world, desk.person, log=log_of(desk.folder))


@pytest.mark.long
def test_row_10_killed_once_there_are_two_equal_files_and_the_second_says_so(desk: Desk) -> None:
    press(desk.person, ":json")
    _killed_after_sending(desk)
    assert len(desk.documents()) == 1
    desk.bot.start()
    desk.settled()
    _assert_one_order(desk, lambda texts: [MARK in text for text in texts] == [False, True])


def test_row_10_killed_again_and_again_there_are_never_more_than_two(desk: Desk) -> None:
    press(desk.person, ":json")
    for _ in range(2):
        _killed_after_sending(desk)
    desk.bot.start()
    desk.settled()
    _assert_one_order(desk, lambda texts: [MARK in text for text in texts] == [False, True])
    said = [message.text for message in desk.person.chat if not message.mine]
    assert any("可能没有送到" in text for text in said), "and what to do is said"
