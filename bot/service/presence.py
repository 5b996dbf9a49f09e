"""When a channel was last in touch, and the chats that must hear of an absence. One transaction per call.

After more than two minutes taps may be lost: the channel keeps them 150 seconds. So everybody who was at work is told
once what is saved, and gets a fresh card (RELIABILITY 2). That they are owed this is stored with the beat that ends the
absence, and who was told with the telling: a process killed anywhere in between tells nobody twice and leaves nobody
out. Must not know how a channel is reached, or when to look.
"""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.refusals import UnknownAssessment
from bot.service import notices
from bot.service.events import Delivery, Who
from bot.service.respond import shown
from bot.service.talk import Outcome, Talk
from bot.service.world import World
from bot.store.errors import StoreError
from bot.store.unit import Unit
from bot.store.values import ChatState, Presence
from bot.view.away import away

log = logging.getLogger(__name__)
AWAY = timedelta(seconds=120)
ACTIVE = timedelta(hours=24)
"""Whoever was seen in this time before the absence, or since, is told."""
AT_ONCE = 10
"""Chats told in one transaction: others write in between."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """chats: those that have something new to show; left: whether others are still to be told."""

    chats: tuple[str, ...]
    left: bool


class PresenceDesk:
    """The presence of one channel."""

    def __init__(self, world: World, channel: str) -> None:
        self._world = world
        self._channel = channel

    def beat(self, silence: timedelta | None = None, drift: int | None = None) -> bool:
        """The channel was just in touch. Whether chats are to be told of an absence, this one or one before.

        silence: the longest time without touch since the beat before, by a clock that nobody sets. None: this process
        knows of no beat before, so the stored one counts. drift: our clock minus the channel's, in seconds; None: not
        known.
        """
        now = self._world.clock()
        with self._world.store.write() as unit:
            before = unit.presence.get(self._channel) or Presence(self._channel, now)
            if silence is None:
                turned = timedelta(seconds=(drift or 0) - (before.drift or 0))  # somebody set the clock meanwhile
                silence = now - before.beat_at - turned
            found = replace(before, beat_at=now, drift=drift)
            if silence > AWAY:
                since = before.away_since or now - silence
                found = replace(found, away_since=since, away_until=now, told_upto="")
            unit.presence.put(found)
        return found.away_since is not None

    def announce(self, *, anyway: bool = False) -> Told:
        """Tell the next few chats of the absence.

        Nobody is told before all that came in is worked off, so that the figures are right; anyway: all the same.
        """
        with self._world.store.write() as unit:
            presence = unit.presence.get(self._channel)
            if presence is None or presence.away_since is None or presence.away_until is None:
                return Told((), left=False)
            if unit.inbox.counts()["new"] and not anyway:
                return Told((), left=True)
            since, until = presence.away_since, presence.away_until
            active = since - ACTIVE
            chats = unit.chats.active(self._channel, active, after=presence.told_upto, limit=AT_ONCE)
            told = tuple(state.chat for state in chats if self._tell(unit, state, since, until))
            left = len(chats) == AT_ONCE
            presence = (
                replace(presence, told_upto=chats[-1].chat)
                if left
                else replace(presence, away_since=None, away_until=None, told_upto="")
            )
            unit.presence.put(presence)
        return Told(told, left)

    def _tell(self, unit: Unit, state: ChatState, since: datetime, until: datetime) -> bool:
        """Whether this chat has an open assessment in hand, and so was told."""
        who = Who(self._channel, "", state.chat, "", state.hint)
        try:
            talk = Talk(self._world, unit, who, Delivery(), unit.people.get(state.person))
            case = talk.cases.by_id(talk.focus.assessment)
            if case.state.closed:
                return False
            counted = case.listed.answered, case.listed.asked
            text = away(talk.words, case.desk(talk.focus.sheet), _ms(since), _ms(until), counted)
            _, screen = shown(talk, Outcome(fresh=True))
        except UnknownAssessment:
            return False
        except StoreError:
            raise
        except Exception:  # one chat that cannot be shown must not keep the others from being told
            log.exception("a chat was not told of the absence")
            return False
        notices.text(talk, text)
        unit.focus.put(talk.person.id, self._channel, talk.focus)
        unit.chats.want(self._channel, state.chat, screen.to_json(), fresh=True)
        return True


def _ms(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(milliseconds=1)
