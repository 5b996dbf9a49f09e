"""`#4.2.1` typed where an answer is tried or a cost is set: to the same for that clause.

Never to its real card: the next text is meant for what is shown, and would be recorded there. Must not know screens.
"""

from bot.domain.refusals import UnknownAssessment
from bot.service.jump import clause_of
from bot.service.talk import Outcome, Talk
from bot.service.trying import seen_sheet
from bot.view.path_places import PickRow, TryCard, TryPick, WishCard


def draft_jump(talk: Talk, typed: str) -> Outcome:
    """typed: a clause as printed. UnknownAssessment, BadPayload; UnknownClause names close ones."""
    match talk.place():
        case WishCard() as here:
            return _to_mark(talk, here, typed)
        case TryCard() as here:
            return _to_try(talk, here, typed)
        case _:
            raise UnknownAssessment


def _to_mark(talk: Talk, here: WishCard, typed: str) -> Outcome:
    """An indicator, or the rows of a section; a veto row cannot be raised, and leads to the rows beside it."""
    scheme = talk.cases.by_ref(here.assessment).scheme
    found = clause_of(talk, scheme, typed)
    row = scheme.by_id.get(found)
    if row is None or row.veto:
        return Outcome(PickRow(here.assessment, row.section if row else found, 0, here.grade), fresh=True)
    return Outcome(WishCard(here.assessment, found, here.grade), fresh=True)


def _to_try(talk: Talk, here: TryCard, typed: str) -> Outcome:
    """A question of the same sheet, or the questions of a section of it."""
    case, sheet = seen_sheet(talk, here.other)
    found = clause_of(talk, case.scheme, typed)
    asked = [one for one in case.scheme.covered(sheet.covers) if one.indicator == found]
    if asked:
        return Outcome(TryCard(here.other, str(asked[0])), fresh=True)
    return Outcome(TryPick(here.other, found if found in case.scheme.section_by_id else ""), fresh=True)
