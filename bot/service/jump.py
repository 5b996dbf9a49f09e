"""`#4.2.1`: to a clause by its printed number. Must not know how clauses are rated."""

import unicodedata
from difflib import get_close_matches

from bot.domain.refusals import UnknownClause
from bot.domain.scheme import Scheme
from bot.service.talk import Outcome, Talk
from bot.view import lines
from bot.view.places import Card, SectionRows

NEAR = 3


def jump(talk: Talk, typed: str) -> Outcome:
    """The card of that clause, or the section of that number. UnknownClause names close ones."""
    if not talk.focus.assessment:
        return Outcome(line=lines.not_asked(talk.words), fresh=True)
    case = talk.cases.by_id(talk.focus.assessment)
    desk = case.desk(talk.focus.sheet if talk.focus.sheet in case.state.sheets else "")
    found = clause_of(talk, case.scheme, typed)
    if desk.own is None:
        return Outcome(line=lines.no_sheet(talk.words), fresh=True)
    questions = [q for q in case.scheme.covered(desk.own.covers) if q.indicator == found]
    if questions:
        return Outcome(Card(desk.sheet_ref, str(questions[0])), fresh=True)
    return Outcome(SectionRows(desk.sheet_ref, found), fresh=True)


def clause_of(talk: Talk, scheme: Scheme, typed: str) -> str:
    """What a person types as a clause -> the id of the row or section. UnknownClause names close ones."""
    found = _clause(scheme, typed)
    if not found:
        raise _unknown(talk, scheme, typed)
    return found


def _unknown(talk: Talk, scheme: Scheme, typed: str) -> UnknownClause:
    close = get_close_matches(unicodedata.normalize("NFKC", typed), _names(scheme), NEAR, 0.4)
    return UnknownClause(typed=typed[:20], near=talk.words.say("form.comma").join(f"#{name}" for name in close))


def _clause(scheme: Scheme, typed: str) -> str:
    """The id that is meant: as printed, any case, or by code (B1)."""
    wanted = unicodedata.normalize("NFKC", typed).casefold()
    by_name = {name.casefold(): name for name in _names(scheme)}
    by_code = {row.code.casefold(): row.id for row in scheme.indicators if row.code}
    return by_name.get(wanted) or by_code.get(wanted) or ""


def _names(scheme: Scheme) -> list[str]:
    return list(dict.fromkeys((*scheme.by_id, *scheme.section_by_id)))
