"""A person asks to be reminded; days later the bot does so once, however often it is started again."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.service.reminding import Reminded, ReminderDesk
from bot.serving import CHANNEL
from bot.words import Words
from tests.fake_telegram import FakeTelegram, Person
from tests.stories.company import Say, Tap, begun
from tests.stories.running import Player, bot_on, world_in

WORDS = Words.of("zh")
TITLE = WORDS.say("reminder.title")


def noon(after: datetime, days: int) -> datetime:
    """So many days later, at noon in Shanghai."""
    return (after + timedelta(days=days)).astimezone(ZoneInfo("Asia/Shanghai")).replace(hour=12)


class Looking(ReminderDesk):
    """Says that it has looked."""

    looked = False

    def remind(self) -> Reminded:
        found = super().remind()
        self.looked = True
        return found


async def test_reminded_once_by_the_running_bot(tmp_path: Path) -> None:
    fake = FakeTelegram()
    person = Person(fake, 1001, "Example", "zh-hans")
    world = world_in(tmp_path)

    def reminders() -> list[str]:
        return [message.text for message in person.chat if message.text.startswith(TITLE)]

    player = Player(person, world)
    async with bot_on(fake, world):
        for step in (Say("/start"), *begun("zh"), Say("/settings"), Tap(WORDS.say("button.reminders-on"))):
            await player.do(step)
    begun_at = world.clock()
    for days, told in ((2, 0), (4, 1), (4, 1), (5, 1), (12, 2)):
        later = replace(world, clock=lambda days=days: noon(begun_at, days))  # type: ignore[misc]
        desk = Looking(later, CHANNEL)
        async with asyncio.timeout(20), bot_on(fake, later, reminders=desk):  # it ends, too
            while not desk.looked:  # noqa: ASYNC110  in the writer's thread
                await asyncio.sleep(0.002)
            await Player(person, later).settled()
        assert len(reminders()) == told, days
    assert WORDS.say("reminder.how") in reminders()[0]
    world.store.close()
