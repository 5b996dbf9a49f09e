"""The sentences on top of a card or in a toast while somebody joins, leaves or is let in. At most 200 characters.

Must not know when which is said.
"""

from bot.view.parts import one_line
from bot.words import Words

_NAME = 60


def link_of_no_use(words: Words) -> str:
    """The one answer to every link that is of no use, whatever is wrong with it."""
    return words.say("line.link-of-no-use")


def already_belong(words: Words) -> str:
    """A link to what the person belongs to; it can still be used by somebody else."""
    return words.say("line.already-belong")


def asked_to_join(words: Words) -> str:
    """The person agreed, and the lead was told."""
    return words.say("line.asked-to-join")


def declined(words: Words, *, known: bool) -> str:
    """The person said no; known: they use the bot for other things."""
    return words.say("line.declined-known" if known else "line.declined")


def withdrawn(words: Words, *, known: bool) -> str:
    """The person had asked to join, and does not any more; known: they use the bot for other things."""
    return words.say("line.withdrawn" if known else "line.withdrawn-guest")


def not_admitted(words: Words, *, known: bool) -> str:
    """The lead said no; known: the person uses the bot for other things."""
    return words.say("line.not-admitted-known" if known else "line.not-admitted")


def only_consent(words: Words) -> str:
    """Something else was done before an invitation was answered."""
    return words.say("line.only-consent")


def still_waits(words: Words) -> str:
    """Something was done before the lead answered."""
    return words.say("line.still-waits")


def name_taken_over(words: Words, name: str) -> str:
    """The person's name from now on."""
    return words.say("line.name-taken-over", name=one_line(name, _NAME))


def link_made(words: Words) -> str:
    """An invitation is out; its link comes as a message."""
    return words.say("line.link-made")


def revoked(words: Words) -> str:
    """A link is of no use any more."""
    return words.say("line.revoked")


def too_late_to_revoke(words: Words) -> str:
    """Somebody asked by this link already."""
    return words.say("line.too-late-to-revoke")


def admitted(words: Words, name: str) -> str:
    """Somebody belongs now."""
    return words.say("line.admitted", name=_who(words, name))


def refused(words: Words, name: str) -> str:
    """Somebody was not let in."""
    return words.say("line.refused", name=_who(words, name))


def request_gone(words: Words) -> str:
    """Who asked was answered before, or asks no more."""
    return words.say("line.request-gone")


def removed(words: Words, name: str) -> str:
    """Somebody belongs no more."""
    return words.say("line.removed", name=_who(words, name))


def handed_over(words: Words, name: str) -> str:
    """Somebody else leads now."""
    return words.say("line.handed-over", name=_who(words, name))


def left(words: Words) -> str:
    """The person left by their own will."""
    return words.say("line.left")


def belongs_no_more(words: Words) -> str:
    """On the card of who was removed."""
    return words.say("line.belongs-no-more")


def you_lead(words: Words) -> str:
    """Handing over to oneself."""
    return words.say("line.you-lead")


def _who(words: Words, name: str) -> str:
    return one_line(name, _NAME) or words.say("member.nameless")
