"""The chain from each answer to the grade, as text. Must not compute anything that scoring and grading did not."""

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from bot.domain.answers import NotApplicable, Rated
from bot.domain.grading import Standing, check, standing_of
from bot.domain.scales import Scale
from bot.domain.scheme import (
    Condition,
    DeductionsBelow,
    GateMet,
    Grade,
    LevelAtLeast,
    NoVeto,
    QuestionId,
    Section,
    TotalAtLeast,
)
from bot.domain.scoring import ZERO, DimensionScore
from bot.domain.state import SheetState
from bot.domain.sums import sheet_sums
from bot.view.beside import blocks as decided
from bot.view.facts import ResultFacts
from bot.view.parts import Block, one_line
from bot.view.ratings import shown
from bot.view.scores import sheet_name, visible_sheets
from bot.view.undone import undersampled
from bot.view.values import section_name, top_sections, within
from bot.words import Words, points, total
from bot.words.forms import exact, nearest

_TERMS = 8
"""Terms of a sum that are all shown."""
_NAME = 60
_SHOWN = 4
"""Places of a ratio 0-1 that are shown."""


def arithmetic(words: Words, facts: ResultFacts) -> list[Block]:
    """Per dimension the sum, the mean, what was added; what was decided; every grade; then each chapter's rows."""
    parts = facts.card.dimensions.values()
    blocks = [dimension_sum(words, facts, part) for part in parts]
    blocks += decided(words, facts.desk)
    standing = standing_of(facts.card)
    if standing and not undersampled(facts):
        blocks.append(_grades(words, facts, standing))
    return blocks + [block for part in parts for block in _rows(words, facts, part)]


def _rows(words: Words, facts: ResultFacts, part: DimensionScore) -> list[Block]:
    scheme = facts.desk.scheme
    asked = [question for question in scheme.questions if question.dimension == part.dimension]
    sheets = [sheet for sheet in visible_sheets(facts) if part.dimension in sheet.covers]
    blocks = []
    for section in top_sections(scheme):
        inside = within(scheme, section.id, asked)
        if inside:
            lines = [row_line(words, facts, question, sheets) for question in inside]
            blocks.append(Block(_title(words, facts, section, part), "\n".join(lines)))
    return blocks


def _title(words: Words, facts: ResultFacts, section: Section, part: DimensionScore) -> str:
    tally = facts.card.sections[section.id][part.dimension]
    scored = words.say("why.section", points=exact(tally.points), of=points(tally.of))
    return f"{section_name(words, section)} {scored}"


def row_line(
    words: Words, facts: ResultFacts, question: QuestionId, sheets: Sequence[SheetState], name: str = ""
) -> str:
    """'4.2.1: 5 × 70% = 3.5' on the one sheet that may be seen, else the mean. name: to say for the clause alone."""
    scheme, clause = facts.desk.scheme, name or question.indicator
    due = scheme.points_of(question)
    if len(sheets) != 1:
        tally = facts.card.questions[question]
        return words.say("why.mean-row", clause=clause, points=exact(tally.points), of=points(tally.of))
    given = sheets[0].given.get(question)
    match given.answer if given else None:
        case Rated(value=value) as rated:
            rating = rating_text(words, scheme.scale_of(question), rated)
            return words.say("why.row", clause=clause, of=points(due), rating=rating, points=exact(due * value))
        case NotApplicable():
            return words.say("why.row-na", clause=clause)
        case _:
            return words.say("why.row-open", clause=clause, of=points(due))


def rating_text(words: Words, scale: Scale, rated: Rated) -> str:
    """A rating within arithmetic: a level as '4/5', else as the scale writes it."""
    return _rating(scale, rated.value) if rated.level is None else words.say("why.level", level=rated.level)


def _rating(scale: Scale, value: Fraction) -> str:
    """As the scale writes it; marked where that is rounded, so that 30 x ≈33.33% = 10 is no false sum."""
    return shown(scale, value) if (value * 10**_SHOWN).denominator == 1 else f"≈{shown(scale, value)}"


def dimension_sum(words: Words, facts: ResultFacts, part: DimensionScore) -> Block:
    """How a total came about: each sheet that counts, their mean, what was added; the level that it reaches."""
    desk = facts.desk
    dimension = desk.scheme.dimensions[part.dimension]
    tally = part.tally
    title = words.pick(dimension.title)
    if part.total is None or part.before is None:
        return Block(title, words.say("why.so-far", points=exact(tally.points), of=exact(tally.of)))
    lines = []
    before = exact(part.before, nearest(desk.scheme, part.dimension, part.before))
    if len(part.sheets) > 1:
        counted = [sheet for sheet in visible_sheets(facts) if sheet.id in part.sheets]
        lines += [_sheet(words, facts, sheet, part) for sheet in counted]
        sums = mean_of([exact(part.sheets[sheet.id]) for sheet in counted], exact(sum(part.sheets.values(), ZERO)))
        lines.append(words.say("why.mean", sums=sums, total=before))
    elif dimension.total == "percent":
        lines.append(words.say("why.percent", points=exact(tally.points), of=exact(tally.of), total=before))
    else:
        lines.append(words.say("why.points", total=before))
    if _decided(facts, part):
        lines.append(_adjusted(words, facts, part))
        lines.append(words.say("why.total", total=exact(part.total, nearest(desk.scheme, part.dimension, part.total))))
    if dimension.level_from:
        level = words.level(dimension.scale, part.level) if part.level else words.say("level.none")
        lines.append(words.say("why.reached-level", level=level))
    return Block(title, "\n".join(lines))


def _sheet(words: Words, facts: ResultFacts, sheet: SheetState, part: DimensionScore) -> str:
    """One sheet's total; a percentage with its own points due, since rows may be left out on it (DN-08)."""
    scheme, name = facts.desk.scheme, one_line(sheet_name(words, facts, sheet), _NAME)
    shown = exact(part.sheets[sheet.id])
    if scheme.dimensions[part.dimension].total == "points":
        return words.say("why.sheet", name=name, total=shown)
    sums = sheet_sums(scheme, sheet.sheet(), part.dimension)
    return words.say("why.sheet-percent", name=name, points=exact(sums.earned), of=exact(sums.due), total=shown)


def mean_of(terms: Sequence[str], together: str) -> str:
    """'(80 + 90) ÷ 2'; of many terms their sum alone."""
    return f"({' + '.join(terms)}) ÷ {len(terms)}" if len(terms) <= _TERMS else f"{together} ÷ {len(terms)}"


def _decided(facts: ResultFacts, part: DimensionScore) -> bool:
    """Something was taken or added here, also where both make up for each other."""
    rules, decided = facts.desk.scheme.adjustments, facts.card.decisions
    return bool(rules and rules.dimension == part.dimension and (decided.deductions or decided.bonus))


def _adjusted(words: Words, facts: ResultFacts, part: DimensionScore) -> str:
    """'92.75 - 2 + 1', with what was taken and added (DN-03)."""
    rules, decided = facts.desk.scheme.adjustments, facts.card.decisions
    each = rules.deductions.each if rules and rules.deductions else ZERO
    taken = points(each * (decided.deductions or 0))
    return words.say(
        "why.adjusted", before=exact(part.before or ZERO), taken=taken, added=points(decided.bonus or ZERO)
    )


def _grades(words: Words, facts: ResultFacts, standing: Standing) -> Block:
    """Every grade with its conditions, highest first, and whether all hold."""
    lines = []
    for grade in facts.desk.scheme.grades:
        holds = all(check(condition, standing).holds for condition in grade.conditions)
        key = "why.grade-holds" if holds else "why.grade-fails"
        lines.append(words.say(key, grade=words.pick(grade.title), needs=_needs(words, facts, grade)))
    lines.append(words.say("why.highest"))
    return Block(words.say("why.grades"), "\n".join(lines))


def _needs(words: Words, facts: ResultFacts, grade: Grade) -> str:
    needed = [need(words, facts, condition) for condition in grade.conditions]
    return words.say("form.comma").join(needed) or words.say("why.no-condition")


def need(words: Words, facts: ResultFacts, condition: Condition) -> str:
    """What a condition asks for, without a verb: 'Service ≥ 80'."""
    scheme = facts.desk.scheme
    match condition:
        case TotalAtLeast(dimension, threshold):
            title = words.pick(scheme.dimensions[dimension].title)
            return words.say("need.total", dimension=title, needed=total(threshold))
        case LevelAtLeast(dimension, level):
            title = words.pick(scheme.dimensions[dimension].title)
            return words.say("need.level", dimension=title, needed=words.level(None, level))
        case NoVeto():
            return words.say("need.no-veto")
        case GateMet(gate):
            return words.say("need.gate", gate=words.pick(scheme.gates[gate].title))
        case DeductionsBelow(count):
            return words.say("need.deductions", needed=count)
        case _:
            assert_never(condition)
