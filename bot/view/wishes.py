"""Marks for the way: what cannot be raised, and what a step of an indicator costs. Must not know how they are kept."""

from collections.abc import Mapping
from fractions import Fraction

from bot.domain.scheme import Indicator, Scheme
from bot.view.facts import Desk
from bot.view.parts import Row, button, columns, one_line, page_of, screen, turn
from bot.view.path_facts import WishFacts
from bot.view.path_places import ConfirmUnwish, CostTap, PickRow, TryCard, UnwishTap, Way, WishCard, WishList, WishTap
from bot.view.path_texts import mark_text, rated
from bot.view.screen import Button, Screen
from bot.view.values import question_short, row_name, section_name, section_short, top_sections
from bot.words import Words

COSTS = (1, 2, 3, 5)
"""Costs that have a button."""
PAGE = 8
_NAME, _ROW, _SHEETS = 80, 70, 6


def wish_card(words: Words, facts: WishFacts, place: WishCard, line: str = "") -> Screen:
    """One indicator: how it stands, its mark; a text is a cost."""
    desk, row, grade = facts.desk, facts.desk.scheme.by_id[facts.indicator], place.grade
    impossible = facts.marked and facts.mark is None
    label = words.say("button.impossible")
    label = words.say("form.ticked", label=label) if impossible else label
    cost = None if impossible else facts.mark if facts.marked else Fraction(1)
    costs = [_cost(words, desk, row, n, grade, on=cost == n) for n in COSTS]
    tries = [
        button(words.say("button.try-row", clause=_short(words, facts.desk.scheme, row, dimension)), TryCard(ref, text))
        for dimension, ref, text in ((one.dimension, ref, str(one)) for one, ref in facts.tries.items())
    ]
    return screen(
        words,
        "wish.j2",
        [
            (button(label, WishTap(desk.ref, row.id, int(not impossible), grade)),),
            tuple(costs),
            tuple(tries),
            (_to_plan(words, desk, grade), button(words.say("button.marks"), WishList(desk.ref, 0, grade))),
        ],
        line,
        name=one_line(row_name(words, row), _NAME),
        ratings=_ratings(words, facts),
        mark=mark_text(words, facts.mark) if facts.marked else "",
    )


def wish_list(
    words: Words, desk: Desk, marks: Mapping[str, Fraction | None], place: WishList, line: str = ""
) -> Screen:
    """All marks in clause order, eight a page; each opens its indicator."""
    rows = [row for row in desk.scheme.indicators if row.id in marks]
    page = page_of(rows, place.page, PAGE)
    before, after = turn(words, page, lambda number: WishList(desk.ref, number, place.grade))
    named = [button(row.id, WishCard(desk.ref, row.id, place.grade)) for row in page.items]
    tools = [button(words.say("button.mark-other"), PickRow(desk.ref, "", 0, place.grade))]
    if rows:
        tools.append(button(words.say("button.unmark-all"), ConfirmUnwish(desk.ref, place.grade)))
    return screen(
        words,
        "wishes.j2",
        [*columns(named, 4), tuple(tools), (*before, _to_plan(words, desk, place.grade), *after)],
        line,
        count=len(rows),
        page=page,
        row=lambda row: words.say(
            "path.marked", name=one_line(row_name(words, row), _ROW), mark=mark_text(words, marks[row.id])
        ),
    )


def confirm_unwish(words: Words, desk: Desk, count: int, place: ConfirmUnwish, line: str = "") -> Screen:
    """The safe choice first."""
    rows = [
        (button(words.say("button.keep-marks"), WishList(desk.ref, 0, place.grade), "primary"),),
        (button(words.say("button.unmark-for-good"), UnwishTap(desk.ref, place.grade), "danger"),),
    ]
    title = words.say("path.unmark-title", n=count)
    return screen(words, "confirm.j2", rows, line, title=title, about=[], means=[words.say("path.unmark-means")])


def pick_row(words: Words, desk: Desk, marks: Mapping[str, Fraction | None], place: PickRow, line: str = "") -> Screen:
    """The chapters, or the rows of one that can be rated; marked ones say so."""
    scheme, grade = desk.scheme, place.grade
    if place.section:
        rows = [row for row in scheme.within(place.section) if not row.veto]
        page = page_of(rows, place.page, PAGE)
        made = [button(_marked(words, row, marks), WishCard(desk.ref, row.id, grade)) for row in page.items]
        before, after = turn(words, page, lambda number: PickRow(desk.ref, place.section, number, grade))
        back = button(words.say("button.before", clause=words.say("button.sections")), PickRow(desk.ref, "", 0, grade))
        listed = [_marked(words, row, marks, name=True) for row in page.items]
        title = section_name(words, scheme.section_by_id[place.section])
        return _picking(words, [*columns(made, 2), (*before, back, *after)], title, listed, line)
    sections = [one for one in top_sections(scheme) if any(not row.veto for row in scheme.within(one.id))]
    some = page_of(sections, place.page, PAGE)
    made = [button(section_short(words, one), PickRow(desk.ref, one.id, 0, grade)) for one in some.items]
    before, after = turn(words, some, lambda number: PickRow(desk.ref, "", number, grade))
    listed = [section_name(words, one) for one in some.items]
    back = _to_plan(words, desk, grade)
    return _picking(words, [*columns(made, 2), (*before, back, *after)], words.say("path.pick"), listed, line)


def _picking(words: Words, rows: list[Row], title: str, listed: list[str], line: str) -> Screen:
    return screen(words, "path_pick.j2", rows, line, title=title, listed=listed, hint=words.say("path.pick-hint"))


def _marked(words: Words, row: Indicator, marks: Mapping[str, Fraction | None], *, name: bool = False) -> str:
    named = one_line(row_name(words, row), _ROW) if name else row.id
    return words.say("path.marked", name=named, mark=mark_text(words, marks[row.id])) if row.id in marks else named


def _cost(words: Words, desk: Desk, row: Indicator, n: int, grade: str, *, on: bool) -> Button:
    label = words.say("button.cost", cost=n)
    return button(words.say("form.ticked", label=label) if on else label, CostTap(desk.ref, row.id, n, grade))


def _ratings(words: Words, facts: WishFacts) -> list[str]:
    """Per question how it stands on each sheet."""
    said = []
    scheme = facts.desk.scheme
    for question, values in facts.ratings.items():
        shown = [rated(words, scheme, question, value) for value in values[:_SHEETS]]
        if len(values) > _SHEETS:
            shown.append("…")
        now = words.say("form.comma").join(shown) or words.say("sections.unanswered")
        name = question_short(words, scheme, question)
        said.append(words.say("path.stands" if len(facts.ratings) > 1 else "try.now", clause=name, answer=now))
    return said


def _short(words: Words, scheme: Scheme, row: Indicator, dimension: str) -> str:
    """The dimension where the row has several; the row's number else."""
    return words.pick(scheme.dimensions[dimension].title) if len(row.points) > 1 else row.id


def _to_plan(words: Words, desk: Desk, grade: str) -> Button:
    return button(words.say("button.before", clause=words.say("button.way")), Way(desk.ref, grade))
