"""The sentence of each reason of a verdict (bot/domain/grading.Reason). Must not know screens."""

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from bot.domain.grading import Checked, Reason
from bot.domain.scheme import DeductionsBelow, GateMet, LevelAtLeast, NoVeto, Scheme, TotalAtLeast
from bot.words import forms

if TYPE_CHECKING:
    from bot.words.words import Words


def sentence(words: "Words", scheme: Scheme, reason: Reason) -> str:
    """The reason with its figures: totals exactly enough to stand on the right side of the threshold (G-01)."""
    params = {"grade": words.pick(reason.grade.title) if reason.grade else ""}
    if reason.checked:
        params |= figures(words, scheme, reason.checked)
    elif reason.indicators:
        params["clauses"] = words.say("form.comma").join(reason.indicators)
    return words.say(f"reason.{reason.code}", n=reason.open, **params)


def figures(words: "Words", scheme: Scheme, checked: Checked) -> dict[str, str]:
    """What a sentence about a checked condition may name: dimension, actual, needed, lack, gate."""
    match checked.condition:
        case TotalAtLeast(dimension, threshold):
            actual = Fraction(checked.actual or 0)
            shown = forms.shown_total(scheme, dimension, actual)
            return {
                "dimension": words.pick(scheme.dimensions[dimension].title),
                "actual": shown,
                "needed": forms.total(threshold),
                "lack": forms.apart(actual, threshold, shown),
            }
        case LevelAtLeast(dimension, level):
            name = words.pick(scheme.dimensions[dimension].title)
            reached = int(checked.actual) if checked.actual is not None else None
            actual_level = words.level(None, reached) if reached else words.say("level.none")
            return {"dimension": name, "actual": actual_level, "needed": words.level(None, level)}
        case NoVeto():
            return {"clauses": words.say("form.comma").join(q.indicator for q in scheme.vetoes)}
        case GateMet(gate):
            return {"gate": words.pick(scheme.gates[gate].title)}
        case DeductionsBelow(count):
            return {"actual": str(checked.actual), "needed": str(count)}
        case _:
            assert_never(checked.condition)
