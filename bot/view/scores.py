"""Points as lines of a result: totals, chapters, questions. Must not know which screen shows them.

Everything is shown exactly enough: nothing reads full that is not, nothing reads 0 that is not (G-01).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.answers import Rated
from bot.domain.scheme import VETO, QuestionId, Section
from bot.domain.scoring import DimensionScore, Tally
from bot.domain.state import SheetState
from bot.view.facts import ResultFacts
from bot.view.parts import Block, one_line
from bot.view.values import earned, question_name, section_name, sheet_title
from bot.words import Words, points, shown_total, total

BAR = 6
_NOTE = 200
_ANSWER = 200


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """A total as it is shown. total: '' while incomplete, then `points` are those earned so far."""

    name: str
    total: str
    maximum: str
    points: str
    level: str
    adjusted: str


@dataclass(frozen=True, slots=True)
class SectionScore:
    """A section in one dimension. lost: '' where nothing is, or while questions are open."""

    name: str
    dimension: str
    points: str
    of: str
    lost: str
    bar: str
    open: int


def dimension_lines(words: Words, facts: ResultFacts) -> tuple[DimensionLine, ...]:
    """The totals, one per dimension."""
    return tuple(_dimension(words, facts, part) for part in facts.card.dimensions.values())


def section_scores(words: Words, facts: ResultFacts, sections: Iterable[Section]) -> tuple[SectionScore, ...]:
    """One line per section and dimension; sections without points (a veto alone) have none."""
    scheme = facts.desk.scheme
    several = len(scheme.dimensions) > 1
    return tuple(
        SectionScore(
            name=section_name(words, section),
            dimension=words.pick(scheme.dimensions[dimension].title) if several else "",
            points=total(tally.points, tally.of),
            of=points(tally.of),
            lost=points(tally.of - tally.points) if tally.points < tally.of and not tally.open else "",
            bar=bar(tally),
            open=tally.open,
        )
        for section in sections
        for dimension, tally in facts.card.sections[section.id].items()
    )


def question_block(words: Words, facts: ResultFacts, question: QuestionId) -> Block:
    """A question with every answer that may be shown, what it lost, and its newest note."""
    scheme = facts.desk.scheme
    lines = []
    sheets = [one for one in visible_sheets(facts) if question.dimension in {VETO, *one.covers}]
    if not sheets:
        lines.append(words.say("sections.unanswered"))
    for sheet in sheets:
        said = _answered(words, facts, sheet, question)
        lines.append(said if len(sheets) == 1 else f"{sheet_name(words, facts, sheet)}: {said}")
        if noted := sheet.notes.get(question):
            lines.append(words.say("result.note", n=len(noted), text=one_line(noted[-1].text, _NOTE)))
    if question.dimension != VETO:
        tally = facts.card.questions[question]
        if len(sheets) > 1:
            lines.append(words.say("result.mean", points=total(tally.points, tally.of), of=points(tally.of)))
        if not tally.open and tally.points < tally.of:
            lines.append(words.say("result.lost", points=points(tally.of - tally.points)))
    return Block(question_name(words, scheme, question), "\n".join(lines))


def visible_sheets(facts: ResultFacts) -> tuple[SheetState, ...]:
    """All that count of those the person may see: the state on a desk holds no others (domain/blind.py)."""
    return facts.desk.state.counted


def sheet_name(words: Words, facts: ResultFacts, sheet: SheetState) -> str:
    """The assessor's name with the round, a number where no name is known; the sheet's own where one person rated."""
    if len({one.person for one in facts.desk.state.counted}) == 1:
        return sheet_title(words, sheet)
    place = [one.id for one in facts.desk.state.counted].index(sheet.id) + 1
    name = (facts.names or {}).get(sheet.person) or words.say("result.sheet", n=place)
    return f"{name} · {sheet.round}" if sheet.round else name


def bar(tally: Tally) -> str:
    """The share of the points as six signs; full and empty only where it is."""
    if not tally.of:
        return ""
    filled = int(tally.points * BAR / tally.of)
    if tally.points and not filled:
        filled = 1
    return "▇" * filled + "░" * (BAR - filled)


def _dimension(words: Words, facts: ResultFacts, part: DimensionScore) -> DimensionLine:
    scheme = facts.desk.scheme
    dimension = scheme.dimensions[part.dimension]
    adjusted = ""
    if part.total is not None and part.before is not None and part.total != part.before:
        adjusted = words.say("result.adjusted", before=total(part.before))
    level = ""
    if dimension.level_from and part.total is not None:
        level = words.level(dimension.scale, part.level) if part.level else words.say("level.none")
    return DimensionLine(
        name=words.pick(dimension.title),
        total="" if part.total is None else shown_total(scheme, part.dimension, part.total),
        maximum=points(part.maximum) if part.total is not None else points(part.tally.of),
        points=total(part.tally.points, part.tally.of),
        level=level,
        adjusted=adjusted,
    )


def _answered(words: Words, facts: ResultFacts, sheet: SheetState, question: QuestionId) -> str:
    given = sheet.given.get(question)
    if given is None:
        return words.say("sections.unanswered")
    scheme = facts.desk.scheme
    shown = one_line(words.answer(scheme, question, given.answer), _ANSWER)
    if isinstance(given.answer, Rated):
        shown += earned(words, scheme, question, given.answer)
    return shown
