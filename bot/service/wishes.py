"""What a person chooses for themselves: name, reminders, quiet hours. Must not know how any screen looks."""

import logging
import re
from typing import Literal

from bot.domain.cleaning import clean_name
from bot.domain.quiet import Quiet, quiet_of, typed_quiet
from bot.service.events import Said
from bot.service.talk import Outcome, Talk
from bot.view import life_lines as lines
from bot.view import places, settings
from bot.view.life_places import QuietTap, RemindTap
from bot.view.payload import BadPayload
from bot.view.screen import Screen
from bot.view.settings import Wishes

log = logging.getLogger(__name__)
NAME = 80
"""Characters, as where somebody joins."""
_TIME = re.compile(r"([01]\d|2[0-3])([0-5]\d)")


def board(
    talk: Talk, place: places.Settings | places.Zones | places.QuietHours | places.AskOwnName, line: str
) -> Screen:
    """The screen of a place of the settings."""
    wishes = of(talk)
    match place:
        case places.Settings():
            return settings.settings(talk.words, wishes, line)
        case places.Zones():
            return settings.zones(talk.words, wishes.zone, line)
        case places.QuietHours():
            return settings.quiet_hours(talk.words, wishes, line)
        case places.AskOwnName():
            return settings.ask_own_name(talk.words, wishes, line)


def of(talk: Talk) -> Wishes:
    """What is in force for the person."""
    person = talk.person
    quiet = quiet_of(person.quiet_from, person.quiet_to)
    return Wishes(person.timezone or talk.world.zone, person.name, person.reminders, quiet)


def remind(talk: Talk, tap: RemindTap) -> Outcome:
    """Reminders on or off: nobody gets any who did not ask."""
    talk.person = talk.unit.people.wish(talk.person.id, reminders=bool(tap.on))
    line = lines.reminders(talk.words, on=bool(tap.on))
    return Outcome(places.Settings(), line=line, toast=line)


def quiet_tapped(talk: Talk, tap: QuietTap) -> Outcome:
    """BadPayload for what is no time of the day."""
    times = [_TIME.fullmatch(text) for text in (tap.start, tap.end)]
    if times[0] is None or times[1] is None:
        raise BadPayload
    return _quiet(talk, quiet_of(*(f"{one[1]}:{one[2]}" for one in times if one)))


def said(talk: Talk, event: Said, expects: Literal["quiet-hours", "own-name"]) -> Outcome:
    """What the person wrote about themselves. QuietNotUnderstood, TextEmpty, TextTooLong."""
    if expects == "own-name":
        return _name(talk, event)
    return _quiet(talk, typed_quiet(event.text))._replace(fresh=True)


def _name(talk: Talk, event: Said) -> Outcome:
    """Files show it from now on; who they are is their account's number."""
    talk.person = talk.unit.people.update(talk.person.id, name=clean_name(event.text, NAME))
    log.info("somebody is shown by another name from now on")
    return Outcome(places.Settings(), line=lines.own_name_set(talk.words, talk.person.name), fresh=True)


def _quiet(talk: Talk, quiet: Quiet) -> Outcome:
    talk.person = talk.unit.people.wish(talk.person.id, quiet=quiet.clock())
    line = lines.quiet_set(talk.words, settings.quiet_name(talk.words, quiet))
    return Outcome(places.Settings(), line=line, toast=line)
