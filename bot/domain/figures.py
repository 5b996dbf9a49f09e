"""A result as plain JSON values: figures, ids, printed titles, codes of reasons. Must not know a reason's sentence.

What is scored, what is exported and what is verified years later all take it from here (DESIGN 7).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from bot.domain.answers import Sheet
from bot.domain.grading import Verdict
from bot.domain.record import Json
from bot.domain.scales import Text
from bot.domain.scheme import Grade, Scheme
from bot.domain.scoring import (
    ZERO,
    Open,
    OpenAdjustment,
    OpenDimension,
    OpenGate,
    OpenQuestion,
    Scorecard,
    Tally,
)

PLACES = 6
INCOMPLETE = Text(zh="未完成", en="Incomplete")


def figures(scheme: Scheme, sheets: Sequence[Sheet], card: Scorecard, verdict: Verdict) -> dict[str, Json]:
    """The result object: strings, whole numbers, booleans and null only. Totals are null while not final.

    An open question names its sheet as its answers file does: by assessor, with '/round' where there is a round.
    """
    sheet_names = {sheet.id: f"{sheet.assessor}/{sheet.round}" if sheet.round else sheet.assessor for sheet in sheets}
    return {
        "scheme": scheme.id,
        "complete": card.complete,
        "open": [_open(item, sheet_names) for item in card.open],
        "dimensions": {name: _dimension(scheme, card, name) for name in scheme.dimensions},
        "sections": {
            section: {dimension: _tally(tally) for dimension, tally in tallies.items()}
            for section, tallies in card.sections.items()
        },
        "deductions": card.decisions.deductions or 0,
        "bonus": decimal(card.decisions.bonus or ZERO),
        "grade": _grade(verdict.grade) if verdict.grade else None,
        "outcome": _grade(verdict.outcome) if verdict.outcome else {"id": "incomplete", "title": _text(INCOMPLETE)},
        "passed": verdict.passed,
        "reasons": [{"code": reason.code} for reason in verdict.reasons],
        "readings": list(scheme.readings),
    }


def decimal(value: Fraction) -> str:
    """A number as a decimal string: exact and bare ('83.5') where 6 places hold it, else rounded half up to 6."""
    # In whole numbers: this is called for every figure of a result.
    whole, rest = divmod(abs(value.numerator) * 10**PLACES, value.denominator)
    whole += 2 * rest >= value.denominator
    digits = str(whole).rjust(PLACES + 1, "0")
    sign = "-" if value.numerator < 0 and whole else ""
    text = f"{sign}{digits[:-PLACES]}.{digits[-PLACES:]}"
    return text if rest else text.rstrip("0").rstrip(".")


def final_total(scheme: Scheme, card: Scorecard, dimension: str) -> Fraction | None:
    """The total in its dimension's unit; None while an answer or an adjustment that it needs is open."""
    touched = scheme.adjustments is not None and scheme.adjustments.dimension == dimension
    if touched and any(isinstance(item, OpenAdjustment) for item in card.open):
        return None
    return card.dimensions[dimension].total


def _open(item: Open, sheet_names: Mapping[str, str]) -> dict[str, Json]:
    match item:
        case OpenQuestion(sheet, question):
            return {"sheet": sheet_names[sheet], "indicator": question.indicator, "dimension": question.dimension}
        case OpenGate(gate):
            return {"gate": gate}
        case OpenAdjustment(which):
            return {"adjustment": which}
        case OpenDimension(dimension):
            return {"dimension": dimension}
        case _:
            assert_never(item)


def _dimension(scheme: Scheme, card: Scorecard, name: str) -> dict[str, Json]:
    score = card.dimensions[name]
    total = final_total(scheme, card, name)
    found: dict[str, Json] = {
        "total": None if total is None else decimal(total),
        "exact": None if total is None else str(total),
        "before_adjustments": None if score.before is None else decimal(score.before),
        "maximum": decimal(score.maximum),
    }
    if scheme.dimensions[name].level_from:
        found["level"] = None if total is None else score.level
    return found


def _tally(tally: Tally) -> Json:
    return {"points": None if tally.open else decimal(tally.points), "of": decimal(tally.of)}


def _grade(grade: Grade) -> dict[str, Json]:
    return {"id": grade.id, "title": _text(grade.title)}


def _text(text: Text) -> dict[str, Json]:
    return {"zh": text.zh, "en": text.en}
