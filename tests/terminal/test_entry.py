"""Where the lines come from: a pipe, or somebody who types."""

import io
import sys

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.terminal import entry
from tests.terminal.seats import Seat


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def pipe(raw: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(raw), encoding="latin-1")


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ("/new\n一\r\n二".encode(), ["/new\n", "一\n", "二"]),
        ("/new\n".encode("utf-8-sig"), ["/new\n"]),
        (b"", []),
        (b"\xff\xfe\x00\n", ["\ufffd\ufffd\x00\n"]),
    ],
)
def test_piped_lines_are_utf8_whatever_the_locale(
    raw: bytes, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", pipe(raw))
    assert list(entry.typed_lines()) == lines


@pytest.mark.parametrize("end", ["\x04", "\x03"])
def test_typed_lines_end_with_ctrl_d_or_ctrl_c(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("/new\r一\r" + end)
        assert list(entry.typed_lines()) == ["/new", "一"]


@pytest.mark.parametrize("error", [KeyError, OSError, ImportError])
def test_a_login_without_a_name(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise error

    monkeypatch.setattr("getpass.getuser", fail)
    assert entry._login() == "local"


def test_messages_are_numbered_apart_in_each_chat(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        monkeypatch.setattr(sys, "stdin", pipe("/new\n2\n1\n示例公司\n".encode()))
        entry.talk(seat.world, seat.folder, "zh_CN")
    assert "示例公司" in capsys.readouterr().out
    with seat.world.store.read() as unit:
        person = unit.people.find("terminal", "local")
        assert person
        listed = unit.assessments.of(person.id)
        messages = {unit.entries.recorded(one.id)[0].header.source.message for one in listed}
    assert len(messages) == len(listed) == 2
