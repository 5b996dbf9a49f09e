"""Where a person stands from now on: what the next text means follows from the place alone.

Must not know what any place looks like.
"""

from typing import TypeAlias

from bot.domain.focus import Expects, Focus
from bot.service.asking import after_questions, next_question
from bot.service.evidence_shown import may_tend
from bot.service.findings_settled import settled_finding
from bot.service.talk import Talk
from bot.service.trying import seen_sheet
from bot.view import places
from bot.view.evidence_places import EvidenceAsk
from bot.view.findings_places import FindingPlace
from bot.view.path_places import AskTryReason, TryCard, TryPick, WishCard
from bot.view.payload import encode
from bot.view.places import LeadPlace, Place

_OfSheet: TypeAlias = (
    places.NextOpen
    | places.Card
    | places.AskNote
    | places.AskReason
    | places.AskMeasure
    | places.AskSetAside
    | places.Check
    | places.ConfirmSubmit
    | places.AskUphold
    | places.BasisCard
    | places.LinkCard
)
_OF_ASSESSMENT = (
    places.AskField,
    places.GateCard,
    places.FindingsCard,
    places.BonusCard,
    places.AskBonusReason,
    places.AskPopulation,
    places.AskRound,
    places.ConfirmClose,
    places.Others,
    places.ConfirmAside,
    places.AskAside,
    places.Differences,
    places.Difference,
    places.AskReconsider,
)
_EXPECTS: dict[type[Place], Expects] = {
    places.AskNote: "note",
    places.AskReason: "na-reason",
    places.AskField: "header",
    places.AskOrganisation: "new-organisation",
    places.AskFinding: "finding",
    places.AskFindingField: "finding-field",
    places.AskWithdraw: "finding-withdrawal",
    places.AskReopen: "reopen-reason",
    places.AskBonusReason: "bonus-reason",
    places.AskMeasure: "measure",
    places.AskPopulation: "population",
    places.AskRound: "round",
    places.AskSetAside: "set-aside-reason",
    places.AskUphold: "uphold-reason",
    places.AskReconsider: "reconsider-reason",
    places.AskAside: "aside-reason",
    places.QuietHours: "quiet-hours",
    places.AskOwnName: "own-name",
    places.AskRemoval: "removal-reason",
    places.AskName: "member-name",
    places.AskCaption: "evidence-caption",
    places.AskClaimed: "evidence-day",
    places.AskDiscard: "evidence-removal",
    WishCard: "path-cost",
    TryCard: "try-rating",
    AskTryReason: "try-reason",
}


_LEADS_PANEL = (
    places.InviteCard,
    places.Requests,
    places.AskRemoval,
    places.ConfirmRemoval,
    places.ConfirmHandOver,
)
_KEEPING = (places.Consent, places.AskName, places.ConfirmRemoval)
"""What they are about was set before, and cannot be named by a payload: a link that was opened, a reason."""


def settled(talk: Talk, place: Place) -> Place:
    """The next open question as a card; a closed assessment shows its result instead of its questions."""
    if isinstance(place, _OfSheet):
        return _settled_on_sheet(talk, place)
    if isinstance(place, _OF_ASSESSMENT):
        case = talk.cases.by_ref(place.assessment)
        if case.state.closed:
            return places.Result(case.listed.ref)
        lost = case.actor.role == "viewer" or (isinstance(place, LeadPlace) and case.actor.role != "lead")
        return places.Head(case.listed.ref) if lost else place
    if isinstance(place, FindingPlace | places.AskFinding | places.FindingEvidence):
        return settled_finding(talk.cases.by_ref(place.assessment), place)
    if isinstance(place, _LEADS_PANEL) and talk.cases.by_ref(place.assessment).actor.role != "lead":
        return places.Members(place.assessment)
    if isinstance(place, places.HandOn):
        case = talk.cases.by_ref(place.assessment)
        return place if case.actor.role == "lead" and case.state.mode == "self" else places.Head(place.assessment)
    if isinstance(place, places.Sheets) and talk.cases.by_ref(place.assessment).actor.role == "viewer":
        return places.Head(place.assessment)
    if isinstance(place, EvidenceAsk):
        case = talk.cases.by_ref(place.assessment)
        one = case.seen.evidence.get(place.seq)
        late = case.state.closed and not (one and may_tend(case, one))
        return places.EvidenceItem(place.assessment, place.seq) if late else place
    return place


def _settled_on_sheet(talk: Talk, place: _OfSheet) -> Place:
    case, sheet = talk.cases.by_sheet(place.sheet)
    if case.state.closed:
        row = case.scheme.by_id.get(place.question.partition("/")[0]) if isinstance(place, places.Card) else None
        return places.Result(case.listed.ref, row.section if row else "")
    if not isinstance(place, places.NextOpen):
        return place
    following = next_question(case, sheet)
    return places.Card(place.sheet, str(following)) if following else after_questions(case, place.sheet)


def refocus(talk: Talk, place: Place) -> None:
    """Set the focus to a place. UnknownAssessment where it is not the person's."""
    stood = talk.focus
    expects = _EXPECTS.get(type(place))
    argument = _argument(place) if expects else ""
    talk.focus = Focus(
        encode(place),
        *_at(talk, place),
        expects=expects or "rating",
        argument=stood.argument if isinstance(place, _KEEPING) else argument,
        message=stood.message,
        pending=stood.pending,
    )


def _at(talk: Talk, place: Place) -> tuple[str, str, str]:
    """The assessment that the place belongs to, and the sheet and the question, where it is one of theirs."""
    stood = talk.focus
    if sheet := getattr(place, "sheet", ""):
        case, own = talk.cases.by_sheet(sheet)
        return case.listed.id, own.id, getattr(place, "question", "")
    if assessment := getattr(place, "assessment", ""):
        return talk.cases.by_ref(assessment).listed.id, stood.sheet, ""
    if isinstance(place, TryPick | TryCard | AskTryReason):
        return seen_sheet(talk, place.other)[0].listed.id, stood.sheet, ""
    return stood.assessment, stood.sheet, ""


def _argument(place: Place) -> str:
    """What the next text is about, beyond what the place's refs say; '' where no text is expected but a rating."""
    match place:
        case places.AskField(_, field):
            return field
        case places.AskOrganisation(scheme, mode):
            return f"{scheme}:{mode}"
        case places.AskBonusReason(_, value):
            return value
        case places.AskMeasure(_, _, measure):
            return measure
        case places.AskRound(_, covers):
            return covers
        case places.AskFinding(_, kind, clause):
            return f"{kind}:{clause}" if kind else ""
        case places.AskFindingField(_, number, field):
            return f"{number}:{field}"
        case places.AskWithdraw(_, number):
            return str(number)
        case places.AskRemoval(_, member):
            return member
        case places.AskAside(_, other):
            return other
        case places.AskReconsider(_, other, question):
            return f"{other}:{question}"
        case places.AskCaption(_, seq) | places.AskClaimed(_, seq) | places.AskDiscard(_, seq):
            return str(seq)
        case _:
            return ""
