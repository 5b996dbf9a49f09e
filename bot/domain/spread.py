"""Where counted sheets disagree, worst first. Must not know who may see that (`blind.py`), or screens.

The effect of a question: what the total would lose or win if all sheets said the lowest, or the highest, of what any
of them says; first come those questions where that alone would give another outcome. Assumed as in `insight.bounds`,
since decisions are often made last: open gates will be confirmed, nothing more is deducted or added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain.answers import Answer, Decisions, NotApplicable, Rated, Sheet, Veto
from bot.domain.grading import verdict
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.scoring import score
from bot.domain.state import AssessmentState, SheetState


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One question rated differently. ratings: sheet id -> answer; spread: highest less lowest ratio (0-1).

    effect: how far the dimension's total moves between all-lowest and all-highest, in the dimension's unit; None where
    there is no total yet. decides: the outcome would differ between the two.
    uneven: some say it does not apply (DN-08).
    """

    question: QuestionId
    ratings: Mapping[str, Answer]
    spread: Fraction
    effect: Fraction | None
    decides: bool
    uneven: bool


def disagreements(scheme: Scheme, state: AssessmentState) -> tuple[Disagreement, ...]:
    """Over the submitted counted sheets of `state` that cover a question together, in the same round or not.

    Sheets of sampled units rate different things: they are compared with others of the same unit only (EN-08).
    """
    done = [sheet for sheet in state.counted if sheet.status == "submitted"]
    decisions = _assumed(scheme, state.decisions)
    found = []
    for group in _comparable(scheme, done):
        for question in scheme.questions:
            ratings = {sheet.id: sheet.given[question].answer for sheet in group if question in sheet.given}
            if len(ratings) > 1 and (one := _disagreement(scheme, decisions, done, question, ratings)):
                found.append(one)
    order = {question: place for place, question in enumerate(scheme.questions)}
    return tuple(sorted(found, key=lambda one: (not one.decides, -(one.effect or 0), -one.spread, order[one.question])))


def _comparable(scheme: Scheme, done: Sequence[SheetState]) -> list[list[SheetState]]:
    if scheme.sampling is None:
        return [list(done)]
    groups: dict[str, list[SheetState]] = {}
    for sheet in done:
        unit = sheet.round if sheet.covers == frozenset(scheme.sampling.covers) else ""
        groups.setdefault(unit, []).append(sheet)
    return list(groups.values())


def _assumed(scheme: Scheme, held: Decisions) -> Decisions:
    gates = {gate: held.gates.get(gate, True) for gate in scheme.gates}
    return Decisions(gates, held.deductions or 0, held.bonus or Fraction(0))


def _disagreement(
    scheme: Scheme,
    decisions: Decisions,
    done: Sequence[SheetState],
    question: QuestionId,
    ratings: Mapping[str, Answer],
) -> Disagreement | None:
    values = [answer.value for answer in ratings.values() if isinstance(answer, Rated)]
    raised = {answer.raised for answer in ratings.values() if isinstance(answer, Veto)}
    uneven = bool(values) and any(isinstance(answer, NotApplicable) for answer in ratings.values())
    spread = max(values) - min(values) if values else Fraction(len(raised) > 1)
    if not spread and not uneven:
        return None
    if not values:
        return Disagreement(question, ratings, spread, None, decides=True, uneven=False)
    totals, outcomes = [], set()
    for value in (min(values), max(values)):
        alike = [_with(sheet.sheet(), question, value) if sheet.id in ratings else sheet.sheet() for sheet in done]
        card = score(scheme, alike, decisions)
        totals.append(card.dimensions[question.dimension].total)
        found = verdict(scheme, card).outcome
        outcomes.add(found.id if found else "")
    low, high = totals
    effect = None if low is None or high is None else high - low
    return Disagreement(question, ratings, spread, effect, decides=len(outcomes) > 1, uneven=uneven)


def _with(sheet: Sheet, question: QuestionId, value: Fraction) -> Sheet:
    held = sheet.answers[question]
    form = held.form if isinstance(held, Rated) else "ratio"
    return replace(sheet, answers={**sheet.answers, question: Rated(value, form)})


def uneven_sets(state: AssessmentState) -> bool:
    """Whether counted sheets leave different rows out: one agreed set is what the reading asks for (DN-08)."""
    return len({_left_out(sheet) for sheet in state.counted if sheet.status == "submitted"}) > 1


def _left_out(sheet: SheetState) -> frozenset[QuestionId]:
    return frozenset(q for q, given in sheet.given.items() if isinstance(given.answer, NotApplicable))
