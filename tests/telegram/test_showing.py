"""One chat: its notices and its card, as they arrive."""

import pytest

from bot.telegram.presenter import STORAGE_PAUSE
from bot.view.screen import Button, Screen
from tests.fake_telegram import FakeTelegram, Fault, Person, faults
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
    said = [m.text for m in ann.chat if not m.mine]
    assert said == ["may be double\n\nnotice 0", "notice 1", "notice 2", "card after them"]
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
    async with running(memory, Pauses(memory.fake, instant=True)) as bot:
        await ann.sees("the next")
        assert bot.pauses.asked[0] in {1, 2}  # one of the two waits is cut short: /start came from the chat
    assert memory.notice_log[0][1].startswith("ValueError at telegram/test_showing.py:")
    assert memory.fates == {1: "refused"}


async def test_a_file_whose_record_is_gone_is_given_up_at_once(memory: Memory, ann: Person) -> None:
    def data() -> bytes:
        raise LookupError

    ann.start()
    memory.notify(str(ann.id), kind="file", file_name="a", data=data)
    memory.notify(str(ann.id), "the next")
    async with running(memory) as bot:
        await ann.sees("the next")
        assert bot.pauses.asked == []
    assert memory.fates == {1: "gone"}


@pytest.mark.parametrize(
    "fault",
    [None, faults.answer("sendDocument", 413, "<html>"), faults.refuse("sendDocument", 400, "Bad Request: too big")],
)
async def test_a_file_that_is_too_big_is_not_tried_again(
    memory: Memory, fake: FakeTelegram, ann: Person, fault: Fault | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.sending.LARGEST", 1000)
    fake.faults.add(*([fault] if fault else []))
    ann.start()
    memory.notify(str(ann.id), kind="file", file_name="a", data=lambda: b"x" * (10 if fault else 1001))
    async with running(memory) as bot:
        await fake.until(lambda: memory.fates == {1: "too-big"})
        assert bot.pauses.asked == []
    assert len(fake.calls) == len([c for c in fake.calls if c.method != "sendDocument"])


@pytest.mark.parametrize(("kind", "most"), [("file", 2), ("text", 5)])
async def test_a_notice_that_may_have_arrived_is_marked_and_not_sent_for_ever(
    memory: Memory, fake: FakeTelegram, ann: Person, kind: str, most: int
) -> None:
    fake.open_chat(fake.private(ann.id))
    memory.notify(str(ann.id), "a seal", kind=kind, file_name="a", caption="a seal", data=_SAME[kind])
    fake.faults.add(faults.drop_after("sendMessage", times=None), faults.drop_after("sendDocument", times=None))
    async with running(memory, Pauses(fake, instant=True)):
        await fake.until(lambda: memory.fates)
    said = [m.text for m in ann.chat if not m.mine]
    assert said[0] == "a seal"
    assert [text.split() for text in said[1:]] == [["may", "be", "double", "a", "seal"]] * (most - 1)
    assert memory.notice_log == [(1, f"may have arrived, {most} times")]
    assert memory.fates == {1: "refused"}


_SAME = {"file": lambda: b"{}", "text": None}


async def test_what_failed_for_sure_is_not_marked(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    fake.open_chat(fake.private(ann.id))
    memory.notify(str(ann.id), "a seal")
    fake.faults.add(faults.flood("sendMessage", 0.5), faults.refuse("sendMessage", 400, "Bad Request: SOMETHING_NEW"))
    async with running(memory, Pauses(fake, instant=True)):
        await ann.sees("a seal")
    assert [m.text for m in ann.chat if not m.mine] == ["a seal"]


async def test_who_gets_through_now_and_then_does_not_wait_longer_and_longer(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    fake.open_chat(fake.private(ann.id))
    for number in range(4):
        memory.notify(str(ann.id), f"notice {number}")
        fake.faults.add(faults.answer("sendMessage", 500, "{}"), faults.slow("sendMessage", 0.0))
    async with running(memory, Pauses(fake, instant=True)) as bot:
        await fake.until(lambda: len(memory.notice_log) == 4)
        assert bot.pauses.asked == [1, 1, 1, 1]


async def test_a_stuck_notice_does_not_hold_the_card_in_its_place(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    async with running(memory) as bot:
        ann.say("one")
        await ann.sees("text one")
        fake.faults.add(faults.answer("sendDocument", 500, "{}", times=None))
        memory.notify(str(ann.id), kind="file", file_name="a", data=lambda: b"{}")
        ann.tap("to 1:a")
        await ann.sees("tap 1:a")
        await fake.until(lambda: bot.pauses.asked)
        assert not [m for m in ann.chat if m.attachment]
        fake.faults.clear()
        bot.pauses.release()
        await ann.until(lambda: [m for m in ann.chat if m.attachment])


async def test_a_card_says_at_once_what_was_saved(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    memory.on_handle = lambda *_: Screen("✓ saved\n\n<b>and</b> next", ((Button("Go", "1:g"),),))
    async with running(memory):
        ann.say("one")
        await ann.sees("next")
    sent = next(call for call in fake.calls if call.method == "sendMessage")
    assert (sent.params["text"], "reply_markup" in sent.params) == ("✓ saved", False)


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
    async with running(memory, clean=text.startswith("y")):  # what is too long is known before
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
    assert len([call for call in fake.calls if call.method == "editMessageText"]) == 1
