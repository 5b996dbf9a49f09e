"""What a typed text means as a rating on a scale. Must not know sheets, languages of replies, or buttons.

Full-width signs are normalised. A bare number is a percentage, below 1 with a point a fraction; a bare 1 could be
either, so it asks. What is no rating at all is left to be offered as a note.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.answers import Form, Rated
from bot.domain.refusals import LevelNotWhole, OutOfRange
from bot.domain.scales import LEVELS, Scale

LONGEST = 24
"""No rating is longer than this; longer text is a note."""

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
# Blanks alone may stand between: \s would let control signs into the record as typed.
_PLAIN = re.compile(rf"({_NUMBER}) *(%|分|)")
_QUOTIENT = re.compile(rf"({_NUMBER}) */ *({_NUMBER}) *分?")
_LEVEL = re.compile(rf"(?:level *|l *|第 *)?({_NUMBER}|[一二三四五六七八九十壹贰叁肆伍]) *级?", re.IGNORECASE)
_HAN = {sign: value for signs in ("一二三四五六七八九十", "壹贰叁肆伍") for value, sign in enumerate(signs, start=1)}


@dataclass(frozen=True, slots=True)
class Understood:
    """One meaning."""

    rating: Rated


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several meanings, or one that must be confirmed; the person chooses."""

    ratings: tuple[Rated, ...]


@dataclass(frozen=True, slots=True)
class NoRating:
    """Some other text."""


def understand(text: str, scale: Scale, points: Fraction) -> Understood | Ambiguous | NoRating:
    """A typed text as a rating; points: the question's worth. OutOfRange, LevelNotWhole: meant, but not possible."""
    typed = text.strip()
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not plain or len(plain) > LONGEST:
        return NoRating()
    if scale.kind == "level" and (level := _level(plain, typed, also_ratio=scale.also_ratio)):
        return Understood(level)
    if scale.takes_ratio:
        return _ratio(plain, typed, scale, points)
    if _PLAIN.fullmatch(plain) or _QUOTIENT.fullmatch(plain):
        raise LevelNotWhole(typed=typed)
    return NoRating()


def _level(plain: str, typed: str, *, also_ratio: bool) -> Rated | None:
    match = _LEVEL.fullmatch(plain)
    if not match:
        return None
    number = Fraction(_HAN[match[1]]) if match[1] in _HAN else Fraction(match[1])
    named = plain != match[1]
    if number.denominator != 1:
        # 2.5 is no level and must not pass for 2.5 %: beside levels only a sign or a fraction below 1 means a ratio.
        if also_ratio and not named and number < 1:
            return None
        raise LevelNotWhole(typed=typed)
    if not 1 <= number <= LEVELS:
        raise OutOfRange(typed=typed, form="level")
    return Rated(number / LEVELS, "level", typed)


def _ratio(plain: str, typed: str, scale: Scale, points: Fraction) -> Understood | Ambiguous | NoRating:
    form: Form = "alpha" if scale.kind == "alpha" else "ratio"

    def rated(value: Fraction) -> Rated:
        if not 0 <= value <= 1:
            raise OutOfRange(typed=typed, form=form)
        return Rated(value, form, typed)

    if match := _QUOTIENT.fullmatch(plain):
        below = Fraction(match[2])
        if below <= 0:
            raise OutOfRange(typed=typed, form=form)
        return Understood(rated(Fraction(match[1]) / below))
    match = _PLAIN.fullmatch(plain)
    if not match:
        return NoRating()
    number, unit = Fraction(match[1]), match[2]
    if unit == "%":
        return Understood(rated(number / 100))
    if unit == "分" and 0 < number <= points:
        # '5分' of a 6-point row may mean 5 of its 6 points, or 5 of 100.
        return Ambiguous((rated(number / points), rated(number / 100)))
    if form == "alpha":
        return _bare_alpha(number, typed) if not unit else Ambiguous((rated(number / 100),))
    if not unit and number == 1:
        return Ambiguous((rated(Fraction(1)), rated(Fraction(1, 100))))
    if not unit and 0 < number < 1:
        return Understood(rated(number))
    return Understood(rated(number / 100))


def _bare_alpha(number: Fraction, typed: str) -> Understood | Ambiguous:
    """An alpha is 0-1 as it stands; a whole number above 1 was probably meant as percent, so it asks."""
    if 0 <= number <= 1:
        return Understood(Rated(number, "alpha", typed))
    if 1 < number <= 100:  # noqa: PLR2004  percent
        return Ambiguous((Rated(number / 100, "alpha", typed),))
    raise OutOfRange(typed=typed, form="alpha")
