"""The sheet of the calculation: from the answers to totals, levels, every grade's conditions and the grade, all live.

Must not know how an answer is written, or what the other sheets look like.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.scheme import VETO, Dimension, LevelAtLeast, TotalAtLeast
from bot.domain.stakes import least_total
from bot.export.excel_answers import COUNTS, OPEN, RAISED, whole_column
from bot.export.excel_book import Page, address
from bot.export.excel_grades import Facts, grades
from bot.export.excel_layout import Layout
from bot.export.excel_totals import Decided, Desk, Found, dimension_block, line
from bot.export.excel_whole import rule
from bot.export.flat_words import Saying
from bot.words import forms

WIDTHS = (46, 22, 22, 14, 20, 18, 18, 20)


@dataclass(frozen=True, slots=True)
class Calculated:
    """Where others find what came out, as other sheets name it, with what stands there now.

    counts: sheet id -> whether it counts; found: dimension id -> its block; outcome: the grade in words.
    """

    counts: Mapping[str, tuple[str, int]]
    found: Mapping[str, Found]
    levels: Mapping[str, tuple[str, int]]
    outcome: tuple[str, str]
    same: tuple[str, str]


def calculation(page: Page, saying: Saying, placed: Layout, answers: Page) -> Calculated:
    """Fill the sheet."""
    report, say = saying.report, saying.say
    page.text(0, say("excel.calculation"), "title")
    page.row += 1
    for key in ("excel.calculation-why", "excel.calculation-limit"):
        page.sheet.set_row(page.row, 52)
        page.sheet.merge_range(page.row, 0, page.row, len(WIDTHS) - 1, say(key), page.book.look("soft"))
        page.row += 1
    counts = _sheets(page, saying)
    decided, gates = _decisions(page, saying)
    raised, unanswered = _veto(page, saying, placed, answers)
    found: dict[str, Found] = {}
    levels: dict[str, tuple[str, int]] = {}
    for part in report.totals:
        name = part.dimension.id
        if not placed.groups[name]:
            continue
        least = thresholds(saying, part.dimension)
        adjusts = report.scheme.adjustments and report.scheme.adjustments.dimension == name
        desk = Desk(
            page, answers, saying, part.dimension, placed.groups[name], counts,
            rule(report.scheme, name, least), decided if adjusts else Decided(), part.total,
        )  # fmt: skip
        found[name] = dimension_block(desk, least)
        if part.dimension.level_from:
            levels[name] = _level(page, saying, part.dimension, found[name])
    facts = Facts(found, gates, decided.deductions, raised, unanswered)
    outcome, same = grades(page, saying, facts)
    return Calculated(counts, found, levels, outcome, same)


def thresholds(saying: Saying, dimension: Dimension) -> Mapping[Fraction, str]:
    """Everything that a total is held against, the highest first: the least total -> what it is needed for."""
    scheme, found = saying.report.scheme, dict[Fraction, list[str]]()
    for level, least in dimension.level_from:
        found.setdefault(least, []).append(saying.say(f"level.{level}"))
    for grade in scheme.grades:
        for condition in grade.conditions:
            if isinstance(condition, TotalAtLeast | LevelAtLeast) and condition.dimension == dimension.id:
                least = least_total(scheme, condition)
                found.setdefault(least, []).append(saying.words.pick(grade.title))
    comma = saying.say("form.comma")
    return {least: comma.join(dict.fromkeys(found[least])) for least in sorted(found, reverse=True)}


def _sheets(page: Page, saying: Saying) -> Mapping[str, tuple[str, int]]:
    say = saying.say
    for column, title in enumerate((say("transcript.sheets"), say("excel.counts"), say("transcript.status"))):
        page.text(column, title, "head")
    page.row += 1
    found: dict[str, tuple[str, int]] = {}
    for sheet in saying.report.sheets:
        page.text(0, saying.sheet_name(sheet))
        page.fit({0: saying.sheet_name(sheet)})
        page.number(1, int(sheet.counted), "input")
        page.text(2, saying.say(f"transcript.status.{sheet.status}"))
        found[sheet.id] = address(page.row, 1), int(sheet.counted)
        page.row += 1
    return found


def _decisions(page: Page, saying: Saying) -> tuple[Decided, Mapping[str, tuple[str, int | None]]]:
    """Gates, deductions and bonus: cells that anybody may change."""
    report, pick = saying.report, saying.words.pick
    scheme, held = report.scheme, report.card.decisions
    gates: dict[str, tuple[str, int | None]] = {}
    if scheme.gates or scheme.adjustments:
        page.row += 1
        page.text(0, saying.say("transcript.decisions"), "title")
        page.row += 1
    for gate in scheme.gates.values():
        met = held.gates.get(gate.id)
        gates[gate.id] = _input(page, pick(gate.title), None if met is None else int(met), saying.say("excel.gate-why"))
    rules = scheme.adjustments
    deductions = bonus = None
    if rules and rules.deductions:
        why = saying.say("excel.deductions-why", each=forms.points(rules.deductions.each))
        deductions = _input(page, pick(rules.deductions.title), held.deductions, why)
    if rules and rules.bonus:
        scale = rule(scheme, rules.dimension, ()).scale
        value = None if held.bonus is None else int(held.bonus * scale)
        why = saying.say("excel.bonus-why") if scale == 1 else saying.say("excel.bonus-parts", scale=scale)
        bonus = _input(page, pick(rules.bonus.title), value, why)
    return Decided(deductions, bonus), gates


def _input(page: Page, title: str, value: int | None, why: str) -> tuple[str, int | None]:
    page.text(0, title)
    if value is None:
        page.blank(1)
    else:
        page.number(1, value, "input")
    page.text(2, why, "note")
    page.row += 1
    return address(page.row - 1, 1), value


def _veto(
    page: Page, saying: Saying, placed: Layout, answers: Page
) -> tuple[tuple[str, int], tuple[str, int]]:  # fmt: skip
    """(How often a veto was raised on counted sheets, how many veto rows are open on them); ('0', 0) without rows."""
    groups = placed.groups[VETO]
    if not groups:
        return ("0", 0), ("0", 0)
    page.row += 1
    counted = [group for group in groups if group.sheet.counted]
    raised = sum(getattr(one.answer, "raised", False) for group in counted for one in group.placed)
    is_open = sum(group.open for group in counted)
    count, up, pending = (whole_column(answers, groups, column) for column in (COUNTS, RAISED, OPEN))
    raised_at = line(page, saying, "raised", f"SUMPRODUCT(({count}=1)*({up}=1))", raised)
    open_at = line(page, saying, "veto-open", f"SUMPRODUCT({count},{pending})", is_open)
    return (raised_at, raised), (open_at, is_open)


def _level(page: Page, saying: Saying, dimension: Dimension, found: Found) -> tuple[str, int]:
    """The highest level that is reached, 0 for none: one line."""
    formula, value = "0", 0
    for level, least in reversed(dimension.level_from):
        at, reached = found.reached[least]
        formula = f"IF({at}=1,{level},{formula})"
        value = level if reached == 1 else value
    return line(page, saying, "level", formula, value, look="result"), value
