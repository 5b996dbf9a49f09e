"""A place -> its screen, and the focus that goes with it. Gathers facts; must not draw anything itself.

Every place is loaded through membership: one that is not the person's raises UnknownAssessment.
"""

from typing import TypeAlias, assert_never

from bot.domain.answers import Rated
from bot.domain.scheme import QuestionId, Scheme
from bot.service import evidence_shown, taking
from bot.service.asking import question_of
from bot.service.basis_boards import basis_board
from bot.service.blind_boards import blind_board
from bot.service.boards import Board, board
from bot.service.carrying import carry_board, last_note
from bot.service.comparing import any_by, compare_board
from bot.service.findings_boards import finding_board, todo
from bot.service.focusing import refocus, settled
from bot.service.insight import insight_board
from bot.service.life import life_board
from bot.service.members_boards import door_board, members_board
from bot.service.numbers import outward
from bot.service.path import path_board
from bot.service.standing import bounds_of, result_facts
from bot.service.talk import Outcome, Talk
from bot.service.trying_boards import try_board
from bot.store.values import Listed
from bot.view import card, check, home, measures, misc, notes, places, sections, sheets
from bot.view.facts import CardFacts, Line
from bot.view.payload import BadPayload
from bot.view.places import Place
from bot.view.screen import Screen

_Beginning: TypeAlias = (
    places.Home | places.PickScheme | places.PickMode | places.AskOrganisation | places.Help | places.NextOpen | Board
)
_SheetPlace: TypeAlias = places.Sections | places.SectionRows | places.Check | places.AskMeasure | places.AskSetAside
"""Those of one of the person's own sheets, beside its questions."""
_QuestionPlace: TypeAlias = places.Card | places.Notes | places.AskNote | places.AskReason
"""Those of a question: where people are nearly all the time."""


def show(talk: Talk, place: Place, outcome: Outcome) -> Screen:
    """The screen of a place; the focus is set to it. UnknownAssessment, BadPayload."""
    talk.cases.rest()
    place = settled(talk, place)
    refocus(talk, place)
    made = _screen(talk, place, outcome)
    return made if isinstance(place, places.Card) else outward(talk, made)  # it has no button with a number of these


def _screen(talk: Talk, place: Place, outcome: Outcome) -> Screen:
    if isinstance(place, _QuestionPlace):
        return _question(talk, place, outcome)
    line = outcome.line
    if isinstance(place, places.LifePlace | places.Settings):
        return life_board(talk, place, line)
    if isinstance(place, places.Consent | places.AskName):
        return door_board(talk, place, line)
    if isinstance(place, places.MemberPlace):
        return members_board(talk, place, line)
    if isinstance(place, places.BlindPlace):
        return blind_board(talk, place, line)
    if isinstance(place, places.EvidencePlace):
        return evidence_shown.show(talk, place, line)
    if isinstance(place, places.BasisPlace):
        return basis_board(talk, place, line)
    if isinstance(place, places.InsightPlace):
        return insight_board(talk, place, line)
    if isinstance(place, places.ComparePlace):
        return compare_board(talk, place, line)
    if isinstance(place, places.CarryPlace):
        return carry_board(talk, place, line)
    if isinstance(place, places.PathPlace):
        return path_board(talk, place, line)
    if isinstance(place, places.TryPlace):
        return try_board(talk, place, line, outcome.choices)
    if isinstance(place, places.FindingPlace | places.AskFinding | places.Actions):
        return finding_board(talk, place, line)
    if isinstance(place, _SheetPlace):
        return _sheet(talk, place, line)
    return _beginning(talk, place, line)


def _beginning(talk: Talk, place: _Beginning, line: str) -> Screen:
    words = talk.words
    match place:
        case places.Home():
            handed = taking.waiting(talk.unit, talk.person.id, talk.now)
            offered = handed[0].ref if handed else ""
            return home.home(words, _list(talk, place), place, line, offered, 0 if place.archived else todo(talk))
        case places.PickScheme():
            return home.pick_scheme(words, talk.world.library.schemes, line=line)
        case places.PickMode(scheme):
            return home.pick_mode(words, _scheme(talk, scheme), line=line)
        case places.AskOrganisation(scheme, mode):
            older = any_by(talk, scheme)
            return home.ask_organisation(words, _scheme(talk, scheme), mode, older=older, line=line)
        case places.Help(page):
            return misc.help_(words, page, line=line)
        case places.NextOpen():
            raise AssertionError(place)
        case _:
            return board(talk, place, line)


def _sheet(talk: Talk, place: _SheetPlace, line: str) -> Screen:
    words = talk.words
    case, own = talk.cases.by_sheet(place.sheet)
    desk = case.desk(own.id)
    match place:
        case places.Sections():
            return sections.sections(words, desk, place, line=line)
        case places.SectionRows():
            if place.section not in case.scheme.section_by_id:
                raise BadPayload
            return sections.section_rows(words, desk, place, line=line)
        case places.Check(_, part, page):
            return check.check(words, result_facts(case, part, page, sheet=own.id), place, line=line)
        case places.AskMeasure(_, question, measure):
            if measure not in {one.id for one in case.scheme.measures}:
                raise BadPayload
            return measures.ask_measure(words, desk, question_of(case.scheme, own, question), measure, line=line)
        case places.AskSetAside(sheet):
            return sheets.ask_set_aside(words, desk, sheet, line=line)
        case _:
            assert_never(place)


def _question(talk: Talk, place: _QuestionPlace, outcome: Outcome) -> Screen:
    words = talk.words
    case, sheet = talk.cases.by_sheet(place.sheet)
    question = question_of(case.scheme, sheet, place.question)
    desk = case.desk(sheet.id)
    match place:
        case places.Card(_, _, view):
            facts = CardFacts(
                desk=desk,
                question=question,
                view=view if view and view in _views(case.scheme, question) else "",
                bounds=bounds_of(case),
                choices=tuple(one for one in outcome.choices if isinstance(one, Rated)),
                pending=talk.focus.pending,
                carried_note=last_note(talk, case, sheet, question),
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


def _views(scheme: Scheme, question: QuestionId) -> set[str]:
    """Of its card, besides the card itself."""
    dimension = scheme.dimensions.get(question.dimension)
    return {"m", *(f"b{place}" for place in range(len(dimension.scale.bands) if dimension else 0))}


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
