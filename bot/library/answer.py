"""One answer as an answers file writes it -> the domain's Answer, or a problem.

Numbers are strings or whole JSON numbers, never floats. Must not know sheets, files, or what a score is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bot.domain.answers import Answer, Form, NotApplicable, Rated, Veto
from bot.domain.scales import LEVELS, ScaleKind
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.library.problems import Path, Report, closest
from bot.library.scalars import number_of, whole_of

FORMS = ("ratio", "alpha", "level", "veto", "na")
KEYS = (*FORMS, "reason")


@dataclass(frozen=True, slots=True)
class FloatNumber:
    """A JSON number with a point or exponent, as it was written. The reader of the file has reported it already."""

    text: str


def is_answer(value: object) -> bool:
    """Whether a mapping is meant as an answer, and not as one answer per dimension."""
    return isinstance(value, Mapping) and (not value or any(key in KEYS for key in value))


_FORMS_OF: Mapping[tuple[ScaleKind, bool], tuple[str, ...]] = {
    ("ratio", False): ("ratio",),
    ("ratio", True): ("ratio",),
    ("alpha", False): ("alpha", "ratio"),
    ("alpha", True): ("alpha", "ratio"),
    ("level", False): ("level",),
    ("level", True): ("level", "ratio"),
}


def forms_for(scheme: Scheme, question: QuestionId) -> tuple[str, ...]:
    """The keys by which a question may be answered."""
    if question.dimension == VETO:
        return ("veto",)
    scale = scheme.scale_of(question)
    forms = _FORMS_OF[scale.kind, scale.also_ratio]
    return (*forms, "na") if scheme.by_id[question.indicator].may_be_na else forms


def read_answer(scheme: Scheme, question: QuestionId, value: object, path: Path, report: Report) -> Answer | None:
    """The answer to a question; None where it cannot be, and the report says why."""
    usual = usual_answer(scheme, question, value)
    if usual is not None:
        return usual
    if isinstance(value, FloatNumber):
        return None
    if not isinstance(value, Mapping):
        report.add("not-a-mapping", path)
        return None
    known = forms_for(scheme, question)
    for key in value:
        if key not in KEYS:
            report.add("unknown-key", (*path, key), key=key, known=", ".join(known), meant=closest(key, known))
    given = [key for key in FORMS if key in value]
    if len(given) != 1:
        if given:
            report.add("several-answers", path, keys=", ".join(given))
        elif all(key in KEYS for key in value):
            report.add("no-answer", path, known=", ".join(known))
        return None
    return _read(scheme, question, given[0], value, path, report)


def usual_answer(scheme: Scheme, question: QuestionId, value: object) -> Rated | None:
    """What nearly every answer is, one sound number as text, without all the questions about what else it may be."""
    if not isinstance(value, dict) or len(value) != 1 or question.dimension == VETO:
        return None
    ((form, given),) = value.items()
    if type(given) is not str or form not in {"ratio", "alpha"} or form not in forms_for(scheme, question):
        return None
    return _rated(given, "alpha" if scheme.scale_of(question).kind == "alpha" else "ratio")


@lru_cache(maxsize=4096)
def _rated(text: str, form: Form) -> Rated | None:
    number = number_of(text)
    return Rated(number, form, text) if number is not None and 0 <= number <= 1 else None


def _read(
    scheme: Scheme, question: QuestionId, form: str, value: Mapping[str, object], path: Path, report: Report
) -> Answer | None:
    known = forms_for(scheme, question)
    if "reason" in value and form != "na":
        report.add("unknown-key", (*path, "reason"), key="reason", known=form)
    if form not in known:
        _refuse(question, form, known, path, report)
        return None
    at, given = (*path, form), value[form]
    match form:
        case "veto":
            return _veto(given, at, report)
        case "na":
            return _not_applicable(value, path, report)
        case "level":
            return _level(given, at, report)
        case _:
            return _ratio(scheme, question, given, at, report)


def _refuse(question: QuestionId, form: str, known: tuple[str, ...], path: Path, report: Report) -> None:
    if form == "na" and question.dimension != VETO:
        report.add("na-not-allowed", path, id=question.indicator)
    elif question.dimension == VETO:
        report.add("veto-expected", path, id=question.indicator)
    elif form == "veto":
        report.add("veto-not-allowed", path, id=question.indicator, known=", ".join(known))
    else:
        report.add("wrong-form", path, question=question, form=form, known=", ".join(known))


def _veto(given: object, path: Path, report: Report) -> Veto | None:
    if isinstance(given, bool):
        return Veto(raised=given)
    report.add("bad-flag", path, value=given)
    return None


def _not_applicable(value: Mapping[str, object], path: Path, report: Report) -> NotApplicable | None:
    reason = value.get("reason", "")
    if value["na"] is not True:
        report.add("bad-choice", (*path, "na"), value=value["na"], known="true")
        return None
    if not isinstance(reason, str):
        report.add("not-a-text", (*path, "reason"))
        return None
    return NotApplicable(reason)


def _level(given: object, path: Path, report: Report) -> Rated | None:
    if isinstance(given, FloatNumber):
        return None
    level = whole(given, 1, LEVELS)
    if level is None:
        report.add("bad-whole-number", path, value=given, least=1, most=LEVELS)
        return None
    return Rated(Fraction(level, LEVELS), "level", str(level))


def _ratio(scheme: Scheme, question: QuestionId, given: object, path: Path, report: Report) -> Rated | None:
    number = exact_number(given, path, report)
    if number is None:
        return None
    if not 0 <= number <= 1:
        report.add("out-of-range", path, value=given)
        return None
    form: Form = "alpha" if scheme.scale_of(question).kind == "alpha" else "ratio"
    return Rated(number, form, str(given))


def exact_number(given: object, path: Path, report: Report) -> Fraction | None:
    """A decimal string, a fraction, or a whole JSON number."""
    if isinstance(given, FloatNumber):
        return None
    text = given if isinstance(given, str) else str(given) if type(given) is int else ""
    number = number_of(text)
    if number is None:
        report.add("bad-number", path, value=given)
    return number


def whole(given: object, least: int, most: int) -> int | None:
    """A whole number, as JSON number or string; true is none."""
    if type(given) is int:
        return given if least <= given <= most else None
    return whole_of(given, least, most) if isinstance(given, str) else None
