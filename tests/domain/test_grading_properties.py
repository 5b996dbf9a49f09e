"""Properties of verdicts over drawn standards, sheets and decisions."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.answers import Rated
from bot.domain.grading import Verdict, check, code_of, standing_of, verdict
from bot.domain.scheme import Scheme
from bot.domain.scoring import score
from tests.domain import cases


def rank(scheme: Scheme, found: Verdict) -> int:
    """0 is the top grade."""
    assert found.outcome
    places = [entry.id for entry in (*scheme.grades, scheme.otherwise)]
    return places.index(found.outcome.id)


@settings(max_examples=60)
@given(st.data())
def test_raising_a_rating_never_lowers_the_grade(data: st.DataObject) -> None:
    standard = data.draw(cases.schemes)
    sheets, decided = data.draw(cases.panels(standard)), data.draw(cases.decisions(standard))
    n = data.draw(st.integers(0, len(sheets) - 1))
    higher = {
        question: max(answer, data.draw(cases.ratings(standard, question)), key=lambda one: one.value)
        for question, answer in sheets[n].answers.items()
        if isinstance(answer, Rated)
    }
    raised = [*sheets[:n], replace(sheets[n], answers={**sheets[n].answers, **higher}), *sheets[n + 1 :]]
    before, after = (verdict(standard, score(standard, these, decided)) for these in (sheets, raised))
    assert rank(standard, after) <= rank(standard, before)


@settings(max_examples=60)
@given(st.data())
def test_the_outcome_is_the_first_entry_that_holds_and_the_reasons_agree(data: st.DataObject) -> None:
    standard = data.draw(cases.schemes)
    sheets, decided = data.draw(cases.panels(standard)), data.draw(cases.decisions(standard))
    card = score(standard, sheets, decided)
    found, standing = verdict(standard, card), standing_of(card)
    assume(not card.vetoed)
    assert standing
    place = rank(standard, found)
    holding = [all(check(c, standing).holds for c in entry.conditions) for entry in standard.grades]
    assert not any(holding[:place])
    assert place == len(holding) or holding[place]
    assert (found.next is None) == (place == 0)
    assert bool(found.missing) == bool(found.next)
    for checked in found.missing:
        assert not checked.holds
    for reason in found.reasons:
        assert reason.checked
        assert reason.code == code_of(reason.checked)
        assert reason.grade
        assert reason.checked.condition in reason.grade.conditions
    refused = [gate for gate, met in decided.gates.items() if not met]
    assert all("gate-refused" in [reason.code for reason in found.reasons] for _ in refused)
