"""The sentences on top of a card or in a toast while a self-assessment is handed over. At most 200 characters.

Must not know when which is said.
"""

from bot.view.parts import one_line
from bot.words import Words

_NAME = 60


def offered(words: Words) -> str:
    """A link for an auditor is out; it comes as a message."""
    return words.say("line.offered")


def asked(words: Words) -> str:
    """The auditor agreed, and the lead was told."""
    return words.say("line.basis-asked")


def handed(words: Words, name: str) -> str:
    """To the lead: it was handed to this person."""
    return words.say("line.handed", name=one_line(name, _NAME))


def denied(words: Words, name: str) -> str:
    """To the lead: nothing was handed over."""
    return words.say("line.denied", name=one_line(name, _NAME))


def taken_back(words: Words) -> str:
    """To the lead: link or offer are good for nothing any more."""
    return words.say("line.taken-back")


def offer_gone(words: Words) -> str:
    """To the lead: it was settled, used or withdrawn meanwhile."""
    return words.say("line.offer-gone")


def refused(words: Words, *, known: bool) -> str:
    """To the auditor: the lead said no; known: they use the bot for other things."""
    return words.say("line.basis-refused-known" if known else "line.basis-refused")


def waits(words: Words) -> str:
    """To the auditor: it can begin."""
    return words.say("line.basis-waits")


def audit_begun(words: Words) -> str:
    """To the auditor: the audit began."""
    return words.say("line.audit-begun")


def audit_begun_before(words: Words) -> str:
    """To the auditor: it did before."""
    return words.say("line.audit-begun-before")
