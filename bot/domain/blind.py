"""What a member may see of the others' sheets: one function, in front of every screen and file (DESIGN 3, 6).

Must not know screens or files. What it gives is a state like any other, with less in it.

- Everybody sees their own sheets; after closing, every member sees all.
- The lead sees others' submitted sheets, once the lead's own are submitted too: a rating lead is blind as well.
- An assessor sees nobody else's before closing; a viewer none, and no decisions.
- What was carried over from an older assessment is seen by whoever began this one from it, and by who leads: others
  may not belong to the older one.
- Findings are shared by who rates or leads, and so is the evidence that stands on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain import names
from bot.domain.commands import Actor
from bot.domain.entries import Entry
from bot.domain.interview import progress
from bot.domain.panel_entries import Role
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, SheetState, Status


@dataclass(frozen=True, slots=True)
class Outline:
    """What may be known of a sheet that is not shown: whose, how far, never what."""

    sheet: str
    person: str
    round: str
    status: Status
    answered: int
    asked: int


def visible(state: AssessmentState, actor: Actor) -> AssessmentState:
    """The state as this member may see it. The same object where nothing is hidden."""
    if state.closed:
        return state
    if state.carried and actor.role != "lead" and actor.person != state.carried.person:
        state = replace(state, carried=None)
    shown = {name: sheet for name, sheet in state.sheets.items() if _shown(state, actor, sheet)}
    if len(shown) == len(state.sheets) and actor.role != "viewer":
        return state
    shared = actor.role != "viewer"
    kept = {seq: one for seq, one in state.evidence.items() if one.sheet in shown or (shared and not one.sheet)}
    named = names.of(state.named, actor.person)
    seen = replace(state, sheets=shown, evidence=kept, messages=_own_messages(state, actor), named=named)
    if actor.role != "viewer":
        return seen
    return replace(seen, gates={}, findings=None, bonus=None, measures={}, found={}, basis=None)


def outlines(scheme: Scheme, state: AssessmentState, actor: Actor) -> tuple[Outline, ...]:
    """The counted sheets that this member does not see: for the lead, to know whom to wait for; else none."""
    if actor.role != "lead" or (seen := visible(state, actor).sheets) is state.sheets:
        return ()
    return tuple(
        Outline(sheet.id, sheet.person, sheet.round, sheet.status, *progress(scheme, sheet))
        for sheet in state.counted
        if sheet.id not in seen
    )


def counts(scheme: Scheme, state: AssessmentState, actor: Actor) -> tuple[int, int]:
    """(answered, asked) as this member's list shows it: their own sheets; lead and viewer: all counted ones."""
    if actor.role != "assessor":
        return counted(scheme, state)
    return counts_of(scheme, state, {actor.person: actor.role})[actor.person]


def counted(scheme: Scheme, state: AssessmentState) -> tuple[int, int]:
    """(answered, asked) of all counted sheets."""
    answered = asked = 0
    for sheet in state.counted:
        done, due = progress(scheme, sheet)
        answered, asked = answered + done, asked + due
    return answered, asked


def counts_of(scheme: Scheme, state: AssessmentState, members: Mapping[str, Role]) -> Mapping[str, tuple[int, int]]:
    """`counts` of every member at once: each sheet is gone through once, however many they are."""
    pairs = [(sheet.person, progress(scheme, sheet)) for sheet in state.counted]
    found = {}
    for person, role in members.items():
        mine = [done for owner, done in pairs if role != "assessor" or owner == person]
        found[person] = sum(answered for answered, _ in mine), sum(asked for _, asked in mine)
    return found


def moved(before: AssessmentState, after: AssessmentState, actor: Actor) -> bool:
    """Whether something happened that this member may know of; lead and viewer know of everything that it did."""
    if actor.role != "assessor":
        return True
    return replace(visible(before, actor), seq=0) != replace(visible(after, actor), seq=0)


def _shown(state: AssessmentState, actor: Actor, sheet: SheetState) -> bool:
    if actor.role == "viewer":
        return False
    if sheet.person == actor.person:
        return True
    if actor.role != "lead" or sheet.status == "open":
        return False
    return all(one.status != "open" for one in state.sheets.values() if one.person == actor.person)


def _own_messages(state: AssessmentState, actor: Actor) -> Mapping[tuple[str, str], Entry]:
    return {key: entry for key, entry in state.messages.items() if key[0] == actor.person}
