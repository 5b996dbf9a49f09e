"""The sentences of sheets in a panel, as in `lines.py`. Must not know when which is said."""

from bot.domain.scheme import QuestionId
from bot.words import Words


def sheet_begun_already(words: Words) -> str:
    """The person has that sheet; it is gone on with."""
    return words.say("line.sheet-begun-already")


def sheet_submitted(words: Words) -> str:
    """A sheet counts from now on."""
    return words.say("line.sheet-submitted")


def already_submitted(words: Words) -> str:
    """It counted before."""
    return words.say("line.already-submitted")


def submit_first(words: Words) -> str:
    """A lead who rates closes only what they have seen."""
    return words.say("line.submit-first")


def rating_upheld(words: Words, question: QuestionId) -> str:
    """The person stays with a rating."""
    return words.say("line.rating-upheld", clause=question.indicator)


def reconsideration_asked(words: Words, question: QuestionId) -> str:
    """The assessor is asked to look again."""
    return words.say("line.reconsideration-asked", clause=question.indicator)
