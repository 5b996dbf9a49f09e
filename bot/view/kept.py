"""What depends on a scheme, a language and a question alone, made once and kept with the scheme.

Must not be used for anything that hangs on an answer, a person or a moment. It lives as long as its scheme, which a
digest pins, and there is as much of it as the scheme has questions, in two languages.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

from bot.domain.scheme import QuestionId, Scheme
from bot.words import Words

T = TypeVar("T")
More = TypeVarTuple("More")


def per_question(
    make: Callable[[Words, Scheme, QuestionId, *More], T],
) -> Callable[[Words, Scheme, QuestionId, *More], T]:
    """`make`, called once for each question of a scheme in each language; what it gives is not to be changed.

    more: one of the few that a question has by itself, such as which of its buttons is ticked.
    """

    @wraps(make)
    def kept(words: Words, scheme: Scheme, question: QuestionId, *more: *More) -> T:
        key = (make, words.language, question, *more)
        found: T | None = scheme.kept.get(key)
        if found is None:
            found = scheme.kept[key] = make(words, scheme, question, *more)
        return found

    return kept
