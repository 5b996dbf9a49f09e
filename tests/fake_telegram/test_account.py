"""The bot's own card in Telegram: commands, names, webhook; and what is left of the methods."""

import asyncio

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError

from tests.fake_telegram import FakeTelegram, Person, faults

ME = 1001


async def test_commands_are_kept_by_scope_and_language(fake: FakeTelegram, bot: Bot) -> None:
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("new", "新建")], scope=private, language_code="zh")
    assert [c.description for c in await bot.get_my_commands(scope=private, language_code="zh")] == ["新建"]
    assert await bot.get_my_commands() == ()
    await bot.delete_my_commands(scope=private, language_code="zh")
    assert await bot.get_my_commands(scope=private, language_code="zh") == ()
    for command, reason in ((("New", "x"), "command_invalid"), (("new", "x" * 257), "description_invalid")):
        with pytest.raises(BadRequest, match=f"(?i)bot_{reason}|{reason}"):
            await bot.set_my_commands([BotCommand(*command)])
    with pytest.raises(BadRequest, match="language code"):
        await bot.set_my_commands([BotCommand("new", "x")], language_code="zh-hans")


async def test_names_are_kept_by_language_and_limited(bot: Bot) -> None:
    await bot.set_my_name("Gradewalk")
    await bot.set_my_name("走评", language_code="zh")
    assert [(await bot.get_my_name(code)).name for code in (None, "zh", "de")] == ["Gradewalk", "走评", "Gradewalk"]
    for setter, limit in ((bot.set_my_name, 64), (bot.set_my_short_description, 120), (bot.set_my_description, 512)):
        await setter("x" * limit)
        with pytest.raises(BadRequest, match=r"(?i)too_long"):
            await setter("x" * (limit + 1))


async def test_a_webhook_and_polling_exclude_each_other(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)an https url"):
        await bot.set_webhook("http://example.org/")
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://example.org/hook", 1)
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_chats_can_be_looked_up_and_left(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    group = person.add_bot(-7, "Group")
    group.say("hi")
    assert (await bot.get_chat(-7)).title == "Group"
    await bot.leave_chat(-7)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(-7, "a")
    with pytest.raises(BadRequest, match="private chats"):
        await bot.leave_chat(ME)
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.get_chat(99)


async def test_captions_are_edited_and_texts_are_not_captions(person: Person, bot: Bot) -> None:
    sent = await bot.send_document(ME, b"1", filename="a.txt", caption="old")
    await bot.edit_message_caption(ME, sent.message_id, caption="<i>new</i>", parse_mode="HTML")
    assert (person.chat[-1].text, person.chat[-1].edited) == ("new", True)
    with pytest.raises(BadRequest, match="no text in the message"):
        await bot.edit_message_text("x", ME, sent.message_id)
    assert sent.document is not None
    await bot.send_document(ME, sent.document.file_id)
    assert person.download(person.chat[-1]) == b"1"
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
        await bot.send_document(ME, "no-such-file")


async def test_uploads_have_limits(bot: Bot, person: Person) -> None:
    with pytest.raises(NetworkError, match="Too Large"):
        await bot.send_document(ME, bytes(50 << 20) + b"1", read_timeout=5)
    with pytest.raises(BadRequest, match=r"(?i)too big for a photo"):
        await bot.send_photo(ME, b"\x89PNG" + bytes(10 << 20), read_timeout=5)


async def test_chat_actions_are_seen_and_checked(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    await bot.send_chat_action(ME, "typing")
    assert fake.actions == [(ME, "typing")]
    with pytest.raises(BadRequest, match=r"(?i)wrong parameter action"):
        await bot.send_chat_action(ME, "dancing")


async def test_more_faults(fake: FakeTelegram, bot: Bot) -> None:
    fake.faults.add(faults.refuse("getMe", 409, "Conflict: another"), faults.slow("getMe", 0.01))
    with pytest.raises(Conflict, match="another"):
        await bot.get_me()
    quick = asyncio.create_task(bot.get_my_name())
    slow = asyncio.create_task(bot.get_me())
    assert (await asyncio.wait({quick, slow}, return_when=asyncio.FIRST_COMPLETED))[0] == {quick}
    assert (await slow).is_bot
    fake.faults.add(faults.Fault("*", "answer", status=500, times=None, chance=0.5))
    outcomes = [(await reaches(bot)) for _ in range(40)]
    assert 5 < outcomes.count(False) < 35


async def reaches(bot: Bot) -> bool:
    try:
        await bot.get_my_name()
    except NetworkError:
        return False
    return True


def test_updates_can_arrive_shuffled(fake: FakeTelegram, person: Person) -> None:
    for number in range(9):
        person.say(str(number))
    ordered = fake.updates.fetch(0, 100)
    fake.updates.shuffle(seed=1)
    mixed = fake.updates.fetch(0, 100)
    assert mixed != ordered
    assert sorted(mixed) == sorted(ordered)


async def test_the_bot_deletes_within_two_days(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    first, second = await bot.send_message(ME, "a"), await bot.send_message(ME, "b")
    await bot.delete_message(ME, first.message_id)
    assert [message.text for message in person.chat] == ["/start", "b"]
    fake.clock.set(fake.clock.now() + 48 * 3600)
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted"):
        await bot.delete_message(ME, second.message_id)
    assert not fake.mistakes


def test_the_clock_stands_runs_and_jumps() -> None:
    fake = FakeTelegram(start=100)
    assert fake.clock.now() == fake.clock.now() == 100
    fake.clock.run()
    first = fake.clock.now()
    assert fake.clock.now() > first >= 100
    fake.clock.freeze()
    waited = fake.clock.elapsed()
    fake.clock.set(50)
    assert fake.clock.date() == 50
    assert fake.clock.elapsed() >= waited, "going back in dates gives no waiting time back"


async def test_any_update_can_be_injected(fake: FakeTelegram, bot: Bot) -> None:
    assert fake.inject("message_reaction", {}) is None, "a kind that must be asked for"
    assert fake.inject("message", {"message_id": "no number"}) == 700_000_001
    assert '"no number"' in fake.updates.fetch(0, 1)[0]
