"""RELIABILITY 3 as a table: what each error means."""

from datetime import timedelta
from types import SimpleNamespace

import aiohttp
import pytest
from telegram import error as te

from bot.telegram.client import connect
from bot.telegram.trouble import Kind, Trouble, attempt, backoff, trouble_of
from tests.telegram.stage import Token


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


NO_WAY = aiohttp.ClientConnectorError(SimpleNamespace(host="", port=0, ssl=None), OSError())  # type: ignore[arg-type]
BAD_REQUESTS = {
    "Bad Request: message is not modified: specified new message content": Kind.SAME,
    "Bad Request: query is too old and response timeout expired or query ID is invalid": Kind.OLD,
    "QUERY_ID_INVALID": Kind.OLD,
    "Bad Request: message to edit not found": Kind.GONE,
    "Bad Request: message can't be edited": Kind.GONE,
    "Bad Request: message can’t be edited": Kind.GONE,
    "Bad Request: MESSAGE_ID_INVALID": Kind.GONE,
    "Bad Request: can't parse entities: unsupported start tag": Kind.MARKUP,
    "Bad Request: message is too long": Kind.MARKUP,
    "Bad Request: MEDIA_CAPTION_TOO_LONG": Kind.MARKUP,
    "Bad Request: reply markup is too long": Kind.MARKUP,
    "Bad Request: chat not found": Kind.UNREACHABLE,
    "BAD REQUEST: CHAT NOT FOUND": Kind.UNREACHABLE,
    "Bad Request: PEER_ID_INVALID": Kind.UNREACHABLE,
    "Bad Request: file is too big": Kind.TOO_BIG,
    "Bad Request: SOMETHING_NEW": Kind.REFUSED,
    "": Kind.REFUSED,
}


@pytest.mark.parametrize(("text", "kind"), BAD_REQUESTS.items())
def test_400(text: str, kind: Kind) -> None:
    assert trouble_of(te.BadRequest(text)).kind is kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (te.Forbidden("Forbidden: bot was blocked by the user"), Kind.UNREACHABLE),
        (te.Forbidden("anything"), Kind.UNREACHABLE),
        (te.ChatMigrated(-1), Kind.MOVED),
        (te.InvalidToken("secret"), Kind.STOP),
        (caused(te.InvalidToken("Unauthorized (401)"), te.TelegramError("Invalid server response")), Kind.RETRY),
        (caused(te.Forbidden("Forbidden (403)"), te.TelegramError("Invalid server response")), Kind.RETRY),
        (te.EndPointNotFound("x"), Kind.REFUSED),
        (te.NetworkError("Internal Server Error (500)"), Kind.RETRY),
        (te.NetworkError("Bad Gateway"), Kind.RETRY),
        (te.NetworkError("Too Many Requests: retry later"), Kind.WAIT),
        (te.NetworkError("Request Entity Too Large"), Kind.TOO_BIG),
        (te.NetworkError("aiohttp.ClientOSError"), Kind.UNSURE),
        (te.TimedOut(), Kind.UNSURE),
        (caused(te.NetworkError("aiohttp.ClientConnectorError"), NO_WAY), Kind.RETRY),
        (caused(te.TimedOut(), aiohttp.ConnectionTimeoutError("")), Kind.RETRY),
        (caused(te.TimedOut(), aiohttp.SocketTimeoutError("")), Kind.UNSURE),
        (te.TelegramError("Invalid server response"), Kind.UNSURE),
        (KeyError("result"), Kind.UNSURE),
    ],
)
def test_the_rest(error: Exception, kind: Kind) -> None:
    assert trouble_of(error).kind is kind


@pytest.mark.parametrize(("after", "seconds"), [(5, 5.5), (0.25, 0.75), (-3, 0.0), (0, 0.0), (3600, 3600.5)])
def test_429(after: float, seconds: float) -> None:
    connect(Token(), "https://telegram.test")  # quiets the library's warning about its own attribute
    assert trouble_of(te.RetryAfter(timedelta(seconds=after))) == Trouble(Kind.WAIT, "RetryAfter", seconds)


@pytest.mark.parametrize(("text", "seconds"), [("Too Many Requests: retry after 7", 7.5), ("Too Many Requests", 0.0)])
def test_429_that_names_the_seconds_in_words_alone(text: str, seconds: float) -> None:
    assert trouble_of(te.NetworkError(text)) == Trouble(Kind.WAIT, "NetworkError", seconds)


@pytest.mark.parametrize(
    ("error", "maybe"),
    [
        (te.NetworkError("Bad Gateway"), True),
        (te.NetworkError("Internal Server Error (500)"), True),
        (te.TimedOut(), True),
        (te.TelegramError("Invalid server response"), True),
        (caused(te.TimedOut(), aiohttp.ConnectionTimeoutError("")), False),
        (te.NetworkError("Too Many Requests"), False),
        (te.BadRequest("Bad Request: SOMETHING_NEW"), False),
        (te.Forbidden("Forbidden: bot was blocked by the user"), False),
    ],
)
def test_what_may_have_been_done_all_the_same(error: Exception, maybe: bool) -> None:
    assert trouble_of(error).maybe is maybe


def test_where_a_chat_moved_to() -> None:
    assert trouble_of(te.ChatMigrated(-100)).chat == "-100"


def test_429_as_the_library_will_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    assert trouble_of(te.RetryAfter(timedelta(seconds=5))).seconds == 5.5


def test_waits_grow_to_a_minute() -> None:
    assert [backoff(n) for n in (*range(1, 9), 10_000)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_nothing_that_was_worked_on_is_in_a_note() -> None:
    async def call() -> None:
        raise ValueError("words of a person")

    result = await attempt(call())
    assert isinstance(result, Trouble)
    assert result.note.startswith("ValueError at telegram/test_trouble.py:")
    parse = trouble_of(te.BadRequest('Bad Request: can\'t parse entities: unsupported start tag "secret"'))
    quoting = trouble_of(te.BadRequest("Bad Request: URL 'secret' can't be opened, \"secret\" is no host"))
    assert "secret" not in quoting.note
    assert "secret" not in parse.note + trouble_of(te.InvalidToken("secret")).note
