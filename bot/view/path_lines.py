"""What is said of marks and of tried answers, on top of a card or in a toast. Plain text, at most 200 characters.

Only what was kept has the tick of 'saved'. Must not know when which is said.
"""

from collections.abc import Sequence
from fractions import Fraction

from bot.domain.answers import Answer
from bot.domain.scheme import QuestionId, Scheme
from bot.view.parts import one_line
from bot.view.path_texts import cost_text
from bot.words import Words

_ANSWER, _CLAUSES = 60, 6


def impossible(words: Words, indicator: str) -> str:
    """The indicator cannot be raised."""
    return words.say("line.impossible", clause=indicator)


def possible(words: Words, indicator: str) -> str:
    """It can again."""
    return words.say("line.possible", clause=indicator)


def costs(words: Words, indicator: str, cost: Fraction) -> str:
    """A step of it costs this."""
    return words.say("line.costs", clause=indicator, cost=cost_text(cost))


def unmarked(words: Words) -> str:
    """All marks are gone."""
    return words.say("line.unmarked")


def trying(words: Words, scheme: Scheme, question: QuestionId, answer: Answer) -> str:
    """An answer is tried, and not saved."""
    said = one_line(words.answer(scheme, question, answer), _ANSWER)
    return words.say("line.trying", clause=question.indicator, answer=said)


def not_trying(words: Words, question: QuestionId) -> str:
    """Nothing is tried on this question: it is as it was."""
    return words.say("line.not-trying", clause=question.indicator)


def plan_tried(words: Words, n: int, left: int = 0) -> str:
    """So many answers of a plan are being tried. left: those for which there is no sheet to try them on."""
    if left:
        return words.say("line.plan-partly", n=n, left=left)
    return words.say("line.plan-tried", n=n)


def decision_tried(words: Words) -> str:
    """A decision is tried, or no longer."""
    return words.say("line.decision-tried")


def kept(words: Words, n: int) -> str:
    """So many tried answers were recorded."""
    return words.say("line.tries-kept", n=n)


def nothing_to_keep(words: Words) -> str:
    """No tried answer is there to be recorded."""
    return words.say("line.nothing-to-keep")


def changed(words: Words, questions: Sequence[QuestionId]) -> str:
    """Answers changed after they were tried, and nothing was recorded: which ones, the first few."""
    clauses = list(dict.fromkeys(one.indicator for one in questions))
    named = [*clauses[:_CLAUSES], *(["…"] if len(clauses) > _CLAUSES else [])]
    return words.say("line.tries-changed", clauses=words.say("form.comma").join(named))


def dropped_tries(words: Words) -> str:
    """Nothing is tried any more."""
    return words.say("line.tries-dropped")


def no_rating_to_try(words: Words) -> str:
    """A text that is no rating, where one is tried."""
    return words.say("line.try-no-rating")
