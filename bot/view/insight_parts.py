"""Why, below the grade: a dimension's total, a section, a question with every rating, note and piece of evidence.

Each shows the arithmetic that made its number, and leads to the level below and back to the one above.
"""

from collections.abc import Sequence

from bot.domain.scheme import QuestionId, Section
from bot.domain.scoring import ZERO
from bot.domain.state import SheetState
from bot.view import places
from bot.view.arithmetic import dimension_sum, row_line
from bot.view.facts import ResultFacts
from bot.view.insight_lines import own_view
from bot.view.insight_why import agreed_ways
from bot.view.parts import Block, Row, button, columns, one_line, page_of, screen, turn
from bot.view.scores import visible_sheets
from bot.view.screen import Button, Screen
from bot.view.values import row_name, section_name, section_short
from bot.words import Words, points
from bot.words.forms import exact, nearest

PAGE = 8
_TERMS = 14
"""Terms of a sum that are all shown."""
_ROW = 48
Child = Section | QuestionId
"""What a total or a section is made of: a part with parts of its own, or a question."""


def why_dimension(words: Words, facts: ResultFacts, place: places.Why, line: str = "") -> Screen:
    """The total of `place.name`: how it came about, and the chapters it is made of."""
    name, scheme = place.name, facts.desk.scheme
    title = words.pick(scheme.dimensions[name].title)
    part = facts.card.dimensions[name]
    if part.total is not None:
        shown = exact(part.total, nearest(scheme, name, part.total))
        title = words.say("why.of", name=title, points=shown, of=points(part.maximum))
    made = Block(words.say("why.made"), dimension_sum(words, facts, part).text)
    return _listed(words, facts, place, title, made, line)


def why_section(words: Words, facts: ResultFacts, place: places.Why, line: str = "") -> Screen:
    """The points of a section in a dimension, as the sum of what it is made of."""
    section, _, dimension = place.name.rpartition("/")
    tally = facts.card.sections[section][dimension]
    named = section_name(words, facts.desk.scheme.section_by_id[section])
    title = words.say("why.of", name=named, points=exact(tally.points), of=points(tally.of))
    return _listed(words, facts, place, title, None, line)


def children(facts: ResultFacts, dimension: str, parent: str) -> list[Child]:
    """What a section ('' for the whole dimension) is made of, in clause order.

    A section that is its only question (4.5 of Q/BJKB 006) is that question.
    """
    scheme = facts.desk.scheme
    found: list[Child] = []
    for section in scheme.sections:
        if section.parent == parent and (inside := scheme.parts[section.id].get(dimension)):
            own = len(inside) == 1 and inside[0].indicator == section.id
            found.append(inside[0] if own else section)
    asked = scheme.parts[parent].get(dimension, ()) if parent else ()
    found += [one for one in asked if scheme.by_id[one.indicator].section == parent and one not in found]
    order = {question: place for place, question in enumerate(scheme.questions)}

    def first(child: Child) -> int:
        return order[scheme.parts[child.id][dimension][0] if isinstance(child, Section) else child]

    return sorted(found, key=first)


def above(facts: ResultFacts, question: QuestionId) -> places.Why:
    """The place that a question's points go into: its section, its dimension, or for a veto row the grade."""
    scheme, ref = facts.desk.scheme, facts.desk.ref
    if question.dimension not in scheme.dimensions:
        return places.Why(ref)
    section = scheme.by_id[question.indicator].section
    alone = scheme.parts[section].get(question.dimension) == (question,) and section == question.indicator
    return _up(facts, question.dimension, scheme.section_by_id[section].parent if alone else section)


def up_button(words: Words, facts: ResultFacts, place: places.Why) -> Row:
    """To the level above, called by its name."""
    scheme = facts.desk.scheme
    if place.part == "s":
        name = section_short(words, scheme.section_by_id[place.name.rpartition("/")[0]])
    else:
        name = words.pick(scheme.dimensions[place.name].title) if place.part == "d" else words.say("button.why")
    return (button(words.say("button.before", clause=name), place),)


def _up(facts: ResultFacts, dimension: str, section: str) -> places.Why:
    ref = facts.desk.ref
    return places.Why(ref, "s", f"{section}/{dimension}") if section else places.Why(ref, "d", dimension)


def _listed(words: Words, facts: ResultFacts, place: places.Why, title: str, made: Block | None, line: str) -> Screen:
    """The parts of a total or a section, eight a page. made: how the total came about; a section has none."""
    section, _, dimension = place.name.rpartition("/")
    ref, scheme = facts.desk.ref, facts.desk.scheme
    where = children(facts, dimension, section)
    sheets = [sheet for sheet in visible_sheets(facts) if dimension in sheet.covers]
    page = page_of(where, place.page, PAGE)
    before, after = turn(words, page, lambda number: places.Why(ref, place.part, place.name, number))
    jumps = [_jump(words, facts, one, dimension) for one in page.items]
    up = _up(facts, dimension, scheme.section_by_id[section].parent) if section else places.Why(ref)
    rules = scheme.adjustments
    adjusted = agreed_ways(words, facts.desk) if rules and made and rules.dimension == dimension else ()
    rows: list[Row] = [*columns(jumps, 4), adjusted, (*before, *up_button(words, facts, up), *after)]
    lines = [_child(words, facts, one, dimension, sheets) for one in page.items]
    lines += [_together(words, facts, where, dimension)] if len(where) > 1 else []
    listed = Block(words.say("why.parts"), "\n".join(lines))
    return screen(
        words,
        "insight.j2",
        rows,
        line,
        title=title,
        about=[text for text in (own_view(words, facts.desk),) if text],
        blocks=[made, listed] if made else [listed],
        page=page,
        foot="" if made else words.say("why.intro"),
    )


def _jump(words: Words, facts: ResultFacts, one: Child, dimension: str) -> Button:
    ref = facts.desk.ref
    if isinstance(one, Section):
        return button(section_short(words, one), places.Why(ref, "s", f"{one.id}/{dimension}"))
    return button(one.indicator, places.Why(ref, "q", str(one)))


def _child(words: Words, facts: ResultFacts, one: Child, dimension: str, sheets: Sequence[SheetState]) -> str:
    if isinstance(one, QuestionId):
        return row_line(
            words, facts, one, sheets, one_line(row_name(words, facts.desk.scheme.by_id[one.indicator]), _ROW)
        )
    tally = facts.card.sections[one.id][dimension]
    name = one_line(section_name(words, one), _ROW)
    key = "why.part-open" if tally.open else "why.part"
    return words.say(key, name=name, points=exact(tally.points), of=points(tally.of), n=tally.open)


def _together(words: Words, facts: ResultFacts, where: Sequence[Child], dimension: str) -> str:
    """'3.5 + 4 + 9 = 16.5': the points of all parts, on whichever page they stand."""
    found = [
        facts.card.sections[one.id][dimension] if isinstance(one, Section) else facts.card.questions[one]
        for one in where
    ]
    together, due = sum((one.points for one in found), ZERO), sum((one.of for one in found), ZERO)
    if len(found) > _TERMS:
        return words.say("why.together", points=exact(together), of=exact(due))
    terms = " + ".join(exact(one.points) for one in found)
    return words.say("why.added", terms=terms, points=exact(together), of=exact(due))
