"""Who may ask for what: one row per command. Must not know what becomes of it.

A right is needed and not always enough: rating on a sheet also takes that it is one's own, and open.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import commands as c
from bot.domain import panel_commands as k
from bot.domain.panel_entries import Role
from bot.domain.refusals import AssessmentClosed, NotAllowed
from bot.domain.state import AssessmentState

LEAD: frozenset[Role] = frozenset({"lead"})
PANEL: frozenset[Role] = frozenset({"lead", "assessor"})
ANYBODY: frozenset[Role] = frozenset({"lead", "assessor", "viewer"})


@dataclass(frozen=True, slots=True)
class Right:
    """Who, and whether also after closing, when nothing that scores may change any more."""

    roles: frozenset[Role]
    closed: bool = False


RIGHTS: Mapping[type[c.Command], Right] = {
    c.GiveAnswer: Right(PANEL),
    c.WriteNote: Right(PANEL),
    c.ReviseNote: Right(PANEL),
    c.EraseText: Right(PANEL, closed=True),  # whoever wrote it, or the lead
    c.Postpone: Right(PANEL),
    c.Flag: Right(PANEL),
    c.OpenSheet: Right(PANEL),
    k.Submit: Right(PANEL),
    k.Uphold: Right(PANEL),
    k.AttachEvidence: Right(PANEL),
    k.ProveFinding: Right(PANEL, closed=True),  # whoever may change it; after closing as proof of what was done
    k.CaptionEvidence: Right(PANEL, closed=True),  # after closing what came after it alone
    k.RemoveEvidence: Right(PANEL, closed=True),
    k.RecordFinding: Right(PANEL),  # a special deduction: the lead alone (DN-09)
    k.ChangeFinding: Right(PANEL, closed=True),  # own ones, or the lead; after closing what is done about it alone
    k.WithdrawFinding: Right(PANEL),
    k.Leave: Right(ANYBODY, closed=True),
    c.SetHeader: Right(LEAD),
    c.DecideGate: Right(LEAD),
    c.DecideFindings: Right(LEAD),
    c.DecideBonus: Right(LEAD),
    c.SetMeasure: Right(LEAD),
    c.SetPopulation: Right(LEAD),
    c.SetAside: Right(LEAD),
    c.Close: Right(LEAD),
    c.Erase: Right(LEAD),
    k.AskReconsideration: Right(LEAD),
    k.DemandEvidence: Right(LEAD),
    k.TakeBasis: Right(LEAD),
    k.CarryOver: Right(LEAD),
    k.Admit: Right(LEAD, closed=True),
    k.Remove: Right(LEAD, closed=True),
    k.HandOver: Right(LEAD, closed=True),
    k.Reopen: Right(LEAD, closed=True),
}
"""A test walks this table against every role and state."""


def check(state: AssessmentState, actor: c.Actor, command: c.Command) -> None:
    """NotAllowed for the role, AssessmentClosed for what is only done while it is open."""
    right = RIGHTS[type(command)]
    if actor.role not in right.roles:
        raise NotAllowed
    if state.erased or (state.closed and not right.closed):
        raise AssessmentClosed
