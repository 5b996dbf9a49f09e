"""Every screen, in both languages, with ordinary and with nasty texts, is one that Telegram takes."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from bot.domain import commands as c
from bot.domain.answers import NotApplicable, Rated, Veto
from bot.domain.entries import HEADER_FIELDS
from bot.domain.sampling import first_covers
from bot.domain.scales import Language
from bot.domain.scheme import VETO, Scheme
from bot.view.facts import Desk
from bot.words import Words
from tests.made_up import TEXTS
from tests.made_up import scheme as made_up
from tests.sampled import sampled
from tests.view.desks import NASTY, ROOT, answers, deduct, desk, desk_of, give, real, shipped, state_of
from tests.view.every import every
from tests.view.markup import faults, plain

STAGES = ("new", "full", "nasty", "assessor", "viewer")
SHIPPED = [file.stem for file in sorted((ROOT / "schemes").glob("*.yaml"))]
STANDARDS = (*TEXTS, *SHIPPED)
LONGEST = "👩‍👩‍👧" * 512
"""4096 UTF-16 units: what one message can hold."""


@pytest.mark.parametrize(("stage", "standard", "language"), sampled(product(STAGES, STANDARDS, ("zh", "en")), every=7))
def test_every_screen_keeps_the_limits(stage: str, standard: str, language: Language) -> None:
    words = Words.of(language)
    text = NASTY + LONGEST if stage == "nasty" else "普通的文字"
    at = _desk(made_up(standard) if standard in TEXTS else shipped(standard), stage, text)
    for name, screen in every(words, at, text if stage == "nasty" else "", text):
        assert faults(screen) == [], name
        assert screen.to_json() == replace(screen).to_json(), f"{name}: what was written down once reads otherwise"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_people_wrote_is_shown_as_they_wrote_it(language: Language) -> None:
    text = "<b>&amp; {{7*7}} {% raw %}</b>"
    at = _desk(real(), "nasty", text)
    shown = [plain(screen.text) for _, screen in every(Words.of(language), at, text, text)]
    assert not any("49" in one for one in shown if "{{" in one)
    assert sum(text in one for one in shown) > 100


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_closed_assessment_offers_nothing_that_changes_it(language: Language) -> None:
    at = desk(real(), *answers(real(), "0.9"), c.WriteNote("s1", real().questions[1], "依据"), c.Close())
    for name, screen in every(Words.of(language), at, "", "文字"):
        assert faults(screen) == [], name
        taps = {button.payload.split(":")[1] for row in screen.rows for button in row}
        if name in {"head", "card", "meanings", "pending", "band 0", "confirm close", "notes"}:
            assert taps & {"a", "p", "f", "w", "y", "e", "E", "C", "D", "b"} == set(), name


def _desk(of: Scheme, stage: str, text: str) -> Desk:
    if stage == "new":
        return desk(of)
    if stage == "viewer":
        return replace(desk(of, *answers(of, "0.7")), own=None, sheet_ref="", lead=False, rates=False)
    if stage == "assessor":
        return replace(desk(of, *answers(of, "0.7")), lead=False)
    done: list[c.Command] = list(answers(of, "0.85")) if stage == "full" else list(_nasty(of, text))
    return desk_of(of, state_of(of, done, organisation=text[:150]))


def _nasty(of: Scheme, text: str) -> Iterable[c.Command]:
    for field in HEADER_FIELDS:
        yield c.SetHeader(field, text[:190])
    yield from _nasty_sheet(of, "s1", first_covers(of), text)
    covers = of.sampling.covers if of.sampling else tuple(of.dimensions)
    for number in range(2, 12):
        yield c.OpenSheet(f"s{number}", f"{number}{text[:190]}", covers)
    yield from _nasty_sheet(of, "s2", covers, text)
    yield c.SetAside("s11", text)
    yield from _nasty_decisions(of, text)


def _nasty_decisions(of: Scheme, text: str) -> Iterable[c.Command]:
    for gate in of.gates:
        yield c.DecideGate(gate, met=False)
    rules = of.adjustments
    if rules and rules.deductions:
        yield from deduct(*(text,) * 17)
    if rules and rules.bonus:
        yield c.DecideBonus(max(rules.bonus.values), text)
    for measure in of.measures:
        yield c.SetMeasure(measure.id, "2026-10", 84_999_999, 100_000_001)
    if of.sampling:
        yield c.SetPopulation(99_999)


def _nasty_sheet(of: Scheme, sheet: str, covers: Iterable[str], text: str) -> Iterable[c.Command]:
    for question in of.covered(frozenset(covers)):
        yield c.WriteNote(sheet, question, text)
        yield c.WriteNote(sheet, question, text[::-1])
        yield c.Flag(sheet, question, on=True)
        if question.dimension == VETO:
            yield give(question, Veto(raised=True), sheet)
        elif of.by_id[question.indicator].may_be_na:
            yield give(question, NotApplicable(text), sheet)
        elif (kind := of.scale_of(question).kind) != "level":
            yield give(question, Rated(Fraction(333_333_333, 10**9), kind, text[:24]), sheet)
