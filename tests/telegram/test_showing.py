"""One chat: its notices and its card, as they arrive."""

import pytest

from bot.telegram.presenter import STORAGE_PAUSE
from bot.view.screen import Button, Screen
from tests.fake_telegram import FakeTelegram, Person, faults
from tests.telegram.memory import Memory, card
from tests.telegram.stage import Pauses, running


async def test_notices_come_first_in_order_and_none_is_lost(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    def handle(*_: object) -> Screen:
        for number in range(3):
            memory.notify(str(ann.id), f"notice <b>{number}</b>")
        return card("after them")

    memory.on_handle = handle
    fake.faults.add(faults.answer("sendMessage", 500, "{}"))
    async with running(memory, Pauses(fake, instant=True)):
        ann.say("one")
        await ann.sees("after them")
    assert [m.text for m in ann.chat if not m.mine] == ["notice 0", "notice 1", "notice 2", "card after them"]
    assert memory.notice_log == [(1, "sent"), (2, "sent"), (3, "sent")]


async def test_a_file_is_sent_with_its_name_and_caption(memory: Memory, ann: Person) -> None:
    ann.start()
    memory.notify(str(ann.id), kind="file", file_name="评价.json", caption="the <i>file</i>", data=lambda: b"{}")
    async with running(memory):
        shown = await ann.sees("the file")
    assert shown.attachment is not None
    assert (shown.attachment.name, ann.download(shown)) == ("评价.json", b"{}")


async def test_a_file_that_cannot_be_made_is_given_up_and_the_next_comes(memory: Memory, ann: Person) -> None:
    def data() -> bytes:
        raise ValueError("secret words")

    ann.start()
    memory.notify(str(ann.id), kind="file", file_name="a", data=data)
    memory.notify(str(ann.id), "the next")
    async with running(memory):
        await ann.sees("the next")
    assert memory.notice_log[0][1].startswith("ValueError at telegram/test_showing.py:")


async def test_a_notice_that_is_too_long_comes_as_a_file(memory: Memory, ann: Person) -> None:
    ann.start()
    memory.notify(str(ann.id), "<b>很长</b> &amp; 😀" + "x" * 4090)
    async with running(memory):
        await ann.until(lambda: memory.notice_log)
        shown = ann.chat[-1]
    assert shown.attachment is not None
    assert ann.download(shown).decode() == "很长 & 😀" + "x" * 4090


@pytest.mark.parametrize("text", ["a < b", "<blink>x</blink>", "<b>open", "y" * 5000])
async def test_what_telegram_cannot_read_arrives_plain_and_is_logged_without_its_text(
    memory: Memory, fake: FakeTelegram, ann: Person, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    memory.on_handle = lambda *_: Screen(text + " &amp; <i>more</i>", ((Button("Go", "1:g"),),))
    async with running(memory, clean=False):
        ann.say("one")
        shown = (await ann.sees("Go")).text
        await ann.press("Go")
        await fake.until(lambda: memory.is_shown(ann.id))
    assert shown == {"<b>open": "open & more", "y" * 5000: "y" * 4095 + "…"}.get(text, f"{text} & more")
    assert "defect" in caplog.text
    assert text not in caplog.text


async def test_what_was_sent_is_not_sent_again_because_it_could_not_be_written_down(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    fake.open_chat(fake.private(ann.id))
    memory.failing.add("sent")
    memory.notify(str(ann.id), "a seal")
    memory.want(str(ann.id), card("after it"))
    async with running(memory) as bot:
        await ann.sees("a seal")
        await fake.until(lambda: bot.pauses.asked.count(STORAGE_PAUSE) == 1)
        bot.pauses.release()
        await fake.until(lambda: bot.pauses.asked.count(STORAGE_PAUSE) == 2)
        assert memory.calls.count("sent") == 2
        memory.failing.clear()
        bot.pauses.release()
        await ann.sees("after it")
    assert [m.text for m in ann.chat if not m.mine][:2] == ["a seal", "card after it"]
    assert memory.notice_log == [(1, "sent")]


async def test_styles_and_rows_arrive(memory: Memory, ann: Person) -> None:
    screen = Screen("x &lt; y", ((Button("Go", "1:g", "success"), Button("No", "1:n")), (Button("Back", "1:h"),)))
    memory.on_handle = lambda *_: screen
    async with running(memory):
        ann.say("one")
        shown = await ann.sees("x < y")
    assert [[(b.label, b.data, b.style) for b in row] for row in shown.rows] == [
        [("Go", "1:g", "success"), ("No", "1:n", None)],
        [("Back", "1:h", None)],
    ]


async def test_equal_screens_are_not_sent_again(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    memory.on_handle = lambda *_: card("the same")
    async with running(memory):
        ann.say("one")
        await ann.sees("the same")
        await ann.press("to 1:a")
        await fake.until(lambda: memory.is_shown(ann.id) and memory.chats[str(ann.id)].shown == 2)
    assert not [call for call in fake.calls if call.method == "editMessageText"]
