"""The sheet of answers: one row per question and sheet, in whole numbers that the calculation is made of.

Whoever changes a numerator, a denominator, "not applicable" or "veto" sees the calculation move. Must not know how
totals follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.answers import Rated, Veto
from bot.domain.scheme import VETO
from bot.export.excel_book import Page, address, area
from bot.export.excel_layout import FIRST, Group, Layout, Placed
from bot.export.flat_words import Saying

(
    CLAUSE,
    TITLE,
    DIMENSION,
    SHEET,
    COUNTS,
    SHOWN,
    WEIGHT,
    OVER,
    UNDER,
    NONE,
    RAISED,
    OPEN,
    DUE,
    USED,
    EARNED,
    POINTS,
    REMARK,
) = range(17)
"""Columns. OVER, UNDER: numerator and denominator of the rating. USED: the denominator where it counts, else 1."""
WIDTHS = (9, 28, 16, 24, 8, 20, 9, 14, 14, 9, 9, 8, 9, 14, 18, 10, 44)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the calculation keeps what rows need, as other sheets name it, with what stands there now.

    counts: sheet id -> whether it counts; common: dimension id -> the common denominator.
    """

    counts: Mapping[str, tuple[str, int]]
    common: Mapping[str, tuple[str, int]]


def where(page: Page, group: Group, column: int) -> str:
    """The cells of a group in a column, as other sheets name them."""
    return page.there(area(group.first, group.last, column))


def whole_column(page: Page, groups: tuple[Group, ...], column: int) -> str:
    """The cells of all groups of a dimension."""
    return page.there(area(groups[0].first, groups[-1].last, column))


def answers(page: Page, saying: Saying, placed: Layout, wanted: Wanted) -> None:
    """Fill the sheet."""
    say = saying.say
    page.sheet.set_row(0, 42)
    page.sheet.merge_range(0, 0, 0, REMARK, say("excel.answers-hint"), page.book.look("soft"))
    page.row = FIRST - 1
    unit = saying.report.scheme.unit
    weight = say("table.column.points") if unit == 1 else say("excel.weight-times", unit=unit)
    titles = (
        say("transcript.clause"),
        say("table.column.title").capitalize(),
        say("table.column.dimension").capitalize(),
        say("transcript.sheets"),
        say("excel.counts"),
        say("excel.shown"),
        weight,
        say("excel.numerator"),
        say("excel.denominator"),
        say("excel.none"),
        say("excel.raised"),
        say("excel.open"),
        say("excel.due"),
        say("excel.used"),
        say("excel.earned"),
        say("transcript.points"),
        say("excel.remark"),
    )
    page.head(titles, freeze=2)
    for one in placed.all():
        _row(page, saying, one, wanted)
        page.row += 1
    if page.row > FIRST:
        page.grid(FIRST, REMARK)
        page.sheet.autofilter(FIRST - 1, 0, page.row - 1, REMARK)
        for column, least in ((OVER, 0), (UNDER, 1)):
            allowed = {"validate": "integer", "criteria": ">=", "minimum": least, "ignore_blank": True}
            page.sheet.data_validation(FIRST, column, page.row - 1, column, {**allowed, "value": least})


def _row(page: Page, saying: Saying, one: Placed, wanted: Wanted) -> None:
    sheet, question = one.part.sheet, one.question
    veto = question.id.dimension == VETO
    said = saying.words.answer(saying.report.scheme, question.id, one.answer) if one.answer else ""
    shown = {
        CLAUSE: one.indicator.id,
        TITLE: saying.title(one.indicator),
        DIMENSION: saying.dimension(question.dimension),
        SHEET: saying.sheet_name(sheet),
        SHOWN: said or saying.say("transcript.unanswered"),
    }
    if one.whole and one.whole.rounded and isinstance(one.answer, Rated):
        shown[REMARK] = saying.say("excel.rounded", exact=str(one.answer.value))
    for column, text in shown.items():
        page.text(column, text, "warn" if column == REMARK else "text")
    page.fit(shown)
    where_counts, counts = wanted.counts[sheet.id]
    page.formula(COUNTS, where_counts, counts, "flag", saying.say("excel.yes-no"))
    if veto:
        _veto(page, one)
        return
    page.number(WEIGHT, one.weight, "whole")
    _inputs(page, one)
    _sums(page, one, counts, *wanted.common[question.id.dimension], saying.report.scheme.unit)


def _veto(page: Page, one: Placed) -> None:
    if isinstance(one.answer, Veto):
        page.number(RAISED, int(one.answer.raised), "input")
    else:
        page.blank(RAISED)
    raised = address(page.row, RAISED)
    page.formula(OPEN, f"IF(ISNUMBER({raised}),0,1)", int(one.answer is None), "whole")
    page.sheet.data_validation(
        page.row, RAISED, page.row, RAISED, {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 1}
    )


def _inputs(page: Page, one: Placed) -> None:
    if one.whole is None:
        page.blank(OVER)
        page.blank(UNDER)
    else:
        page.number(OVER, one.whole.numerator, "input")
        page.number(UNDER, one.whole.denominator, "input")
    if not one.applies:
        page.number(NONE, 1, "input")
    elif one.indicator.may_be_na:
        page.blank(NONE)


def _sums(page: Page, one: Placed, counts: int, where_common: str, common: int, unit: int) -> None:
    row = page.row
    over, under, none, is_open = (address(row, column) for column in (OVER, UNDER, NONE, OPEN))
    weight, counted = address(row, WEIGHT), address(row, COUNTS)
    held = one.whole
    page.formula(
        OPEN,
        f"IF({none}=1,0,IF(AND(ISNUMBER({over}),ISNUMBER({under})),"
        f"IF(AND({over}>=0,{under}>=1,{over}<={under},INT({over})={over},INT({under})={under}),0,1),1))",
        int(one.answer is None),
        "whole",
    )
    page.formula(DUE, f"IF({none}=1,0,{weight})", one.weight if one.applies else 0, "whole")
    used = held.denominator if held and counts else 1
    page.formula(USED, f"IF(AND({counted}=1,{none}<>1,{is_open}=0),{under},1)", used, "whole")
    earned = one.weight * held.numerator * common / held.denominator if held else 0
    page.formula(EARNED, f"IF(OR({none}=1,{is_open}=1),0,{weight}*{over}*({where_common}/{under}))", earned, "whole")
    points = one.weight * held.numerator / (held.denominator * unit) if held else 0
    page.formula(POINTS, f"IF(OR({none}=1,{is_open}=1),0,{weight}*{over}/{under}/{unit})", points, "number", "0.00")
