"""The command line in this process, in an empty folder, without a setting of the developer's."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot import cli, log
from bot.config import Settings
from tests.store.making import open_file

Ran = tuple[int, str, str]
"""Exit code, stdout, stderr."""
Command = Callable[..., Ran]


@contextmanager
def bare(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[None]:
    """No setting, this folder; log, hooks and umask as they were afterwards."""
    for name in list(os.environ):
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.chdir(folder)
    loggers = [logging.getLogger(), *map(logging.getLogger, ("bot", *log.LIBRARIES))]
    levels, handlers = [logger.level for logger in loggers], loggers[0].handlers[:]
    hooks, mask = (sys.excepthook, threading.excepthook, sys.unraisablehook), os.umask(0o022)
    os.umask(mask)
    yield
    os.umask(mask)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    loggers[0].handlers[:] = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def fresh(folder: Path) -> None:
    """An empty database of today's version in a data folder that has none; quicker than all the upgrades to it."""
    file = folder / "gradewalk.db"
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_bytes(_empty())


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "gradewalk.db"
        open_file(file).dispose()
        return file.read_bytes()


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["gradewalk", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(ended.value.code or 0), out, err

    return run
