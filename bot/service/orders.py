"""The commands: they win in every state (TELEGRAM.md). Must not know how a channel marks a command."""

from collections.abc import Callable

from bot.service.case import Case
from bot.service.events import Ordered
from bot.service.joining import arrive
from bot.service.talk import Outcome, Talk
from bot.view import lines, places
from bot.view.places import Place


def obey(talk: Talk, event: Ordered) -> Outcome:
    """The place that a command leads to; an unknown one shows the current card with a friendly line."""
    match event.command:
        case "start" if event.argument:
            return arrive(talk, event.argument)
        case "start":
            line = "" if talk.cases.listed() else lines.welcome(talk.words)
            return Outcome(places.Home(), line=line, fresh=True)
        case "new":
            return Outcome(places.PickScheme(), fresh=True)
        case "my":
            return Outcome(places.Home(), fresh=True)
        case "result":
            return _of_current(talk, lambda case: places.Result(case.listed.ref))
        case "export":
            return _of_current(talk, lambda case: places.Export(case.listed.ref))
        case "settings":
            return Outcome(places.Settings(), fresh=True)
        case "forget":
            return Outcome(places.Forget(), fresh=True)
        case "help":
            return Outcome(places.Help(), fresh=True)
        case _:
            return Outcome(line=lines.unknown_command(talk.words), fresh=True)


def _of_current(talk: Talk, place: Callable[[Case], Place]) -> Outcome:
    """For the assessment in focus, else the newest; the empty list says how to begin."""
    case = current(talk)
    if case is None:
        return Outcome(places.Home(), line=lines.none_yet(talk.words), fresh=True)
    return Outcome(place(case), fresh=True)


def current(talk: Talk) -> Case | None:
    """The assessment in focus, though it be archived, else the one touched last."""
    listed = talk.cases.listed()
    inner = next((one for one in listed if one.id == talk.focus.assessment), None)
    if inner is None and talk.focus.assessment:
        archived = talk.cases.listed(archived=True)
        inner = next((one for one in archived if one.id == talk.focus.assessment), None)
    inner = inner or next(iter(listed), None)
    return talk.cases.open(inner) if inner else None
