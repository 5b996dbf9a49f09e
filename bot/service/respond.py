"""An event -> what becomes of it. One transaction; the entry point of every channel.

Must not know a channel's own types, or how anything is stored or drawn.
"""

from dataclasses import replace
from typing import assert_never

from bot.domain.refusals import Refused, UnknownAssessment
from bot.service.events import Delivery, Edited, Event, Ordered, Reply, Said, Sent, Tapped, Who
from bot.service.orders import obey
from bot.service.revising import edited
from bot.service.show import show
from bot.service.talk import Outcome, Talk
from bot.service.taps import tapped
from bot.service.texts import said, sent
from bot.service.world import World
from bot.view import lines
from bot.view.payload import BadPayload
from bot.view.places import Home
from bot.view.screen import Screen


class Conversation:
    """What the channels call. Everything an event causes is committed together, or not at all."""

    def __init__(self, world: World) -> None:
        self._world = world

    def handle(self, who: Who, event: Event, delivery: Delivery) -> Reply:
        """Work on one event: entries, inbox row, wanted screen, in one transaction. The reply is for a tap."""
        try:
            return self._handled(who, event, delivery)
        except BaseException:
            # What was rolled back may have been folded already, and another process may take its numbers.
            self._world.folds.forget()
            raise

    def _handled(self, who: Who, event: Event, delivery: Delivery) -> Reply:
        with self._world.store.write() as unit:
            talk = Talk(self._world, unit, who, delivery)
            unit.chats.seen(who.channel, who.chat, talk.person.id, talk.now)
            outcome, screen = _shown(talk, _outcome(talk, event))
            unit.focus.put(talk.person.id, who.channel, talk.focus)
            unit.chats.want(who.channel, who.chat, screen.to_json(), fresh=outcome.fresh)
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
        # A tap on what is not the person's changes nothing that they see.
        line = "" if isinstance(refusal, UnknownAssessment) and not fresh else sentence
        return Outcome(line=line, toast=sentence, fresh=fresh)
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


def _shown(talk: Talk, outcome: Outcome) -> tuple[Outcome, Screen]:
    """The screen of the outcome; where that place is no more, or never was the person's, of where they are."""
    stood = talk.focus
    try:
        return outcome, show(talk, outcome.place or talk.place(), outcome)
    except UnknownAssessment as refusal:
        sentence = talk.words.refusal(refusal)
    except BadPayload:
        sentence = lines.gone(talk.words)
    talk.focus = stood
    outcome = replace(outcome, toast=outcome.toast or sentence)
    try:
        return outcome, show(talk, talk.place(), outcome)
    except (UnknownAssessment, BadPayload):
        return outcome, show(talk, Home(), outcome)
