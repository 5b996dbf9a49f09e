import pytest

from bot.domain.quiet import DEFAULT, Quiet, quiet_of, typed_quiet
from bot.domain.refusals import QuietNotUnderstood


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22:00-07:00", ("22:00", "07:00")),
        (" 22：30 － 6：05 ", ("22:30", "06:05")),
        ("22-7", ("22:00", "07:00")),
        ("22点到7点", ("22:00", "07:00")),
        ("22点30分至6点05分", ("22:30", "06:05")),
        ("9.15 to 18.45", ("09:15", "18:45")),
        ("22:00~24:00", ("22:00", "00:00")),
        ("00:00—00:00", ("00:00", "00:00")),
    ],
)
def test_typed_hours(text: str, meant: tuple[str, str]) -> None:
    assert typed_quiet(text).clock() == meant


@pytest.mark.parametrize("text", ["", "22:00", "22:60-07:00", "25-7", "24:01-7", "22:0-7", "a-b", "22:00-07:00-08:00"])
def test_what_is_no_stretch_of_a_day(text: str) -> None:
    with pytest.raises(QuietNotUnderstood):
        typed_quiet(text)


@pytest.mark.parametrize(
    ("hours", "quiet", "loud"),
    [
        (Quiet(22 * 60, 7 * 60), (0, 419, 1320, 1439), (420, 1319, 720)),
        (Quiet(60, 120), (60, 119), (59, 120, 0, 1439)),
        (Quiet(0, 0), (), (0, 720, 1439)),
    ],
)
def test_what_is_quiet(hours: Quiet, quiet: tuple[int, ...], loud: tuple[int, ...]) -> None:
    assert all(hours.holds(minute) for minute in quiet)
    assert not any(hours.holds(minute) for minute in loud)
    assert hours.never == (not quiet)


def test_kept_hours_and_the_default() -> None:
    assert quiet_of("22:00", "07:00") == Quiet(1320, 420)
    assert DEFAULT.clock() == ("21:00", "08:00")
    for start, end in (("", ""), ("22:00", ""), ("x", "07:00"), ("22:00", "7")):
        assert quiet_of(start, end) == DEFAULT, (start, end)
