"""The calculation of one dimension, as live formulas over whole numbers: sheets, mean, adjustments, thresholds.

Every formula stands with the value that it has now, by the same arithmetic in Python. Must not know grades.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from bot.domain.scheme import Dimension
from bot.export.excel_answers import DUE, EARNED, OPEN, USED, where, whole_column
from bot.export.excel_book import Page, address, area
from bot.export.excel_layout import Group
from bot.export.excel_whole import LIMIT, NEAR, Rule, Side, Sums, largest, sums
from bot.export.flat_words import Saying

BEYOND = 10**15
"""Stands for every common denominator that is larger: no program can go on with it in whole numbers."""
_NAME, _COUNTS, _OPEN, _DUE, _EARNED, _TOTAL, _SHARED, _PART = range(8)


@dataclass(frozen=True, slots=True)
class Decided:
    """Where deductions and bonus stand on this sheet: (address, what stands there now, None while undecided)."""

    deductions: tuple[str, int | None] | None = None
    bonus: tuple[str, int | None] | None = None

    @property
    def all(self) -> tuple[tuple[str, int | None], ...]:
        return tuple(one for one in (self.deductions, self.bonus) if one)


@dataclass(frozen=True, slots=True)
class Found:
    """What a dimension came to. final: address of whether its total is; reached: threshold -> (address, 1, 0, or -1).

    common: address and value of the common denominator of its ratings.
    """

    final: tuple[str, int]
    complete: tuple[str, int]
    total: tuple[str, float | str]
    whole: tuple[str, int]
    common: tuple[str, int]
    reached: Mapping[Fraction, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a dimension is calculated with. ours: its total by us, None while it is not final."""

    page: Page
    answers: Page
    saying: Saying
    dimension: Dimension
    groups: tuple[Group, ...]
    counts: Mapping[str, tuple[str, int]]
    rule: Rule
    decided: Decided
    ours: Fraction | None


def dimension_block(desk: Desk, thresholds: Mapping[Fraction, str]) -> Found:
    """The block of a dimension. thresholds: the least total -> what it is needed for."""
    page, say = desk.page, desk.saying.say
    page.row += 1
    page.text(0, desk.saying.dimension(desk.dimension), "title")
    page.row += 1
    titles = ("excel.sheet", "excel.counts", "excel.open", "excel.due", "excel.earned", "excel.own-total",
              "excel.shared", "excel.part")  # fmt: skip
    shown = {column: say(title) for column, title in enumerate(titles)}
    for column, title in shown.items():
        page.text(column, title, "head")
    page.fit(shown)
    page.row += 1
    return _lines(desk, _Sheets(desk), thresholds)


class _Sheets:
    """The rows of the sheets that cover the dimension, and what they come to. Lines below refer to them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        groups = desk.groups
        self.first = desk.page.row
        self.last = self.first + len(groups) - 1
        self.after = self.last + 1
        counted = [group for group in groups if group.sheet.counted]
        exact = lcm(*(one for group in counted for one in group.denominators))
        self.common = min(exact, BEYOND)
        self.sides = [Side(int(group.earned(self.common)), group.due) for group in counted]
        self.sums = sums(desk.rule, self.common, self.sides)
        self.shared = min(self.sums.shared, BEYOND)
        self.open = sum(group.open for group in counted)
        self.complete = int(bool(counted) and not self.open and all(group.due for group in counted))
        self.totals = [self._total(group) for group in groups]
        self.write()

    def _total(self, group: Group) -> Fraction | None:
        """A sheet's own total; None while a question is open, or where nothing applies."""
        if group.open or not group.due:
            return None
        earned = group.earned(self.common) / self.common
        return earned * 100 / group.due if self.desk.rule.percent else earned / self.desk.rule.unit

    def mean(self) -> Fraction:
        """Of the counted sheets' own totals; of a complete dimension alone."""
        counted = [total for group, total in zip(self.desk.groups, self.totals, strict=True) if group.sheet.counted]
        return sum((total for total in counted if total is not None), Fraction(0)) / len(counted)

    def cells(self, column: int) -> str:
        """A column of the rows."""
        return area(self.first, self.last, column)

    def write(self) -> None:
        desk, page, percent = self.desk, self.desk.page, self.desk.rule.percent
        common, shared = address(self.after + 2, 1), address(self.after + 3, 1)
        for group, total in zip(desk.groups, self.totals, strict=True):
            row, (counts_at, counts) = page.row, desk.counts[group.sheet.id]
            counted, is_open, due = address(row, _COUNTS), address(row, _OPEN), address(row, _DUE)
            earned = group.earned(self.common)
            page.text(_NAME, desk.saying.sheet_name(group.sheet))
            page.fit({_NAME: desk.saying.sheet_name(group.sheet)})
            page.formula(_COUNTS, counts_at, counts, "flag", desk.saying.say("excel.yes-no"))
            page.formula(_OPEN, f"SUM({where(desk.answers, group, OPEN)})", group.open, "whole")
            page.formula(_DUE, f"SUM({where(desk.answers, group, DUE)})", group.due, "whole")
            page.formula(_EARNED, f"SUM({where(desk.answers, group, EARNED)})", float(earned), "whole")
            own = f"100*{address(row, _EARNED)}/({common}*{due})" if percent else (
                f"{address(row, _EARNED)}/({common}*{desk.rule.unit})")  # fmt: skip
            page.formula(
                _TOTAL, f'IF(OR({is_open}>0,{due}=0),"",{own})', "" if total is None else float(total), "number"
            )
            used = group.due if counts and group.due else 1
            page.formula(_SHARED, f"IF(AND({counted}=1,{due}>0),{due},1)", used, "whole")
            times = f"*({shared}/{due})" if percent else ""
            part = earned * (Fraction(self.shared, group.due) if percent and group.due else 1) * bool(group.due)
            page.formula(
                _PART,
                f"IF(AND({counted}=1,{due}>0),{address(row, _EARNED)}{times},0)",
                float(part) if counts else 0,
                "whole",
            )
            page.row += 1


def _lines(desk: Desk, sheets: _Sheets, thresholds: Mapping[Fraction, str]) -> Found:
    page, rule, saying = desk.page, desk.rule, desk.saying
    k, is_open = _mean_lines(desk, sheets)
    common, shared = address(sheets.after + 2, 1), address(sheets.after + 3, 1)
    made = sheets.sums if max(sheets.sums.common, sheets.sums.shared) < BEYOND else _beyond(desk, sheets)
    multiple = "100*" if rule.percent else ""
    over = line(page, saying, "numerator", f"{multiple}SUM({sheets.cells(_PART)})", float(made.numerator))
    times = shared if rule.percent else str(rule.unit)
    under = line(page, saying, "denominator", f"{k}*{common}*{times}", float(made.denominator))
    nothing = f"SUMPRODUCT({sheets.cells(_COUNTS)}*({sheets.cells(_DUE)}=0))"
    whether = f"IF(AND({k}>0,{is_open}=0,{nothing}=0),1,0)"
    complete = line(page, saying, "complete", whether, sheets.complete, saying.say("excel.yes-no"))
    taken, most = _adjusted(desk, over, under, made)
    size = largest(rule, made.denominator, most[1])
    bound = f"{under}*({rule.scale * rule.top}+{rule.each}*{most[0]})*{rule.parts}"
    bound = line(page, saying, "largest", bound, float(size))
    holds = int(size < LIMIT)
    whole = line(page, saying, "whole", f"IF({bound}<{LIMIT},1,0)", holds, saying.say("excel.yes-no"))
    final = int(bool(sheets.complete) and all(value is not None for _, value in desk.decided.all))
    asked = "".join(f",ISNUMBER({where_})" for where_, _ in desk.decided.all)
    final_at = line(page, saying, "final", f"IF(AND({complete}=1{asked}),1,0)", final, saying.say("excel.yes-no"))
    added = Fraction(taken[2], rule.scale)
    total = sheets.mean() + added if final else None
    mean = f"SUMPRODUCT({sheets.cells(_COUNTS)},{sheets.cells(_TOTAL)})/{k}+{taken[3]}/{rule.scale}"
    total_at = line(
        page,
        saying,
        "total",
        f'IF({final_at}=1,IF({whole}=1,{taken[0]}/{taken[1]},{mean}),"")',
        "" if total is None else float(total),
        look="result",
    )
    page.text(0, saying.say("excel.line-ours"))
    page.text(1, "" if desk.ours is None else str(desk.ours), "code")
    page.text(2, saying.say("excel.line-ours-why"), "note")
    page.row += 1
    judge = _Judge(desk, (final_at, final), (whole, holds), taken[:2], (total_at, total))
    reached = {least: judge.row(least, what) for least, what in thresholds.items()}
    return Found(
        (final_at, final), (complete, sheets.complete), (total_at, "" if total is None else float(total)),
        (whole, holds), (common, sheets.common), reached,
    )  # fmt: skip


def _beyond(desk: Desk, sheets: _Sheets) -> Sums:
    """What the formulas give where a common denominator was capped: numbers that only say "too large"."""
    count = len(sheets.sides)
    if not desk.rule.percent:
        return Sums(sheets.common, 1, sheets.sums.numerator, count * sheets.common * desk.rule.unit)
    numerator = 100 * sum(Fraction(side.earned * sheets.shared, side.due) for side in sheets.sides if side.due)
    return Sums(sheets.common, sheets.shared, int(numerator), count * sheets.common * sheets.shared)


def _mean_lines(desk: Desk, sheets: _Sheets) -> tuple[str, str]:
    page, saying, counts = desk.page, desk.saying, sheets.cells(_COUNTS)
    k = line(page, saying, "sheets", f"SUM({counts})", len(sheets.sides))
    pending = f"SUMPRODUCT({counts},{sheets.cells(_OPEN)})"
    is_open = line(page, saying, "open", pending, sheets.open)
    used = whole_column(desk.answers, desk.groups, USED)
    line(page, saying, "common", _lcm(used), sheets.common)
    if desk.rule.percent:
        line(page, saying, "shared", _lcm(sheets.cells(_SHARED)), sheets.shared)
    return k, is_open


def _lcm(cells: str) -> str:
    return f"IF(ISERROR(LCM({cells})),{BEYOND},MIN(LCM({cells}),{BEYOND}))"


def _adjusted(
    desk: Desk, over: str, under: str, made: Sums
) -> tuple[tuple[str, str, int, str], tuple[str, int]]:  # fmt: skip
    """((numerator, denominator after adjustments, what was added times scale, its address), (findings, how many))."""
    page, rule, saying, decided = desk.page, desk.rule, desk.saying, desk.decided
    if not decided.all:
        return (over, under, 0, "0"), ("0", 0)
    findings, bonus = decided.deductions or ("0", 0), decided.bonus or ("0", 0)
    added = (bonus[1] or 0) - rule.each * (findings[1] or 0)
    by = line(page, saying, "added", f"N({bonus[0]})-{rule.each}*N({findings[0]})", added)
    numerator = float(made.numerator * rule.scale + added * made.denominator)
    after = line(page, saying, "after", f"{over}*{rule.scale}+{by}*{under}", numerator)
    below = line(page, saying, "below", f"{under}*{rule.scale}", float(made.denominator * rule.scale))
    return (after, below, added, by), (f"N({findings[0]})", findings[1] or 0)


def line(
    page: Page, saying: Saying, name: str, formula: str, value: float | str, form: str = "", look: str = "number"
) -> str:  # fmt: skip
    """A line of the calculation: what it is, its formula, why; the address of the number."""
    page.text(0, saying.say(f"excel.line-{name}"))
    at = page.formula(1, formula, value, "result" if look == "result" else "number", form)
    page.text(2, saying.say(f"excel.line-{name}-why"), "note")
    page.row += 1
    return at


@dataclass(frozen=True, slots=True)
class _Judge:
    """Whether a total reaches a threshold: exactly where whole numbers hold, else by doubles where these can tell."""

    desk: Desk
    final: tuple[str, int]
    whole: tuple[str, int]
    fraction: tuple[str, str]
    total: tuple[str, Fraction | None]

    def row(self, least: Fraction, what: str) -> tuple[str, int]:
        page, saying = self.desk.page, self.desk.saying
        page.text(0, saying.say("excel.reaches", needed=str(least), what=what))
        over, under = self.fraction
        exact = f"IF({over}*{least.denominator}>={least.numerator}*{under},1,0)"
        needed = f"{least.numerator}/{least.denominator}" if least.denominator > 1 else str(least.numerator)
        double = f"IF({self.total[0]}>{needed},1,0)"
        near = f"IF(ABS({self.total[0]}-{needed})>{NEAR.numerator}/{NEAR.denominator},{double},{self._ours(least)})"
        value = self._value(least)
        at = page.formula(
            1,
            f"IF({self.final[0]}=0,0,IF({self.whole[0]}=1,{exact},{near}))",
            value,
            "number",
            saying.say("excel.verdict"),
        )
        if self._too_near(least):
            page.text(2, saying.say("excel.too-near"), "warn")
        page.row += 1
        return at, value

    def _value(self, least: Fraction) -> int:
        total = self.total[1]
        if not self.final[1] or total is None:
            return 0
        return self._ours(least) if self._too_near(least) else int(total >= least)

    def _too_near(self, least: Fraction) -> bool:
        """Doubles cannot tell: what the file holds then is our own answer."""
        total = self.total[1]
        return total is not None and not self.whole[1] and abs(total - least) <= NEAR

    def _ours(self, least: Fraction) -> int:
        ours = self.desk.ours
        return -1 if ours is None or not self._too_near(least) else int(ours >= least)
