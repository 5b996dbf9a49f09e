"""What is said about messages themselves: that one may be double, or did not arrive. Small HTML.

Must not know why a message failed, or to whom it went. The operator is told no contents.
"""

from html import escape

from bot.words import Words


def may_be_double(words: Words) -> str:
    """On top of a message that may have been sent before."""
    return f"<i>{words.say('post.may-be-double')}</i>"


def being_made(words: Words, format_: str, stage: str, done: int, of: int) -> str:
    """While a file is made. format_: as people call it; stage: '' while it waits for its turn, or has just begun."""
    said = words.say(f"making.{stage}", done=done, of=of) if stage else words.say("making.begun")
    return escape(words.say("making", format=format_, stage=said), quote=False)


def file_failed(words: Words, name: str) -> str:
    """A file may not have arrived."""
    return escape(words.say("post.file-failed", name=name), quote=False)


def file_too_big(words: Words, name: str) -> str:
    """A file is larger than Telegram takes."""
    return escape(words.say("post.file-too-big", name=name), quote=False)


def member_unreachable(words: Words, name: str, assessment: str) -> str:
    """To a lead: this member of an assessment cannot be reached any more."""
    key = "post.member-unreachable" if name else "post.nameless-unreachable"
    return escape(words.say(key, name=name, assessment=assessment), quote=False)


def member_forgotten(words: Words, assessment: str) -> str:
    """To a lead: a member had their data deleted, and belongs no more."""
    return escape(words.say("post.member-forgotten", assessment=assessment), quote=False)


def notice_given_up(words: Words, number: int, reason: str) -> str:
    """To the operator: a message will not be tried again."""
    return escape(words.say("post.notice-given-up", number=str(number), reason=reason), quote=False)


def card_given_up(words: Words, reason: str) -> str:
    """To the operator: a card cannot be shown."""
    return escape(words.say("post.card-given-up", reason=reason), quote=False)


def storage_full(words: Words) -> str:
    """To the operator: nothing new is taken until there is room."""
    return escape(words.say("post.storage-full"), quote=False)


def storage_well(words: Words) -> str:
    """To the operator: the storage takes everything again."""
    return escape(words.say("post.storage-well"), quote=False)


def long_log(words: Words) -> str:
    """To the operator: something reads for ever, so that the log grows."""
    return escape(words.say("post.long-log"), quote=False)
