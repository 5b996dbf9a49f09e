"""The screens of submitting and of a panel's lead. Gathers facts from what may be seen; draws nothing itself."""

from typing import assert_never

from bot.domain.habits import habits
from bot.domain.interview import progress
from bot.domain.scheme import QuestionId
from bot.domain.spread import Disagreement, disagreements, uneven_sets
from bot.domain.state import SheetState
from bot.service.asking import question_of
from bot.service.case import Case
from bot.service.talk import Talk
from bot.view import differences, outlines, places, submit
from bot.view.blind_facts import OthersFacts, OtherSheet, QuestionFacts, SpreadFacts
from bot.view.payload import BadPayload
from bot.view.places import BlindPlace, LeadPlace
from bot.view.screen import Screen


def blind_board(talk: Talk, place: BlindPlace, line: str) -> Screen:
    """The screen of such a place. UnknownAssessment, BadPayload."""
    words = talk.words
    if isinstance(place, places.ConfirmSubmit | places.AskUphold):
        case, own = talk.cases.by_sheet(place.sheet)
        desk = case.desk(own.id)
        if isinstance(place, places.ConfirmSubmit):
            return submit.confirm_submit(words, desk, line=line)
        return submit.ask_uphold(words, desk, question_of(case.scheme, own, place.question), line=line)
    return _lead_board(talk, talk.cases.by_ref(place.assessment), place, line)


def _lead_board(talk: Talk, case: Case, place: LeadPlace, line: str) -> Screen:
    words, desk = talk.words, case.desk(talk.focus.sheet)
    match place:
        case places.Others():
            return outlines.outlines(words, _others(case), place, line=line)
        case places.ConfirmAside(_, other):
            return outlines.confirm_aside(words, desk, other_of(case, other), line=line)
        case places.AskAside(_, other):
            return outlines.ask_aside(words, desk, other_of(case, other), line=line)
        case places.Differences():
            seen = case.seen
            by_id = {inner: one for inner, one in every_sheet(case).items() if one.seen}
            facts = SpreadFacts(desk, disagreements(case.scheme, seen), uneven_sets(seen), by_id)
            return differences.differences(words, facts, place, line=line)
        case places.Difference(_, question):
            return differences.difference(words, _question(case, _known(case, question)), place, line=line)
        case places.AskReconsider(_, other, question):
            asked = _known(case, question)
            return differences.ask_reconsider(words, desk, other_of(case, other), asked, line=line)
        case _:
            assert_never(place)


def every_sheet(case: Case) -> dict[str, OtherSheet]:
    """All sheets of which the person may know, their own among them: sheet id -> what may be known."""
    hidden = {one.sheet: one for one in case.desk().hidden}
    found: dict[str, OtherSheet] = {}
    shown = case.seen.sheets
    for inner in case.state.sheets:
        sheet = shown.get(inner)
        known = sheet or hidden.get(inner)
        if known is None:
            continue
        answered, asked = (
            progress(case.scheme, known) if isinstance(known, SheetState) else (known.answered, known.asked)
        )
        mine = known.person == case.person.id
        found[inner] = OtherSheet(
            ref=case.sheets[inner],
            number=len(found) + 1,
            name=case.names.get(known.person, "") or (case.person.name if mine else ""),
            round=known.round,
            status=known.status,
            answered=answered,
            asked=asked,
            member=mine or known.person in case.state.members,
            mine=mine,
            seen=sheet,
            habits=habits(sheet) if sheet and not mine else None,
        )
    return found


def other_of(case: Case, ref: str) -> OtherSheet:
    """The sheet of that public name. BadPayload where there is none in this assessment that may be known of."""
    return every_sheet(case)[inner_id(case, ref)]


def inner_id(case: Case, ref: str) -> str:
    """As other_of, its id."""
    found = next((inner for inner, one in every_sheet(case).items() if one.ref == ref), None)
    if found is None:
        raise BadPayload
    return found


def _others(case: Case) -> OthersFacts:
    seen = case.seen
    sheets = tuple(one for one in every_sheet(case).values() if not one.mine)
    return OthersFacts(case.desk(), sheets, len(disagreements(case.scheme, seen)), uneven_sets(seen))


def _question(case: Case, question: QuestionId) -> QuestionFacts:
    found: tuple[Disagreement, ...] = disagreements(case.scheme, case.seen)
    sheets = tuple(
        one
        for one in every_sheet(case).values()
        if one.seen and one.status == "submitted" and question in case.scheme.covered(one.seen.covers)
    )
    return QuestionFacts(case.desk(), question, tuple(one for one in found if one.question == question), sheets)


def _known(case: Case, text: str) -> QuestionId:
    """BadPayload where the standard does not ask that."""
    try:
        question = QuestionId.parse(text)
    except ValueError:
        raise BadPayload from None
    if question not in case.scheme.questions:
        raise BadPayload
    return question
