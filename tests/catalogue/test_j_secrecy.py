"""Row 109: the token stands nowhere, notes stand in no log. Row 111 is tests/second/test_agreement.py."""

import base64
from pathlib import Path

import pytest

from tests.catalogue.secrecy import NOTES, TOKENS, Session, hits, leaks, told
from tests.catalogue.users import MARKER
from tests.fake_telegram import TOKEN, Control
from tests.stories.company import Say, Tap, begun
from tests.stories.running import world_in
from tests.stories.test_killed import RemotePlayer

LOUD = """
import logging
import bot.log
from bot.telegram.transport import Transport
real = Transport.do_request
async def do_request(self, url, method, request_data=None, **more):
    logging.getLogger("telegram").info("%s %s", url, request_data and request_data.parameters)
    return await real(self, url, method, request_data, **more)
Transport.do_request = do_request
bot.log.set_up = lambda level: logging.basicConfig(level=logging.DEBUG, format="%(message)s")
"""
"""The protection switched off: everybody's log lines, as they are, and a library that tells each call."""


@pytest.mark.long
def test_row_109_a_session_lets_nothing_out(tmp_path: Path) -> None:
    with Control.start() as control:
        places = told(tmp_path, control)
    log = (tmp_path / "bot.log").read_text(encoding="utf-8")
    assert leaks(tmp_path, places) == []
    for words in ("failed: ValueError at ", "malformed", "getUpdates", "RuntimeError at ", "TELEGRAM_BOT_TOKEN: "):
        assert words in log, f"the session did not go where it might leak: {words}"
    assert "Traceback" not in log
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("gradewalk.db*"))
    assert any(form in kept for form in NOTES), "what is looked for is there to be found"
    assert {name.rpartition(".")[2] for name in places if name.startswith("the file ")} >= {"html", "json"}
    assert any(name.endswith("cmdline") for name in places)


def test_switched_off_the_quiet_log_is_noticed(tmp_path: Path) -> None:
    with Control.start() as control:
        player = RemotePlayer(control, control.person(1001, "Example", "zh-hans"), world_in(tmp_path))
        process = Session(tmp_path, control).start(LOUD)
        for step in (Say("/start"), *begun("zh"), Tap("守法合规"), Say(f"{MARKER} {TOKEN}")):
            player.do(step)
        process.kill()
        process.wait(20)
    found = leaks(tmp_path, {})
    for what in ("note", "token"):
        assert [line for line in found if what in line and "bot.log" in line], "a library tells every call"
    assert list(hits({"found": "\n".join(found).encode()}, TOKENS)) == [], "a finding does not quote what it found"


@pytest.mark.parametrize("shift", range(3))
def test_a_secret_is_found_however_it_is_written(shift: int) -> None:
    for text in (TOKEN, f"x{TOKEN}y", TOKEN.replace(":", "%3A"), TOKEN.partition(":")[2]):
        assert list(hits({"here": f"...{text}...".encode()}, TOKENS)) == ["here"]
    written = base64.b64encode(b"-" * shift + TOKEN.encode() + b"--")
    assert list(hits({"here": written, "there": b"123456789:"}, TOKENS)) == ["here"]
    assert list(hits({"here": MARKER.encode("unicode_escape")}, NOTES)) == ["here"]
