"""Files are made behind whatever else a machine has to do, and are given the time that this costs them."""

import os
import threading
from itertools import count
from pathlib import Path

import pytest

from bot.service import file_worker, workshop
from bot.service.workshop import NotMade, Workshop
from tests.service.test_workshop import GOOD, acting, job


@pytest.mark.skipif(not file_worker.AUTOGROUP.exists(), reason="this system shares a core between processes alone")
def test_it_and_its_session_let_the_bot_go_first(tmp_path: Path) -> None:
    before = file_worker.AUTOGROUP.read_text()
    with Workshop(tmp_path / "outgoing") as shop:
        shop.make(1, job(tmp_path))
        (child,) = shop.processes
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, child) == min(own + file_worker.NICE, 19)
        assert Path(f"/proc/{child}/autogroup").read_text().split()[-2:] == ["nice", str(file_worker.NICE)]
    assert file_worker.AUTOGROUP.read_text() == before, "and not the bot's"


def test_a_session_stands_back_as_soon_as_the_system_lets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    class Busy:
        def write_text(self, nice: str, _: str) -> None:
            said.append(nice)
            if len(said) < 3:
                raise BlockingIOError

    monkeypatch.setattr(file_worker, "AUTOGROUP", Busy())
    monkeypatch.setattr(file_worker, "PAUSE", 0.0)
    monkeypatch.setattr(os, "getsid", lambda _: os.getpid() + 1)
    file_worker.stand_back()
    assert not said, "the session is another's"
    monkeypatch.setattr(os, "getsid", lambda _: os.getpid())
    file_worker.stand_back()
    assert said == [str(file_worker.NICE)] * 3


def test_what_waits_for_the_core_has_more_time_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, looks = tmp_path / "go", count()
    code = f"while not Path({str(go)!r}).exists(): time.sleep(0.01)\n{GOOD}"
    monkeypatch.setattr(workshop, "stood_ready", lambda _: next(looks) * 1e9)
    with Workshop(tmp_path / "outgoing", acting(code), longest=0.5) as shop:
        threading.Timer(0.8, go.touch).start()
        assert shop.make(1, job(tmp_path)).exists()
        go.unlink()
        looks = count()
        with pytest.raises(NotMade, match=r"no file within 0\.5 s"):
            shop.make(2, job(tmp_path))


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="this system does not say")
def test_how_long_a_process_stood_ready_is_what_the_system_says() -> None:
    first = workshop.stood_ready(os.getpid())
    assert 0 < first <= workshop.stood_ready(os.getpid())
    assert workshop.stood_ready(2**30) == 0, "there is none"
