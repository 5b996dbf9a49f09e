"""Others' sheets for the lead of a panel, and having one count no longer. Must not know what was rated on them."""

from bot.view import places
from bot.view.blind_facts import OthersFacts, OtherSheet
from bot.view.facts import Desk
from bot.view.parts import Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Button, Screen
from bot.words import Words

PAGE = 6
_NAME = 60
_LABEL = 18
_REASON = 160


def other_name(words: Words, one: OtherSheet, limit: int = _NAME) -> str:
    """The assessor's name with the round; a number where no name is known."""
    name = one.name or words.say("result.sheet", n=one.number)
    return one_line(f"{name} · {one.round}" if one.round else name, limit)


def outlines(words: Words, facts: OthersFacts, place: places.Others, line: str = "") -> Screen:
    """Six a page, those that are waited for first."""
    desk = facts.desk
    ordered = sorted(facts.sheets, key=lambda one: ("open", "submitted", "set-aside").index(one.status))
    page = page_of(ordered, place.page, PAGE)
    before, after = turn(words, page, lambda number: places.Others(desk.ref, number))
    aside = [
        button(words.say("button.set-aside-of", name=other_name(words, one, _LABEL)), _aside(desk, one))
        for one in page.items
        if one.may_be_set_aside and not desk.state.closed
    ]
    return screen(
        words,
        "outlines.j2",
        [_ways(words, facts), *columns(aside, 2), (*before, _head(words, desk), *after)],
        line,
        desk=desk,
        page=page,
        waiting=sum(one.status == "open" for one in facts.sheets),
        own_open=_own_open(desk),
        differences=facts.differences,
        uneven=facts.uneven,
        name=lambda one: other_name(words, one),
        state=lambda one: _state(words, one),
        habits=lambda one: _habits(words, one),
    )


def confirm_aside(words: Words, desk: Desk, one: OtherSheet, line: str = "") -> Screen:
    """Have it count no longer, or not; the safe choice comes first."""
    rows = [
        (button(words.say("button.keep-sheet"), places.Others(desk.ref), "primary"),),
        (button(words.say("button.set-aside-why"), places.AskAside(desk.ref, one.ref), "danger"),),
    ]
    name, state = other_name(words, one), _state(words, one)
    return screen(words, "confirm_aside.j2", rows, line, desk=desk, name=name, state=state)


def ask_aside(words: Words, desk: Desk, one: OtherSheet, line: str = "") -> Screen:
    """The next text is why this sheet does not count."""
    return screen(
        words,
        "ask.j2",
        [(button(words.say("button.cancel"), places.Others(desk.ref)),)],
        line,
        title=words.say("asking.set-aside", name=other_name(words, one)),
        about=[],
        hint=words.say("asking.set-aside-hint"),
        current="",
    )


def _ways(words: Words, facts: OthersFacts) -> Row:
    """To the disagreements; to the lead's own sheet, while that is what hides them."""
    desk, made = facts.desk, []
    if ref := _own_open(desk):
        made.append(button(words.say("button.own-sheet"), places.Check(ref), "primary"))
    if facts.differences:
        label = words.say("button.differences", n=facts.differences)
        made.append(button(label, places.Differences(desk.ref), "primary"))
    return tuple(made)


def _own_open(desk: Desk) -> str:
    """The lead's own sheet that hides the others' still; ''."""
    return next((ref for ref, sheet in desk.sheets if sheet.status == "open"), "")


def _aside(desk: Desk, one: OtherSheet) -> places.ConfirmAside:
    return places.ConfirmAside(desk.ref, one.ref)


def _head(words: Words, desk: Desk) -> Button:
    return button(words.say("button.head"), places.Head(desk.ref))


def _state(words: Words, one: OtherSheet) -> str:
    said = [words.say("others.left")] if not one.member else []
    match one.status:
        case "set-aside":
            reason = one.seen.reason if one.seen else ""
            said.append(words.say("sheet.aside", reason=one_line(reason, _REASON)))
        case "submitted":
            said.append(words.say("others.submitted", asked=one.asked))
        case "open":
            said.append(words.say("others.open", answered=one.answered, asked=one.asked))
    if one.seen and one.seen.asked and one.status == "submitted":
        said.append(words.say("others.asked", n=len(one.seen.asked)))
    return words.say("form.comma").join(said)


def _habits(words: Words, one: OtherSheet) -> str:
    """What may be worth a look, in a neutral sentence; it is no proof of anything, and never scored."""
    held, said = one.habits, []
    if held and held.straight:
        said.append(words.say("others.straight", same=held.same, ratings=held.ratings))
    if held and held.quick:
        said.append(words.say("others.quick", seconds=held.seconds))
    return words.say("form.comma").join(said)
