"""When the next updates are asked for: before the work on these, or in step with it where they are near."""

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext
from types import SimpleNamespace
from typing import cast

import pytest

from bot.telegram import intake
from bot.telegram.client import Client
from bot.telegram.intake import FEW, Intake
from bot.telegram.ports import Inbox
from bot.telegram.stopping import Stop
from bot.telegram.writer import Writer


async def polled(updates: int) -> list[str]:
    """What happens, in order, at two polls of which the first brings so many, until all is done."""
    seen: list[str] = []
    stop, work = Stop(), set[asyncio.Task[None]]()

    async def answered(offset: int, **_: object) -> bytes:
        seen.append(f"asked from {offset}")
        if offset:
            stop.now()
        rows = "" if offset else ",".join(f'{{"update_id":{n}}}' for n in range(1, updates + 1))
        return f'{{"ok": true, "result": [{rows}]}}'.encode()

    async def webhook() -> SimpleNamespace:
        return SimpleNamespace(url="")

    def taken(found: Sequence[object], _: int) -> Sequence[str]:
        seen.append(f"kept {len(found)}")
        return ["row"]

    client = SimpleNamespace(updates=answered, bot=SimpleNamespace(get_webhook_info=webhook))
    with Writer(nullcontext) as writer:

        def begun(_: object) -> None:
            seen.append("begun")
            work.add(asyncio.create_task(writer(seen.append, "done")))

        await Intake(
            cast("Client", client),
            cast("Inbox", SimpleNamespace(taken=taken)),
            writer,
            stop,
            taken=begun,
            storage_failed=lambda _: None,
            pause=asyncio.sleep,
        ).run()
        await asyncio.sleep(0)
        await asyncio.gather(*work)
    return seen


async def test_the_next_poll_is_on_its_way_before_the_work_on_this_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "NEAR", 0.0)
    assert await polled(FEW + 1) == ["asked from 0", f"kept {FEW + 1}", f"asked from {FEW + 2}", "begun", "done"]


@pytest.mark.parametrize("updates", [FEW, FEW + 1])
async def test_where_many_come_at_once_from_near_the_next_poll_waits_for_the_work(
    updates: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "NEAR", 60.0)
    seen = await polled(updates)
    assert (seen.index("done") < seen.index(f"asked from {updates + 1}")) == (updates > FEW)
