"""A day as people type it."""

from datetime import date

import pytest

from bot.domain.days import typed_day
from bot.domain.refusals import DateNotUnderstood

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-31", "2026-12-31"),
        (" 2026/1/2 ", "2026-01-02"),
        ("2026.12.31", "2026-12-31"),
        ("２０２６－１２－３１", "2026-12-31"),
        ("2026年12月31日", "2026-12-31"),
        ("2026 年 1 月 2 号", "2026-01-02"),
        ("12-31", "2026-12-31"),
        ("12月31日", "2026-12-31"),
        ("11-20", "2026-11-20"),
        ("11-19", "2027-11-19"),
        ("2/29", "2028-02-29"),
        ("+14天", "2026-12-04"),
        ("14天内", "2026-12-04"),
        ("14 天后", "2026-12-04"),
        ("+14", "2026-12-04"),
        ("in 14 days", "2026-12-04"),
        ("In 1 Day", "2026-11-21"),
        ("+0", "2026-11-20"),
        ("2周", "2026-12-04"),
        ("2个星期内", "2026-12-04"),
        ("in 2 weeks", "2026-12-04"),
    ],
)
def test_a_day_is_understood(typed: str, meant: str) -> None:
    assert typed_day(typed, TODAY) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "14", "2026", "2026-13-01", "2026-02-30", "2-30", "31-12-2026", "+99999", "in days", "12-31-26"],
)
def test_what_is_no_day_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(DateNotUnderstood) as found:
        typed_day(typed, TODAY)
    assert found.value.params["typed"] == typed


def test_a_day_beyond_the_calendar_is_none() -> None:
    with pytest.raises(DateNotUnderstood):
        typed_day("in 9999 weeks", date(9900, 1, 1))


def test_a_day_that_no_year_near_has_is_none() -> None:
    """Between 1896 and 1904 no year had 29 February: nine years are looked at."""
    assert typed_day("2-29", date(1896, 3, 1)) == date(1904, 2, 29)
