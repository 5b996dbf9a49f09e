"""What LibreOffice makes of our formulas is what we wrote beside them, at thresholds and after a change as well."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from bot.domain.answers import Rated
from bot.domain.grading import verdict
from bot.domain.scheme import QuestionId
from bot.domain.scoring import score
from bot.export import Report
from bot.export.excel import render
from bot.words import Words
from tests.assessments.told import finished
from tests.domain.real import NAMES
from tests.export.thresholds import AT, LESS, asked, odd, standing
from tests.export.workbook import changed, differing, lines, near, needs_soffice, opened, outcome, recalculated

pytestmark = needs_soffice


def ours(report: Report) -> str:
    assert report.verdict.outcome
    return report.verdict.outcome.title.of(report.language)


def checked(reports: Mapping[str, Report], folder: Path) -> None:
    """Recalculated, each file holds what it was written with, and that is the report's totals, levels and grade."""
    made = {name: render(report) for name, report in reports.items()}
    found = recalculated(made, folder)
    for name, report in reports.items():
        assert differing(opened(made[name], values=True), found[name]) == [], name
        assert outcome(report, found[name]) == ours(report), name
        totals = lines(report, found[name], "total")
        assert len(totals) == len(report.totals)
        assert all(near(one, part.total) for one, part in zip(totals, report.totals, strict=True)), name
        levels = [part.score.level or 0 for part in report.totals if part.dimension.level_from]
        assert lines(report, found[name], "level") == levels, name


def scored(report: Report, sheet: str, question: QuestionId, value: Fraction) -> tuple[str, list[Fraction | None]]:
    """Our own grade and totals after another rating of one sheet."""
    sheets = []
    for state in report.state.counted:
        one = state.sheet()
        if one.id == sheet:
            given = {**one.answers, question: Rated(value, report.scheme.scale_of(question).kind)}
            one = type(one)(one.id, one.assessor, one.round, one.covers, given)
        sheets.append(one)
    card = score(report.scheme, sheets, report.state.decisions)
    found = verdict(report.scheme, card).outcome
    assert found
    return found.title.of(report.language), [card.dimensions[name].total for name in report.scheme.dimensions]


def test_at_the_threshold_below_it_and_after_a_change(tmp_path: Path) -> None:
    """One run of LibreOffice for the cases that decide; the others are in the long run."""
    at, below = standing("bjkb-007"), standing("bjkb-007", LESS)
    missed = odd("bjkb-007", LESS)
    first = asked(below.scheme)[0]
    made = {"at": render(at), "below": render(below), "odd-below": render(missed)}
    found = recalculated({**made, "raised": changed(below, "s-1", first, 91, 100)}, tmp_path)
    assert at.totals[0].total == AT["bjkb-007"]
    for name, report in (("at", at), ("below", below), ("odd-below", missed)):
        assert differing(opened(made[name], values=True), found[name]) == [], name
        assert outcome(report, found[name]) == ours(report), name
    assert [outcome(at, found[name]) for name in made] == ["Four-star", "Three-star", "Three-star"]
    assert [lines(at, found[name], "whole") for name in made] == [[1], [1], [0]], "whole numbers, or decimals"
    grade, totals = scored(below, "s-1", first, Fraction(91, 100))
    assert outcome(below, found["raised"]) == grade == "Four-star"
    assert near(lines(below, found["raised"], "total")[0], totals[0])
    assert lines(below, found["raised"], "same") == [Words.of("en").say("excel.other")]


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_every_finished_assessment(name: str, tmp_path: Path) -> None:
    checked({"zh": finished(name, "zh"), "en": finished(name, "en")}, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_exactly_at_and_a_millionth_below(name: str, tmp_path: Path) -> None:
    made = {"at": standing(name), "below": standing(name, LESS), "odd": odd(name), "odd-below": odd(name, LESS)}
    checked(made, tmp_path)
    dimension = asked(made["at"].scheme)[0].dimension
    for case, report in made.items():
        total = report.card.dimensions[dimension].total
        assert total is not None
        assert (total == AT[name]) == (case in {"at", "odd"})
        assert 0 <= AT[name] - total < Fraction(1, 1000)
    assert ours(made["at"]) == ours(made["odd"]) != ours(made["below"]) == ours(made["odd-below"])


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_after_any_change_of_an_answer(name: str, tmp_path: Path) -> None:
    report, random = finished(name, "en"), Random(f"changed {name}")
    rated = [
        (sheet.id, question)
        for sheet in report.state.counted
        for question, given in sheet.given.items()
        if isinstance(given.answer, Rated)
    ]
    tried: dict[str, tuple[str, list[Fraction | None]]] = {}
    raws: dict[str, bytes] = {}
    for count in range(6):
        sheet, question = random.choice(rated)
        level = report.scheme.scale_of(question).kind == "level"
        under = 5 if level else random.choice([100, 7, 1000, 999983])
        over = random.randint(1 if level else 0, under)
        raws[str(count)] = changed(report, sheet, question, over, under)
        tried[str(count)] = scored(report, sheet, question, Fraction(over, under))
    found = recalculated(raws, tmp_path)
    for number, (grade, totals) in tried.items():
        assert outcome(report, found[number]) == grade
        there = lines(report, found[number], "total")
        assert all(near(one, total) for one, total in zip(there, totals, strict=True)), number
