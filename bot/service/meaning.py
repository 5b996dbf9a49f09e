"""What a button's value or a typed text means as an answer to a question. Must not know what is done with it."""

import re
from fractions import Fraction
from functools import lru_cache

from bot.domain.answers import Answer, Form, Rated, Veto
from bot.domain.refusals import ByButton, RatingRefused
from bot.domain.scales import LEVELS
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.typed import Ambiguous, NoRating, Understood, understand
from bot.view.payload import BadPayload

ROOM_IN_PAYLOAD = 44
"""Bytes of an AnswerTap that are left for question and value."""
_RATIO = re.compile(r"\d{1,18}(/\d{1,18})?")
"""As buttons write it. Fraction would also take 1e999999999, and be busy for hours."""


def value(scheme: Scheme, question: QuestionId, text: str) -> Answer:
    """The value of a button that rates. BadPayload where it is none of ours."""
    if question.dimension == VETO:
        if text not in {"v0", "v1"}:
            raise BadPayload
        return Veto(raised=text == "v1")
    level, text = text.startswith("l"), text.removeprefix("l")
    return _rated(text, "level" if level else "alpha" if scheme.scale_of(question).kind == "alpha" else "ratio")


@lru_cache(maxsize=1024)
def _rated(text: str, form: Form) -> Rated:
    """Of a ratio as buttons write it, of which there are few, or of a level's number. BadPayload."""
    if not _RATIO.fullmatch(text):
        raise BadPayload
    value, _, under = text.partition("/")
    try:
        return Rated(Fraction(int(value), int(under or 1) * (LEVELS if form == "level" else 1)), form)
    except ZeroDivisionError:
        raise BadPayload from None


def meaning(scheme: Scheme, question: QuestionId, text: str) -> Understood | Ambiguous | NoRating:
    """A text on a veto row is never a rating; what looks like one is told to use the buttons."""
    if question.dimension != VETO:
        meant = understand(text, scheme.scale_of(question), scheme.points_of(question))
        # A choice of '3.14159265358979分' is more digits than a button's payload holds.
        room = ROOM_IN_PAYLOAD - len(str(question))
        wide = isinstance(meant, Ambiguous) and any(len(str(one.value)) > room for one in meant.ratings)
        return NoRating() if wide else meant
    scale = next(iter(scheme.dimensions.values())).scale
    try:
        meant = understand(text, scale, scheme.points_of(question))
    except RatingRefused:
        raise ByButton from None
    if isinstance(meant, NoRating):
        return meant
    raise ByButton
