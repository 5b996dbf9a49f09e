"""Every grade's conditions and the grade that follows, as live formulas. Must not know how totals came about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.domain.scheme import Condition, DeductionsBelow, GateMet, Grade, LevelAtLeast, NoVeto, TotalAtLeast
from bot.domain.stakes import least_total
from bot.export.excel_book import Page, address, area
from bot.export.excel_totals import Found, line
from bot.export.flat_words import Saying
from bot.words import forms


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions look at: addresses on this sheet, with what stands there now.

    raised: vetoes raised; unanswered: veto rows open. deductions: None where the standard has none.
    """

    found: Mapping[str, Found]
    gates: Mapping[str, tuple[str, int | None]]
    deductions: tuple[str, int | None] | None
    raised: tuple[str, int]
    unanswered: tuple[str, int]


def grades(page: Page, saying: Saying, facts: Facts) -> tuple[tuple[str, str], tuple[str, str]]:
    """((address, grade now in words), (address, whether it is still the one of the record))."""
    scheme, say, pick = saying.report.scheme, saying.say, saying.words.pick
    page.row += 1
    page.text(0, say("excel.grades"), "title")
    page.row += 1
    for column, title in enumerate((say("excel.condition"), say("excel.holds"), say("transcript.outcome"))):
        page.text(column, title, "head")
    page.row += 1
    held = [_conditions(page, saying, facts, grade) for grade in scheme.grades]
    page.row += 1
    first = page.row
    values = []
    for grade, cells in zip(scheme.grades, held, strict=True):
        values.append(_grade(page, saying, grade, cells))
    return _outcome(page, saying, facts, (first, page.row - 1), values, pick(scheme.otherwise.title))


def _conditions(page: Page, saying: Saying, facts: Facts, grade: Grade) -> tuple[int, list[int]]:
    """(the first row of a grade's conditions, what they give now)."""
    first, values = page.row, []
    for condition in grade.conditions:
        text, formula, value = _condition(saying, facts, condition)
        page.text(0, text)
        page.formula(1, formula, value, "number", saying.say("excel.verdict"))
        page.text(2, saying.words.pick(grade.title), "note")
        values.append(value)
        page.row += 1
    return first, values


def _condition(saying: Saying, facts: Facts, condition: Condition) -> tuple[str, str, int]:
    """(in words, its formula, what it gives now): 1 holds, 0 does not, -1 cannot be told here."""
    scheme, say, pick = saying.report.scheme, saying.say, saying.words.pick
    match condition:
        case TotalAtLeast(dimension, threshold):
            text = say("excel.needs-total", dimension=pick(scheme.dimensions[dimension].title),
                       needed=forms.total(threshold))  # fmt: skip
            return text, *_reached(saying, facts, condition)
        case LevelAtLeast(dimension, level):
            text = say("excel.needs-level", dimension=pick(scheme.dimensions[dimension].title),
                       needed=saying.words.level(None, level))  # fmt: skip
            return text, *_reached(saying, facts, condition)
        case NoVeto():
            at, raised = facts.raised
            return say("reason.no-veto"), f"IF({at}=0,1,0)", int(not raised)
        case GateMet(gate):
            at, met = facts.gates[gate]
            return pick(scheme.gates[gate].title), f"IF({at}=1,1,0)", int(met == 1)
        case DeductionsBelow(count):
            at, found = facts.deductions or ("0", 0)
            return say("excel.needs-deductions", needed=count), f"IF(N({at})<{count},1,0)", int((found or 0) < count)
        case _:
            assert_never(condition)


def _reached(saying: Saying, facts: Facts, condition: TotalAtLeast | LevelAtLeast) -> tuple[str, int]:
    found = facts.found.get(condition.dimension)
    return found.reached[least_total(saying.report.scheme, condition)] if found else ("0", 0)


def _grade(page: Page, saying: Saying, grade: Grade, cells: tuple[int, list[int]]) -> int:
    """The row of a grade: its title, whether all its conditions hold."""
    first, values = cells
    rows = area(first, first + len(values) - 1, 1)
    value = 0 if 0 in values else min(values, default=1)
    page.text(0, saying.words.pick(grade.title), "strong")
    formula = f"IF(COUNTIF({rows},0)>0,0,IF(MIN({rows})<0,-1,1))" if values else "1"
    page.formula(1, formula, value, "number", saying.say("excel.verdict"))
    page.formula(2, f"IF({address(page.row, 1)}=0,0,1)", int(value != 0), "whole")
    page.row += 1
    return value


def _outcome(
    page: Page, saying: Saying, facts: Facts, rows: tuple[int, int], values: Sequence[int], otherwise: str
) -> tuple[tuple[str, str], tuple[str, str]]:  # fmt: skip
    scheme, say, pick = saying.report.scheme, saying.say, saying.words.pick
    cells = [_word(page, text) for text in (otherwise, say("transcript.incomplete"), say("excel.undecided"))]
    complete = _complete(page, saying, facts)
    titles, holds, able = (area(*rows, column) for column in (0, 1, 2))
    place = f"MATCH(1,{able},0)"
    formula = (
        f"IF({facts.raised[0]}>0,{cells[0]},IF({complete[0]}=0,{cells[1]},IF(SUM({able})=0,{cells[0]},"
        f"IF(INDEX({holds},{place})<0,{cells[2]},INDEX({titles},{place})))))"
    )
    able_now = [number for number, value in enumerate(values) if value]
    if facts.raised[1] or (complete[1] and not able_now):
        now = otherwise
    elif not complete[1]:
        now = say("transcript.incomplete")
    else:
        now = say("excel.undecided") if values[able_now[0]] < 0 else pick(scheme.grades[able_now[0]].title)
    outcome = line(page, saying, "outcome", formula, now, look="result")
    found = saying.report.verdict.outcome
    ours = pick(found.title) if found else say("transcript.incomplete")
    page.text(0, say("excel.line-recorded"))
    page.text(1, ours, "strong")
    page.row += 1
    recorded = address(page.row - 1, 1)
    same, other = _word(page, say("excel.same")), _word(page, say("excel.other"))
    told = say("excel.same" if now == ours else "excel.other")
    same_at = line(page, saying, "same", f"IF({outcome}={recorded},{same},{other})", told, look="result")
    return (page.there(outcome), now), (page.there(same_at), told)


def _word(page: Page, text: str) -> str:
    """A word that formulas give: it stands in a cell of its own, so that no formula holds any text."""
    page.text(0, text, "soft")
    page.row += 1
    return address(page.row - 1, 0)


def _complete(page: Page, saying: Saying, facts: Facts) -> tuple[str, int]:
    """Whether nothing is open in any dimension, veto row, gate or adjustment."""
    scheme = saying.report.scheme
    parts = [f"{one.final[0]}=1" for one in facts.found.values()]
    parts += [f"{facts.unanswered[0]}=0", *(f"ISNUMBER({at})" for at, _ in facts.gates.values())]
    known = all(one.final[1] for one in facts.found.values()) and len(facts.found) == len(scheme.dimensions)
    now = known and not facts.unanswered[1] and all(met is not None for _, met in facts.gates.values())
    if len(facts.found) < len(scheme.dimensions):
        parts.append("1=0")  # no sheet covers one of them
    formula = f"IF(AND({','.join(parts)}),1,0)"
    at = line(page, saying, "all", formula, int(now), saying.say("excel.yes-no"))
    return at, int(now)
