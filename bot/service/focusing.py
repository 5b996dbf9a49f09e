"""Where a person stands from now on: what the next text means follows from the place alone.

Must not know what any place looks like.
"""

from bot.domain.focus import Expects
from bot.domain.interview import next_open
from bot.service.asking import after_questions
from bot.service.talk import Talk
from bot.view import places
from bot.view.payload import encode
from bot.view.places import Place

_OF_SHEET = (
    places.NextOpen,
    places.Card,
    places.AskNote,
    places.AskReason,
    places.AskMeasure,
    places.AskSetAside,
    places.Check,
)
_OF_ASSESSMENT = (
    places.AskField,
    places.GateCard,
    places.FindingsCard,
    places.AskFinding,
    places.BonusCard,
    places.AskBonusReason,
    places.AskPopulation,
    places.AskRound,
    places.ConfirmClose,
)
_EXPECTS: dict[type[Place], Expects] = {
    places.AskNote: "note",
    places.AskReason: "na-reason",
    places.AskField: "header",
    places.AskOrganisation: "new-organisation",
    places.AskFinding: "finding",
    places.AskBonusReason: "bonus-reason",
    places.AskMeasure: "measure",
    places.AskPopulation: "population",
    places.AskRound: "round",
    places.AskSetAside: "set-aside-reason",
}


def settled(talk: Talk, place: Place) -> Place:
    """The next open question as a card; a closed assessment shows its result instead of its questions."""
    if isinstance(place, _OF_ASSESSMENT):
        case = talk.cases.by_ref(place.assessment)
        return places.Result(case.listed.ref) if case.state.closed else place
    if not isinstance(place, _OF_SHEET):
        return place
    case, sheet = talk.cases.by_sheet(place.sheet)
    if case.state.closed:
        row = case.scheme.by_id.get(place.question.partition("/")[0]) if isinstance(place, places.Card) else None
        return places.Result(case.listed.ref, row.section if row else "")
    if not isinstance(place, places.NextOpen):
        return place
    following = next_open(case.scheme, sheet)
    return places.Card(place.sheet, str(following)) if following else after_questions(case, place.sheet)


def refocus(talk: Talk, place: Place) -> None:
    """Set the focus to a place. UnknownAssessment where it is not the person's."""
    talk.refocus(
        place=encode(place), question="", expects=_EXPECTS.get(type(place), "rating"), argument=_argument(place)
    )
    sheet = getattr(place, "sheet", "")
    assessment = getattr(place, "assessment", "")
    if sheet:
        case, own = talk.cases.by_sheet(sheet)
        talk.refocus(assessment=case.listed.id, sheet=own.id, question=getattr(place, "question", ""))
    elif assessment:
        talk.refocus(assessment=talk.cases.by_ref(assessment).listed.id)


def _argument(place: Place) -> str:
    """What the next text is about, beyond what the place's refs say."""
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
        case _:
            return ""
