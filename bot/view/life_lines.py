"""The sentences of settings and erasing that stand on top of a card or in a toast: at most 200 characters.

Must not know when which is said.
"""

from bot.domain.scheme import QuestionId
from bot.view.parts import one_line
from bot.words import Words

_NAME = 60


def reminders(words: Words, *, on: bool) -> str:
    """They are sent from now on, or not."""
    return words.say("line.reminders-on" if on else "line.reminders-off")


def quiet_set(words: Words, hours: str) -> str:
    """No reminder is sent in these hours."""
    return words.say("line.quiet-set", hours=hours)


def own_name_set(words: Words, name: str) -> str:
    """Files will show this name."""
    return words.say("line.own-name-set", name=one_line(name, _NAME))


def forgotten(words: Words) -> str:
    """The last that the person hears."""
    return words.say("line.forgotten")


def text_erased(words: Words, question: QuestionId | None) -> str:
    """What the note said is gone."""
    return words.say("line.text-erased", clause=question.indicator if question else "–")


def text_gone(words: Words) -> str:
    """It was gone before."""
    return words.say("line.text-gone")
