"""The last resort: a process that was told to end is left, whatever still holds it up, and only then."""

import logging
import threading

import pytest

from bot.telegram.stopping import Exit, Stop, last_resort


class Door:
    """Notes the code the process would have been left with."""

    def __init__(self) -> None:
        self.codes: list[int] = []
        self.left = threading.Event()

    def __call__(self, code: int) -> None:
        self.codes.append(code)
        self.left.set()


def watcher() -> threading.Thread | None:
    return next((thread for thread in threading.enumerate() if thread.name == "last resort"), None)


def joined(thread: threading.Thread | None) -> None:
    assert thread is not None
    thread.join(10)
    assert not thread.is_alive()


def test_a_process_that_hangs_is_left_with_the_code_of_the_stop(caplog: pytest.LogCaptureFixture) -> None:
    door, stop = Door(), Stop()
    with caplog.at_level(logging.WARNING), last_resort(stop, door, seconds=0.0):
        stop.now(Exit.CONFLICT)
        assert door.left.wait(10)
    assert door.codes == [Exit.CONFLICT]
    assert "left for the next start" in caplog.text


def test_a_process_that_ends_by_itself_is_not(caplog: pytest.LogCaptureFixture) -> None:
    door, stop = Door(), Stop()
    with last_resort(stop, door, seconds=60.0):
        thread = watcher()
        stop.now()
    joined(thread)
    assert door.codes == []
    assert caplog.text == ""


def test_nor_one_that_nobody_told_to_end() -> None:
    door, stop = Door(), Stop()
    with last_resort(stop, door, seconds=0.0):
        thread = watcher()
    joined(thread)
    assert door.codes == []


def test_the_watcher_keeps_no_process_alive() -> None:
    with last_resort(Stop(), Door()):
        thread = watcher()
        assert thread is not None
        assert thread.daemon
    joined(thread)
