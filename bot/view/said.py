"""An answer as a card and a toast say it: on one line, with the points that it earns.

Ratings that buttons give are few, so what is said of those is kept with the scheme. Must not know what was recorded.
"""

from fractions import Fraction

from bot.domain.answers import Answer, Form, Rated
from bot.domain.scheme import QuestionId, Scheme
from bot.view.kept import per_question
from bot.view.parts import clip, one_line
from bot.view.values import earned
from bot.words import Words

LIMIT = 200
"""Characters that Telegram shows in the answer to a tap."""
_TYPED = 24
_ANSWER = 90
_PERCENT = 100


def said(words: Words, scheme: Scheme, question: QuestionId, answer: Answer, limit: int) -> str:
    """The answer cut to `limit`, then what it earns."""
    if isinstance(answer, Rated) and _plain(answer.value):
        return _rated(words, scheme, question, answer.form, answer.value.as_integer_ratio(), limit)
    return _said(words, scheme, question, answer, limit)


def answered_line(words: Words, key: str, scheme: Scheme, question: QuestionId, answer: Answer) -> str:
    """The sentence of a key about an answer: the clause, what was said, and how a typed text was understood."""
    if isinstance(answer, Rated) and not answer.typed and _plain(answer.value):
        return _pressed(words, scheme, question, key, answer.form, answer.value.as_integer_ratio())
    shown = said(words, scheme, question, answer, _ANSWER)
    if isinstance(answer, Rated) and answer.typed:
        shown += words.say("answer.understood", typed=one_line(answer.typed, _TYPED))
    return _line(words, key, question, shown)


def _plain(value: Fraction) -> bool:
    """Whether a rating is a whole percentage, of which there are 101; those of nearly all buttons are."""
    return not _PERCENT % value.denominator


@per_question
def _rated(words: Words, scheme: Scheme, question: QuestionId, form: Form, value: tuple[int, int], limit: int) -> str:
    return _said(words, scheme, question, Rated(Fraction(*value), form), limit)


@per_question
def _pressed(words: Words, scheme: Scheme, question: QuestionId, key: str, form: Form, value: tuple[int, int]) -> str:
    return _line(words, key, question, said(words, scheme, question, Rated(Fraction(*value), form), _ANSWER))


def _said(words: Words, scheme: Scheme, question: QuestionId, answer: Answer, limit: int) -> str:
    return one_line(words.answer(scheme, question, answer), limit) + earned(words, scheme, question, answer)


def _line(words: Words, key: str, question: QuestionId, shown: str) -> str:
    return clip(words.say(key, clause=question.indicator, answer=shown), LIMIT)
