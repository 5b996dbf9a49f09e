"""Which open question comes next for somebody who wants to be asked first what can still decide.

The position stays derived: next question = f(scheme, answers, focus, order). Must not know screens, storage, or how a
person chose their order.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from bot.domain.answers import Decisions, Sheet, Veto
from bot.domain.deciding_questions import by_stake, deciding
from bot.domain.interview import next_open
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.state import SheetState

AskOrder: TypeAlias = Literal["clause", "deciding"]


def open_vetoes(scheme: Scheme, sheets: Sequence[Sheet]) -> tuple[tuple[str, QuestionId], ...]:
    """(sheet, veto row) without an answer, in clause order; none once one was raised: that decided already (BK-01)."""
    if any(sheet.answers.get(row) == Veto(raised=True) for sheet in sheets for row in scheme.vetoes):
        return ()
    return tuple((sheet.id, row) for row in scheme.vetoes for sheet in sheets if row not in sheet.answers)


def next_deciding(
    scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions, sheet: SheetState, after: QuestionId | None = None
) -> QuestionId | None:
    """The open question of `sheet` to ask next: veto rows, which decide alone; then the greatest stake.

    sheets: the counted ones that the person may see, `sheet` among them where it counts. Postponed ones, and where
    nothing of this sheet decides any more, come as in clause order (`interview.next_open`).
    """
    vetoes = (row for name, row in open_vetoes(scheme, sheets) if name == sheet.id)
    first = next((row for row in vetoes if row not in sheet.later), None)
    if first:
        return first
    found = by_stake(scheme, deciding(scheme, sheets, decisions))
    mine = (one.question for one in found if one.sheet == sheet.id and one.question not in sheet.later)
    return next(mine, None) or next_open(scheme, sheet, after)
