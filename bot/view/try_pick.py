"""Where to try something: a sheet, a chapter, a question. Must not know what is tried beyond its mark."""

from bot.domain.scheme import QuestionId
from bot.domain.state import SheetState
from bot.view.parts import button, columns, one_line, page_of, screen, turn
from bot.view.path_places import TryCard, TryPick, TrySheets, WhatIf
from bot.view.screen import Button, Screen
from bot.view.try_facts import TryFacts
from bot.view.try_texts import sheet_label
from bot.view.values import (
    answered,
    question_name,
    question_short,
    section_name,
    section_short,
    sheet_title,
    top_sections,
    within,
)
from bot.words import Words

PAGE = 8
_ROW, _SHORT, _LABEL, _NAME = 70, 16, 8, 40


def try_sheets(words: Words, facts: TryFacts, place: TrySheets, line: str = "") -> Screen:
    """Eight a page."""
    page = page_of(facts.sheets, place.page, PAGE)
    before, after = turn(words, page, lambda number: TrySheets(facts.desk.ref, number))
    named = [
        (ref, sheet_label(words, facts.desk, sheet) or one_line(sheet_title(words, sheet), _NAME))
        for ref, sheet in page.items
    ]
    made = [button(name, TryPick(ref)) for ref, name in named]
    listed = [name for _, name in named]
    rows = [*columns(made, 2), (*before, _back(words, facts), *after)]
    hint = words.say("try.pick-hint")
    return screen(words, "path_pick.j2", rows, line, title=words.say("try.pick-sheet"), listed=listed, hint=hint)


def try_pick(words: Words, facts: TryFacts, sheet: SheetState, place: TryPick, line: str = "") -> Screen:
    """The chapters of the sheet, or the questions of one; what is tried already says so."""
    scheme, asked = facts.desk.scheme, facts.desk.scheme.covered(sheet.covers)
    if place.section:
        page = page_of(within(scheme, place.section, asked), place.page, PAGE)
        made = [_question(words, facts, sheet, place.other, question) for question in page.items]
        listed = [_line(words, facts, sheet, question) for question in page.items]
        title = section_name(words, scheme.section_by_id[place.section])
        back = button(words.say("button.before", clause=words.say("button.sections")), TryPick(place.other))
        before, after = turn(words, page, lambda number: TryPick(place.other, place.section, number))
    else:
        some = page_of([one for one in top_sections(scheme) if within(scheme, one.id, asked)], place.page, PAGE)
        made = [button(section_short(words, one), TryPick(place.other, one.id)) for one in some.items]
        listed = [section_name(words, one) for one in some.items]
        title = words.say("try.pick")
        back = _back(words, facts)
        before, after = turn(words, some, lambda number: TryPick(place.other, "", number))
    if label := sheet_label(words, facts.desk, sheet):
        title = words.say("form.beside", label=title, more=label)
    rows = [*columns(made, 2), (*before, back, *after)]
    hint = words.say("try.pick-hint")
    return screen(words, "path_pick.j2", rows, line, title=title, listed=listed, hint=hint)


def _question(words: Words, facts: TryFacts, sheet: SheetState, ref: str, question: QuestionId) -> Button:
    scheme = facts.desk.scheme
    label = words.say(
        "sections.question",
        clause=question_short(words, scheme, question, sheet),
        answer=answered(words, scheme, sheet, question, _LABEL) or words.say("sections.unanswered"),
    )
    return button(label, TryCard(ref, str(question)))


def _line(words: Words, facts: TryFacts, sheet: SheetState, question: QuestionId) -> str:
    scheme = facts.desk.scheme
    name = one_line(question_name(words, scheme, question, sheet), _ROW)
    now = answered(words, scheme, sheet, question, _SHORT) or words.say("sections.unanswered")
    tried = next((o.tried for o in facts.attempts if o.sheet.id == sheet.id and o.question == question), None)
    if tried is None:
        return f"{name}{words.say('form.colon')}{now}"
    said = one_line(words.answer(scheme, question, tried), _SHORT)
    return words.say("try.row", name=name, now=now, tried=said)


def _back(words: Words, facts: TryFacts) -> Button:
    return button(words.say("button.before", clause=words.say("button.try")), WhatIf(facts.desk.ref))
