"""Where log lines go and what they may never hold: a token, the text of an exception, anything a person wrote.

One handler on stderr. Libraries are heard from WARNING on, whatever LOG_LEVEL says: at INFO httpx prints the address
of every request, and the bot's token stands in it. An exception is written as its class and its places, without its
message: messages quote what was being worked on. Knows nothing of who logs what.
"""

import logging
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

LIBRARIES = ("aiohttp", "httpx", "httpcore", "telegram", "sqlalchemy")

_TOKEN = re.compile(r"\d{6,}:[\w-]{30,}", re.ASCII)
_STOPPED = "stopped by an error"

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def set_up(level: str) -> None:
    """Send log lines of `level` ("DEBUG" to "ERROR") and above to stderr; errors that nobody caught too.

    May be called again: the latest call holds.
    """
    handler = _Handler()
    handler.setFormatter(_Formatter())
    root = logging.getLogger()
    for old in [known for known in root.handlers if isinstance(known, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    ours = logging.getLogger("bot")
    ours.setLevel(level)
    quiet = max(ours.level, logging.WARNING)
    for logger in (root, *map(logging.getLogger, LIBRARIES)):
        logger.setLevel(quiet)
    sys.excepthook = _excepthook
    threading.excepthook = lambda args: _log_uncaught(args.exc_value)
    sys.unraisablehook = lambda args: _log_uncaught(args.exc_value)


def redact(text: str) -> str:
    """The text with every bot token replaced by `<token>`."""
    return _TOKEN.sub("<token>", text)


def describe(error: BaseException) -> str:
    """Class and places of an exception, its causes and its parts, one line each; never a message."""
    return "\n".join(_lines(error, ""))


def _lines(error: BaseException, indent: str) -> Iterator[str]:
    frames = extract_tb(error.__traceback__)
    places = " > ".join(f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in frames)
    yield f"{indent}{type(error).__qualname__} at {places or 'an unknown place'}"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _lines(part, indent + "  ")
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _lines(before, indent + "after ")


class _Handler(logging.Handler):
    """Writes to whatever stderr is at that moment. A class of its own, so that it is found again."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            sys.stderr.write(self.format(record) + "\n")
        except Exception:  # noqa: BLE001  # a log line never stops the program
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the name is logging's
        """Say which line of code logged badly. logging itself would print the arguments."""
        with suppress(Exception):  # nobody may be reading any more, or stderr may be closed (RELIABILITY row 4)
            sys.stderr.write(f"a log line was lost: {record.name} {Path(record.pathname).name}:{record.lineno}\n")


class _Formatter(logging.Formatter):
    """`time level logger: message`, in UTC, without tokens."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """The finished line. Everything passes here, so here the token is taken out."""
        record.exc_text = None  # another handler's text of the exception: it has the message in it
        line = redact(super().format(record))
        record.exc_text = None
        return line

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name is logging's
        """The line without its exception. asyncio appends the repr of a task, which quotes the exception."""
        if record.name == "asyncio":
            record.message = record.message.partition("\n")[0]
        return super().formatMessage(record)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802  # the name is logging's
        """Class and places only."""
        return describe(ei[1]) if ei[1] is not None else ""


def _log_uncaught(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit):
        logging.getLogger("bot").critical(_STOPPED, exc_info=error)


def _excepthook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        _log_uncaught(error)
