"""An event -> what becomes of it. One transaction; the entry point of every channel.

Must not know a channel's own types, or how anything is stored or drawn.
"""

import logging
from typing import TYPE_CHECKING, assert_never

from bot.domain.cleaning import has_forbidden
from bot.domain.focus import Focus
from bot.domain.refusals import Refused, UnknownAssessment
from bot.service import joining
from bot.service.access import Strangers
from bot.service.events import Acted, Delivery, Edited, Event, Ordered, Relayed, Reply, Said, Sent, Tapped, Who
from bot.service.notices import queue_text
from bot.service.orders import obey
from bot.service.quota import Quota
from bot.service.reach import lost
from bot.service.revising import edited
from bot.service.show import show
from bot.service.talk import Outcome, Talk, language_for
from bot.service.taps import tapped
from bot.service.telling import tell
from bot.service.texts import said, sent
from bot.service.wanting import at_once
from bot.service.world import World
from bot.view import lines
from bot.view.joining import farewell
from bot.view.payload import BadPayload
from bot.view.places import Home
from bot.view.screen import Screen
from bot.words import Words

if TYPE_CHECKING:
    from bot.store.unit import Unit

log = logging.getLogger(__name__)
_TYPED = Said | Edited
TEN_SECONDS, MINUTE, HOUR = 10.0, 60.0, 3600.0


class Conversation:
    """What the channels call. Everything an event causes is committed together, or not at all."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._strangers = Strangers()
        self._untaken = Quota(1, TEN_SECONDS)
        self._relayed = Quota(1, MINUTE)
        self._crowded = Quota(1, HOUR)
        self._guesses = Quota(joining.GUESSES, HOUR)

    def handle(self, who: Who, event: Event, delivery: Delivery) -> Reply:
        """Work on one event: entries, inbox row, wanted screen, in one transaction. The reply is for a tap."""
        try:
            return self._handled(who, event, delivery)
        except BaseException:
            # What was rolled back may have been folded already, and another process may take its numbers.
            self._world.folds.forget()
            raise

    def _handled(self, who: Who, event: Event, delivery: Delivery) -> Reply:
        link, now = joining.link_of(event), self._world.clock()
        with self._world.store.write() as unit:
            if delivery.inbox and not unit.inbox.begin(delivery.inbox, now):
                return Reply(silent=True)
            if link and self._guesses.spent(_account(who), now.timestamp()):
                self._nothing_kept(unit, delivery)
                return Reply(silent=True)
            inside = self._world.door.admits(unit, who)
            invited = (bool(link) or not inside) and joining.expected(self._world, unit, who, link)
            if not inside and not invited:
                self._nothing_kept(unit, delivery)
                return self._stranger(who, event, guessed=bool(link))
            if isinstance(event, Relayed):
                self._nothing_kept(unit, delivery)
                return self._not_by_hand(unit, who)
            talk = Talk(self._world, unit, who, delivery, guest=bool(link) and invited, now=now)
            unit.chats.seen(who.channel, who.chat, talk.person.id, talk.now, who.hint)
            outcome, screen = shown(talk, self._paced(talk, event, _let_in(talk, event, inside=inside)))
            if outcome.stray:
                self._guesses.take(_account(who), talk.now.timestamp())
            tell(talk)
            unit.focus.put(talk.person.id, who.channel, talk.focus)
            fresh = _on_another_card(unit, who, event) or outcome.fresh
            unit.chats.want(who.channel, who.chat, screen.to_json(), fresh=fresh)
            if bool(link) or talk.person.guest or outcome.parting or unit.erased:
                # A link is a secret; of who goes or is a guest nothing may be left; a tap quotes the card it hangs on.
                self._nothing_kept(unit, delivery)
            self._world.folds.keep(talk.cases.states)
            if delivery.update and isinstance(event, _TYPED) and has_forbidden(event.text):
                # The entry holds the cleaned text; the inbox keeps the digest of what came (RELIABILITY 4).
                log.info("update %s: its text is kept without control and direction signs", delivery.update)
            wanted = at_once(unit, who.channel, who.chat, screen)
            return Reply(
                outcome.toast, outcome.alert, outcome.said, hold=outcome.hold, files=outcome.files, wanted=wanted
            )

    def _paced(self, talk: Talk, event: Acted, outcome: Outcome) -> Outcome:
        """Ten stickers make one fresh card: the line that nothing was kept stands on it already."""
        if not isinstance(event, Sent) or event.caption.strip() or outcome.files:
            return outcome
        seldom = self._untaken.take(f"{talk.who.channel}:{talk.who.chat}", talk.now.timestamp())
        return outcome._replace(fresh=outcome.fresh and seldom)

    def _stranger(self, who: Who, event: Event, *, guessed: bool) -> Reply:
        now = self._world.clock().timestamp()
        if guessed:
            self._guesses.take(_account(who), now)
        return self._strangers.reply(who, event, now)

    def _nothing_kept(self, unit: "Unit", delivery: Delivery) -> None:
        if delivery.inbox:
            unit.inbox.empty(delivery.inbox)

    def _not_by_hand(self, unit: "Unit", who: Who) -> Reply:
        """Nothing is created for what is not a person's own; once a minute they are told."""
        if not self._relayed.take(f"{who.channel}:{who.chat}", self._world.clock().timestamp()):
            return Reply(silent=True)
        known = unit.people.find(who.channel, who.external_id)
        chosen = known.language if known else ""
        return Reply(line=lines.not_by_hand(Words.of(language_for(chosen, who.hint, self._world.language))))

    def crowded(self, channel: str, chat: str) -> bool:
        """So much of a chat waits that answers come late: the person is told, once an hour. False: nobody was.

        Nothing is dropped: what was acknowledged stays in the inbox and has its turn (RELIABILITY 4, row 98).
        """
        now = self._world.clock()
        with self._world.store.write() as unit:
            state = unit.chats.state(channel, chat)
            if state is None or not self._crowded.take(f"{channel}:{chat}", now.timestamp()):
                return False
            chosen = unit.people.get(state.person).language
            words = Words.of(language_for(chosen, state.hint, self._world.language))
            queue_text(unit, channel, chat, lines.crowded(words), now)
            return True

    def named(self, username: str) -> None:
        """The channel knows the bot by this name: links can be made."""
        self._world.bot.username = username

    def met(self, who: Who, blocked: bool) -> None:  # noqa: FBT001  the state itself
        """The person blocked the bot, or let it in again. Nothing is kept of a stranger."""
        with self._world.store.write() as unit:
            if blocked:
                lost(self._world, unit, who.channel, who.chat)
            elif unit.chats.state(who.channel, who.chat) is not None:
                unit.chats.unreachable(who.channel, who.chat, None)


def _on_another_card(unit: "Unit", who: Who, event: Acted) -> bool:
    """Whether the tap came from a message below the chat's card; an older one has its buttons taken away instead.

    Buttons below are left by a database that was restored, above by Telegram's refusals: one card is to be alive.
    """
    tapped_on = event.message if isinstance(event, Tapped) else ""
    card = unit.chats.card(who.channel, who.chat)
    if not tapped_on or card is None or tapped_on == card:
        return False
    if int(tapped_on) < int(card):
        unit.chats.stray(who.channel, who.chat, tapped_on)
    return int(tapped_on) > int(card)


def _account(who: Who) -> str:
    return f"{who.channel}:{who.external_id}"


def _let_in(talk: Talk, event: Acted, *, inside: bool) -> Outcome:
    """The outcome; of who is not in yet, only what concerns the invitation. inside: they may do as they like."""
    if inside and not talk.person.guest:
        return _outcome(talk, event)
    if not joining.concerns(talk, event):
        if not inside:
            return joining.decide_first(talk)
        talk.stay()
    return _outcome(talk, event)


def _outcome(talk: Talk, event: Acted) -> Outcome:
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


def _work(talk: Talk, event: Acted) -> Outcome:
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


def shown(talk: Talk, outcome: Outcome) -> tuple[Outcome, Screen]:
    """The screen of the outcome; where that place is no more, or never was the person's, of where they are."""
    if outcome.parting:
        talk.focus = Focus()
        return outcome, farewell(talk.words, outcome.line)
    stood = talk.focus
    try:
        return outcome, show(talk, outcome.place or talk.place(), outcome)
    except UnknownAssessment as refusal:
        sentence = talk.words.refusal(refusal)
    except BadPayload:
        sentence = lines.gone(talk.words)
    talk.focus = stood
    outcome = outcome._replace(toast=outcome.toast or sentence)
    try:
        return outcome, show(talk, talk.place(), outcome)
    except (UnknownAssessment, BadPayload):
        return outcome, show(talk, Home(), outcome)
