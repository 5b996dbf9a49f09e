"""Links to one indicator: to the question on the member's own sheet. Must not know how a link is written.

Membership alone decides what opens: to anybody else such a link is as any other of no use.
"""

from bot.domain.refusals import UnknownAssessment
from bot.domain.scheme import QuestionId
from bot.service.case import Case
from bot.service.talk import Talk
from bot.view import places
from bot.view.links import parse
from bot.view.places import Place


def place_of(talk: Talk, link: str) -> Place | None:
    """Where a link leads this person; None where it is none, or not theirs, or names no indicator of the standard.

    Their question, the open one first where a clause has two; where they have no sheet that asks it, or rating is
    over, the section of the result that it stands in.
    """
    named = parse(link)
    if named is None:
        return None
    ref, indicator = named
    try:
        case = talk.cases.by_ref(ref)
    except UnknownAssessment:
        return None
    row = case.scheme.by_id.get(indicator)
    if row is None:
        return None
    found = None if case.state.closed else _question(case, talk.focus.sheet, indicator)
    return places.Card(found[0], str(found[1])) if found else places.Result(case.listed.ref, row.section)


def _question(case: Case, focused: str, indicator: str) -> tuple[str, QuestionId] | None:
    """(public name of the sheet, question): the sheet in hand first, then the one to go on with, then the newest."""
    desk = case.desk(focused)
    mine = [one for one in case.seen.counted if one.person == case.person.id]
    first = [one for one in mine if desk.own and one.id == desk.own.id]
    for sheet in (*first, *reversed(mine)):
        asked = [one for one in case.scheme.covered(sheet.covers) if one.indicator == indicator]
        waiting = [one for one in asked if one not in sheet.given]
        if asked:
            return case.sheets[sheet.id], (waiting or asked)[0]
    return None
