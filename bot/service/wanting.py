"""What a chat is to show, as a presenter gets it: at a look at the outbox, or at once in the reply to an event.

Must not know how a screen is made or shown.
"""

from typing import TYPE_CHECKING

from bot.service.channel import Wanted
from bot.store.values import ChatState
from bot.view.screen import Screen

if TYPE_CHECKING:
    from bot.store.unit import Unit


def wanted_of(state: ChatState, screen: Screen | None = None) -> Wanted:
    """screen: the one that the state holds as text, where it is at hand."""
    text = state.wanted_screen or "{}"
    return Wanted(
        chat=state.chat,
        version=state.wanted_version,
        screen=screen or Screen.from_json(text),
        fresh=state.wanted_fresh,
        shown_message=int(state.shown_message) if state.shown_message else None,
        shown_digest=state.shown_digest or "",
        strays=tuple(map(int, state.strays)),
        behind=state.shown_version < state.wanted_version,
        text=text,
    )


def at_once(unit: "Unit", channel: str, chat: str, screen: Screen) -> Wanted | None:
    """The screen that this unit just made the chat's, where showing it is all that comes of the unit.

    None: other chats changed too, or messages wait before the card or buttons to be taken away. A look finds them.
    """
    if unit.notices.queued or unit.chats.wanted != {(channel, chat)}:
        return None
    state = unit.chats.alone(channel, chat)
    return None if state is None else wanted_of(state, screen)
