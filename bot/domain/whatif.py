"""Try answers or decisions without saving them: totals, outcome and bounds before and after. Must not know storage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain.answers import Answer, Decisions, Sheet
from bot.domain.grading import Verdict, verdict
from bot.domain.insight import Bounds, bounds
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.scoring import score


@dataclass(frozen=True, slots=True)
class View:
    """How things stand. totals: dimension id -> total in its unit, None while incomplete."""

    totals: Mapping[str, Fraction | None]
    verdict: Verdict
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Tried:
    """The same twice."""

    before: View
    after: View


def what_if(
    scheme: Scheme,
    sheets: Sequence[Sheet],
    decisions: Decisions,
    answers: Mapping[tuple[str, QuestionId], Answer | None],
    decided: Decisions | None = None,
) -> Tried:
    """What answers, by (id of a counted sheet, question), would change; None takes one away. decided: other decisions.

    KeyError: no such sheet, or it does not ask the question. That a value is allowed is the caller's to check.
    """
    held = {sheet.id: dict(sheet.answers) for sheet in sheets}
    asked = {sheet.id: frozenset(scheme.covered(sheet.covers)) for sheet in sheets}
    for (sheet, question), answer in answers.items():
        if question not in asked[sheet]:
            raise KeyError(question)
        if answer is None:
            held[sheet].pop(question, None)
        else:
            held[sheet][question] = answer
    changed = [replace(sheet, answers=held[sheet.id]) for sheet in sheets]
    return Tried(_view(scheme, sheets, decisions), _view(scheme, changed, decisions if decided is None else decided))


def _view(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> View:
    card = score(scheme, sheets, decisions)
    totals = {name: part.total for name, part in card.dimensions.items()}
    return View(totals, verdict(scheme, card), bounds(scheme, sheets, decisions))
