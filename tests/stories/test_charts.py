"""The pictures of a result through the fake Telegram, and what a terminal says instead."""

from pathlib import Path

import pytest

from bot.domain.scales import Language
from tests.fake_telegram import FakeTelegram, Person, faults
from tests.fake_telegram.rules import photo_size
from tests.sampled import sampled
from tests.stories.company import Say, Tap, begun
from tests.stories.running import Player, bot_on, world_in
from tests.terminal.seats import Seat

SAID: dict[Language, tuple[str, str]] = {
    "zh": ("图表", "4.2 服务体系"),
    "en": ("Charts", "4.2 Service system"),
}


@pytest.mark.parametrize("language", sampled(["zh", "en"], every=2))
async def test_the_charts_come_as_pictures_with_words_below(tmp_path: Path, language: Language) -> None:
    fake, world = FakeTelegram(), world_in(tmp_path)
    person = Person(fake, 1001, "Example", {"zh": "zh-hans", "en": "en"}[language])
    player = Player(person, world)
    label, chapter = SAID[language]
    async with bot_on(fake, world):
        await player.do(Say("/start"))
        for step in (*begun(language), Tap({"zh": "守法合规", "en": "Complies"}[language]), Say("80"), Say("60%")):
            await player.do(step)
        await player.do(Say("/result"))
        # one answer of Telegram's is lost: the picture comes again, and says that it may be the second
        fake.faults.add(faults.drop_after("sendPhoto"))
        await player.do(Tap(label))
        await person.until(lambda: len(pictures(person)) == 3)
        await person.until(lambda: len(person.live_cards()) == 1)
    first, again, radar = pictures(person)
    assert person.download(first) == person.download(again) != person.download(radar)
    assert [photo_size(person.download(one))[0] for one in (first, radar)] == [1080, 1080]
    assert again.text.endswith(first.text)
    assert len(again.text) > len(first.text)
    assert chapter in first.text
    assert chapter in radar.text


def pictures(person: Person) -> list:  # type: ignore[type-arg]
    return [one for one in person.chat if not one.mine and one.kind == "photo"]


def test_a_terminal_says_in_signs_what_the_bars_say(tmp_path: Path) -> None:
    seat = Seat(world_in(tmp_path / "data"), tmp_path / "files")
    out = seat.type(["/new", "1", "1", "示例公司（编造）", "1"])
    seat.type(["1", "80", "60%", "70"])
    result = seat.type(["/result"])
    number = next(line.strip().split("]")[0].strip("[ ") for line in result.splitlines() if "图表" in line)
    assert out
    said = seat.type(["/result", number])
    assert "4.2 服务体系" in said
    assert "░" in said
    assert not (tmp_path / "files").exists(), "no picture is put into the folder"
