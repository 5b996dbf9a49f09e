"""The one message that reminds: of open assessments, corrective actions, and what others wait for.

Must not know when it is due, or whether the person wants it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.view.parts import one_line
from bot.words import Words

MOST = 12
"""Lines; the rest is counted."""
_NAME, _TEXT = 60, 80


@dataclass(frozen=True, slots=True)
class Open:
    """Nobody touched it for so many days. answered, asked: as in the person's list."""

    name: str
    answered: int
    asked: int
    days: int


@dataclass(frozen=True, slots=True)
class Action:
    """A finding that is to be corrected by `due` (2026-12-31). days: until then, negative once it is past."""

    name: str
    text: str
    due: str
    days: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The lead asks to look at the rating of a clause again."""

    name: str
    clause: str


@dataclass(frozen=True, slots=True)
class Knocks:
    """Somebody asks the lead to be let in."""

    name: str
    who: str


Item: TypeAlias = Open | Action | Asked | Knocks


def reminder(words: Words, items: Sequence[Item]) -> str:
    """The message, in small HTML."""
    told = [_line(words, one) for one in items[:MOST]]
    return words.render("reminder.j2", told=told, more=len(items) - len(told)).strip()


def _line(words: Words, item: Item) -> str:
    name = one_line(item.name, _NAME)
    match item:
        case Open(_, answered, asked, days):
            return words.say("reminder.open", name=name, answered=answered, asked=asked, n=days)
        case Action(_, text, due, days) if days < 0:
            return words.say("reminder.overdue", name=name, text=one_line(text, _TEXT), due=due, n=-days)
        case Action(_, text, due, _):
            return words.say("reminder.due", name=name, text=one_line(text, _TEXT), due=due)
        case Asked(_, clause):
            return words.say("reminder.asked", name=name, clause=clause)
        case Knocks(_, who):
            return words.say("reminder.knocks", name=name, who=one_line(who, _NAME) or words.say("reminder.nobody"))
