"""Two assessments by one standard side by side, whatever edition each is pinned to: questions are matched by their ids.

A dimension's total is the sum of what its questions bring, and of the adjustments. What a question brings is exact:
weight x rating x share of the sheet (`stakes.shares`), over the counted sheets; open and not applicable bring nothing.
So the change of a total is the sum of the effects of its questions, of those on one side only, and of the adjustments
(`Change`). A question which both sides answered alike can still bring something else, where other rows do not apply
any more or sheets weigh otherwise: that is nobody's difference and stands apart, as `rescaled`.
Must not know which side is newer, or words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain.answers import Answer, Decisions, NotApplicable, Rated, Sheet, Veto
from bot.domain.grading import Standing, Verdict, standing_of, verdict
from bot.domain.insight import Bounds, bounds
from bot.domain.scheme import VETO, Grade, QuestionId, Scheme
from bot.domain.scoring import ZERO, Scorecard, Tally, adjustment, score
from bot.domain.stakes import moved, outcome, shares


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: counted sheets and decisions by its own edition of the scheme."""

    scheme: Scheme
    sheets: Sequence[Sheet]
    decisions: Decisions


@dataclass(frozen=True, slots=True)
class Said:
    """What the counted sheets of a side say of a question. rating: mean (0-1) of those that rate it, None if none does.

    Sheets are counted: left_out (N/A), open (no answer), raised (a veto). brings: what it adds to the dimension's
    total, in its unit.
    """

    rating: Fraction | None
    left_out: int
    open: int
    raised: int
    brings: Fraction


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that both sides ask and answer otherwise. effect: what it moves the total by, right less left.

    alone: the outcome of the left side, were this the only difference; None where the left side is not complete.
    decides: that is another outcome than the left side's own.
    """

    question: QuestionId
    left: Said
    right: Said
    effect: Fraction
    alone: Grade | None
    decides: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section in a dimension, or a whole dimension: sums in points, unscaled; None where that side has none."""

    left: Tally | None
    right: Tally | None

    @property
    def percents(self) -> tuple[Fraction | None, Fraction | None]:
        """Points of the points that apply, in percent; None where nothing applies."""
        return _percent(self.left), _percent(self.right)


@dataclass(frozen=True, slots=True)
class Change:
    """A dimension. totals: left and right, None while incomplete, in its unit. The rest is right less left.

    Of complete sides: change = differences + rescaled + one_sided + adjusted, exactly.
    """

    left: Fraction | None
    right: Fraction | None
    differences: Fraction
    rescaled: Fraction
    one_sided: Fraction
    adjusted: Fraction

    @property
    def change(self) -> Fraction | None:
        """None while either total lacks."""
        return None if self.left is None or self.right is None else self.right - self.left


@dataclass(frozen=True, slots=True)
class Comparison:
    """`questions`: all that both ask, in the left side's clause order; differences: in that order too.

    only_left, only_right: questions of one edition only, in its order. sections: section id, dimension id.
    """

    questions: Mapping[QuestionId, tuple[Said, Said]]
    differences: tuple[Difference, ...]
    only_left: Mapping[QuestionId, Said]
    only_right: Mapping[QuestionId, Said]
    sections: Mapping[tuple[str, str], Part]
    dimensions: Mapping[str, Change]
    verdicts: tuple[Verdict, Verdict]
    bounds: tuple[Bounds, Bounds]

    def by_effect(self, scheme: Scheme) -> tuple[Difference, ...]:
        """Those first that alone change the outcome, then by effect, as a part of the dimension's maximum."""
        return tuple(sorted(self.differences, key=lambda one: (not one.decides, -_weight(scheme, one))))


def compare(left: Side, right: Side) -> Comparison:
    """ValueError where the two are not of one scheme id. Sides may be unfinished."""
    if left.scheme.id != right.scheme.id:
        raise ValueError(right.scheme.id)
    cards = score(left.scheme, left.sheets, left.decisions), score(right.scheme, right.sheets, right.decisions)
    here, there = _said(left), _said(right)
    both = {question: (here[question], there[question]) for question in here if question in there}
    only_left = {question: said for question, said in here.items() if question not in there}
    only_right = {question: said for question, said in there.items() if question not in here}
    differences = tuple(
        _difference(left, cards[0], question, *both[question])
        for question in both
        if not _alike(_answers(left, question), _answers(right, question))
    )
    return Comparison(
        questions=both,
        differences=differences,
        only_left=only_left,
        only_right=only_right,
        sections=_sections(*cards),
        dimensions={
            name: _change(name, left, right, cards, both, differences, (only_left, only_right))
            for name in left.scheme.dimensions
            if name in right.scheme.dimensions
        },
        verdicts=(verdict(left.scheme, cards[0]), verdict(right.scheme, cards[1])),
        bounds=(
            bounds(left.scheme, left.sheets, left.decisions),
            bounds(right.scheme, right.sheets, right.decisions),
        ),
    )


def _answers(side: Side, question: QuestionId) -> list[Answer | None]:
    """Of each counted sheet that asks it."""
    return [
        sheet.answers.get(question)
        for sheet in side.sheets
        if question.dimension == VETO or question.dimension in sheet.covers
    ]


def _said(side: Side) -> Mapping[QuestionId, Said]:
    each = {
        name: {part.sheet.id: part.each for part in shares(side.scheme, side.sheets, name)}
        for name in side.scheme.dimensions
    }
    found = {}
    for question in side.scheme.questions:
        answers = _answers(side, question)
        rated = [answer.value for answer in answers if isinstance(answer, Rated)]
        brings = ZERO
        if rated:
            weight, parts = side.scheme.weights[question.dimension][question], each[question.dimension]
            for sheet in side.sheets:
                if isinstance(answer := sheet.answers.get(question), Rated) and sheet.id in parts:
                    brings += weight * parts[sheet.id] * answer.value
        found[question] = Said(
            rating=sum(rated, ZERO) / len(rated) if rated else None,
            left_out=sum(isinstance(answer, NotApplicable) for answer in answers),
            open=sum(answer is None for answer in answers),
            raised=sum(answer == Veto(raised=True) for answer in answers),
            brings=brings,
        )
    return found


def _alike(one: Sequence[Answer | None], other: Sequence[Answer | None]) -> bool:
    """Whether two sides say the same of a question: the same mean of the ratings, and the same parts of the rest."""
    return _gist(one) == _gist(other)


def _gist(answers: Sequence[Answer | None]) -> tuple[Fraction | None, ...]:
    count = len(answers)
    if not count:
        return ()
    rated = [answer.value for answer in answers if isinstance(answer, Rated)]
    left_out = sum(isinstance(answer, NotApplicable) for answer in answers)
    raised = any(answer == Veto(raised=True) for answer in answers)  # one is enough (BK-02)
    mean = sum(rated, ZERO) / len(rated) if rated else None
    return mean, Fraction(left_out, count), Fraction(answers.count(None), count), Fraction(raised)


def _difference(left: Side, card: Scorecard, question: QuestionId, one: Said, other: Said) -> Difference:
    effect = other.brings - one.brings
    standing = standing_of(card)
    if standing is None:
        return Difference(question, one, other, effect, alone=None, decides=False)
    alone = outcome(left.scheme, _moved(left.scheme, standing, question, other, effect))
    return Difference(question, one, other, effect, alone, decides=alone.id != outcome(left.scheme, standing).id)


def _moved(scheme: Scheme, standing: Standing, question: QuestionId, other: Said, effect: Fraction) -> Standing:
    name = question.dimension
    if name == VETO:
        return replace(standing, vetoed=other.raised > 0)
    return moved(scheme, standing, name, effect)


def _sections(left: Scorecard, right: Scorecard) -> Mapping[tuple[str, str], Part]:
    found: dict[tuple[str, str], Part] = {}
    for card in (left, right):
        for section, parts in card.sections.items():
            for name in parts:
                one, other = left.sections.get(section, {}), right.sections.get(section, {})
                found.setdefault((section, name), Part(one.get(name), other.get(name)))
    return found


def _change(
    name: str,
    left: Side,
    right: Side,
    cards: tuple[Scorecard, Scorecard],
    both: Mapping[QuestionId, tuple[Said, Said]],
    differences: Sequence[Difference],
    single: tuple[Mapping[QuestionId, Said], Mapping[QuestionId, Said]],
) -> Change:
    both_sides = sum((two.brings - one.brings for q, (one, two) in both.items() if q.dimension == name), ZERO)
    own = sum((one.effect for one in differences if one.question.dimension == name), ZERO)
    lost, won = (sum((said.brings for q, said in some.items() if q.dimension == name), ZERO) for some in single)
    before, after = (adjustment(side.scheme, name, side.decisions) for side in (left, right))
    totals = [card.dimensions[name].total for card in cards]
    return Change(totals[0], totals[1], own, both_sides - own, won - lost, after - before)


def _percent(tally: Tally | None) -> Fraction | None:
    return tally.points / tally.of * 100 if tally and tally.of else None


def _weight(scheme: Scheme, one: Difference) -> Fraction:
    name = one.question.dimension
    return abs(one.effect) / scheme.maximum(name) if name in scheme.dimensions else ZERO
