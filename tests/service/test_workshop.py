"""Files made by child processes: real ones for real files, small programs in their place for all that can go wrong."""

import json
import os
import pickle
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.export import FORMATS, ReportInputs, report
from bot.service import file_worker
from bot.service.filejob import Job
from bot.service.supplies import Supplies
from bot.service.workshop import NotMade, Progress, Workshop
from bot.store.vault import Vault
from tests.export.story import Story, story


def inputs(one: Story) -> ReportInputs:
    last = one.records[-1]
    state, upto = one.state, len(one.records)
    made = last.header.at
    return ReportInputs(one.scheme, state, one.id, one.records, one.names, "zh", "UTC", upto, one.text, made)


def job(folder: Path, format_: str = "json", key: Path | None = None) -> Job:
    return Job(format_, inputs(story("stars")), Vault(folder / "evidence"), key, Supplies())


def acting(code: str) -> tuple[str, ...]:
    """A process that was told a job does this. `number` counts its jobs; `say` answers, `target` is the file."""
    program = f"""
import io, json, os, pickle, struct, sys, time
from pathlib import Path
sys.path.append(sys.argv[1])
class Any:
    def __new__(cls, *_): return object.__new__(cls)
    def __setstate__(self, _): pass
class Lean(pickle.Unpickler):
    def find_class(self, *_): return Any  # nothing of the bot need be imported to play a part
def say(**words): print(json.dumps(words), flush=True)
number = 0
while len(head := sys.stdin.buffer.read(8)) == 8:
    number += 1
    _, target = Lean(io.BytesIO(sys.stdin.buffer.read(struct.unpack(">Q", head)[0]))).load()
    target = Path(target)
{"".join(f"    {line}" + chr(10) for line in code.splitlines())}
"""
    return sys.executable, "-c", program


GOOD = "target.write_bytes(b'%d' % os.getpid())\nsay(made=1)"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "outgoing"
    assert not list((tmp_path / "outgoing").glob(".*")), "nothing half made is left"


def test_a_file_is_made_elsewhere_for_the_owner_alone_and_is_the_same(folder: Path, tmp_path: Path) -> None:
    with Workshop(folder) as shop:
        html = shop.make(1, job(tmp_path, "html"))
        again = shop.make(2, job(tmp_path, "html"))
        (child,) = shop.processes
        assert child != os.getpid()
        assert html.read_bytes() == again.read_bytes() == FORMATS["html"].render(report(inputs(story("stars"))))
        assert stat.S_IMODE(html.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        written = html.stat().st_mtime_ns
        assert shop.make(1, job(tmp_path, "json")) == html, "what was made is given again until it is dropped"
        assert html.stat().st_mtime_ns == written
        shop.drop(1)
        shop.drop(1)
        assert not html.exists()
    assert _gone(child)


def test_its_environment_is_empty_and_what_it_prints_goes_nowhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7:secret")
    saying = "target.write_text(json.dumps(dict(os.environ)))\nprint('a note', file=sys.stderr)\nsay(made=1)"
    with Workshop(folder, acting(saying)) as shop:
        assert "TELEGRAM_BOT_TOKEN" not in json.loads(shop.make(1, job(tmp_path)).read_text())
    assert capfd.readouterr().err == ""


def test_a_process_is_kept_warm_and_let_go_when_nothing_comes(folder: Path, tmp_path: Path) -> None:
    with Workshop(folder, acting(GOOD)) as shop:
        first = shop.make(1, job(tmp_path)).read_text()
        assert shop.make(2, job(tmp_path)).read_text() == first, "the same process"
    with Workshop(folder, acting(GOOD), warm=0.0) as shop:
        child = int(shop.make(3, job(tmp_path)).read_text())
        _until(lambda: _gone(child))
        assert shop.processes == ()
        assert shop.make(4, job(tmp_path)).read_text() != str(child)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("os._exit(3)", "ended with 3"),
        ("os.kill(os.getpid(), 9)", "ended with -9"),
        ("say(failed='MemoryError', at='export/pdf.py:7', lookup=False)", "MemoryError at export/pdf.py:7"),
        ("say(failed='ValueError', at='x.py:1', lookup=False)", "ValueError at x.py:1"),
        ("print('no JSON', flush=True)", "ended with"),
    ],
)
def test_what_dies_or_fails_is_told_and_the_next_try_does(how: str, said: str, folder: Path, tmp_path: Path) -> None:
    once = tmp_path / "once"
    code = f"if not Path({str(once)!r}).exists():\n    Path({str(once)!r}).touch()\n    {how}\n    continue\n{GOOD}"
    with Workshop(folder, acting(code)) as shop:
        with pytest.raises(NotMade, match=said):
            shop.make(1, job(tmp_path))
        assert not (folder / "1").exists()
        assert shop.make(1, job(tmp_path)).exists()


def test_what_hangs_is_ended_and_told(folder: Path, tmp_path: Path) -> None:
    with Workshop(folder, acting("time.sleep(60)"), longest=0.2) as shop:
        with pytest.raises(NotMade, match=r"no file within 0\.2 s"):
            shop.make(1, job(tmp_path))
        assert shop.processes == ()


def test_how_far_it_is_can_be_asked_meanwhile(folder: Path, tmp_path: Path) -> None:
    go = tmp_path / "go"
    code = f"say(stage='photos', done=3, of=9)\nwhile not Path({str(go)!r}).exists(): time.sleep(0.01)\n{GOOD}"
    with Workshop(folder, acting(code)) as shop:
        assert shop.progress(1) is None
        thread = threading.Thread(target=shop.make, args=(1, job(tmp_path)))
        thread.start()
        _until(lambda: shop.progress(1) == Progress("photos", 3, 9))
        go.touch()
        thread.join(10)
        assert shop.progress(1) is None


def test_closing_ends_what_is_being_made_at_once(folder: Path, tmp_path: Path) -> None:
    found: list[str] = []

    def make() -> None:
        try:
            shop.make(1, job(tmp_path))
        except NotMade as ended:
            found.append(str(ended))

    shop = Workshop(folder, acting("say(stage='pages', done=0, of=0)\ntime.sleep(60)"))
    thread = threading.Thread(target=make)
    thread.start()
    _until(lambda: shop.progress(1) is not None)
    shop.close()
    thread.join(5)
    assert not thread.is_alive()
    assert len(found) == 1
    with pytest.raises(NotMade, match="closed"):
        shop.make(2, job(tmp_path))


def test_a_new_run_begins_without_what_the_last_one_left(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    for left in ("7", ".tmpabc"):
        (folder / left).write_bytes(b"old")
    with Workshop(folder, acting(GOOD)) as shop:
        assert list(folder.iterdir()) == []
        assert shop.make(7, job(tmp_path)).read_bytes() != b"old"


def test_nothing_that_lay_about_is_left_by_a_process_that_was_killed(folder: Path, tmp_path: Path) -> None:
    """Photos, for one: a PDF is made with files beside it."""
    code = "(target.parent / 'photo-0.jpg').write_bytes(b'x')\nos.kill(os.getpid(), 9)"
    with Workshop(folder, acting(code)) as shop:
        with pytest.raises(NotMade):
            shop.make(1, job(tmp_path))
        assert list(folder.iterdir()) == []
        (folder / ".desk").mkdir()
        (folder / ".desk" / "photo-0.jpg").write_bytes(b"of a bot that was killed")
        shop.clear()
        assert list(folder.iterdir()) == []


def test_temporary_files_lie_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    target = tmp_path / "desk" / "target"
    target.parent.mkdir()
    target.touch()
    assert "made" in file_worker.one(pickle.dumps((job(tmp_path), str(target))), lambda *_: None)
    assert Path(tempfile.gettempdir()) == target.parent


def test_what_was_made_from_something_else_is_made_anew(folder: Path, tmp_path: Path) -> None:
    with Workshop(folder, acting("target.write_bytes(b'%d' % number)\nsay(made=1)")) as shop:
        made = [shop.make(1, job(tmp_path), sign).read_bytes() for sign in ("a", "a", "b", "b")]
        assert made == [b"1", b"1", b"2", b"2"]
        shop.make(2, job(tmp_path), "c")
        shop.keep({2})
        assert [one.name for one in folder.iterdir()] == ["2"]


def test_a_killed_bot_leaves_no_process_behind(tmp_path: Path) -> None:
    """The bot's end is the end of the process's input."""
    code = (
        "import sys, time; from pathlib import Path; from tests.service.test_workshop import *; "
        "shop = Workshop(Path(sys.argv[1]) / 'outgoing'); shop.make(1, job(Path(sys.argv[1]))); "
        "print(*shop.processes, flush=True); time.sleep(60)"
    )
    root = Path(__file__).parents[2]
    bot = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=root, stdout=subprocess.PIPE, text=True)
    assert bot.stdout is not None
    child = int(bot.stdout.readline())
    bot.send_signal(signal.SIGKILL)
    bot.wait()
    bot.stdout.close()
    _until(lambda: _gone(child))


def test_what_it_cannot_make_is_told_by_name_and_place_alone(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.touch()
    said: list[tuple[str, int, int]] = []

    def told(*words: object) -> None:
        said.append(words)  # type: ignore[arg-type]

    made = file_worker.one(pickle.dumps((job(tmp_path, "html"), str(target))), told)
    assert made == {"made": target.stat().st_size}
    failed = file_worker.one(pickle.dumps((job(tmp_path, "bundle"), str(target))), told)
    assert failed["failed"] == "ValueError"
    assert str(failed["at"]).startswith("export/bundle.py:")
    assert failed["lookup"] is False
    nowhere = file_worker.one(pickle.dumps((job(tmp_path), str(tmp_path / "removed"))), told)
    assert nowhere["failed"] == "FileNotFoundError", "it makes no file of its own: that one would be for everybody"
    assert not (tmp_path / "removed").exists()


def _gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)  # another process decides when
