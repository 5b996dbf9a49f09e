"""`python -m tests.catalogue.secrecy [FOLDER …]`: row 109, does the token or a note stand where it must not?

A session with everything that could make the bot talkative: notes, a name, files, updates that cannot be read, a
handler that fails with the note in its message, a network that breaks off. Then every place is searched. With
folders, those are searched instead: for what other runs have left. Knows nothing of how the bot keeps secrets.
"""

import argparse
import base64
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from tests.catalogue.drivers import LOG, environment
from tests.catalogue.users import MARKER
from tests.fake_telegram import TOKEN, Control
from tests.fake_telegram.faults import Fault
from tests.stories.company import Say, Tap, begun
from tests.stories.running import world_in
from tests.stories.test_killed import RemotePlayer

BOOM = "failing-text"
SECRET = TOKEN.partition(":")[2]
FAILING = f"""
import os
from bot.service import respond
true = respond._work
def work(talk, event):
    if {BOOM!r} in getattr(event, "text", ""):
        try:
            raise KeyError(event.text)
        except KeyError as error:
            raise ValueError(f"cannot keep {{event.text}} with {{os.environ['TELEGRAM_BOT_TOKEN']}}") from error
    return true(talk, event)
respond._work = work
"""
"""A handler that fails, and says with what."""
ENDING = f"""
import os
from bot.log import set_up
set_up("INFO")
raise RuntimeError({MARKER!r} + os.environ["TELEGRAM_BOT_TOKEN"])
"""
"""An error that nobody catches."""


def forms(secret: str) -> tuple[bytes, ...]:
    """How a secret may be written: as it is, as JSON and addresses write it, in Base64 at each offset."""
    plain = secret.encode()
    inside = [base64.b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)]
    return (plain, quote(secret).encode(), json.dumps(secret)[1:-1].encode(), plain[::-1], *inside)


TOKENS = tuple(dict.fromkeys((*forms(TOKEN), *forms(SECRET))))
NOTES = tuple(dict.fromkeys(forms(MARKER)))


def hits(places: Mapping[str, bytes], sought: tuple[bytes, ...]) -> Iterator[str]:
    """The places in which any of this stands; never what stands there."""
    for name, content in places.items():
        if any(form in content for form in sought):
            yield name


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything below a folder: database, write-ahead log, backups, logs."""
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def leaks(folder: Path, more: Mapping[str, bytes]) -> list[str]:
    """What a session on this folder has let out. more: other places, by name; those of `log` hold no note either."""
    places = files_of(folder) | dict(more)
    logs = {name: content for name, content in places.items() if name.endswith(".log")}
    said = [f"the token stands in {name}" for name in hits(places, TOKENS)]
    return said + [f"a note stands in {name}" for name in hits(logs, NOTES)]


class Session:
    """The real process, with something done to it before it starts. Its output is the log of the folder."""

    def __init__(self, folder: Path, control: Control) -> None:
        self.folder, self.control = folder, control
        self.places: dict[str, bytes] = {}

    def start(self, patch: str = "", *arguments: str, **settings: str) -> "subprocess.Popen[bytes]":
        code = f"{patch}\nimport sys\nfrom bot.cli import main\nsys.argv[0] = 'gradewalk'\nmain()"
        with (self.folder / LOG).open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-c", code, *(arguments or ("run",))],
                cwd=self.folder,
                env=environment(self.folder, self.control.base_url, **settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def look_at(self, process: "subprocess.Popen[bytes]") -> None:
        """What everybody on the machine sees of it."""
        for file in ("cmdline", "comm", "status"):
            place = Path(f"/proc/{process.pid}/{file}")
            if place.exists():
                self.places[str(place)] = place.read_bytes()


def told(folder: Path, control: Control, patch: str = FAILING) -> dict[str, bytes]:
    """A whole session; places besides the folder: files handed out, what the bot sent, what the system shows."""
    session, world = Session(folder, control), world_in(folder)
    person = control.person(1001, "Example", "zh-hans")
    player = RemotePlayer(control, person, world)
    process = session.start(patch)
    try:
        session.look_at(process)
        for step in (Say("/start"), *begun("zh"), Tap("守法合规"), Say(f"{MARKER} 现场"), Tap("存为备注")):
            player.do(step)
        for format_ in ("JSON", "网页 · "):
            player.do(Say("/export"))
            player.do(Tap(format_))
        for message in person.chat:
            if message.attachment is not None:
                session.places[f"the file {message.attachment.name}"] = person.download(message)
        control.inject_text(f'"message": {{"text": "{MARKER}", "chat": {{"id": 1001}}, "from": "{MARKER}"}}')
        control.inject_text(f'"message": {{"text": "{MARKER}"' + ', "x": ' + "[" * 5000 + "]" * 5000 + "}")
        control.inject_text(f'"message": {{"text": ["{MARKER}"], "date": "{MARKER}"}}')
        player.settled()
        _break_the_network(control, player)
        person.say(f"{MARKER} {BOOM}")  # fails five times, with pauses; one is enough
        until_logged(folder, "failed: ValueError")
    finally:
        process.terminate()
        process.wait(20)
    session.places["what the bot sent"] = json.dumps(control.calls(), ensure_ascii=False).encode()
    session.places["what people saw"] = "\n".join(message.text for message in person.chat).encode()
    _endings(session)
    return session.places


def _break_the_network(control: Control, player: RemotePlayer) -> None:
    """Errors of the transport hold the address, and in that the token."""
    page = "<html>Bad Gateway</html>"
    control.faults(
        Fault("*", "drop", times=3),
        Fault("*", "answer", status=502, body=page, times=2),
        Fault("*", "answer", status=200, body="{", times=2),
        Fault("*", "cut", effect=True, times=2),
    )
    player.do(Say("/help"))
    control.faults(clear=True)


def _endings(session: Session) -> None:
    """Runs that end badly: an uncaught error, a token that is no token, one that is revoked."""
    assert session.start(ENDING).wait(60)
    assert session.start("", "run", TELEGRAM_BOT_TOKEN=TOKEN + " x").wait(60)
    session.control.revoke()
    assert session.start("", "run").wait(60)


def until_logged(folder: Path, words: str) -> None:
    ends = time.monotonic() + 60
    while words not in (folder / LOG).read_text(encoding="utf-8"):
        assert time.monotonic() < ends, (folder / LOG).read_text(encoding="utf-8")
        time.sleep(0.02)  # another process's log cannot be waited for


def main() -> int:
    """Exit 1 where anything leaks."""
    parser = argparse.ArgumentParser(prog="tests.catalogue.secrecy", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="what other runs have left: data folders, logs")
    given = parser.parse_args()
    if given.folders:
        found = [leak for folder in given.folders for leak in leaks(folder, {})]
    else:
        with tempfile.TemporaryDirectory() as folder, Control.start() as control:
            found = leaks(Path(folder), told(Path(folder), control))
    sys.stdout.write("\n".join([*found, f"{len(found)} hits"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
