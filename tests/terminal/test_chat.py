"""The loop: a number presses that button, /commands work, anything else is text."""

import pytest

from bot.domain.answers import Rated
from bot.domain.entries import AnswerGiven, Noted
from bot.export.bundle import NotWhole
from bot.service import files, notices
from bot.service.events import Delivery
from bot.service.talk import Talk
from bot.terminal.chat import CHANNEL, local_person
from bot.words import Words
from tests.service.scene import say
from tests.terminal.seats import Seat

BEGUN = ["/new", "2", "1", "示例公司", "1"]
"""By the made-up two dimensions, at the first question."""


def answers(seat: Seat) -> list[str]:
    with seat.world.store.read() as unit:
        person = unit.people.find(CHANNEL, "local")
        assert person
        entries = [entry for one in unit.assessments.of(person.id) for entry in unit.entries.after(one.id, 2)]
    found = []
    for entry in entries:
        match entry.body:
            case AnswerGiven(Rated(value)):
                found.append(f"{entry.question} {value}")
            case Noted(text):
                found.append(text)
            case other:
                raise AssertionError(other)
    return found


def last(out: str) -> str:
    """The last card."""
    return out.rpartition("─" * 100)[2]


def test_it_begins_with_the_list_and_numbered_buttons(seat: Seat) -> None:
    out = seat.type([])
    assert say("line.welcome") in out
    labels = [say(f"button.{name}") for name in ("begin-first", "archived", "settings", "help")]
    assert f"[1] {labels[0]}\n[2] {labels[1]}   [3] {labels[2]}   [4] {labels[3]}" in out


def test_numbers_text_and_commands(seat: Seat) -> None:
    out = seat.type([*BEGUN, "0.7", "有依据", "1", "/MY", "/x y"])
    assert answers(seat) == ["S.1.1/service 7/10", "有依据"]
    assert f"» {say('line.notes-saved', n=1, clause='S.1.2')}" in out
    assert say("line.unknown-command") in last(out)
    assert say("home.title") in last(out)


@pytest.mark.parametrize("line", ["99", "0", "-1", "1" * 5000, "１", "+1", "1.0", "²"])
def test_what_is_no_button_is_text(line: str, seat: Seat) -> None:
    out = seat.type([line])
    assert say("line.not-asked") in last(out)
    assert "»" not in out, "nothing was pressed"


def test_a_number_larger_than_any_button_is_a_rating(seat: Seat) -> None:
    seat.type([*BEGUN, "#M.1", "/start", "#S.1.2", "0.85"])
    assert answers(seat) == ["S.1.2/service 17/20"]


@pytest.mark.parametrize("line", ["", "   ", "\t", "\n"])
def test_an_empty_line_is_nothing(line: str, seat: Seat) -> None:
    assert seat.type([line, line]).count("─" * 100) == 1, "one card, the first"


def test_it_goes_on_where_it_was(seat: Seat) -> None:
    seat.type([*BEGUN, "0.7"])
    out = seat.type(["1", "1"])
    assert "S.1.2" in last(out)
    out = seat.type(["#S.1.1"])
    assert say("card.current", answer="α 0.70") in out


def test_a_file_is_put_into_the_folder(seat: Seat) -> None:
    out = seat.type([*BEGUN, "/export", "4"])
    (file,) = seat.folder.iterdir()
    assert str(file) in out
    assert "示例公司" in file.read_text("utf-8")
    seat.type(["/export", "6"])
    assert sorted(one.suffix for one in seat.folder.iterdir()) == [".html", ".json"]
    assert "→" not in seat.type([]), "once"


@pytest.mark.parametrize(("error", "told"), [(NotWhole("ab"), True), (LookupError("ab"), False)])
def test_a_file_that_cannot_be_made_ends_no_conversation(
    error: Exception, told: bool, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Evidence that is gone from the disk; or the whole assessment, of which its owner knows."""

    def lacking(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(files, "made", lacking)
    out = seat.type([*BEGUN, "/export", "1", "/help"])
    failed = say("post.file-failed", name="").partition("“")[2].partition("”")[2][:6]
    assert (failed in out) == told
    assert say("help.title-1") in last(out)
    assert failed not in seat.type([]), "once, and it is not tried for ever"
    assert not seat.folder.exists()


def test_notices_are_printed_once_without_signs_that_steer(seat: Seat) -> None:
    seat.type([])
    with seat.world.store.write() as unit:
        talk = Talk(seat.world, unit, local_person("x", ""), Delivery())
        notices.text(talk, "<b>结果</b> \x1b[2J&lt;b&gt;")
    out = seat.type([])
    assert "结果 [2J<b>" in out
    assert "\x1b" not in out
    assert "结果" not in seat.type([])


def test_the_locale_is_a_hint(seat: Seat) -> None:
    assert Words.of("en").say("line.welcome") in " ".join(Seat(seat.world, seat.folder, "en_US").type([]).split())
    assert say("line.welcome") in Seat(seat.world, seat.folder, "").type([])
