"""What is said when a new assessment is begun from an older one. Must not know when which is said."""

from bot.words import Words


def begun_from(words: Words) -> str:
    """A new assessment was begun from an older one."""
    return words.say("line.begun-from")


def begun_from_before(words: Words) -> str:
    """It was before, and nothing is answered in it."""
    return words.say("line.begun-from-before")
