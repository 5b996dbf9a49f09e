"""Row 37, with 34-36 in the large: random updates do no harm. All of them: `python -m tests.catalogue.fuzzing`."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.catalogue import fuzzing
from tests.catalogue.fuzzing import WAVE, fuzz
from tests.catalogue.shapes import fields

MOST_GROWTH = 30.0
"""MB per 10,000 updates that a short run may take: caches fill, and a leak of updates would take more."""


async def test_row_37_random_updates(tmp_path: Path) -> None:
    found = await fuzz(tmp_path, WAVE + 50, seed=4)
    assert found.defects == []
    assert found.answered == 2, "an ordinary person's taps are answered all the while"
    assert sum(found.reasons.values()) > 50, "what cannot be read is set aside, with a reason"


@pytest.mark.long
@pytest.mark.timeout(1200)
async def test_row_37_ten_thousand_random_updates(tmp_path: Path) -> None:
    found = await fuzz(tmp_path, 10_000, seed=5)
    assert found.defects == []
    assert found.answered == 10_000 / WAVE
    assert found.growth < MOST_GROWTH, found.report()


def test_the_fuzz_has_every_kind_and_every_fault() -> None:
    chance = Random(6)
    texts = [fields(chance) for _ in range(3000)]
    kinds = Counter(text.partition('"')[2].partition('"')[0] for text in texts)
    assert {"message", "edited_message", "callback_query", "my_chat_member", "inline_query"} <= set(kinds)
    for sign in ("NaN", "[" * 10_000, "\\ud800", "\\u0000", "9" * 4000, "sender_chat", "via_bot"):
        assert any(sign in text for text in texts), sign
    sound = 0
    for text in texts:
        try:
            json.loads("{" + text + "}")
            sound += 1
        except (ValueError, RecursionError):
            pass
    assert 2900 < sound < 3000


async def test_switched_off_a_row_that_cannot_be_kept_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the fuzz found once: a language code with NUL in it, kept as it came."""
    monkeypatch.setattr("bot.telegram.narrow._language", lambda user: user.language_code or "")
    monkeypatch.setattr(fuzzing, "PATIENCE", 1.0)
    user = {"id": 20_001, "is_bot": False, "first_name": "F", "language_code": "\0"}
    chat = {"id": 20_001, "type": "private"}
    update = json.dumps({"message": {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": "x"}})
    monkeypatch.setattr(fuzzing, "fields", lambda _: update[1:-1])
    found = await fuzz(tmp_path, 1, seed=0)
    assert found.defects
