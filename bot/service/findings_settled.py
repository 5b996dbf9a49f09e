"""Which of the places of findings and of reopening a person may stand at now, and where they stand instead.

Must not know what any of them looks like.
"""

from bot.service.case import Case
from bot.view import places
from bot.view.findings_places import FindingPlace
from bot.view.places import Place

_READ = (places.Findings, places.FindingItem, places.FindingEvidence)
_LEAD_OPEN = (places.Demand,)
_LEAD_CLOSED = (places.ConfirmReopen, places.AskReopen)


def settled_finding(case: Case, place: FindingPlace | places.AskFinding | places.FindingEvidence) -> Place:
    """The place itself, or what stands for it: an open assessment has nothing to reopen, a closed one takes no more."""
    ref, role, closed = case.listed.ref, case.actor.role, case.state.closed is not None
    if isinstance(place, _LEAD_OPEN):
        return place if role == "lead" and not closed else places.Head(ref)
    if isinstance(place, _LEAD_CLOSED):
        return place if role == "lead" and closed else places.Head(ref)
    if role == "viewer" and not (closed and isinstance(place, _READ)):
        return places.Head(ref)
    if isinstance(place, places.PickKind | places.AskFinding):
        deducts = isinstance(place, places.AskFinding) and place.kind in {"", "deduction"}
        return places.Findings(ref, 0, place.clause) if closed or (deducts and role != "lead") else place
    if isinstance(place, places.ConfirmWithdraw | places.AskWithdraw) and closed:
        return places.FindingItem(ref, place.number)
    if isinstance(place, places.AskFindingField) and closed and place.field not in {"action", "due"}:
        return places.FindingItem(ref, place.number)
    return place
