"""An event -> what becomes of it. One transaction; the entry point of every channel.

Must not know a channel's own types, or how anything is stored or drawn.
"""

from typing import assert_never

from bot.domain.refusals import Refused, UnknownAssessment
from bot.service.events import Delivery, Edited, Event, Ordered, Reply, Said, Sent, Tapped, Who
from bot.service.orders import obey
from bot.service.show import show
from bot.service.talk import Outcome, Talk
from bot.service.taps import tapped
from bot.service.texts import edited, said, sent
from bot.service.world import World
from bot.view import lines
from bot.view.payload import BadPayload
from bot.view.places import Home


class Conversation:
    """What the channels call. Everything an event causes is committed together, or not at all."""

    def __init__(self, world: World) -> None:
        self._world = world

    def handle(self, who: Who, event: Event, delivery: Delivery) -> Reply:
        """Work on one event: entries, inbox row, wanted screen, in one transaction. The reply is for a tap."""
        with self._world.store.write() as unit:
            talk = Talk(self._world, unit, who, delivery)
            unit.chats.seen(who.channel, who.chat, talk.person.id, talk.now)
            outcome = _outcome(talk, event)
            screen = _screen(talk, outcome)
            unit.focus.put(talk.person.id, who.channel, talk.focus)
            unit.chats.want(who.channel, who.chat, screen, fresh=outcome.fresh)
            if delivery.inbox:
                unit.inbox.done(delivery.inbox, talk.now)
            return Reply(outcome.toast, outcome.alert)

    def met(self, who: Who, blocked: bool) -> None:  # noqa: FBT001  the state itself
        """The person blocked the bot, or let it in again. Nothing is kept of a stranger."""
        with self._world.store.write() as unit:
            if unit.chats.state(who.channel, who.chat) is not None:
                unit.chats.unreachable(who.channel, who.chat, self._world.clock() if blocked else None)


def _outcome(talk: Talk, event: Event) -> Outcome:
    fresh = not isinstance(event, Tapped)
    try:
        return _work(talk, event)
    except Refused as refusal:
        sentence = talk.words.refusal(refusal)
        return Outcome(line="" if isinstance(refusal, UnknownAssessment) else sentence, toast=sentence, fresh=fresh)
    except BadPayload:
        sentence = lines.gone(talk.words)
        return Outcome(toast=sentence, fresh=fresh)


def _work(talk: Talk, event: Event) -> Outcome:
    match event:
        case Tapped():
            return tapped(talk, event)
        case Said():
            return said(talk, event)
        case Edited():
            return edited(talk, event)
        case Ordered():
            return obey(talk, event)
        case Sent():
            return sent(talk, event)
        case _:
            assert_never(event)


def _screen(talk: Talk, outcome: Outcome) -> str:
    try:
        screen = show(talk, outcome.place or talk.place(), outcome)
    except UnknownAssessment:
        # The place was of an assessment that is gone, or never was this person's.
        screen = show(talk, Home(), outcome)
    return screen.to_json()
