"""Ratings that need evidence and have none, each with where it can be added. Must not know who says which need some."""

from bot.domain.owning import unsupported
from bot.domain.scheme import QuestionId
from bot.domain.state import SheetState
from bot.view import places
from bot.view.facts import Desk
from bot.view.places import Place


def lacking(desk: Desk) -> tuple[tuple[SheetState, QuestionId], ...]:
    """The sheet in hand first, then the person's others; for the lead, then those of others that the lead sees."""
    mine = [sheet for _, sheet in desk.sheets if sheet.status != "set-aside"]
    ids = {sheet.id for sheet in mine}
    others = [sheet for sheet in desk.state.counted if sheet.id not in ids] if desk.lead else []
    first = desk.own.id if desk.own else ""
    ordered = [*sorted(mine, key=lambda sheet: sheet.id != first), *others]
    return tuple((sheet, question) for sheet in ordered for question in unsupported(desk.state, sheet))


def way_to(desk: Desk, sheet: SheetState, question: QuestionId) -> Place:
    """The question, where the person can add evidence now; else, for the lead, where its assessor is asked to."""
    ref = next((ref for ref, one in desk.sheets if one.id == sheet.id), "")
    can_add = sheet.status == "open" or question in sheet.asked
    if ref and (can_add or not desk.lead):
        return places.Card(ref, str(question))
    return places.Difference(desk.ref, str(question))
