"""An answers file (JSON, DESIGN 7) -> sheets and decisions ready for scoring, or all of its problems at once.

Missing answers are no problem: they make a result incomplete. Must not know how a result is computed or shown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.answers import Decisions, Sheet
from bot.domain.scheme import Scheme
from bot.library.answer import FloatNumber, exact_number, whole
from bot.library.json_text import read_json
from bot.library.problems import Path, Problem, Report, closest
from bot.library.scalars import MOST_WHOLE
from bot.library.sheets import read_answers, read_dimensions
from bot.library.shelf import Library

_KEYS = ("scheme", "assessors", "gates", "deductions", "bonus", "measures")
_SHEET_KEYS = ("name", "round", "dimensions", "answers")
_MEASURE_KEYS = ("numerator", "denominator", "month")
_MONTH = re.compile("[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Submission:
    """What an answers file says. The ids of sheets are 'name' or 'name/round'."""

    scheme: Scheme
    sheets: tuple[Sheet, ...]
    decisions: Decisions


def read_answers_file(text: str, library: Library, file: str) -> tuple[Submission | None, tuple[Problem, ...]]:
    """The submission, only where there is no problem; file: the name to show in problems."""
    report = Report(file)
    data = read_json(text, report)
    submission = _submission(data, library, report) if isinstance(data, Mapping) else None
    if data is not None and not isinstance(data, Mapping):
        report.add("not-a-mapping", ())
    return (None if report.failed else submission), report.problems


def sheet_id(name: str, round_: str) -> str:
    """'A', or 'A/2' in a round."""
    return f"{name}/{round_}" if round_ else name


def _submission(data: Mapping[str, object], library: Library, report: Report) -> Submission | None:
    _known_keys(data, _KEYS, (), report)
    for key in ("scheme", "assessors"):
        if key not in data:
            report.add("missing-key", (), key=key)
    scheme = _scheme(data["scheme"], library, report) if "scheme" in data else None
    if scheme is None:
        return None
    sheets = _sheets(scheme, data.get("assessors", []), report)
    _measures(scheme, data.get("measures", {}), report)
    decisions = Decisions(
        gates=_gates(scheme, data.get("gates", {}), report),
        deductions=_deductions(scheme, data, report),
        bonus=_bonus(scheme, data, report),
    )
    return Submission(scheme, sheets, decisions)


def _scheme(given: object, library: Library, report: Report) -> Scheme | None:
    if not isinstance(given, str):
        report.add("not-a-text", ("scheme",))
        return None
    scheme = library.get(given)
    if scheme is None:
        names = [name for known in library.schemes for name in (known.id, known.code)]
        known = ", ".join(entry.id for entry in library.schemes)
        report.add("unknown-scheme", ("scheme",), id=given, known=known, meant=closest(given, names))
    return scheme


def _sheets(scheme: Scheme, given: object, report: Report) -> tuple[Sheet, ...]:
    path: Path = ("assessors",)
    if not isinstance(given, Sequence) or isinstance(given, str):
        report.add("not-a-list", path)
        return ()
    found: dict[str, Sheet] = {}
    for place, item in enumerate(given):
        sheet = _sheet(scheme, item, (*path, place), report, alone=len(given) == 1)
        if sheet is None:
            continue
        if sheet.id in found:
            report.add("duplicate-sheet", (*path, place), name=sheet.assessor, round=sheet.round)
        found[sheet.id] = sheet
    return tuple(found.values())


def _sheet(scheme: Scheme, given: object, path: Path, report: Report, *, alone: bool) -> Sheet | None:
    if not isinstance(given, Mapping):
        report.add("not-a-mapping", path)
        return None
    _known_keys(given, _SHEET_KEYS, path, report)
    if "name" not in given:
        report.add("missing-key", path, key="name")
    name = _text(given.get("name", "?"), (*path, "name"), report)
    round_ = _text(given.get("round", ""), (*path, "round"), report)
    said = "dimensions" in given
    covers = read_dimensions(scheme, given["dimensions"], (*path, "dimensions"), report) if said else None
    answers = read_answers(scheme, given.get("answers", {}), covers, (*path, "answers"), report)
    if covers is None:
        rated = frozenset(question.dimension for question in answers if question.dimension in scheme.dimensions)
        covers = frozenset(scheme.dimensions) if alone else rated
    return Sheet(sheet_id(name, round_), name, round_, covers, answers)


def _text(given: object, path: Path, report: Report) -> str:
    if not isinstance(given, str):
        report.add("not-a-text", path)
        return ""
    if not given and path[-1] == "name":
        report.add("empty-text", path)
    return given


def _gates(scheme: Scheme, given: object, report: Report) -> dict[str, bool]:
    if not isinstance(given, Mapping):
        report.add("not-a-mapping", ("gates",))
        return {}
    for name, met in given.items():
        path = ("gates", name)
        if name not in scheme.gates:
            known = ", ".join(scheme.gates)
            report.add("unknown-gate", path, id=name, known=known or "–", meant=closest(name, scheme.gates))
        elif not isinstance(met, bool):
            report.add("bad-flag", path, value=met)
    return {name: met for name, met in given.items() if isinstance(met, bool)}


def _deductions(scheme: Scheme, data: Mapping[str, object], report: Report) -> int | None:
    offered = scheme.adjustments is not None and scheme.adjustments.deductions is not None
    if "deductions" not in data:
        return 0 if offered else None
    if not offered:
        report.add("no-deductions", ("deductions",))
        return None
    return _count(data["deductions"], ("deductions",), report)


def _bonus(scheme: Scheme, data: Mapping[str, object], report: Report) -> Fraction | None:
    rules = scheme.adjustments.bonus if scheme.adjustments else None
    if "bonus" not in data:
        return Fraction(0) if rules else None
    if rules is None:
        report.add("no-bonus", ("bonus",))
        return None
    value = exact_number(data["bonus"], ("bonus",), report)
    if value is not None and value not in rules.values:
        known = ", ".join(map(str, rules.values))
        report.add("bonus-not-offered", ("bonus",), value=value, known=known)
    return value


def _measures(scheme: Scheme, given: object, report: Report) -> None:
    if not isinstance(given, Mapping):
        report.add("not-a-mapping", ("measures",))
        return
    names = [measure.id for measure in scheme.measures]
    for name, value in given.items():
        path = ("measures", name)
        if name not in names:
            report.add("unknown-measure", path, id=name, known=", ".join(names) or "–", meant=closest(name, names))
        elif not isinstance(value, Mapping):
            report.add("not-a-mapping", path)
        else:
            _measure(value, path, report)


def _measure(value: Mapping[str, object], path: Path, report: Report) -> None:
    _known_keys(value, _MEASURE_KEYS, path, report)
    counts = [_count(value[key], (*path, key), report) for key in _MEASURE_KEYS[:2] if key in value]
    for key in _MEASURE_KEYS[:2]:
        if key not in value:
            report.add("missing-key", path, key=key)
    if len(counts) == 2 and None not in counts and (counts[0] or 0) > (counts[1] or 0):  # noqa: PLR2004  both counts
        report.add("count-above-whole", path, numerator=counts[0], denominator=counts[1])
    month = value.get("month", "2000-01")
    if not isinstance(month, str) or not _MONTH.fullmatch(month):
        report.add("bad-month", (*path, "month"), value=month)


def _count(given: object, path: Path, report: Report) -> int | None:
    if isinstance(given, FloatNumber):
        return None
    count = whole(given, 0, MOST_WHOLE)
    if count is None:
        report.add("bad-whole-number", path, value=given, least=0, most=MOST_WHOLE)
    return count


def _known_keys(given: Mapping[str, object], known: tuple[str, ...], path: Path, report: Report) -> None:
    for key in given:
        if key not in known:
            report.add("unknown-key", (*path, key), key=key, known=", ".join(known), meant=closest(key, known))
