"""Time in the hands of a test: the bot's process follows a file, and the fake's clock goes with it.

`follow_clock` is a point of crashing.py; the product has no setting for it.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.catalogue.drivers import Driver, log_of
from tests.catalogue.users import ORGANISATION
from tests.fake_telegram import Control, RemotePerson
from tests.stories.running import quiet, world_in

FILE = "clock.txt"
START = 1_780_000_000
"""2026-05-29 04:26:40 in Shanghai."""
STEPS = ("/new", "1:m:bjkb-006", "1:o:bjkb-006:self", ORGANISATION, "1:j:", ":v0:", "1:q:")
"""To the first question, with the buttons of one of its bands: texts, and how payloads begin or what is in them."""


def follow_clock(n: int) -> None:
    """Inside the bot: what it takes for the time stands in a file of its folder. n: is not used."""
    import bot.telegram.watch
    import bot.wiring

    del n
    file = Path(os.environ["DATA_DIR"]) / FILE

    def seconds() -> float:
        return float(file.read_text())

    bot.wiring.now = lambda: datetime.fromtimestamp(seconds(), UTC)
    bot.telegram.watch.boot_seconds = seconds
    bot.telegram.watch.SETTLE_SECONDS = 0.3


def after_owed(n: int) -> None:
    """Dies when it is stored that the chats are owed word of an absence, before any was told."""
    from bot.service.presence import PresenceDesk
    from tests.catalogue.crashing import after, at, wrap

    wrap(PresenceDesk, "beat", after(at(n), when=bool))


class Town:
    """People before a bot whose time stands still until `later`."""

    def __init__(self, folder: Path, control: Control, driver: Driver, people: int) -> None:
        self.folder, self.control, self.driver = folder, control, driver
        self.later(0)
        self.world = world_in(folder)
        self.people = [control.person(1001 + n, f"Example {n}", "en" if n % 2 else "zh-hans") for n in range(people)]

    def later(self, seconds: float) -> None:
        """It is so much later, for Telegram and for the bot."""
        now = self.control.advance(seconds)
        fresh = self.folder / f"{FILE}.new"
        fresh.write_text(repr(now))
        fresh.replace(self.folder / FILE)

    def start(self, point: str = "") -> None:
        self.driver.start("+".join(filter(None, ("follow_clock", point))))

    def begin(self) -> None:
        """Everybody at their first question."""
        self.start()
        for step in STEPS:
            for person in self.people:
                if step == STEPS[0] or step == ORGANISATION:
                    person.say(step)
                else:
                    press(person, step)
            self.settled()

    def settled(self) -> None:
        """Until all that was sent is worked on and shown."""
        self.until(lambda: not self.control.stats()["pending"] and quiet(self.world), "settled")

    def until(self, holds: Callable[[], object], what: str, seconds: float = 30.0) -> None:
        """Wait for what only the other process knows."""
        ends = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < ends, f"not {what} in {seconds:g} s\n{self.log[-2000:]}"
            time.sleep(0.02)

    @property
    def log(self) -> str:
        return log_of(self.folder)

    def told(self, person: RemotePerson) -> list[str]:
        """The notices of an absence in this chat."""
        said = [message.text for message in person.chat if not message.mine]
        return [text for text in said if text.startswith(("我离线了一段时间", "I was away"))]


def press(person: RemotePerson, part: str) -> None:
    """The first button of the live card with this in its payload."""
    button = next(button for button in person.card.buttons if button.data and part in button.data)
    person.tap_data(button.data or "", button.message_id)
