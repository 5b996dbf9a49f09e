"""The order in which somebody is asked: the button that changes it, the line that says so, the mark on a card.

Must not know which question comes next in either order.
"""

from bot.domain.asking_order import AskOrder
from bot.domain.interview import open_questions
from bot.view.facts import Desk
from bot.view.insight_places import OrderTap
from bot.view.parts import Row, button
from bot.words import Words


def order_button(words: Words, desk: Desk) -> Row:
    """To the other order; nothing where the person has no question left to be asked."""
    if not _asked(desk):
        return ()
    if desk.order == "deciding":
        return (button(words.say("button.by-clause"), OrderTap(desk.ref, 0)),)
    return (button(words.say("button.by-effect"), OrderTap(desk.ref, 1)),)


def order_line(words: Words, order: AskOrder) -> str:
    """What was chosen, and what it means."""
    return words.say(f"order.{order}")


def order_mark(words: Words, desk: Desk) -> str:
    """Beside the progress on a card: ' · by effect'; '' in clause order, which is what people expect."""
    return words.say("card.by-effect") if desk.order == "deciding" and _asked(desk) else ""


def _asked(desk: Desk) -> bool:
    mine = (sheet for _, sheet in desk.sheets if sheet.status == "open")
    return not desk.state.closed and any(open_questions(desk.scheme, sheet) for sheet in mine)
