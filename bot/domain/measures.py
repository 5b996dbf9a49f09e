"""Rates of two counts beside a question: computed exactly, compared with a target, never scored (EN-11).

Must not know who counted, or how a rate is shown.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.entries import MeasureSet
from bot.domain.refusals import CountNotWhole, CountsNotUnderstood, NumeratorTooLarge, PopulationZero
from bot.domain.scheme import Measure

# [0-9] and not \d, which takes digits of every script. Something must end the month: '2026-10 48' is one count, not
# month 1 with a part of 0. Ten digits are more than LARGEST has.
_MONTH = r"(?P<year>20[0-9]{2})\s*[-/.年]\s*(?P<month>0?[1-9]|1[0-2])"
_PAIR = r"(?P<part>[0-9]{1,10})\s*(?:[/,;]|\s)\s*(?P<whole>[0-9]{1,10})"
_COUNTS = re.compile(rf"{_MONTH}(?:\s*[月,:;]|\s)[\s,:;]*{_PAIR}")
_WHOLE = re.compile(r"[0-9]{1,10}")
_WRITTEN_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Rate:
    """percent: exact, None where the whole is 0: not computable, neither met nor missed. met: target reached."""

    percent: Fraction | None
    met: bool | None


def rate(measure: Measure, counts: MeasureSet) -> Rate:
    """The rate in percent against the measure's target, inclusive: 85.00 meets 85."""
    if not counts.denominator:
        return Rate(None, None)
    percent = Fraction(counts.numerator, counts.denominator) * 100
    return Rate(percent, percent >= measure.target)


def check_measure(month: str, numerator: int, denominator: int) -> None:
    """CountsNotUnderstood: no month such as '2026-10'. CountNotWhole, NumeratorTooLarge (EN-11)."""
    if not _WRITTEN_MONTH.fullmatch(month):
        raise CountsNotUnderstood
    if not 0 <= numerator <= LARGEST or not 0 <= denominator <= LARGEST:
        raise CountNotWhole(typed=f"{numerator}/{denominator}")
    if numerator > denominator:
        raise NumeratorTooLarge(numerator=numerator, denominator=denominator)


def check_population(count: int) -> None:
    """How many units there are: PopulationZero, CountNotWhole (EN-10)."""
    if count == 0:
        raise PopulationZero
    if not 0 < count <= LARGEST:
        raise CountNotWhole(typed=str(count))


def typed_counts(text: str) -> tuple[str, int, int]:
    """'2026-10 48/50', '2026年10月 48 50' -> ('2026-10', 48, 50). As check_measure."""
    match = _COUNTS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match:
        raise CountsNotUnderstood
    month, part, whole = f"{match['year']}-{int(match['month']):02d}", int(match["part"]), int(match["whole"])
    check_measure(month, part, whole)
    return month, part, whole


def typed_population(text: str) -> int:
    """A whole number of at least 1. CountNotWhole, PopulationZero."""
    typed = unicodedata.normalize("NFKC", text).strip()
    if not _WHOLE.fullmatch(typed):
        raise CountNotWhole(typed=typed[:20])
    check_population(int(typed))
    return int(typed)
