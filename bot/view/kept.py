"""What depends on a scheme and a language alone, or on a question too, made once and kept with the scheme.

Must not be used for anything that hangs on a person or a moment, or on more than few things. It lives as long as its
scheme, which a digest pins, and there is as much of it as the scheme has questions, in two languages.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

from bot.domain.scheme import QuestionId, Scheme
from bot.words import Words

T = TypeVar("T")
More = TypeVarTuple("More")


def per_scheme(make: Callable[[Words, Scheme, *More], T]) -> Callable[[Words, Scheme, *More], T]:
    """`make`, called once for a scheme in each language; what it gives is not to be changed.

    more: one of few, such as which of the grades can still be had.
    """

    @wraps(make)
    def kept(words: Words, scheme: Scheme, *more: *More) -> T:
        key = (make, words.language, *more)
        found: T | None = scheme.kept.get(key)
        if found is None:
            found = scheme.kept[key] = make(words, scheme, *more)
        return found

    return kept


def per_question(
    make: Callable[[Words, Scheme, QuestionId, *More], T],
) -> Callable[[Words, Scheme, QuestionId, *More], T]:
    """`make`, called once for each question of a scheme in each language, and as `per_scheme`.

    more: one of the few that a question has by itself, such as which of its buttons is ticked.
    """
    return per_scheme(make)
