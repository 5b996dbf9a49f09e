"""What a person chooses for themselves: language, zone, name, reminders. Must not know assessments."""

from dataclasses import dataclass

from bot.domain.quiet import DEFAULT, Quiet
from bot.view import life_places as p
from bot.view import payload, places
from bot.view.parts import Row, button, columns, one_line, screen
from bot.view.screen import Screen
from bot.words import Words
from bot.words.zones import OFFERED

LANGUAGES = (("zh", "中文"), ("en", "English"))
"""Each in its own name, in whatever language the screen is."""
QUIET = (DEFAULT, Quiet(22 * 60, 7 * 60), Quiet(20 * 60, 9 * 60), Quiet(0, 0))
"""The common choices, one button each; others are typed."""
_WIDE = 3
_NAME = 60


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is in force. zone: IANA name; name: '' where files show none."""

    zone: str
    name: str = ""
    reminders: bool = False
    quiet: Quiet = DEFAULT


def settings(words: Words, wishes: Wishes, line: str = "") -> Screen:
    """What is in force, ticked or named, and the ways to change it."""
    languages = [
        button(_ticked(words, name, on=code == words.language), payload.LanguageTap(code)) for code, name in LANGUAGES
    ]
    on = wishes.reminders
    rows: list[Row] = [
        tuple(languages),
        (button(words.say("button.zone"), p.Zones()), button(words.say("button.own-name"), p.AskOwnName())),
        (
            button(words.say("button.reminders-off" if on else "button.reminders-on"), p.RemindTap(0 if on else 1)),
            button(words.say("button.quiet"), p.QuietHours()),
        ),
        (button(words.say("button.forget"), p.Forget()),),
        (button(words.say("button.home"), places.Home()),),
    ]
    return screen(
        words,
        "settings.j2",
        rows,
        line,
        zone=words.zone_name(wishes.zone),
        name=one_line(wishes.name, _NAME),
        reminders=on,
        quiet=quiet_name(words, wishes.quiet),
    )


def zones(words: Words, zone: str, line: str = "") -> Screen:
    """The zone in force is ticked; one that is not offered is named above."""
    offered = [button(_ticked(words, words.zone_name(one), on=one == zone), payload.ZoneTap(one)) for one in OFFERED]
    rows = [*columns(offered, _WIDE), _back(words)]
    return screen(words, "zones.j2", rows, line, zone=words.zone_name(zone))


def quiet_hours(words: Words, wishes: Wishes, line: str = "") -> Screen:
    """The next text may be other hours."""
    choices = [button(_ticked(words, quiet_name(words, one), on=one == wishes.quiet), _tap(one)) for one in QUIET]
    rows = [*columns(choices, 2), _back(words)]
    return screen(
        words, "quiet.j2", rows, line, quiet=quiet_name(words, wishes.quiet), zone=words.zone_name(wishes.zone)
    )


def ask_own_name(words: Words, wishes: Wishes, line: str = "") -> Screen:
    """The next text is the name."""
    return screen(words, "ask_own_name.j2", [_back(words)], line, name=one_line(wishes.name, _NAME))


def quiet_name(words: Words, quiet: Quiet) -> str:
    """'21:00–08:00', or that there are none."""
    start, end = quiet.clock()
    return words.say("settings.never-quiet") if quiet.never else words.say("settings.hours", start=start, end=end)


def _tap(quiet: Quiet) -> p.QuietTap:
    start, end = (text.replace(":", "") for text in quiet.clock())
    return p.QuietTap(start, end)


def _back(words: Words) -> Row:
    return (button(words.say("button.back"), places.Settings()),)


def _ticked(words: Words, label: str, *, on: bool) -> str:
    return words.say("form.ticked", label=label) if on else label
