"""The head of an assessment: what it is about, and what can be done with the whole. Must not know questions."""

from bot.domain.entries import HEADER_FIELDS
from bot.domain.interview import progress
from bot.view import payload, places
from bot.view.agreed import decision_buttons
from bot.view.facts import Desk, FieldFacts
from bot.view.parts import button, clip, columns, one_line, screen
from bot.view.screen import Button, Screen
from bot.view.values import sheets_label
from bot.words import Words

_SHOWN = {"name": 200, "organisation": 200}
_LONG = 300
_CURRENT = 2400


def head(words: Words, desk: Desk, line: str = "") -> Screen:
    """All fields, and the ways on. The lead edits them until it is closed."""
    answered, asked = progress(desk.scheme, desk.own) if desk.own else (0, 0)
    fields = [(field, clip(desk.state.header.get(field, ""), _SHOWN.get(field, _LONG))) for field in HEADER_FIELDS]
    closed = desk.state.closed
    outcomes = (*desk.scheme.grades, desk.scheme.otherwise)
    outcome = next((grade.title for grade in outcomes if closed and grade.id == closed.outcome), None)
    return screen(
        words,
        "head.j2",
        [_on(words, desk, answered, asked), _agreed(words, desk), *_fields(words, desk), _away(words, desk)],
        line,
        desk=desk,
        name=one_line(desk.state.name, _SHOWN["name"]),
        fields=[(field, value) for field, value in fields if field != _title(desk)],
        missing=words.say("form.comma").join(
            words.say(f"field.{field}") for field, value in fields if not value and field != "name"
        ),
        answered=answered,
        asked=asked,
        outcome=outcome,
    )


def ask_field(words: Words, facts: FieldFacts, line: str = "") -> Screen:
    """The next text is this field."""
    desk, field = facts.desk, facts.field
    current = desk.state.header.get(field, "")
    buttons = [button(words.say("button.cancel"), places.Head(desk.ref))]
    if current and field != "organisation":
        buttons.append(button(words.say("button.empty"), payload.EmptyTap(desk.ref, field)))
    return screen(words, "ask_field.j2", [buttons], line, field=field, current=clip(current, _CURRENT))


def confirm_delete(words: Words, desk: Desk, line: str = "") -> Screen:
    """Delete a draft, or not; the safe choice comes first."""
    rows = [
        (button(words.say("button.keep-draft"), places.Head(desk.ref), "primary"),),
        (button(words.say("button.delete-for-good"), payload.DeleteTap(desk.ref), "danger"),),
    ]
    return screen(words, "confirm_delete.j2", rows, line, desk=desk)


def _title(desk: Desk) -> str:
    """The field that already stands on top; an assessment without a name goes by its organisation's."""
    return "name" if desk.state.header.get("name") else "organisation"


def _on(words: Words, desk: Desk, answered: int, asked: int) -> tuple[Button, ...]:
    if desk.state.closed or not desk.own:
        return (button(words.say("button.result"), places.Result(desk.ref), "primary"),)
    label = words.say("button.go-on" if answered else "button.begin")
    if answered == asked:
        label = words.say("button.check-close")
    return (
        button(label, places.NextOpen(desk.sheet_ref), "primary"),
        button(words.say("button.sections"), places.Sections(desk.sheet_ref)),
        button(words.say("button.standing"), places.Result(desk.ref)),
    )


def _agreed(words: Words, desk: Desk) -> tuple[Button, ...]:
    """The person's sheets, and the decisions with their state; a closed assessment shows them in its result."""
    if desk.state.closed:
        return ()
    sheets: tuple[Button, ...] = ()
    if desk.own or desk.lead:
        sheets = (button(sheets_label(words, desk), places.Sheets(desk.ref)),)
    return (*sheets, *decision_buttons(words, desk))


def _fields(words: Words, desk: Desk) -> list[tuple[Button, ...]]:
    if desk.state.closed or not desk.lead:
        return []
    buttons = [
        button(words.say("head.edit", field=words.say(f"field.{field}")), places.AskField(desk.ref, field))
        for field in HEADER_FIELDS
    ]
    return columns(buttons, 3)


def _away(words: Words, desk: Desk) -> tuple[Button, ...]:
    buttons = [
        button(words.say("button.export"), places.Export(desk.ref)),
        button(words.say("button.home"), places.Home()),
        button(
            words.say("button.unarchive" if desk.archived else "button.archive"),
            payload.ArchiveTap(desk.ref, 0 if desk.archived else 1),
        ),
    ]
    if desk.own and not desk.state.closed:
        buttons.insert(0, button(words.say("button.check"), places.Check(desk.sheet_ref)))
    if desk.lead and not desk.state.closed:
        buttons.append(button(words.say("button.delete-draft"), places.ConfirmDelete(desk.ref), "danger"))
    return tuple(buttons)
