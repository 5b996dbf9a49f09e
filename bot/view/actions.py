"""What is to be done still about findings, over all of a person's assessments. Must not know how they were rated."""

from collections.abc import Sequence

from bot.view import places
from bot.view.findings_facts import ActionLine
from bot.view.findings_lines import due
from bot.view.parts import button, columns, one_line, page_of, screen, turn
from bot.view.screen import Screen
from bot.words import Words

PAGE = 6
_NAME, _TEXT, _ACTION = 60, 90, 120


def actions(words: Words, lines: Sequence[ActionLine], place: places.Actions, line: str = "") -> Screen:
    """The earliest day first, what has gone by marked; each opens its finding."""
    page = page_of(list(enumerate(lines, start=1)), place.page, PAGE)
    before, after = turn(words, page, places.Actions)
    numbers = [
        button(words.say("finding.number", n=number), places.FindingItem(one.ref, one.finding.one.seq))
        for number, one in page.items
    ]
    back = button(words.say("button.back-to-list"), places.Home())
    return screen(
        words,
        "actions.j2",
        [*columns(numbers, PAGE), (*before, back, *after)],
        line,
        page=page,
        count=len(lines),
        late=sum(one.finding.overdue for one in lines),
        name=lambda one: one_line(one.name, _NAME),
        text=lambda one: one_line(one.finding.one.text, _TEXT),
        action=lambda one: one_line(one.finding.one.action, _ACTION),
        due=lambda one: due(words, one.finding) or words.say("finding.no-day"),
    )
