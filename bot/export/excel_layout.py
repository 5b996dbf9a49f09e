"""Where answers stand in the Excel file: their order, and the rows of each sheet in each dimension.

Rows that belong to one sum stand together, so that plain SUM and LCM over a range do. Must not know XlsxWriter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.answers import Answer, NotApplicable, Rated
from bot.domain.scheme import VETO, Indicator
from bot.export.excel_whole import Whole, whole
from bot.export.parts import QuestionPart, Report, SheetAnswer, SheetPart

FIRST = 2
"""Index of the first row with an answer; above it stand a hint and the titles."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One answer in its row (from 0). answer: in force, None while open; whole: a rating in whole numbers."""

    row: int
    indicator: Indicator
    question: QuestionPart
    part: SheetAnswer
    answer: Answer | None
    weight: int
    whole: Whole | None

    @property
    def applies(self) -> bool:
        return not isinstance(self.answer, NotApplicable)


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one sheet in one dimension (or to the veto rows), in clause order; never empty."""

    sheet: SheetPart
    dimension: str
    placed: tuple[Placed, ...]

    @property
    def first(self) -> int:
        return self.placed[0].row

    @property
    def last(self) -> int:
        return self.placed[-1].row

    @property
    def open(self) -> int:
        return sum(one.answer is None for one in self.placed)

    @property
    def due(self) -> int:
        """The weights of all rows that apply, answered or not."""
        return sum(one.weight for one in self.placed if one.applies)

    def earned(self, common: int) -> Fraction:
        """Weights x ratings x a common denominator."""
        found = sum(
            one.weight * one.whole.numerator * (common // one.whole.denominator)
            for one in self.placed
            if one.whole and common % one.whole.denominator == 0
        )
        others = (one for one in self.placed if one.whole and common % one.whole.denominator)
        return found + sum((one.weight * one.whole.value * common for one in others if one.whole), Fraction(0))

    @property
    def denominators(self) -> tuple[int, ...]:
        """Of all ratings."""
        return tuple(one.whole.denominator for one in self.placed if one.whole)


@dataclass(frozen=True, slots=True)
class Layout:
    """dimension id (or `VETO`) -> its groups, in the order of the report's sheets."""

    groups: Mapping[str, tuple[Group, ...]]

    def all(self) -> Iterator[Placed]:
        """Every answer, row by row."""
        for groups in self.groups.values():
            for group in groups:
                yield from group.placed


def layout(report: Report) -> Layout:
    """Dimension by dimension, sheet by sheet, clause by clause; veto rows last."""
    found: dict[tuple[str, str], list[tuple[Indicator, QuestionPart, SheetAnswer]]] = {}
    for section in report.sections:
        for row in section.rows:
            for question in row.questions:
                for part in question.answers:
                    key = (question.id.dimension, part.sheet.id)
                    found.setdefault(key, []).append((row.indicator, question, part))
    groups: dict[str, tuple[Group, ...]] = {}
    at = FIRST
    for dimension in (*report.scheme.dimensions, VETO):
        some = []
        for sheet in report.sheets:
            asked = found.get((dimension, sheet.id), ())
            placed = tuple(_placed(report, row, *one) for row, one in enumerate(asked, start=at))
            at += len(placed)
            if placed:
                some.append(Group(sheet, dimension, placed))
        groups[dimension] = tuple(some)
    return Layout(groups)


def _placed(report: Report, row: int, indicator: Indicator, question: QuestionPart, part: SheetAnswer) -> Placed:
    given = report.state.sheets[part.sheet.id].given.get(question.id)
    answer = given.answer if given else None
    weight = int(question.worth * report.scheme.unit)
    rating = whole(answer) if isinstance(answer, Rated) else None
    return Placed(row, indicator, question, part, answer, weight, rating)
