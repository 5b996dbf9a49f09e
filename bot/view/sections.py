"""Chapters with what is open in each, and the questions of one. Must not know ratings beyond their short form."""

from dataclasses import dataclass

from bot.domain.interview import progress
from bot.domain.scheme import QuestionId, Section
from bot.view import places
from bot.view.asking_order import order_button
from bot.view.carried import count_line, list_button, row_text, waiting
from bot.view.facts import Desk
from bot.view.parts import Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Screen
from bot.view.values import (
    answered,
    question_name,
    question_short,
    section_name,
    section_short,
    standard_name,
    top_sections,
    within,
)
from bot.words import Words

PAGE = 8
_SHORT = 16
_ROW = 80


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One chapter in the list; counts are of questions of the person's sheet. carried: over, and not confirmed."""

    section: Section
    name: str
    done: int
    asked: int
    flagged: int
    carried: int = 0

    @property
    def open(self) -> int:
        return self.asked - self.done


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question in the list; answer: '' where there is none. carried: what last time's was, unless confirmed."""

    question: QuestionId
    name: str
    answer: str
    flagged: bool
    later: bool
    carried: str = ""


def sections(words: Words, desk: Desk, place: places.Sections, line: str = "") -> Screen:
    """The chapters, eight a page; a button opens one."""
    page = page_of(_section_lines(words, desk), place.page, PAGE)
    before, after = turn(words, page, lambda number: places.Sections(place.sheet, number))
    buttons = [
        button(
            words.say("sections.button" if one.open else "sections.button-done", **_counts(words, one)),
            places.SectionRows(place.sheet, one.section.id),
        )
        for one in page.items
    ]
    done, asked = progress(desk.scheme, desk.own) if desk.own else (0, 0)
    ways = (*before, *_ways(words, desk), *list_button(words, desk), *order_button(words, desk), *after)
    return screen(
        words,
        "sections.j2",
        [*columns(buttons, 2), ways],
        line,
        short=standard_name(words, desk),
        page=page,
        done=done,
        asked=asked,
        carried=count_line(words, desk),
    )


def section_rows(words: Words, desk: Desk, place: places.SectionRows, line: str = "") -> Screen:
    """The questions of a section with their answers, eight a page; a button opens a question's card."""
    section = desk.scheme.section_by_id[place.section]
    page = page_of(_question_lines(words, desk, place.section), place.page, PAGE)
    before, after = turn(words, page, lambda number: places.SectionRows(place.sheet, place.section, number))
    buttons = [
        button(
            words.say(
                "sections.question",
                clause=question_short(words, desk.scheme, one.question, desk.own),
                answer=one_line(one.answer, _SHORT) or words.say("sections.unanswered"),
            ),
            places.Card(place.sheet, str(one.question)),
        )
        for one in page.items
    ]
    back = button(words.say("button.before", clause=words.say("button.sections")), places.Sections(place.sheet))
    ways = (*before, back, *after)
    name = section_name(words, section)
    short = standard_name(words, desk)
    rows = [*columns(buttons, 2), ways]
    return screen(words, "section_rows.j2", rows, line, short=short, name=name, page=page)


def _section_lines(words: Words, desk: Desk) -> list[SectionLine]:
    if not desk.own:
        return []
    asked = desk.scheme.covered(desk.own.covers)
    carried = set(waiting(desk))
    found = []
    for section in top_sections(desk.scheme):
        inside = within(desk.scheme, section.id, asked)
        if inside:
            done = sum(question in desk.own.given for question in inside)
            flagged = sum(question in desk.own.flagged for question in inside)
            name, n = section_name(words, section), sum(question in carried for question in inside)
            found.append(SectionLine(section, name, done, len(inside), flagged, n))
    return found


def _question_lines(words: Words, desk: Desk, section: str) -> list[QuestionLine]:
    if not desk.own:
        return []
    asked = within(desk.scheme, section, desk.scheme.covered(desk.own.covers))
    return [
        QuestionLine(
            question,
            one_line(question_name(words, desk.scheme, question, desk.own), _ROW),
            answered(words, desk.scheme, desk.own, question),
            question in desk.own.flagged,
            question in desk.own.later,
            row_text(words, desk, question),
        )
        for question in asked
    ]


def _counts(words: Words, one: SectionLine) -> dict[str, object]:
    return {"section": section_short(words, one.section), "done": one.done, "asked": one.asked}


def _ways(words: Words, desk: Desk) -> Row:
    head = button(words.say("button.head"), places.Head(desk.ref))
    if desk.state.closed:
        return (head,)
    return head, button(words.say("button.go-on"), places.NextOpen(desk.sheet_ref), "primary")
