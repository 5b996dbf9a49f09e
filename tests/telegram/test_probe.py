"""One look at the Bot API, for `gradewalk doctor`."""

import pytest
from pydantic import SecretStr

from bot.telegram.probe import Seen, UnknownToken, Unreachable, probe
from tests.fake_telegram import TOKEN, FakeRequest, FakeTelegram, faults


async def look(fake: FakeTelegram) -> Seen:
    return await probe(SecretStr(TOKEN), "https://telegram.test", (FakeRequest(fake), FakeRequest(fake)))


async def test_who_we_are_and_what_waits() -> None:
    fake = FakeTelegram()
    fake.call("setWebhook", {"url": "https://bot.example/x", "secret_token": "made-up"})
    seen = await look(fake)
    assert (seen.username, seen.webhook) == ("gradewalk_test_bot", "https://bot.example/x")
    assert (seen.pending, seen.failed, seen.drift) == (0, "", None)
    assert {call.method for call in fake.calls} <= {"setWebhook", "getMe", "getWebhookInfo"}, "it only looks"


async def test_a_token_that_is_not_known() -> None:
    fake = FakeTelegram()
    fake.revoked = True
    with pytest.raises(UnknownToken):
        await look(fake)


@pytest.mark.parametrize(
    "fault",
    [
        faults.drop_before("getMe"),
        faults.answer("getWebhookInfo", 502, "<html>bad gateway</html>"),
        faults.answer("getMe", 200, '{"ok": true, "result": []}'),
    ],
)
async def test_no_answer_of_a_bot_api(fault: faults.Fault) -> None:
    fake = FakeTelegram()
    fake.faults.add(fault)
    with pytest.raises(Unreachable) as unreachable:
        await look(fake)
    assert TOKEN.partition(":")[2] not in f"{unreachable.value!r} {unreachable.value.reason}"
