"""What the lead decides for the whole assessment: head, gates, deductions, bonus, counts."""

from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain.interview import decide
from bot.domain.refusals import (
    ChangedMeanwhile,
    CountNotWhole,
    CountsNotUnderstood,
    NotAllowed,
    NumeratorTooLarge,
    OutOfRange,
    PopulationZero,
    ReasonMissing,
    TextEmpty,
    TextTooLong,
)
from bot.domain.state import fold
from tests.domain.alone import LEAD, only, opened, refused
from tests.domain.build import F, entry, projects, shop, sites, stars

LONG = "x" * 10_001


# ------------------------------------------------------------ head


@pytest.mark.parametrize("field", e.HEADER_FIELDS)
def test_a_field_of_the_head(field: e.HeaderField) -> None:
    state = opened(stars())
    assert only(decide(stars(), state, LEAD, c.SetHeader(field, " 乙\n公司\u202e "))) == e.Draft(
        e.HeaderSet(field, "乙 公司")
    )
    held = fold(state, [entry(3, e.HeaderSet(field, "乙"))])
    assert decide(stars(), held, LEAD, c.SetHeader(field, "乙 ")) == ()
    limit = 200 if field in {"name", "organisation"} else 10_000
    assert only(decide(stars(), state, LEAD, c.SetHeader(field, "x" * limit))).body == e.HeaderSet(field, "x" * limit)
    assert refused(stars(), state, c.SetHeader(field, "x" * (limit + 1))) is TextTooLong
    assert refused(stars(), state, c.SetHeader(field, "\u200b")) is TextEmpty


def test_a_field_may_be_emptied_but_never_the_organisation() -> None:
    state = opened(stars(), entry(3, e.HeaderSet("scope", "维修")))
    assert only(decide(stars(), state, LEAD, c.SetHeader("scope", " "))).body == e.HeaderSet("scope", "")
    assert decide(stars(), state, LEAD, c.SetHeader("sites", "")) == ()
    assert refused(stars(), state, c.SetHeader("organisation", " ")) is TextEmpty


# ------------------------------------------------------------ decisions


def test_a_gate_is_decided_and_decided_anew() -> None:
    state = opened(sites())
    yes, no = c.DecideGate("conformity", met=True, revision=0), c.DecideGate("conformity", met=False, revision=0)
    assert only(decide(sites(), state, LEAD, no)) == e.Draft(e.GateDecided("conformity", met=False), revision=1)
    held = fold(state, [entry(3, e.GateDecided("conformity", met=False), revision=1)])
    assert decide(sites(), held, LEAD, no) == ()
    assert refused(sites(), held, yes) is ChangedMeanwhile
    for revision in (1, None):
        assert only(decide(sites(), held, LEAD, replace(yes, revision=revision))).revision == 2
    assert refused(sites(), state, replace(yes, gate="lawfulness")) is NotAllowed
    assert refused(stars(), opened(stars()), yes) is NotAllowed


def test_findings_are_agreed_as_a_list() -> None:
    state = opened(shop())
    two = c.DecideFindings((" 投诉\x00未答复", "虚假宣传"), 0)
    assert refused(shop(), state, two) is ChangedMeanwhile, "what counts was recorded as a finding first"
    recorded = [entry(n, v.FindingRecorded("deduction", text, "")) for n, text in ((3, "投诉未答复"), (4, "虚假宣传"))]
    found = fold(state, recorded)
    assert only(decide(shop(), found, LEAD, two)) == e.Draft(e.FindingsDecided(("投诉未答复", "虚假宣传")), revision=1)
    assert refused(shop(), found, c.DecideFindings(("虚假宣传", "投诉未答复"), 0)) is ChangedMeanwhile
    assert refused(shop(), found, c.DecideFindings(())) is ChangedMeanwhile, "nobody takes two off by saying none"
    assert only(decide(shop(), state, LEAD, c.DecideFindings(()))).body == e.FindingsDecided(())
    held = fold(found, [entry(5, e.FindingsDecided(("投诉未答复", "虚假宣传")), revision=1)])
    assert decide(shop(), held, LEAD, two) == ()
    gone = [entry(n + 3, v.FindingWithdrawn(n, "重复")) for n in (3, 4)]
    none = fold(held, [*gone, entry(9, e.FindingsDecided(()), revision=2)])
    assert decide(shop(), none, LEAD, c.DecideFindings((), 0)) == ()
    assert refused(shop(), state, c.DecideFindings(("投诉", " "))) is TextEmpty
    assert refused(shop(), state, c.DecideFindings((LONG,))) is TextTooLong


def test_a_bonus_has_one_of_its_values_and_a_reason() -> None:
    state = opened(shop())
    one = c.DecideBonus(F(1), " 获奖 ", 0)
    assert only(decide(shop(), state, LEAD, one)) == e.Draft(e.BonusDecided(F(1), "获奖"), revision=1)
    assert only(decide(shop(), state, LEAD, c.DecideBonus(F(0), ""))).body == e.BonusDecided(F(0), "")
    assert refused(shop(), state, c.DecideBonus(F(1), " ")) is ReasonMissing
    assert refused(shop(), state, c.DecideBonus(F(1), "\u200b")) is TextEmpty
    assert refused(shop(), state, c.DecideBonus(F(0), LONG)) is TextTooLong
    for wrong in ("0.5", "2", "-1"):
        with pytest.raises(OutOfRange) as found:
            decide(shop(), state, LEAD, c.DecideBonus(F(wrong), "获奖"))
        assert found.value.params == {"typed": str(F(wrong)), "form": "bonus"}


def test_a_bonus_is_decided_anew_when_value_or_reason_changes() -> None:
    held = opened(shop(), entry(3, e.BonusDecided(F(1), "获奖"), revision=1))
    assert decide(shop(), held, LEAD, c.DecideBonus(F(1), "获奖 ", 0)) == ()
    assert only(decide(shop(), held, LEAD, c.DecideBonus(F(1), "获国家奖", 1))).body == e.BonusDecided(F(1), "获国家奖")
    assert only(decide(shop(), held, LEAD, c.DecideBonus(F(0), "获奖", 1))).revision == 2
    assert refused(shop(), held, c.DecideBonus(F(1), "获国家奖", 0)) is ChangedMeanwhile


def test_adjustments_that_the_standard_lacks() -> None:
    rules = shop().adjustments
    assert rules
    only_bonus = replace(shop(), adjustments=replace(rules, deductions=None))
    only_deductions = replace(shop(), adjustments=replace(rules, bonus=None))
    for scheme in (stars(), only_bonus):
        assert refused(scheme, opened(scheme), c.DecideFindings(())) is NotAllowed
    for scheme in (stars(), only_deductions):
        assert refused(scheme, opened(scheme), c.DecideBonus(F(0), "")) is OutOfRange


# ------------------------------------------------------------ counts


def test_the_counts_of_a_rate_are_recorded_and_recorded_anew() -> None:
    state, counts = opened(projects()), e.MeasureSet("C", "2026-10", 48, 50)
    command = c.SetMeasure("C", "2026-10", 48, 50)
    assert only(decide(projects(), state, LEAD, command)) == e.Draft(counts, revision=1)
    held = fold(state, [entry(3, counts, revision=1)])
    assert decide(projects(), held, LEAD, command) == ()
    for changed in (
        replace(command, month="2026-09"),
        replace(command, numerator=47),
        replace(command, denominator=51),
    ):
        assert only(decide(projects(), held, LEAD, changed)).revision == 2


def test_counts_that_cannot_be() -> None:
    state, command = opened(projects()), c.SetMeasure("C", "2026-10", 48, 50)
    assert refused(projects(), state, replace(command, measure="D")) is NotAllowed
    assert refused(sites(), opened(sites()), command) is NotAllowed
    assert refused(projects(), state, replace(command, numerator=51)) is NumeratorTooLarge
    assert refused(projects(), state, replace(command, numerator=-1)) is CountNotWhole
    assert refused(projects(), state, replace(command, month="2026-13")) is CountsNotUnderstood
    empty = only(decide(projects(), state, LEAD, replace(command, numerator=0, denominator=0)))
    assert empty.body == e.MeasureSet("C", "2026-10", 0, 0)


def test_how_many_units_there_are() -> None:
    state = opened(projects())
    assert only(decide(projects(), state, LEAD, c.SetPopulation(26))) == e.Draft(e.PopulationSet(26), revision=1)
    held = fold(state, [entry(3, e.PopulationSet(26), revision=1)])
    assert decide(projects(), held, LEAD, c.SetPopulation(26)) == ()
    assert only(decide(projects(), held, LEAD, c.SetPopulation(1))).revision == 2
    assert refused(projects(), state, c.SetPopulation(0)) is PopulationZero
    assert refused(projects(), state, c.SetPopulation(-1)) is CountNotWhole
    assert refused(projects(), state, c.SetPopulation(10**9 + 1)) is CountNotWhole
    assert refused(sites(), opened(sites()), c.SetPopulation(26)) is NotAllowed
