from fractions import Fraction

import pytest

from tests.domain.build import ALPHA, LEVEL, LEVEL_OR_RATIO, RATIO, text


@pytest.mark.parametrize(
    ("value", "band"),
    [("0", 0), ("1/5", 0), ("0.200001", 1), ("2/5", 1), ("3/5", 2), ("4/5", 3), ("0.800001", 4), ("1", 4)],
)
def test_the_end_of_a_band_belongs_to_the_lower_one(value: str, band: int) -> None:
    assert RATIO.band_of(Fraction(value)) == band


def test_which_scales_take_a_ratio() -> None:
    assert [scale.takes_ratio for scale in (RATIO, ALPHA, LEVEL, LEVEL_OR_RATIO)] == [True, True, False, True]


def test_a_text_in_both_languages() -> None:
    assert (text("甲").of("zh"), text("甲").of("en")) == ("甲", "en 甲")
