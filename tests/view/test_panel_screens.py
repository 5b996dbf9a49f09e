"""The screens of submitting and of a panel's lead, however many people and however long their names and notes."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain.habits import Habits
from bot.domain.scales import Language
from bot.domain.scheme import Scheme
from bot.domain.spread import Disagreement
from bot.domain.state import SheetState
from bot.view import blind_post as post
from bot.view import differences, outlines, places, result, submit
from bot.view.blind_facts import OthersFacts, OtherSheet, QuestionFacts, SpreadFacts
from bot.view.facts import Desk
from bot.view.parts import units
from bot.view.screen import Screen
from bot.words import Words
from tests.made_up import TEXTS
from tests.made_up import scheme as made_up
from tests.view.desks import NASTY, answers, desk_of, in_hand, shipped, state_of
from tests.view.markup import faults, plain

WORDS = [Words.of("zh"), Words.of("en")]
PEOPLE = 20
ALIKE = Habits(80, 80, 1, straight=True, quick=True)
LONG = NASTY + "长" * 3500


def desk(scheme: Scheme, text: str) -> Desk:
    """Every question answered, each with a long note; others rate too."""
    sheet, question = "s1", scheme.covered(frozenset(scheme.dimensions))[-1]
    covers = scheme.sampling.covers if scheme.sampling else ()
    sheet = "s2" if question.dimension in covers else sheet
    notes = [c.WriteNote(sheet, question, text[:4000]) for _ in range(2)]
    return replace(desk_of(scheme, state_of(scheme, [*answers(scheme, "0.7"), *notes])), panel=True, rates=True)


def panel_of(at: Desk, name: str) -> tuple[OtherSheet, ...]:
    """Twenty people with the sheets of one, submitted, open, set aside, gone."""
    held = [sheet for _, sheet in at.sheets]
    return tuple(_other(at, held[number % len(held)], number, name) for number in range(PEOPLE))


def _other(at: Desk, sheet: SheetState, number: int, name: str) -> OtherSheet:
    status = ("submitted", "open", "set-aside", "submitted")[number % 4]
    asked = dict.fromkeys(at.scheme.covered(sheet.covers), LONG)
    seen = replace(sheet, status=status, reason=LONG, asked=asked)  # type: ignore[arg-type]
    return OtherSheet(
        ref=f"s{number:07}",
        number=number + 1,
        name=name,
        round=name * 2,
        status=seen.status,
        answered=80,
        asked=80,
        member=number % 5 > 0,
        seen=None if status == "open" else seen,
        habits=ALIKE,
    )


def every(words: Words, at: Desk, name: str, line: str) -> Iterator[tuple[str, Screen]]:
    others = panel_of(at, name)
    by_id = {one.ref: one for one in others}
    last = at.scheme.covered(frozenset(at.scheme.dimensions))[-1]
    for blind in (False, True):
        for page in (0, 1, 99):
            facts = OthersFacts(replace(at, blind=blind), others, 80, uneven=True)
            yield "others", outlines.outlines(words, facts, places.Others(at.ref, page), line)
    yield "others, none", outlines.outlines(words, OthersFacts(at, (), 0, uneven=False), places.Others(at.ref), line)
    for one in others[:4]:
        yield "confirm aside", outlines.confirm_aside(words, at, one, line)
        yield "ask aside", outlines.ask_aside(words, at, one, line)
    held = at.sheets[-1][1].given
    ratings = {one.ref: next(iter(held.values())).answer for one in others}
    found = tuple(
        Disagreement(question, ratings, Fraction(1, 3), Fraction(1, 7), decides=True, uneven=True)
        for question in at.scheme.questions
    )
    for some in (found, ()):
        for page in (0, 1, 99):
            facts_of = SpreadFacts(at, some, uneven=True, by_id=by_id)
            yield "differences", differences.differences(words, facts_of, places.Differences(at.ref, page), line)
    submitted = tuple(one for one in others if one.seen and one.status == "submitted")
    for question in (at.scheme.questions[0], last):
        this = tuple(one for one in found if one.question == question)
        for page in (0, 1, 2, 99):
            about = QuestionFacts(at, question, this, submitted)
            yield (
                "difference",
                differences.difference(words, about, places.Difference(at.ref, str(question), page), line),
            )
        yield "ask reconsider", differences.ask_reconsider(words, at, submitted[0], question, line)
    yield "waiting", result.waiting(words, replace(at, counts=(3, 80)), line)
    for ref, sheet in at.sheets:
        mine = in_hand(at, sheet.id)
        asked = replace(sheet, status="submitted", asked=dict.fromkeys(at.scheme.covered(sheet.covers), LONG))
        yield "submit", submit.confirm_submit(words, mine, line)
        again = replace(mine, own=asked, sheets=((ref, asked),))
        yield "uphold", submit.ask_uphold(words, again, at.scheme.covered(sheet.covers)[0], line)


@pytest.mark.parametrize("words", WORDS, ids=["zh", "en"])
@pytest.mark.parametrize("name", ["王工", NASTY])
@pytest.mark.parametrize("scheme", ["jccqb-037", "bjkb-006", "shop"])
def test_every_screen_keeps_the_limits(words: Words, name: str, scheme: str) -> None:
    of = made_up(scheme) if scheme in TEXTS else shipped(scheme)
    seen = set()
    for kind, screen in every(words, desk(of, name + LONG), name, name):
        assert faults(screen) == [], kind
        assert screen.rows, kind
        seen.add(kind)
    assert len(seen) == 10


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_members_are_told_is_small_and_escaped(language: Language) -> None:
    words, of = Words.of(language), shipped("bjkb-006")
    at = desk(of, "x")
    sheet, question = replace(at.sheets[0][1], round=NASTY), of.questions[3]
    answer = at.sheets[0][1].given[question].answer
    told = (
        post.submitted(words, NASTY, NASTY, sheet, 1),
        post.submitted(words, NASTY, "", sheet, 0),
        post.asked(words, of, NASTY, question, LONG),
        post.upheld(words, of, NASTY, NASTY, question, LONG),
        post.reconsidered(words, of, NASTY, NASTY, question, answer),
        post.reconsidered(words, of, NASTY, NASTY, question, None),
        post.set_aside(words, NASTY, sheet, LONG),
    )
    for text in told:
        assert faults(Screen(text)) == []
        assert "{{7*7}}" in plain(text)
        assert units(plain(text)) < 4096
    assert len(set(told)) == len(told)


def test_the_button_to_submit_stands_only_where_it_can_be() -> None:
    of = shipped("bjkb-006")
    whole = desk(of, "x")
    assert submit.may_submit(whole)
    assert not submit.may_submit(replace(whole, panel=False)), "one alone submits by closing"
    assert not submit.may_submit(replace(whole, own=None))
    new = replace(desk_of(of, state_of(of)), panel=True)
    assert not submit.may_submit(new)
