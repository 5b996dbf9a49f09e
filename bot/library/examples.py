"""Runs the examples of a scheme file: whether the answers come to what the file expects (DESIGN 2).

Must not know YAML, or how places are found.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from bot.domain.answers import Answer, Decisions, Sheet
from bot.domain.grading import Verdict, verdict
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.scoring import Open, OpenAdjustment, OpenDimension, OpenGate, OpenQuestion, Scorecard, score
from bot.library.answer import read_answer
from bot.library.format import Example, ExampleSheet, Expected
from bot.library.problems import Path, Report, closest, exact
from bot.library.scalars import flag_of
from bot.library.sheets import read_answers, read_dimensions

MOST_WORK = 200_000
"""Examples x indicators x sections, about what a second is enough for: some 100 examples of 70 indicators."""


def run(scheme: Scheme, examples: tuple[Example, ...], report: Report) -> None:
    """Report every expectation that does not hold, and answers that cannot be."""
    work = len(examples) * len(scheme.indicators) * len(scheme.sections)
    if work > MOST_WORK:
        report.add("too-many-examples", ("examples",), count=len(examples))
        return
    for place, example in enumerate(examples):
        path: Path = ("examples", place)
        inner = Report(report.file, report.places)
        sheets = _sheets(scheme, example, path, inner)
        decisions = _decisions(scheme, example, path, inner)
        report.take(inner)
        if inner.failed:
            continue
        card = score(scheme, sheets, decisions)
        for key, expected, actual in _differences(example.expect, card, verdict(scheme, card)):
            at = (*path, "expect", *key)
            report.add("example-fails", at, name=example.name, key=".".join(key), expected=expected, actual=actual)


def _sheets(scheme: Scheme, example: Example, path: Path, report: Report) -> list[Sheet]:
    if not example.sheets:
        return [_sheet(scheme, example, path, report, everything=True)]
    return [
        _sheet(scheme, sheet, (*path, "sheets", place), report, everything=len(example.sheets) == 1)
        for place, sheet in enumerate(example.sheets)
    ]


def _sheet(scheme: Scheme, given: ExampleSheet, path: Path, report: Report, *, everything: bool) -> Sheet:
    covers = None
    if given.dimensions is not None:
        covers = read_dimensions(scheme, given.dimensions, (*path, "dimensions"), report)
    answers = _filled(scheme, given, covers, path, report)
    answers.update(read_answers(scheme, _typed(given.answers), covers, (*path, "answers"), report))
    for place, name in enumerate(given.without):
        if name not in scheme.by_id:
            report.add("unknown-indicator", (*path, "without", place), id=name, meant=closest(name, scheme.by_id))
    kept = {question: answer for question, answer in answers.items() if question.indicator not in given.without}
    if covers is None:
        rated = frozenset(question.dimension for question in answers if question.dimension != VETO)
        covers = frozenset(scheme.dimensions) if everything else rated
    return Sheet(f"{given.name}/{given.round}", given.name, given.round, covers, kept)


def _filled(
    scheme: Scheme, given: ExampleSheet, covers: frozenset[str] | None, path: Path, report: Report
) -> dict[QuestionId, Answer]:
    """`fill`: the same answer for every question of a dimension."""
    found: dict[QuestionId, Answer] = {}
    for name, value in given.fill.items():
        at = (*path, "fill", name)
        if name not in {VETO, *scheme.dimensions}:
            known = ", ".join(scheme.dimensions)
            report.add("unknown-dimension", at, id=name, known=known, meant=closest(name, scheme.dimensions))
        elif covers is not None and name not in {VETO, *covers}:
            report.add("dimension-not-covered", at, dimension=name)
        for question in scheme.questions:
            if question.dimension != name:
                continue
            answer = read_answer(scheme, question, _typed(value), at, report)
            if answer is None:
                break
            found[question] = answer
    return found


def _typed(value: object, key: str = "") -> object:
    """Strings as an answers file would hold them: flags of veto and N/A become true and false."""
    if isinstance(value, Mapping):
        return {name: _typed(part, str(name)) for name, part in value.items()}
    if key in {VETO, "na"} and isinstance(value, str):
        flag = flag_of(value)
        return value if flag is None else flag
    return value


def _decisions(scheme: Scheme, example: Example, path: Path, report: Report) -> Decisions:
    rules = scheme.adjustments
    for name in example.gates:
        if name not in scheme.gates:
            known = ", ".join(scheme.gates)
            report.add("unknown-gate", (*path, "gates", name), id=name, known=known, meant=closest(name, scheme.gates))
    if example.deductions and (rules is None or rules.deductions is None):
        report.add("no-deductions", (*path, "deductions"))
    values = rules.bonus.values if rules and rules.bonus else None
    if example.bonus is not None and values is None:
        report.add("no-bonus", (*path, "bonus"))
    elif example.bonus is not None and values is not None and example.bonus not in values:
        known = ", ".join(map(exact, values))
        report.add("bonus-not-offered", (*path, "bonus"), value=example.bonus, known=known)
    return Decisions(dict(example.gates), example.deductions, example.bonus or Fraction(0))


def _differences(
    expect: Expected, card: Scorecard, ruling: Verdict
) -> Iterator[tuple[tuple[str, ...], object, object]]:
    """(key, expected, actual) of each expectation that does not hold."""
    grade = ruling.grade.id if ruling.grade else "none"
    outcome = ruling.outcome.id if ruling.outcome else "incomplete"
    compared: list[tuple[tuple[str, ...], object, object]] = [
        (("complete",), expect.complete, card.complete),
        (("grade",), expect.grade, grade),
        (("outcome",), expect.outcome, outcome),
        (("passed",), expect.passed, ruling.passed),
    ]
    if expect.open is not None:
        opened = sorted({_name(entry) for entry in card.open})
        compared.append((("open",), ", ".join(sorted(expect.open)) or "–", ", ".join(opened) or "–"))
    for key, expected, actual in compared:
        if expected is not None and expected != actual:
            yield key, expected, actual
    yield from _figures("totals", expect.totals or {}, {name: d.total for name, d in card.dimensions.items()})
    yield from _figures("levels", expect.levels or {}, {name: d.level for name, d in card.dimensions.items()})


def _figures(
    key: str, expected: Mapping[str, object], actual: Mapping[str, object]
) -> Iterator[tuple[tuple[str, ...], object, object]]:
    for name, value in expected.items():
        if name not in actual:
            yield (key, name), value, "–"
        elif actual[name] != value:
            yield (key, name), value, actual[name]


def _name(entry: Open) -> str:
    match entry:
        case OpenQuestion(question=question):
            return question.indicator
        case OpenGate(gate):
            return gate
        case OpenDimension(dimension):
            return dimension
        case OpenAdjustment(which):
            return which
        case _:
            assert_never(entry)
