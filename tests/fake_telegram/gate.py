"""One call as it travels: token, scripted faults, long polling. Shared by both transports; knows neither.

The only waiting is on events: a poll wakes when an update arrives, a hanging call when its caller gives up.
"""

import asyncio
from typing import Any

from tests.fake_telegram import rules
from tests.fake_telegram.core import FakeTelegram, Refusal, error_body
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.params import Params

Answer = tuple[int, bytes]
_NOTHING = b'{"ok": true, "result": []}'


class DroppedError(Exception):
    """The connection is to be closed without an answer."""


async def answer(
    fake: FakeTelegram, token: str, method: str, params: dict[str, Any], files: dict[str, bytes] | None = None
) -> Answer:
    """Status and body of one method call. DroppedError when the script says so; may hang for ever by script."""
    if error := fake.authorise(token):
        refusal = Refusal(method, params, error.status, error.description, avoidable=False)
        fake.refusals.append(refusal)
        return error.status, error_body(error.status, error.description).encode()
    with fake.lock:
        fault = fake.faults.take(method.lower(), Params(params).number("chat_id"))
    if fault is None:
        return await _effect(fake, method, params, files)
    if fault.delay:
        await asyncio.sleep(fault.delay)
    true = await _effect(fake, method, params, files) if fault.effect else (500, b"")
    return await _outcome(fault, true)


async def download(fake: FakeTelegram, token: str, path: str) -> Answer:
    """A file of the store, under the method name "download" in the script of faults."""
    if error := fake.authorise(token):
        return error.status, error_body(error.status, error.description).encode()
    with fake.lock:
        fault, stored = fake.faults.take("download"), fake.file_at(path)
    true = (200, stored.data) if stored else (404, error_body(404, "Not Found").encode())
    if fault is None:
        return true
    if fault.delay:
        await asyncio.sleep(fault.delay)
    return await _outcome(fault, true)


async def _outcome(fault: Fault, true: Answer) -> Answer:
    if fault.outcome == "drop":
        raise DroppedError
    if fault.outcome == "hang":
        await asyncio.Event().wait()
    if fault.outcome == "answer":
        return fault.status, (fault.body or _standard_body(fault)).encode()
    return true if fault.outcome == "pass" else (true[0], true[1][: len(true[1]) // 2])


def _standard_body(fault: Fault) -> str:
    if fault.status == 429:
        after = fault.retry_after
        return error_body(429, f"Too Many Requests: retry after {after}", after)
    return error_body(fault.status, "Internal Server Error" if fault.status >= 500 else "scripted")


async def _effect(fake: FakeTelegram, method: str, params: dict[str, Any], files: dict[str, bytes] | None) -> Answer:
    if method.lower() == "getupdates":
        return await _poll(fake, method, params)
    return fake.call_raw(method, params, files)


async def _poll(fake: FakeTelegram, method: str, params: dict[str, Any]) -> Answer:
    """Long polling. A newer poll ends this one with 409, as Telegram does."""
    with fake.lock:
        fake.polls += 1
        mine = fake.polls
    fake.changed()  # wakes an older poll, so that it sees it was replaced
    seconds = min(Params(params).number("timeout") or 0, 50)
    status, body = fake.call_raw(method, params)
    if seconds <= 0 or status != 200 or body != _NOTHING:
        return status, body
    fake.polling += 1
    fake.changed()
    try:
        await fake.until(lambda: fake.polls != mine or fake.updates.ready or fake.webhook, seconds)
    except TimeoutError:
        return 200, _NOTHING
    finally:
        fake.polling -= 1
        fake.changed()
    if fake.polls != mine:
        fake.refusals.append(Refusal(method, params, 409, f"Conflict: {rules.CONFLICT}", avoidable=False))
        return 409, error_body(409, f"Conflict: {rules.CONFLICT}").encode()
    return fake.call_raw(method, params)
