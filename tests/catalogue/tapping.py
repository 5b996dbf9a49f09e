"""People with an assessment by the real standard Q/BJKB 006, before the real bot; and what is kept of them.

What leads there goes straight to the use cases; from then on everything goes through phones.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.domain.answers import Rated
from bot.domain.entries import AnswerGiven
from bot.service.access import Door
from bot.service.world import World
from bot.view.payload import AnswerTap, Tap, encode
from bot.view.places import Place
from tests.fake_telegram import FakeTelegram, Person
from tests.service.scene import Clock, Scene, library
from tests.stories.running import bot_on, quiet, world_in

REAL = "bjkb-006"
FIRST, SECOND, THIRD = "4.1.2/total", "4.2.1/total", "4.2.2/total"
"""Questions with a rating, in the order asked; a veto row comes before them."""


@cache
def _empty() -> bytes:
    """A migrated database with nothing in it."""
    with TemporaryDirectory() as folder:
        world = world_in(Path(folder))
        world.store._engine.dispose()
        return (Path(folder) / "gradewalk.db").read_bytes()


def fresh_world(folder: Path, *, invited: bool = False, admins: tuple[str, ...] = (), empty: bool = True) -> World:
    """A world of its own; its clock goes on by a second each time it is asked. empty: on a new database."""
    if empty:
        (folder / "gradewalk.db").write_bytes(_empty())
    door = Door(open=not invited, admins=frozenset(("telegram", one) for one in admins))
    return replace(world_in(folder), clock=Clock(), door=door)


@dataclass
class Sat:
    """One person in the middle of an assessment. scene: the same person without a phone."""

    world: World
    person: Person
    scene: Scene
    ref: str
    sheet: str

    def data(self, question: str, value: str, revision: int) -> str:
        return encode(AnswerTap(self.sheet, question, value, revision))

    async def tap(self, payload: Place | Tap | str, message: int | None = None) -> str:
        """Send this data from the live card (or another message); the toast, when the bot has settled."""
        data = payload if isinstance(payload, str) else encode(payload)
        query = self.person.tap_data(data, self.person.card.id if message is None else message)
        await self.settled()
        toast = self.person.fake.queries[query].toast
        return toast.text if toast else ""

    async def say(self, text: str) -> int:
        message = self.person.say(text)
        await self.settled()
        return message

    async def settled(self, more: Callable[[], bool] = lambda: True) -> None:
        """Until all is worked on and shown, and every tap is answered."""
        fake = self.person.fake
        async with asyncio.timeout(100):
            # The last step is a commit in the writer's thread, which the fake cannot see.
            while fake.updates.pending or fake.unanswered() or not quiet(self.world) or not more():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    def ratings(self, question: str = FIRST) -> list[str]:
        """The values ever given to a question, in order."""
        bodies = [e.body for e in self.scene.entries(self.ref) if str(e.question) == question]
        answers = [body.answer for body in bodies if isinstance(body, AnswerGiven)]
        return [str(one.value) for one in answers if isinstance(one, Rated)]


def sit(fake: FakeTelegram, world: World, number: int = 1001, scheme: str = REAL, *, ahead: bool = True) -> Sat:
    """A person at the first rating of an assessment of their own; ahead: the veto row is answered."""
    scene = Scene(world, str(number))
    ref = scene.begin(scheme)
    sheet = scene.sheet(ref)
    if ahead:
        first = scene.focus.question
        scene.press(AnswerTap(sheet, first, "v0", 0))
    person = Person(fake, number, "Example")
    fake.open_chat(fake.private(number))
    fake._last_message = max(fake._last_message, 1000)  # so that the scene's messages are no others'
    return Sat(world, person, scene, ref, sheet)


@asynccontextmanager
async def sitting(folder: Path, scheme: str = REAL) -> AsyncIterator[Sat]:
    """One such person, with the bot running and the card on their phone."""
    fake, world = FakeTelegram(), fresh_world(folder)
    world = world if scheme == REAL else replace(world, library=library())
    sat = sit(fake, world, scheme=scheme)
    async with bot_on(fake, world):
        await sat.settled()
        await sat.person.until(sat.person.live_cards)
        yield sat
