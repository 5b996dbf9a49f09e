from fractions import Fraction
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import Rated
from bot.domain.cleaning import clean_text
from bot.domain.refusals import LevelNotWhole, OutOfRange, RatingRefused
from bot.domain.scales import Scale
from bot.domain.typed import Ambiguous, NoRating, Understood, understand
from tests.domain.build import ALPHA, LEVEL, LEVEL_OR_RATIO, RATIO

Expected: TypeAlias = str | tuple[str, ...] | type[RatingRefused] | None
"""'17/20': that rating; a tuple: asks which of these; a class: refused so; None: no rating, perhaps a note."""

SAME_ON_RATIO_AND_ALPHA: list[tuple[str, Expected]] = [
    ("85%", "17/20"),
    ("85 %", "17/20"),
    ("85％", "17/20"),
    ("８５％", "17/20"),
    ("０．８５", "17/20"),
    ("0.85", "17/20"),
    (".85", "17/20"),
    ("+.85", "17/20"),
    ("0.333", "333/1000"),
    ("  0.7 ", "7/10"),
    ("\u30000.7\u3000", "7/10"),
    ("4.25/5", "17/20"),
    ("４．２５／５", "17/20"),
    ("48/50", "24/25"),
    ("48 / 50分", "24/25"),
    ("1/3", "1/3"),
    ("5/5", "1"),
    ("0/5", "0"),
    ("0", "0"),
    ("0.0", "0"),
    ("0%", "0"),
    ("1%", "1/100"),
    ("100%", "1"),
    ("100.0%", "1"),
    ("4分", ("2/3", "1/25")),  # 4 of the row's 6 points, or of 100
    ("６分", ("1", "3/50")),
    ("-1", OutOfRange),
    ("-0.1", OutOfRange),
    ("101%", OutOfRange),
    ("100.000001%", OutOfRange),
    ("101", OutOfRange),
    ("101分", OutOfRange),
    ("6/5", OutOfRange),
    ("-1/5", OutOfRange),
    ("-1/-2", OutOfRange),
    ("1/0", OutOfRange),
    ("0/0", OutOfRange),
    ("", None),
    ("   ", None),
    ("abc", None),
    ("四级", None),
    ("level 4", None),
    ("85 percent", None),
    ("85%%", None),
    ("1/2/3", None),
    ("1,5", None),
    ("8 5", None),
    (".", None),
    ("%", None),
    ("/", None),
    ("nan", None),
    ("1e-1", None),
    ("½", None),
    ("8\n5%", None),
    ("85\x1f%", None),
    ("0.85 见照片", None),
    ("第三方证书见附件二〇二五年一月一日起有效期三年整", None),
    ("0." + "3" * 30, None),
]

RATIO_ONLY: list[tuple[str, Expected]] = [
    ("85", "17/20"),
    ("８５", "17/20"),
    ("2.5", "1/40"),
    ("69.996", "17499/25000"),
    ("100", "1"),
    ("1", ("1", "1/100")),
    ("1.", ("1", "1/100")),
    ("1.0", ("1", "1/100")),
    ("１", ("1", "1/100")),
    ("85分", "17/20"),
    ("0分", "0"),
    ("100分", "1"),
]

ALPHA_ONLY: list[tuple[str, Expected]] = [
    ("0.7", "7/10"),
    ("1", "1"),
    ("1.0", "1"),
    ("70", ("7/10",)),
    ("2.5", ("1/40",)),
    ("100", ("1",)),
    ("100.5", OutOfRange),
    ("70分", ("7/10",)),
    ("0分", ("0",)),
]

SAME_ON_LEVELS: list[tuple[str, Expected]] = [
    ("4", "4/5"),
    ("４", "4/5"),
    ("4.0", "4/5"),
    ("四", "4/5"),
    ("四级", "4/5"),
    ("叁级", "3/5"),
    ("4级", "4/5"),
    ("4 级", "4/5"),
    ("第四级", "4/5"),
    ("第 4 级", "4/5"),
    ("level 4", "4/5"),
    ("Level4", "4/5"),
    ("LEVEL 4", "4/5"),
    ("Ｌｅｖｅｌ４", "4/5"),
    ("L4", "4/5"),
    ("l 5", "1"),
    ("1", "1/5"),
    ("五级", "1"),
    ("0", OutOfRange),
    ("6", OutOfRange),
    ("六级", OutOfRange),
    ("-1", OutOfRange),
    ("85", OutOfRange),
    ("2.5", LevelNotWhole),
    ("2.5级", LevelNotWhole),
    ("level 0.5", LevelNotWhole),
    ("4.999", LevelNotWhole),
    ("", None),
    ("abc", None),
    ("级", None),
    ("level", None),
    ("level four", None),
    ("四级五", None),
    ("十一级", None),
]

LEVEL_ONLY: list[tuple[str, Expected]] = [
    ("85%", LevelNotWhole),
    ("0.85", LevelNotWhole),
    ("4/5", LevelNotWhole),
    ("4分", LevelNotWhole),
]

BESIDE_LEVELS: list[tuple[str, Expected]] = [
    ("85%", "17/20"),
    ("0.85", "17/20"),
    (".85", "17/20"),
    ("4/5", "4/5"),
    ("4分", ("2/3", "1/25")),
    ("101%", OutOfRange),
    ("-0.5", OutOfRange),
    ("85.5", LevelNotWhole),
]


def meaning(text: str, scale: Scale) -> Expected:
    try:
        found = understand(text, scale, Fraction(6))
    except RatingRefused as refused:
        return type(refused)
    match found:
        case Understood(rating):
            assert rating.typed == text.strip()
            return str(rating.value)
        case Ambiguous(ratings):
            return tuple(str(rating.value) for rating in ratings)
        case NoRating():
            return None


@pytest.mark.parametrize(("text", "expected"), SAME_ON_RATIO_AND_ALPHA + RATIO_ONLY)
def test_typed_at_a_ratio_question(text: str, expected: Expected) -> None:
    assert meaning(text, RATIO) == expected


@pytest.mark.parametrize(("text", "expected"), SAME_ON_RATIO_AND_ALPHA + ALPHA_ONLY)
def test_typed_at_an_alpha_question(text: str, expected: Expected) -> None:
    assert meaning(text, ALPHA) == expected


@pytest.mark.parametrize(("text", "expected"), SAME_ON_LEVELS + LEVEL_ONLY)
def test_typed_at_a_level_question(text: str, expected: Expected) -> None:
    assert meaning(text, LEVEL) == expected


@pytest.mark.parametrize(("text", "expected"), SAME_ON_LEVELS + BESIDE_LEVELS)
def test_typed_at_a_level_question_that_also_takes_a_ratio(text: str, expected: Expected) -> None:
    assert meaning(text, LEVEL_OR_RATIO) == expected


@pytest.mark.parametrize(
    ("text", "scale", "form"),
    [
        ("85%", RATIO, "ratio"),
        ("85%", ALPHA, "alpha"),
        ("0.7", ALPHA, "alpha"),
        ("4/5", ALPHA, "alpha"),
        ("四级", LEVEL, "level"),
        ("4", LEVEL_OR_RATIO, "level"),
        ("80%", LEVEL_OR_RATIO, "ratio"),
    ],
)
def test_the_form_says_how_it_was_meant(text: str, scale: Scale, form: str) -> None:
    found = understand(text, scale, Fraction(6))
    assert isinstance(found, Understood)
    assert found.rating.form == form


@pytest.mark.parametrize(
    ("text", "scale", "form"), [("6/5", ALPHA, "alpha"), ("120", RATIO, "ratio"), ("6", LEVEL, "level")]
)
def test_out_of_range_names_the_scale(text: str, scale: Scale, form: str) -> None:
    with pytest.raises(OutOfRange) as refused:
        understand(text, scale, Fraction(6))
    assert refused.value.params == {"typed": text, "form": form}


SIGNS = "0123456789.%/+-分级第四五Ll evEV％８．／½²٣一\u3000\ud800\x1f"


@settings(max_examples=300)
@given(
    st.text(alphabet=SIGNS, max_size=10) | st.text(st.characters(exclude_categories=()), max_size=30),
    st.sampled_from([RATIO, ALPHA, LEVEL, LEVEL_OR_RATIO]),
    st.sampled_from([Fraction(1), Fraction(6), Fraction(145)]),
)
def test_any_text_is_a_rating_from_0_to_1_or_refused_or_none(text: str, scale: Scale, points: Fraction) -> None:
    ratings: tuple[Rated, ...] = ()
    try:
        found = understand(text, scale, points)
    except (OutOfRange, LevelNotWhole):
        return
    match found:
        case Understood(rating):
            ratings = (rating,)
        case Ambiguous(several):
            assert several
            ratings = several
        case NoRating():
            pass
    for rating in ratings:
        assert rating.typed == clean_text(text)
        assert 0 <= rating.value <= 1
        assert rating.form == scale.kind or (rating.form == "ratio" and scale.takes_ratio)
        assert rating.form != "level" or rating.value in {Fraction(n, 5) for n in range(1, 6)}


@given(st.integers(0, 10_000))
def test_a_percentage_of_two_places_is_exact(hundredths: int) -> None:
    text = f"{hundredths // 100}.{hundredths % 100:02d}%"
    assert understand(text, RATIO, Fraction(6)) == Understood(Rated(Fraction(hundredths, 10_000), "ratio", text))
