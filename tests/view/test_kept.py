"""What is kept with a scheme makes no difference: every card reads as one of a scheme that nobody asked before."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from bot.domain import commands as c
from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.commands import Actor
from bot.domain.entries import Entry
from bot.domain.interview import decide
from bot.domain.scales import LEVELS, Language
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import AssessmentState, fold
from bot.view import parts
from bot.view.card import card
from bot.view.facts import CardFacts
from bot.view.kept import per_question
from bot.view.screen import Screen
from bot.words import Words, words
from tests.made_up import scheme as made_up
from tests.view.desks import AT, desk_of, limits, shipped, state_of

NAMES = ("bjkb-006", "dnisc-1105", "jccqb-037", "tbsc-94")
LANGUAGES: tuple[Language, ...] = ("zh", "en")
STEPS = 25


def anew(scheme: Scheme) -> Scheme:
    """The same standard, with which nothing is kept, and no sentence kept either."""
    words._plain.cache_clear()
    words._known.cache_clear()
    parts._label.cache_clear()
    return replace(scheme)


def views(scheme: Scheme, question: QuestionId) -> tuple[str, ...]:
    """Of a question's card: itself, its bands, what they mean."""
    if question.dimension == VETO:
        return ("",)
    return ("", "m", *(f"b{place}" for place in range(len(scheme.scale_of(question).bands))))


def some_answer(chance: Random, scheme: Scheme, question: QuestionId) -> Answer:
    if question.dimension == VETO:
        return Veto(raised=chance.random() < 0.1)
    if scheme.by_id[question.indicator].may_be_na and chance.random() < 0.2:
        return NotApplicable("没有 <b>")
    scale = scheme.scale_of(question)
    if scale.kind == "level":
        return Rated(Fraction(chance.randint(1, LEVELS), LEVELS), "level")
    return Rated(Fraction(chance.randint(0, 20), 20), scale.kind)


def command(chance: Random, scheme: Scheme, state: AssessmentState) -> c.Command:
    """An answer or another one in its place, a question put off or flagged, a note."""
    sheet = state.sheets["s1"]
    question = chance.choice(scheme.covered(sheet.covers))
    if chance.random() < 0.7:
        return c.GiveAnswer("s1", question, some_answer(chance, scheme, question))
    return chance.choice(
        (
            c.Postpone("s1", question, question not in sheet.later),
            c.Flag("s1", question, question not in sheet.flagged),
            c.WriteNote("s1", question, "看过 <i>"),
        )
    )


def drawn(scheme: Scheme, state: AssessmentState, question: QuestionId, view: str, language: Language) -> Screen:
    at = desk_of(scheme, state)
    return card(Words.of(language), CardFacts(at, question, view, limits(at)))


def walk(seed: int) -> Iterator[tuple[Scheme, AssessmentState, QuestionId, str, Language]]:
    """One step in one standard, the next in another, in the language that chance wants."""
    chance = Random(seed)
    lead = Actor("p1", "lead")
    states = {name: state_of(shipped(name)) for name in NAMES}
    for _ in range(STEPS):
        name = chance.choice(NAMES)
        scheme, state = shipped(name), states[name]
        done = decide(scheme, state, lead, command(chance, scheme, state))
        entries = [
            Entry(state.seq + place, AT, "p1", one.body, one.sheet, one.question, one.revision)
            for place, one in enumerate(done, start=1)
        ]
        states[name] = state = fold(state, entries)
        question = chance.choice(scheme.covered(state.sheets["s1"].covers))
        yield scheme, state, question, chance.choice(views(scheme, question)), chance.choice(LANGUAGES)


@pytest.mark.parametrize("seed", range(4))
def test_a_card_is_that_of_a_scheme_nobody_asked_before(seed: int) -> None:
    seen = [(step, drawn(*step).to_json()) for step in walk(seed)]
    for (scheme, state, question, view, language), shown in seen:
        assert shown == drawn(anew(scheme), state, question, view, language).to_json()


def test_what_is_kept_goes_to_no_other_process() -> None:
    scheme = replace(made_up("stars"))
    question = scheme.questions[-1]
    here = drawn(scheme, state_of(scheme), question, "", "zh")
    assert len(scheme.kept) > 3
    there = pickle.loads(pickle.dumps(scheme))  # noqa: S301  as the workshop hands it over
    assert there == scheme
    assert there.kept == {}
    assert drawn(there, state_of(there), question, "", "zh") == here


def test_another_wording_of_a_standard_keeps_its_own() -> None:
    first = made_up("stars")
    row = replace(first.indicators[-1], question=replace(first.indicators[-1].question, zh="换了说法"))
    other = replace(first, indicators=(*first.indicators[:-1], row))
    question = first.questions[-1]
    before = drawn(first, state_of(first), question, "", "zh").text
    assert "换了说法" not in before
    assert "换了说法" in drawn(other, state_of(other), question, "", "zh").text
    assert drawn(first, state_of(first), question, "", "zh").text == before


def test_it_is_made_once_for_a_language_and_a_question() -> None:
    made: list[tuple[str, QuestionId]] = []

    @per_question
    def counted(words: Words, scheme: Scheme, question: QuestionId) -> str:
        made.append((words.language, question))
        return f"{words.language} {scheme.id} {question}"

    scheme = replace(made_up("stars"))
    one, other = scheme.questions[:2]
    zh, en = Words.of("zh"), Words.of("en")
    said = [counted(words, scheme, question) for words in (zh, en, zh) for question in (one, other)]
    assert said[:2] == said[4:]
    assert len(set(said)) == 4
    assert made == [("zh", one), ("zh", other), ("en", one), ("en", other)]
    assert counted(Words.of("zh", "Europe/Berlin"), scheme, one) == said[0]
    assert counted(zh, replace(scheme), one) == said[0]
    assert made[4:] == [("zh", one)]
