"""The screens of what goes on around an assessment: settings, notes' texts to erase, being forgotten.

Gathers facts; must not draw anything itself.
"""

from typing import TypeAlias, assert_never

from bot.domain.scheme import QuestionId
from bot.service import leaving, noted, wishes
from bot.service.case import Case
from bot.service.talk import Talk
from bot.view import forget, places
from bot.view.life_places import LifePlace
from bot.view.payload import BadPayload
from bot.view.places import Place
from bot.view.screen import Screen

LifeBoard: TypeAlias = places.Settings | LifePlace


def life_board(talk: Talk, place: LifeBoard, line: str) -> Screen:
    """UnknownAssessment, BadPayload."""
    words = talk.words
    match place:
        case places.Settings() | places.Zones() | places.QuietHours() | places.AskOwnName():
            return wishes.board(talk, place, line)
        case places.Forget():
            return forget.forget(words, leaving.facts(talk), line)
        case places.ConfirmForget(notes):
            return forget.confirm_forget(words, leaving.facts(talk), notes=bool(notes), line=line)
        case places.NoteBooks():
            return forget.note_books(words, noted.books(talk), place, line)
        case places.Texts():
            return _texts(talk, place, line)
        case places.ConfirmErase(ref, of):
            case = talk.cases.by_ref(ref)
            one = next((one for one in noted.written(case) if one.of == of), None)
            if one is None:  # erased meanwhile
                return _texts(talk, places.Texts(ref), line)
            closed = case.state.closed is not None
            return forget.confirm_erase(words, ref, noted.line_of(case, one), closed=closed, line=line)
        case _:
            assert_never(place)


def _texts(talk: Talk, place: places.Texts, line: str) -> Screen:
    case = talk.cases.by_ref(place.assessment)
    found = tuple(noted.line_of(case, one) for one in noted.written(case) if place.question in {"", str(one.question)})
    return forget.texts(talk.words, found, place, _back(case, place), line)


def _back(case: Case, place: places.Texts) -> Place:
    """To the notes of the question where they are the person's own; else to the assessment."""
    own = case.desk().own
    try:
        question = QuestionId.parse(place.question) if place.question else None
    except ValueError:
        raise BadPayload from None
    if question is None or own is None or question not in case.scheme.covered(own.covers):
        return places.Head(place.assessment)
    return places.Notes(case.sheets[own.id], place.question)
