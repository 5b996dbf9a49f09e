"""A place -> its screen, and the focus that goes with it. Gathers facts; must not draw anything itself.

Every place is loaded through membership: one that is not the person's raises UnknownAssessment.
"""

from typing import assert_never

from bot.domain.answers import Rated
from bot.domain.entries import HEADER_FIELDS
from bot.domain.interview import next_open
from bot.domain.scheme import QuestionId, Scheme
from bot.export import FORMATS
from bot.service.asking import question_of
from bot.service.standing import bounds_of, result_facts
from bot.service.talk import Outcome, Talk
from bot.store.values import Listed
from bot.view import card, check, head, home, misc, notes, places, result, sections
from bot.view.facts import CardFacts, FieldFacts, Line
from bot.view.payload import BadPayload, encode
from bot.view.places import Place
from bot.view.screen import Screen


def show(talk: Talk, place: Place, outcome: Outcome) -> Screen:
    """The screen of a place; the focus is set to it. UnknownAssessment, BadPayload."""
    place = _settled(talk, place)
    words, line = talk.words, outcome.line
    _refocus(talk, place)
    match place:
        case places.Home():
            return home.home(words, _list(talk, place), place, line=line)
        case places.PickScheme():
            return home.pick_scheme(words, talk.world.library.schemes, line=line)
        case places.PickMode(scheme):
            return home.pick_mode(words, _scheme(talk, scheme), line=line)
        case places.AskOrganisation(scheme, mode):
            return home.ask_organisation(words, _scheme(talk, scheme), mode, line=line)
        case places.Settings():
            return misc.settings(words, talk.person.timezone or talk.world.zone, line=line)
        case places.Help(page):
            return misc.help_(words, page)
        case places.Card() | places.Notes() | places.AskNote() | places.AskReason():
            return _question(talk, place, outcome)
        case places.Sections(sheet) | places.SectionRows(sheet, _):
            case, own = talk.cases.by_sheet(sheet)
            if isinstance(place, places.Sections):
                return sections.sections(words, case.desk(own.id), place, line=line)
            if place.section not in case.scheme.section_by_id:
                raise BadPayload
            return sections.section_rows(words, case.desk(own.id), place, line=line)
        case places.Check(sheet, part, page):
            case, own = talk.cases.by_sheet(sheet)
            return check.check(words, result_facts(case, part, page, sheet=own.id), place, line=line)
        case places.NextOpen():
            raise AssertionError(place)
        case _:
            return _assessment(talk, place, line)


def _assessment(
    talk: Talk,
    place: places.Head | places.AskField | places.ConfirmClose | places.ConfirmDelete | places.Result | places.Export,
    line: str,
) -> Screen:
    words = talk.words
    case = talk.cases.by_ref(place.assessment)
    match place:
        case places.Head():
            return head.head(words, case.desk(), line=line)
        case places.AskField(_, name):
            field = next((field for field in HEADER_FIELDS if field == name), None)
            if field is None:
                raise BadPayload
            return head.ask_field(words, FieldFacts(case.desk(), field), line=line)
        case places.ConfirmDelete():
            return head.confirm_delete(words, case.desk(), line=line)
        case places.ConfirmClose():
            return check.confirm_close(words, result_facts(case), line=line)
        case places.Result(_, part, page):
            if part not in {"", "all", "why", "readings", *case.scheme.section_by_id}:
                raise BadPayload
            return result.result(words, result_facts(case, part, page), line=line)
        case places.Export():
            return misc.export(words, case.desk(), tuple(FORMATS), line=line)
        case _:
            assert_never(place)


def _question(
    talk: Talk, place: places.Card | places.Notes | places.AskNote | places.AskReason, outcome: Outcome
) -> Screen:
    words = talk.words
    case, sheet = talk.cases.by_sheet(place.sheet)
    question = question_of(case.scheme, sheet, place.question)
    desk = case.desk(sheet.id)
    match place:
        case places.Card(_, _, view):
            facts = CardFacts(
                desk=desk,
                question=question,
                view=view if view in {"m", *(f"b{i}" for i in range(_bands(case.scheme, question)))} else "",
                bounds=bounds_of(case),
                choices=tuple(one for one in outcome.choices if isinstance(one, Rated)),
                pending=talk.focus.pending,
            )
            return card.card(words, facts, line=outcome.line)
        case places.Notes(_, _, page):
            return notes.notes(words, desk, question, page, line=outcome.line)
        case places.AskNote():
            return notes.ask_note(words, desk, question, line=outcome.line)
        case places.AskReason():
            return notes.ask_reason(words, desk, question, line=outcome.line)
        case _:
            assert_never(place)


def _bands(scheme: Scheme, question: QuestionId) -> int:
    dimension = scheme.dimensions.get(question.dimension)
    return len(dimension.scale.bands) if dimension else 0


def _settled(talk: Talk, place: Place) -> Place:
    """The next open question as a card; a closed assessment shows its result instead of its questions."""
    if not isinstance(place, places.NextOpen | places.Card | places.AskNote | places.AskReason | places.Check):
        return place
    case, sheet = talk.cases.by_sheet(place.sheet)
    if case.state.closed:
        return places.Result(case.listed.ref)
    if not isinstance(place, places.NextOpen):
        return place
    following = next_open(case.scheme, sheet)
    return places.Card(place.sheet, str(following)) if following else places.Check(place.sheet)


def _refocus(talk: Talk, place: Place) -> None:
    """Where the person stands from now on: what the next text means follows from the place alone."""
    talk.refocus(place=encode(place), question="", expects="rating", argument="")
    match place:
        case places.Card() | places.Notes() | places.AskNote() | places.AskReason():
            case, sheet = talk.cases.by_sheet(place.sheet)
            expects = {places.AskNote: "note", places.AskReason: "na-reason"}.get(type(place), "rating")
            talk.refocus(assessment=case.listed.id, sheet=sheet.id, question=place.question, expects=expects)
        case places.Sections() | places.SectionRows() | places.Check():
            case, sheet = talk.cases.by_sheet(place.sheet)
            talk.refocus(assessment=case.listed.id, sheet=sheet.id)
        case places.AskField(assessment, field):
            talk.refocus(assessment=talk.cases.by_ref(assessment).listed.id, expects="header", argument=field)
        case places.Head() | places.ConfirmClose() | places.ConfirmDelete() | places.Result() | places.Export():
            talk.refocus(assessment=talk.cases.by_ref(place.assessment).listed.id)
        case places.AskOrganisation(scheme, mode):
            talk.refocus(expects="new-organisation", argument=f"{scheme}:{mode}")
        case _:
            pass


def _scheme(talk: Talk, scheme_id: str) -> Scheme:
    found = talk.world.library.get(scheme_id)
    if found is None:
        raise BadPayload
    return found


def _list(talk: Talk, place: places.Home) -> list[Line]:
    return [_line(talk, one) for one in talk.cases.listed(archived=bool(place.archived))]


def _line(talk: Talk, listed: Listed) -> Line:
    case = talk.cases.open(listed)
    closed = case.state.closed
    return Line(
        ref=listed.ref,
        name=case.state.name,
        scheme=case.scheme,
        mode=listed.mode,
        state=listed.state,
        answered=listed.answered,
        asked=listed.asked,
        touched_at=int(listed.touched_at.timestamp() * 1000),
        outcome=_title(case.scheme, closed.outcome, talk) if closed else "",
        archived=listed.archived,
    )


def _title(scheme: Scheme, outcome: str, talk: Talk) -> str:
    entries = (*scheme.grades, scheme.otherwise)
    return talk.words.pick(next(grade.title for grade in entries if grade.id == outcome))
