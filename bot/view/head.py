"""The head of an assessment: what it is about, and what can be done with the whole. Must not know questions."""

from bot.domain.entries import HEADER_FIELDS
from bot.domain.interview import progress
from bot.view import payload, places
from bot.view.agreed import decision_buttons
from bot.view.carried import count_line, head_line
from bot.view.facts import Desk, FieldFacts
from bot.view.findings_lines import button_name
from bot.view.parts import button, clip, columns, one_line, screen
from bot.view.reopening import reopened_lines
from bot.view.screen import Button, Screen
from bot.view.sheets import asked_again
from bot.view.values import own_aside, sheets_label
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
    on = (*_on(words, desk, answered, asked), *_findings(words, desk), _members(words, desk))
    return screen(
        words,
        "head.j2",
        [on, _agreed(words, desk), *_fields(words, desk), _again(words, desk), _away(words, desk)],
        line,
        desk=desk,
        name=one_line(desk.state.name, _SHOWN["name"]),
        fields=[(field, value) for field, value in fields if field != _title(desk)],
        missing=words.say("form.comma").join(
            words.say(f"field.{field}") for field, value in fields if not value and field != "name"
        ),
        answered=answered,
        asked=asked,
        aside=own_aside(desk),
        outcome=outcome,
        basis=_basis(words, desk),
        carried=head_line(words, desk),
        waiting=count_line(words, desk),
        reopened=reopened_lines(words, desk.state.reopened),
    )


def _basis(words: Words, desk: Desk) -> str:
    """Whose self-assessment stands beside the questions; ''."""
    held = desk.state.basis
    if held is None:
        return ""
    ratings = words.say(f"hand-on.with-{held.ratings}")
    return words.say("head.basis", organisation=one_line(held.organisation, _SHOWN["organisation"]), ratings=ratings)


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
    if desk.state.closed or not desk.rates:
        return (button(words.say("button.result"), places.Result(desk.ref), "primary"),)
    if not desk.own:
        standing = button(words.say("button.standing"), places.Result(desk.ref))
        # A lead need not rate: who was handed the lead may have no sheet, and closes from here.
        closing = (button(words.say("button.close"), places.ConfirmClose(desk.ref)),) if desk.lead else ()
        return (button(words.say("button.begin-own"), places.Sheets(desk.ref), "primary"), *closing, standing)
    return (
        *_further(words, desk, answered, asked),
        button(words.say("button.sections"), places.Sections(desk.sheet_ref)),
        button(words.say("button.standing"), places.Result(desk.ref)),
    )


def _further(words: Words, desk: Desk, answered: int, asked: int) -> tuple[Button, ...]:
    """What comes next on the person's sheets: another look, a question, submitting, closing; nothing, for a while."""
    for ref, sheet in desk.sheets:
        if again := asked_again(desk, sheet):
            return (button(words.say("button.look-again"), places.Card(ref, str(again)), "primary"),)
    if own_aside(desk):
        checks = places.Check(desk.sheet_ref)
        return (button(words.say("button.check-close"), checks, "primary"),) if desk.lead else ()
    waits = desk.panel and desk.own is not None and desk.own.status == "open"
    label = words.say("button.go-on" if answered else "button.begin")
    if answered == asked:
        if not waits and not desk.lead:
            return ()
        label = words.say("button.check-submit" if waits else "button.check-close")
    return (button(label, places.NextOpen(desk.sheet_ref), "primary"),)


def _hand_on(words: Words, desk: Desk) -> tuple[Button, ...]:
    """A self-assessment can go to an auditor, open or closed."""
    if not desk.lead or desk.state.mode != "self":
        return ()
    return (button(words.say("button.hand-on"), places.HandOn(desk.ref)),)


def _again(words: Words, desk: Desk) -> tuple[Button, ...]:
    """Next time: a new one can begin from it, and be compared with it. From an open one the way is /new."""
    if not desk.state.closed:
        return ()
    compare = button(words.say("button.compare"), places.Compare(desk.ref))
    return button(words.say("button.start-from"), places.BeginFrom(desk.ref)), compare


def _members(words: Words, desk: Desk) -> Button:
    return button(words.say("button.members-count", count=len(desk.state.members)), places.Members(desk.ref))


def _findings(words: Words, desk: Desk) -> tuple[Button, ...]:
    """One who only looks sees them with the result."""
    if not desk.rates and not desk.state.closed:
        return ()
    return (button(button_name(words, desk), places.Findings(desk.ref)),)


def _agreed(words: Words, desk: Desk) -> tuple[Button, ...]:
    """The person's sheets, and the decisions with their state; a closed assessment shows them in its result."""
    evidence: tuple[Button, ...] = ()
    if desk.state.evidence or (desk.lead and not desk.state.closed):  # also what was lost: it stays in the record
        evidence = (button(words.say("evidence.board"), places.EvidenceBoard(desk.ref)),)
    if desk.state.closed or not desk.rates:
        return evidence
    sheets: tuple[Button, ...] = (button(sheets_label(words, desk), places.Sheets(desk.ref)),)
    if desk.lead and desk.panel:
        sheets = (*sheets, button(words.say("button.others"), places.Others(desk.ref)))
    return (*sheets, *decision_buttons(words, desk), *evidence)


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
        *_hand_on(words, desk),
        button(words.say("button.home"), places.Home()),
        button(
            words.say("button.unarchive" if desk.archived else "button.archive"),
            payload.ArchiveTap(desk.ref, 0 if desk.archived else 1),
        ),
    ]
    if desk.own and not desk.state.closed:
        buttons.insert(0, button(words.say("button.check"), places.Check(desk.sheet_ref)))
    if desk.lead and desk.state.closed:
        buttons.append(button(words.say("button.reopen"), places.ConfirmReopen(desk.ref)))
    elif desk.lead:
        buttons.append(button(words.say("button.delete-draft"), places.ConfirmDelete(desk.ref), "danger"))
    return tuple(buttons)
