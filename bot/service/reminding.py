"""Reminders: for whoever asked for them, one message a day at most, never in their quiet hours.

What was reminded of is claimed in the transaction that queues the message, so a kill doubles nothing. One that is
outdated, or has become unwelcome, by the time it could be sent is dropped. Must not know how a channel is reached.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.quiet import quiet_of
from bot.service import joining, notices
from bot.service.due import due
from bot.service.quota import Quota
from bot.service.talk import language_for
from bot.service.world import World
from bot.store.errors import StoreError
from bot.store.unit import Unit
from bot.store.values import ChatState, Notice, Person
from bot.view.reminder import reminder
from bot.words import Words

log = logging.getLogger(__name__)
GOOD_FOR: Final = timedelta(hours=6)
"""A reminder that could not be sent so long is outdated."""
LOOK_EVERY: Final = 3600.0
"""Seconds after which a person's assessments are looked at again."""
AT_ONCE: Final = 10
"""People in one call: others write in between."""
KEPT: Final = timedelta(days=7)
"""So long it is kept what messages said that were sent, and the chats of people who were erased."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """chats: those that have something new; left: whether others are still to be looked at."""

    chats: tuple[str, ...]
    left: bool = False


class ReminderDesk:
    """The reminders of one channel."""

    def __init__(self, world: World, channel: str) -> None:
        self._world, self._channel = world, channel
        self._looked = Quota(1, LOOK_EVERY)
        self._tidied = Quota(1, LOOK_EVERY)

    def remind(self) -> Reminded:
        """Look at the next few people who want it. Called once a minute, so that quiet hours end on time."""
        now = self._world.clock()
        with self._world.store.read() as unit:
            wanting = [unit.people.get(person) for person in unit.reminders.wanting()]
        ready = [one for one in wanting if not quiet(self._world, one, now)]
        chosen = list(islice((one.id for one in ready if self._looked.take(one.id, now.timestamp())), AT_ONCE))
        found = [self._one(person) for person in chosen]
        return Reminded(tuple(chat for chat in found if chat), left=len(chosen) == AT_ONCE)

    def tidy(self) -> None:
        """Once an hour: what was erased leaves the log; what is kept of messages, erased people and guests ends."""
        now = self._world.clock()
        self._world.store.forget_log()
        if self._tidied.take("", now.timestamp()):
            with self._world.store.write() as unit:
                unit.erasing.sweep(now - KEPT)
                joining.sweep(unit, now)

    def _one(self, person: str) -> str:
        """The person's chat, where something was queued for it."""
        try:
            with self._world.store.write() as unit:
                return self._remind(unit, unit.people.get(person))
        except StoreError:
            raise
        except Exception:  # one whose assessments cannot be read must not keep the others from being reminded
            log.exception("somebody was not reminded")
            return ""

    def _remind(self, unit: Unit, person: Person) -> str:
        now = self._world.clock()
        day = _local(self._world, person, now).date()
        chat = next(iter(unit.chats.of(self._channel, person.id)), None)
        if not person.reminders or chat is None or chat.unreachable_at is not None:
            return ""
        if unit.reminders.claimed(person.id, day.isoformat()):
            return ""
        found = due(self._world, unit, person, now, day)
        if not found:
            return ""
        for one in found:
            unit.reminders.claim(person.id, one.kind, one.assessment, one.subject, day.isoformat(), now)
        text = reminder(self._words(person, chat), [one.item for one in found])
        notices.queue_reminder(unit, self._channel, chat.chat, text, person.id, now)
        return chat.chat

    def _words(self, person: Person, chat: ChatState) -> Words:
        language = language_for(person.language, chat.hint, self._world.language)
        return Words.of(language, person.timezone or self._world.zone)


def quiet(world: World, person: Person, now: datetime) -> bool:
    """Whether the person's clock stands in their quiet hours."""
    local = _local(world, person, now)
    return quiet_of(person.quiet_from, person.quiet_to).holds(local.hour * 60 + local.minute)


def timely(world: World, unit: Unit, claimed: Notice, now: datetime) -> bool:
    """Whether a message claimed for sending may go: any but a reminder may, whenever it is.

    A reminder that may have got through is not sent again: one missed is less of a nuisance than one too many.
    """
    content = json.loads(claimed.content)
    if "reminds" not in content:
        return True
    person = unit.people.get(content["reminds"])
    late = claimed.attempts > 1 or now - claimed.created_at > GOOD_FOR
    return person.reminders and not late and not quiet(world, person, now)


def _local(world: World, person: Person, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(person.timezone or world.zone))
