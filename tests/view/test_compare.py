"""What a comparison says: the parts add up to the change as they are shown, and each edition's questions are told."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import panel_commands as k
from bot.domain import panel_entries as p
from bot.domain.answers import NotApplicable, Rated
from bot.domain.scheme import QuestionId
from bot.view import card, carried, compare, head, places
from bot.view import compare_parts as parts
from bot.view.compare_facts import OtherLine
from bot.view.compare_lines import signed
from bot.view.compare_places import BASIS, Compare, Compared, ComparedQuestion, ConfirmTap
from bot.view.facts import CardFacts, Desk
from bot.view.payload import decode
from bot.words import Words
from tests.made_up import scheme
from tests.view.compared import facts_of, facts_of_basis, from_older
from tests.view.desks import answers, deduct, desk, give, limits, rate
from tests.view.markup import plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP, SITES, PANEL = (scheme(name) for name in ("stars", "shop", "sites", "panel"))


def numbers(text: str) -> list[Fraction]:
    return [Fraction(one.replace("−", "-").replace("+", "")) for one in re.findall(r"[+−]\d+(?:\.\d+)?", text)]


@pytest.mark.parametrize("words", [ZH, EN])
def test_the_parts_add_up_to_the_change(words: Words) -> None:
    na = QuestionId("5.2.2", "total")
    done = answers(SHOP, "0.8", skip=["5.2.2"])
    left = desk(SHOP, *done, give(na, Rated(Fraction(1, 2), "ratio")), *deduct("一"))
    right = desk(SHOP, *done, give(na, NotApplicable("无")), *deduct("一", "二"), rate("5.2.1", "0.9"))
    facts = facts_of(left, right)
    shown = plain(compare.summary(words, facts).text)
    assert facts.found
    change = facts.found.dimensions["total"]
    parts_of = [change.differences, change.rescaled, change.one_sided, change.adjusted]
    assert sum(parts_of) == change.change
    assert not change.one_sided
    assert words.say("compare.part-one-sided", change="").strip() not in shown
    assert all(signed(value) in shown for value in parts_of if value)
    assert words.say("compare.part-adjusted", change="−1") in shown


@pytest.mark.parametrize(("value", "said"), [("5.8", "+5.8"), ("-0.4", "−0.4"), ("0", "0"), ("-1/3", "−≈0.33")])
def test_signed(value: str, said: str) -> None:
    assert signed(Fraction(value)) == said


def test_a_new_edition_says_what_only_one_side_asks() -> None:
    gone = next(row for row in STARS.indicators if row.id == "2.10")
    newer = replace(STARS, indicators=tuple(row for row in STARS.indicators if row is not gone), digest="f" * 64)
    left, right = desk(STARS, *answers(STARS, "0.8")), desk(newer, *answers(newer, "0.8"))
    facts = facts_of(left, right)
    summary = compare.summary(ZH, facts)
    assert ZH.say("compare.editions") in plain(summary.text)
    place = next(
        to for row in summary.rows for b in row if isinstance(to := decode(b.payload), Compared) and to.part == "o"
    )
    assert facts.found
    listed = parts.part(ZH, facts, facts.found, place)
    assert "只有左边有，80%" in plain(listed.text)
    asked = ComparedQuestion(left.ref, right.ref, "2.10/total")
    one = parts.question(ZH, facts, facts.found, asked)
    assert ZH.say("compare.not-asked") in plain(one.text)
    ways = [to for row in one.rows for b in row if isinstance(to := decode(b.payload), places.Why)]
    assert len(ways) == 1, "the right side has no such question"


def _card(at: Desk, question: QuestionId, note: str = "") -> str:
    facts = CardFacts(at, question, "", limits(at), carried_note=note)
    return plain(card.card(ZH, facts).text)


def _confirms(at: Desk, question: QuestionId) -> list[str]:
    rows = card.card(ZH, CardFacts(at, question, "", limits(at))).rows
    assert len(rows) <= 5
    return [b.text for row in rows for b in row if isinstance(decode(b.payload), ConfirmTap)]


def test_a_level_is_confirmed_by_its_number_and_an_alpha_as_it_is_written() -> None:
    new = from_older(desk(PANEL, *answers(PANEL, "0.8")))
    labels = {q.dimension: _confirms(new, q) for q in PANEL.questions}
    assert labels["management"] == [ZH.say("button.confirm-carried", answer="四级")]
    assert labels["service"] == [ZH.say("button.confirm-carried", answer="α 0.80")]


def test_sheets_that_disagreed_are_shown_and_cannot_be_confirmed_by_a_tap() -> None:
    question = QuestionId("2.1", "total")
    row = p.CarriedRow(question, (Rated(Fraction(4, 5), "ratio"), Rated(Fraction(3, 5), "ratio")), 0)
    over = p.CarriedOver("a0", 1, "ab", "audit", "旧单位", 0, (row,), ())
    new = desk(STARS, k.CarryOver(over))
    assert ZH.say("carried.apart", answer="80%、60%") in _card(new, question)
    assert _confirms(new, question) == []
    assert carried.waiting(new) == (question,)
    assert ZH.say("carried.head", name="旧单位", mode="审核", ended=ZH.say("carried.open")) in plain(
        head.head(ZH, new).text
    )


def test_an_answer_and_closing_end_the_waiting() -> None:
    question = QuestionId("2.1", "total")
    older = desk(STARS, *answers(STARS, "0.8"))
    new = from_older(older)
    assert _confirms(new, question) == [ZH.say("button.confirm-carried", answer="80%")]
    assert ZH.say("carried.note", note="旧备注") in _card(new, question, "旧备注")
    assert len(carried.waiting(new)) == 5
    closed = replace(new, own=replace(new.own, status="submitted") if new.own else None)
    assert carried.waiting(closed) == ()
    assert carried.list_button(ZH, closed) == ()


def test_what_one_side_left_open_has_no_effect_yet() -> None:
    left, right = desk(STARS, *answers(STARS, "0.8")), desk(STARS, *answers(STARS, "0.9", skip=["2.10"]))
    facts = facts_of(left, right)
    assert facts.found
    shown = {
        part: plain(parts.part(ZH, facts, facts.found, Compared(left.ref, right.ref, part)).text) for part in ("q", "u")
    }
    assert "2.10" not in shown["q"]
    assert f"80% → {ZH.say('sections.unanswered')}" in shown["u"]
    assert "总分" not in shown["u"].splitlines()[3]
    assert "unfinished" in plain(compare.summary(EN, facts).text)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (ZH, ("企业自评（评价依据）· ", "结论不详 → ", "总分：80 → 60（−20，下降）", "自评的扣分和加分没有交来")),
        (
            EN,
            (
                "The self-assessment handed over · the basis since ",
                "not known → ",
                "80 → 60 (−20, down)",
                "both totals stand before any",
            ),
        ),
    ],
)
def test_beside_what_was_handed_over_totals_stand_before_what_was_decided(words: Words, said: tuple[str, ...]) -> None:
    left, right = desk(SHOP, *answers(SHOP, "0.8")), desk(SHOP, *answers(SHOP, "0.6"), *deduct("一"))
    facts = facts_of_basis(left, right)
    screen = compare.summary(words, facts)
    shown = plain(screen.text)
    assert [one for one in said if one not in shown] == []
    assert words.say("compare.basis-decisions") in shown
    assert words.say("compare.basis-gates") not in shown, "this standard has none"
    places_ = [decode(b.payload) for row in screen.rows for b in row]
    assert {(to.assessment, to.other) for to in places_ if isinstance(to, Compared)} == {(right.ref, BASIS)}
    assert places.Head(right.ref) in places_


@pytest.mark.parametrize(("words", "unknown"), [(ZH, "总分：不详 → 100"), (EN, "Total: not known → 100")])
def test_what_the_rows_do_not_tell_is_called_not_known(words: Words, unknown: str) -> None:
    full = desk(SHOP, *answers(SHOP, "1"))
    facts = replace(facts_of_basis(full, full), untold=frozenset({"total"}))
    assert facts.found
    total = replace(facts.found.dimensions["total"], left=None)
    facts = replace(facts, found=replace(facts.found, dimensions={"total": total}))
    shown = plain(compare.summary(words, facts).text)
    assert unknown in shown
    assert words.say("compare.basis-untold") in shown
    other = facts_of_basis(desk(SHOP, *answers(SHOP, "0.8")), full)
    loose = replace(other, untold=frozenset({"total"}))
    assert loose.found
    listed = plain(parts.part(words, loose, loose.found, Compared(full.ref, BASIS, "q")).text)
    assert words.say("compare.effect-untold") in listed
    assert "+" not in listed


@pytest.mark.parametrize("words", [ZH, EN])
def test_the_basis_stands_among_what_to_compare_with(words: Words) -> None:
    at = desk(STARS)
    screen = compare.pick_other(words, at, Compare(at.ref), [OtherLine(BASIS, "甲公司", "self", 0, 0, "")])
    assert words.say("compare.basis", date=words.date(0)) in plain(screen.text)
    assert decode(screen.rows[0][0].payload) == Compared(at.ref, BASIS)
    hidden = p.BasisTaken("a0", 1, "ab", "甲公司", "hidden", ())
    unrated = replace(at, state=replace(at.state, basis=hidden))
    assert words.say("compare.basis-unrated") in plain(compare.pick_other(words, unrated, Compare(at.ref), []).text)
    assert words.say("compare.basis-unrated") not in plain(screen.text)
