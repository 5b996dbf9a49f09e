"""The log: what is written, and what is never written (RELIABILITY: log secrecy)."""

import asyncio
import gc
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from bot import log

TOKEN = "123456789:made-up-token-made-up-token-made-up"
NOTE = "the-note-of-a-person"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    touched = [root, *map(logging.getLogger, ("bot", *log.LIBRARIES))]
    levels = [logger.level for logger in touched]
    handlers = root.handlers[:]
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    root.handlers[:] = handlers
    for logger, level in zip(touched, levels, strict=True):
        logger.setLevel(level)


def fail() -> None:
    raise ValueError(NOTE)


def test_a_line_has_time_level_and_name(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")
    logging.getLogger("bot.service").info("closed %s", "a-7")
    assert capsys.readouterr().err.endswith("Z INFO bot.service: closed a-7\n")


def test_set_up_twice_writes_once(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")
    log.set_up("WARNING")
    logging.getLogger("bot").info("not this")
    logging.getLogger("bot").warning("this")
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("message", "arguments"),
    [(f"POST https://api.telegram.org/bot{TOKEN}/getMe", ()), ("%s", (TOKEN,)), ("%r", ({"url": TOKEN},))],
)
def test_a_token_is_never_written(
    message: str, arguments: tuple[object, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    log.set_up("DEBUG")
    logging.getLogger("telegram.request").warning(message, *arguments)
    written = capsys.readouterr().err
    assert "<token>" in written
    assert TOKEN not in written


@pytest.mark.parametrize("library", [*log.LIBRARIES, "httpx.client", "sqlalchemy.engine.Engine", "another"])
def test_libraries_are_quiet_at_every_level(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("DEBUG")
    logging.getLogger("bot").debug("ours")
    logging.getLogger(library).info("theirs")
    assert "theirs" not in capsys.readouterr().err
    logging.getLogger(library).warning("a warning")
    assert "a warning" in capsys.readouterr().err


def test_error_level_holds_for_libraries_too(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("ERROR")
    logging.getLogger("httpx").warning("a warning")
    assert capsys.readouterr().err == ""


def test_an_exception_is_class_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")
    try:
        try:
            fail()
        except ValueError as error:
            raise KeyError(NOTE) from error
    except KeyError:
        logging.getLogger("bot").exception("not saved")
    written = capsys.readouterr().err
    assert NOTE not in written
    assert "KeyError at tests/test_log.py:" in written
    assert "after ValueError at tests/test_log.py:" in written
    assert " fail\n" in written


def test_the_text_of_another_handler_is_not_taken_over(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")
    try:
        fail()
    except ValueError:
        record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "x", (), sys.exc_info())
    assert NOTE in logging.Formatter().format(record)  # which keeps its text in the record
    logging.getLogger("bot").handle(record)
    assert NOTE not in capsys.readouterr().err


def test_every_part_of_a_group_is_named() -> None:
    assert [line.split(" at ")[0] for line in log.describe(ExceptionGroup("x", [ValueError()])).splitlines()] == [
        "ExceptionGroup",
        "  ValueError",
    ]


def test_a_lost_task_does_not_quote(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")

    async def failing() -> None:
        fail()

    async def lose() -> None:
        task = asyncio.create_task(failing())
        await asyncio.wait([task])
        del task
        gc.collect()

    asyncio.run(lose())
    written = capsys.readouterr().err
    assert "never retrieved" in written
    assert "ValueError at" in written
    assert NOTE not in written


def test_a_wrong_log_call_loses_the_line_only(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")
    ours = next(handler for handler in logging.getLogger().handlers if isinstance(handler, log._Handler))
    ours.handle(logging.LogRecord("bot", logging.INFO, __file__, 1, "%s %s", (NOTE,), None))
    written = capsys.readouterr().err
    assert "a log line was lost: bot test_log.py:" in written
    assert NOTE not in written


def test_what_nobody_caught_is_logged_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    written = capsys.readouterr().err
    assert "CRITICAL bot: stopped by an error\nValueError at" in written
    assert NOTE not in written


def test_a_thread_that_fails_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    written = capsys.readouterr().err
    assert "ValueError at" in written
    assert NOTE not in written


def test_ctrl_c_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "CRITICAL" not in capsys.readouterr().err
