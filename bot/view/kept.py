"""What depends on a scheme, a language and a question alone, made once and kept with the scheme.

Must not be used for anything that hangs on an answer, a person or a moment. It lives as long as its scheme, which a
digest pins, and there is as much of it as the scheme has questions, in two languages.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from bot.domain.scheme import QuestionId, Scheme
from bot.words import Words

T = TypeVar("T")


def per_question(make: Callable[[Words, Scheme, QuestionId], T]) -> Callable[[Words, Scheme, QuestionId], T]:
    """`make`, called once for each question of a scheme in each language; what it gives is not to be changed."""

    @wraps(make)
    def kept(words: Words, scheme: Scheme, question: QuestionId) -> T:
        key = (make, words.language, question)
        found: T | None = scheme.kept.get(key)
        if found is None:
            found = scheme.kept[key] = make(words, scheme, question)
        return found

    return kept
