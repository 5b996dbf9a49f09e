"""What a card says of its question before anybody answered it: the same for everybody who reads the language.

All of it is made once and kept (`kept.py`); must not know a desk, an answer or a person.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from bot.domain.scales import Language
from bot.domain.scheme import QuestionId, Scheme
from bot.view.kept import per_question
from bot.view.values import crumb, dimension_name, dimension_names, row_name
from bot.words import Words, points
from bot.words.forms import total

_EXAMPLE = Fraction(17, 20)


@per_question
def heading_facts(words: Words, scheme: Scheme, question: QuestionId) -> Mapping[str, object]:
    """Where the question stands, what it is called and what it is worth."""
    row = scheme.by_id[question.indicator]
    return {
        "crumb": crumb(words, scheme, question),
        "name": row_name(words, row),
        "dimension": dimension_name(words, scheme, question) if len(scheme.dimensions) > 1 else "",
        "worth": "" if row.veto else points(scheme.points_of(question)),
    }


@per_question
def asking(words: Words, scheme: Scheme, question: QuestionId) -> str:
    """What is asked."""
    return words.part("asking.j2", row=scheme.by_id[question.indicator])


@per_question
def look_for(words: Words, scheme: Scheme, question: QuestionId) -> str:
    """What to look for."""
    return words.part("look_for.j2", row=scheme.by_id[question.indicator])


@per_question
def of_clause(_: Words, scheme: Scheme, question: QuestionId) -> tuple[QuestionId, ...]:
    """The questions of the same clause, this one too."""
    return tuple(one for one in scheme.questions if one.indicator == question.indicator)


@per_question
def pair(words: Words, scheme: Scheme, question: QuestionId, covers: frozenset[str] | None) -> str:
    """A clause of several dimensions: their order on a sheet, and which this is; or that others are elsewhere.

    covers: the dimensions that the sheet asks; None without one.
    """
    every = of_clause(words, scheme, question)
    if len(every) < 2:  # noqa: PLR2004  a pair
        return ""
    asked = [one for one in every if covers is None or one.dimension in covers]
    if len(asked) == 1:
        others = (one.dimension for one in every if one != question)
        return words.say("card.elsewhere", dimensions=dimension_names(words, scheme, others))
    order = words.say("form.then").join(dimension_name(words, scheme, one) for one in asked)
    return words.say("card.pair", order=order, place=asked.index(question) + 1, count=len(asked))


@per_question
def place_of(_: Words, scheme: Scheme, question: QuestionId, covers: frozenset[str]) -> int:
    """Which question of a sheet that covers these dimensions it is, from 1 on."""
    return scheme.covered(covers).index(question) + 1


@lru_cache(maxsize=4096)
def standing_at(language: Language, place: int, asked: int, left: int) -> str:
    """Which of the questions asked this is, and how many are without an answer."""
    key = "card.progress" if left else "card.progress-done"
    return Words.of(language).say(key, place=place, asked=asked, left=left)


@per_question
def typed_hint(words: Words, scheme: Scheme, question: QuestionId) -> str:
    """How a rating can be typed; the example is worth 85% of the question's points."""
    scale = scheme.scale_of(question)
    if scale.kind == "level":
        return words.say("card.hint-level-ratio" if scale.also_ratio else "card.hint-level")
    if scale.kind == "alpha":
        return words.say("card.hint-alpha")
    due = scheme.points_of(question)
    return words.say("card.hint-ratio", earned=total(due * _EXAMPLE), of=points(due))
