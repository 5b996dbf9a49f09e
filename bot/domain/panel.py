"""What members of a panel do together: submit, reconsider, admit, remove, hand over, reopen.

Must not know screens, storage, time, or how people are invited. Rights were checked before (`rights.py`).
"""

from typing import TypeAlias, assert_never

from bot.domain import entries as e
from bot.domain import panel_commands as k
from bot.domain import panel_entries as p
from bot.domain.answers import Veto
from bot.domain.cleaning import clean_text
from bot.domain.commands import Actor
from bot.domain.entries import Drafts
from bot.domain.owning import own, unsupported
from bot.domain.refusals import (
    AlreadyMember,
    AssessmentClosed,
    EvidenceMissing,
    LeadStays,
    NotAllowed,
    OutOfRange,
    ReasonMissing,
    SheetClosed,
    SheetIncomplete,
)
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, SheetState

Together: TypeAlias = (
    k.Submit
    | k.AskReconsideration
    | k.Uphold
    | k.Admit
    | k.Remove
    | k.Leave
    | k.HandOver
    | k.DemandEvidence
    | k.Reopen
    | k.TakeBasis
    | k.CarryOver
)


def together(scheme: Scheme, state: AssessmentState, actor: Actor, command: Together) -> Drafts:
    """The entries that the command makes; a Refused says why not."""
    match command:
        case k.Submit(sheet):
            return _submit(scheme, state, actor, sheet)
        case k.AskReconsideration():
            return _ask(state, command)
        case k.Uphold(sheet, question, reason):
            if own(state, actor, sheet, question).status == "open":
                raise NotAllowed
            return (e.Draft(p.RatingUpheld(_reason(reason)), sheet, question),)
        case k.Admit(member, role, terms):
            if member in state.members:
                raise AlreadyMember
            if role == "lead":
                raise NotAllowed
            return (e.Draft(p.MemberJoined(member, role, terms)),)
        case k.Remove(member, reason):
            return _remove(state, member, _reason(reason))
        case k.Leave():
            return _remove(state, actor.person, "left")
        case k.HandOver(to):
            return _hand_over(state, actor, to)
        case k.DemandEvidence(above):
            if above is not None and not 0 <= above < 1:
                raise OutOfRange(typed=str(above), form="ratio")
            return () if above == state.demanded else (e.Draft(p.EvidenceDemanded(above)),)
        case k.Reopen(reason):
            return _reopen(state, actor, reason)
        case k.TakeBasis(basis):
            if state.basis is not None:
                raise NotAllowed
            return (e.Draft(basis),)
        case k.CarryOver(carried):
            if state.carried is not None or any(sheet.given for sheet in state.sheets.values()):
                raise NotAllowed
            return (e.Draft(carried),)
        case _:
            assert_never(command)


def _submit(scheme: Scheme, state: AssessmentState, actor: Actor, sheet: str) -> Drafts:
    """Whole, or with a raised veto: that decides alone, whatever is open (BK-01, BK-02)."""
    found = own(state, actor, sheet)
    missing = sum(1 for question in scheme.covered(found.covers) if question not in found.given)
    if missing and not _raises(found):
        raise SheetIncomplete(open=missing)
    if bare := len(unsupported(state, found)):
        raise EvidenceMissing(open=bare)
    return (e.Draft(e.SheetSubmitted(), sheet),)


def _ask(state: AssessmentState, command: k.AskReconsideration) -> Drafts:
    """Only of a member, only of what was answered; asked twice with the same reason is asked once."""
    found = state.sheets.get(command.sheet)
    if found is None or command.question not in found.given or found.person not in state.members:
        raise NotAllowed
    if found.status != "submitted":
        raise SheetClosed
    reason = _reason(command.reason)
    if found.asked.get(command.question) == reason:
        return ()
    return (e.Draft(p.ReconsiderationAsked(reason), command.sheet, command.question),)


def _remove(state: AssessmentState, member: str, reason: str) -> Drafts:
    """An open sheet of theirs that raises a veto is submitted with it.

    It can never be set aside (BK-02), and nobody else may submit it: nothing could be closed any more.
    """
    role = state.members.get(member)
    if role is None:
        raise NotAllowed
    if role == "lead":
        raise LeadStays
    left = (one for one in state.counted if one.person == member and one.status == "open" and _raises(one))
    return (*(e.Draft(e.SheetSubmitted(), one.id) for one in left), e.Draft(p.MemberRemoved(member, reason)))


def _raises(sheet: SheetState) -> bool:
    """Whether it raises a veto."""
    return any(isinstance(given.answer, Veto) and given.answer.raised for given in sheet.given.values())


def _hand_over(state: AssessmentState, actor: Actor, to: str) -> Drafts:
    """To a member who rates or could: a viewer's role was agreed to for looking alone."""
    if to == actor.person:
        return ()
    if state.members.get(to) != "assessor":
        raise NotAllowed
    return (e.Draft(p.LeadHandedOver(to)),)


def _reopen(state: AssessmentState, actor: Actor, reason: str) -> Drafts:
    """The lead's own sheets open again; others' ratings change by reconsideration alone."""
    if state.closed is None:
        raise AssessmentClosed
    mine = tuple(sheet.id for sheet in state.counted if sheet.person == actor.person)
    return (e.Draft(p.Reopened(_reason(reason), mine)),)


def _reason(text: str) -> str:
    if not text.strip():
        raise ReasonMissing
    return clean_text(text)
