"""What people really send: a friendly line or nothing happens; nothing is lost, nothing leaks, nothing breaks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.entries import AnswerGiven, Entry, Noted
from bot.service.world import World
from tests.fake_telegram import FakeTelegram, Person
from tests.sampled import sampled
from tests.stories.company import Say, Tap, begun
from tests.stories.running import Player, bot_on, world_in


class Desk:
    """A person at question 4.1.2, and what was recorded so far."""

    def __init__(self, fake: FakeTelegram, world: World) -> None:
        self.fake = fake
        self.world = world
        self.person = Person(fake, 1001, "Example", "zh-hans")
        self.player = Player(self.person, world)

    async def begin(self) -> None:
        for step in (Say("/start"), *begun("zh"), Tap("守法合规")):
            await self.player.do(step)

    def entries(self, person: str = "1001") -> tuple[Entry, ...]:
        with self.world.store.read() as unit:
            found = unit.people.find("telegram", person)
            listed = unit.assessments.of(found.id) if found else ()
            return tuple(entry for one in listed for entry in unit.entries.after(one.id, 0))

    def answers(self) -> list[Entry]:
        return [entry for entry in self.entries() if isinstance(entry.body, AnswerGiven)]

    def notes(self) -> list[str]:
        return [entry.body.text for entry in self.entries() if isinstance(entry.body, Noted)]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    fake = FakeTelegram()
    world = world_in(tmp_path)
    made = Desk(fake, world)
    async with bot_on(fake, world):
        await made.begin()
        yield made


@pytest.mark.parametrize("text", sampled(["101%", "-1", "6/5", "0/0", "1e9", "１０１"], every=2))
async def test_a_rating_that_cannot_be(desk: Desk, text: str) -> None:
    before = desk.entries()
    await desk.player.do(Say(text))
    card = desk.person.card
    assert "4.1.2" in card.text
    assert card.text.splitlines()[0] != "售后服务成熟度 › 4.1 基础合规能力", "a line on top says why"
    assert desk.entries() == before
    await desk.person.until(lambda: len(desk.person.live_cards()) == 1)


@pytest.mark.parametrize(
    "text", sampled(["四级", "abc", "<b>bold</b> & 5 < 6", "{{7*7}}", "'; DROP TABLE entry; --", "😀" * 300], every=2)
)
async def test_another_text_is_offered_as_a_note_and_kept(desk: Desk, text: str) -> None:
    before = desk.entries()
    await desk.player.do(Say(text))
    assert "存为备注" in desk.person.screen()
    assert desk.entries() == before
    await desk.player.do(Tap("存为备注"))
    assert desk.notes() == [text]
    assert "4.1.2" in desk.person.card.text


async def test_texts_that_wait_survive_and_are_all_kept(desk: Desk) -> None:
    await desk.player.do(Say("第一段"))
    await desk.player.do(Say("#4.5"))
    await desk.player.do(Say("第二段"))
    await desk.player.do(Tap("存为备注"))
    assert desk.notes() == ["第一段", "第二段"]
    noted = [entry.question for entry in desk.entries() if isinstance(entry.body, Noted)]
    assert [question.indicator for question in noted if question] == ["4.1.2", "4.5"]


async def test_a_text_of_nothing(desk: Desk) -> None:
    before = desk.entries()
    await desk.player.do(Say("\u200b\u2060"))
    assert desk.entries() == before
    assert "4.1.2" in desk.person.card.text


async def test_a_sticker(desk: Desk) -> None:
    before = desk.entries()
    desk.person.send_sticker()
    await desk.player.settled()
    assert "贴纸" in desk.person.card.text
    assert desk.entries() == before


async def test_a_note_of_5000_characters_arrives_in_two_messages(desk: Desk) -> None:
    await desk.player.do(Tap("写备注"))
    text = "备" * 5000
    await desk.player.do(Say(text[:4096]))
    await desk.player.do(Say(text[4096:]))
    assert "".join(desk.notes()) == text


async def test_a_double_tap_is_one_answer(desk: Desk) -> None:
    await desk.player.do(Tap("良好"))
    value = next(button for button in desk.person.card.buttons if button.label == "75%")
    first = desk.person.tap(value)
    second = desk.person.tap_data(value.data or "", value.message_id)
    assert first != second
    await desk.player.settled()
    assert [str(entry.question) for entry in desk.answers()] == ["4.1.1/veto", "4.1.2/total"]
    assert len(desk.person.toasts) >= 2


async def test_a_tap_on_an_old_card_changes_nothing(desk: Desk) -> None:
    await desk.player.do(Tap("良好"))
    old = next(button for button in desk.person.card.buttons if button.label == "75%")
    await desk.player.do(Say("90"))
    await desk.player.do(Say("#4.1.2"))
    recorded = desk.answers()
    desk.person.tap_data(old.data or "", old.message_id)
    await desk.player.settled()
    assert desk.answers() == recorded
    text, _ = desk.person.toasts[-1]
    assert text
    assert "90%" in desk.person.card.text


async def test_a_tap_by_another_account(desk: Desk) -> None:
    button = next(button for button in desk.person.card.buttons if "良好" in button.label)
    before, screen = desk.entries(), desk.person.screen()
    stranger = Person(desk.fake, 2002, "Stranger", "en")
    other = Player(stranger, desk.world)
    await other.do(Say("/start"))
    for data in (button.data or "", (button.data or "").replace(":b3", "")):
        stranger.tap_data(data, stranger.card.id)
        await other.settled()
    forged = (button.data or "").replace("1:q:", "1:a:").removesuffix(":b3") + ":1:0"
    stranger.tap_data(forged, stranger.card.id)
    await other.settled()
    assert desk.entries() == before
    assert desk.person.screen() == screen
    assert "4.1.2" not in stranger.screen()
    assert "示例" not in stranger.screen()
    toasts = {text for text, _ in stranger.toasts[-3:]}
    assert len(toasts) == 1, "the same answer whatever was tried"


async def test_an_unknown_command_and_an_unknown_clause(desk: Desk) -> None:
    await desk.player.do(Say("/frobnicate"))
    assert "4.1.2" in desk.person.card.text
    await desk.player.do(Say("#4.99"))
    assert "#4.9" in desk.person.card.text
    await desk.player.do(Say("#4.9"))
    assert "4.9 安全与服务连续性" in desk.person.card.text
