"""What one person's act takes from others or opens to them: a card of their own in place of the one they have.

Who only hears of something keeps their card (`telling.py`). Must not know why any of it is.
"""

from collections.abc import Callable

from bot.domain.focus import Focus
from bot.service.events import Delivery, Who
from bot.service.notices import queue_text
from bot.service.show import show
from bot.service.talk import Outcome, Talk
from bot.view.joining import farewell
from bot.view.places import Home, Place
from bot.words import Words


def theirs(talk: Talk, person: str) -> Talk | None:
    """Another person's talk in this transaction, in the chat where they were seen last; None: never seen here."""
    for state in talk.unit.chats.of(talk.who.channel, person)[:1]:
        who = Who(state.channel, state.chat, state.chat, "", state.hint)
        return Talk(talk.world, talk.unit, who, Delivery(), talk.unit.people.get(person))
    return None


def tell(other: Talk, say: Callable[[Words], str]) -> None:
    """A notice, in small HTML."""
    queue_text(other.unit, other.who.channel, other.who.chat, say(other.words), other.now)


def bring(other: Talk, place: Place, line: str = "") -> None:
    """A fresh card at the bottom of their chat."""
    _want(other, place, Outcome(place, line=line, fresh=True))


def take_away(other: Talk, assessment: str, line: str, dismiss: Callable[[Words], str]) -> None:
    """They belong no more: where they stood in it they get home, or words of farewell where they may not come in.

    line: on top of home; dismiss: the farewell.
    """
    inside = other.world.door.admits(other.unit, other.who)
    if inside and other.focus.assessment != assessment:
        return
    sheets = {sheet.ref for sheet in other.unit.assessments.sheets(assessment)}
    waiting = tuple(item for item in other.focus.pending if item.sheet not in sheets)
    other.refocus(assessment="", sheet="", question="", pending=waiting)
    if inside:
        _want(other, Home(), Outcome(Home(), line=line, fresh=True))
    else:
        part(other, dismiss(other.words))


def part(other: Talk, line: str) -> None:
    """The last card they are shown, without buttons."""
    other.unit.focus.put(other.person.id, other.who.channel, Focus())
    screen = farewell(other.words, line)
    other.unit.chats.want(other.who.channel, other.who.chat, screen.to_json(), fresh=True)


def _want(other: Talk, place: Place, outcome: Outcome) -> None:
    screen = show(other, place, outcome)
    other.unit.focus.put(other.person.id, other.who.channel, other.focus)
    other.unit.chats.want(other.who.channel, other.who.chat, screen.to_json(), fresh=True)
