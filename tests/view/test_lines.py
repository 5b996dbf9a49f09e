import inspect
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from bot.domain.answers import Form, NotApplicable, Rated, Veto
from bot.domain.blind import Outline
from bot.domain.entries import HEADER_FIELDS, MeasureSet
from bot.domain.scheme import VETO, QuestionId
from bot.view import blind_lines, carried_lines, lines, path_lines
from bot.view.outlook import outlook
from bot.view.said import LIMIT
from bot.view.said import said as said_of
from bot.view.values import earned
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import NASTY, desk, limits, rate

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP, SITES = scheme("stars"), scheme("shop"), scheme("sites")
Q = QuestionId("2.1", "total")


def test_what_was_saved_is_said_with_its_points_and_how_it_was_understood() -> None:
    rated = Rated(Fraction(7, 10), "ratio", "21/30")
    assert lines.saved_answer(ZH, STARS, Q, rated) == "✓ 已保存 2.1：70% → 21/30 分（您输入的是“21/30”）"
    assert lines.answer_revised(EN, STARS, Q, rated) == "✓ Changed 2.1: 70% → 21/30 pts (you typed “21/30”)"
    veto = QuestionId("1.1", "veto")
    assert lines.saved_answer(ZH, STARS, veto, Veto(raised=True)) == "✓ 已保存 1.1：有违法"


def test_the_same_answer_again_is_not_called_saved_now() -> None:
    assert "✓" not in lines.already_saved(ZH, STARS, Q, Rated(Fraction(1), "ratio"))


@pytest.mark.parametrize("again", [1, 2])
def test_what_is_kept_of_a_rating_is_what_would_be_said_of_it(again: int) -> None:
    """again: first made, then kept; of the same value in another form, question, standard and language."""
    values = (Fraction(0), Fraction(1, 5), Fraction(17, 20), Fraction(1), Fraction(1, 3), Fraction(8537, 10000))
    forms: tuple[Form, ...] = ("ratio", "alpha")
    for standard, value, form, words in product((STARS, SHOP), values, forms, (ZH, EN)):
        for question in (one for one in standard.questions if one.dimension != VETO):
            rated = Rated(value, form)
            shown = words.answer(standard, question, rated) + earned(words, standard, question, rated)
            assert said_of(words, standard, question, rated, 160) == shown, again
            assert said_of(words, standard, question, rated, 1).startswith("…"), "another limit is another text"
            for key, line in (("saved", lines.saved_answer), ("already-saved", lines.already_saved)):
                told = words.say(f"line.{key}", clause=question.indicator, answer=shown)
                assert line(words, standard, question, rated) == told


def test_few_ratings_are_kept() -> None:
    at = replace(STARS)
    for under in range(1, 400):
        lines.saved_answer(EN, at, Q, Rated(Fraction(under - 1, under), "ratio"))
    assert len(at.kept) <= 2 * 101


def test_an_outlook_from_ones_own_answers_says_so_and_no_other_does() -> None:
    at = desk(STARS, rate("2.1", "1/5"))
    said_of_all = outlook(EN, at, limits(at))
    own = outlook(EN, replace(at, panel=True, blind=True), limits(at))
    assert own == EN.say("outlook.own", said=said_of_all)
    assert outlook(EN, replace(at, panel=True), limits(at)) == outlook(EN, at, limits(at)) == said_of_all
    assert outlook(EN, replace(at, hidden=(Outline("s2", "p2", "", "open", 0, 1),)), limits(at)) != said_of_all


@pytest.mark.parametrize("words", [ZH, EN])
def test_the_tick_stands_only_where_something_was_recorded(words: Words) -> None:
    ticked = {name for name, said in _every(words) if "✓" in said}
    assert ticked == {
        "saved_answer",
        "answer_revised",
        "notes_saved",
        "note_revised",
        "field_saved",
        "field_emptied",
        "begun",
        "begun_from",
        "closed",
        "sheet_submitted",
        "rating_upheld",
        "reconsideration_asked",
        "kept",
        *DECIDED,
    }


DECIDED = (
    "gate_decided",
    "finding_added",
    "findings_none",
    "bonus_decided",
    "decision_revised",
    "measure_saved",
    "population_saved",
    "sheet_opened",
    "sheet_set_aside",
)


def test_what_was_agreed_is_said_with_its_figures() -> None:
    counts = MeasureSet("A", "2026-10", 48, 50)
    assert lines.gate_decided(ZH, SITES, "conformity", met=False) == "✓ 已保存 符合性：不，有不符合"
    assert lines.finding_added(EN, 1) == "✓ Recorded: 1 finding"
    assert lines.bonus_decided(ZH, Fraction(1, 2)) == "✓ 已保存：加 0.5 分"
    assert lines.bonus_decided(ZH, Fraction(0)) == "✓ 已保存：不加分"
    assert lines.measure_saved(ZH, SITES, "A", counts) == "✓ 已保存 接通率 2026-10：48/50 = 96%，达到目标 85%"
    assert lines.population_saved(ZH, SITES, 9, 6) == "✓ 已保存：项目共 9 个，至少评 6 个"
    assert lines.sheet_opened(ZH, "东城项目") == "✓ 已开始：东城项目"
    assert lines.sheet_opened(ZH, "") == "✓ 已开始：主评价表"


@pytest.mark.parametrize("words", [ZH, EN])
def test_a_line_is_short_enough_for_a_toast_and_never_empty(words: Words) -> None:
    said = dict(_every(words))
    assert {
        name
        for name, _ in [
            *inspect.getmembers(lines, inspect.isfunction),
            *inspect.getmembers(blind_lines, inspect.isfunction),
            *inspect.getmembers(path_lines, inspect.isfunction),
            *inspect.getmembers(carried_lines, inspect.isfunction),
        ]
        if _ours(name)
    } == set(said)
    assert {name: text for name, text in said.items() if not 0 < len(text) <= LIMIT} == {}


@pytest.mark.parametrize("kind", [*lines.KINDS, "dice"])
def test_what_cannot_be_kept_is_named(kind: str) -> None:
    assert lines.not_taken(ZH, kind).startswith("没有保存")
    assert lines.not_taken(EN, kind).startswith("Not saved")


@pytest.mark.parametrize("field", HEADER_FIELDS)
def test_a_field_is_named(field: str) -> None:
    assert lines.field_saved(ZH, field) != lines.field_saved(ZH, "name") or field == "name"


def _ours(name: str) -> bool:
    modules = [module for module in (lines, blind_lines, path_lines, carried_lines) if hasattr(module, name)]
    ours = any(getattr(module, name).__module__ == module.__name__ for module in modules)
    return not name.startswith("_") and ours and name != "format_name"


def _every(words: Words) -> Iterator[tuple[str, str]]:
    na = NotApplicable(NASTY)
    question = QuestionId("5.2.1", "total")
    for word in (lines.saved_answer, lines.already_saved, lines.answer_revised):
        yield word.__name__, word(words, SHOP, question, na)
    yield "notes_saved", lines.notes_saved(words, Q, 2)
    yield "note_revised", lines.note_revised(words, Q)
    yield "note_revised", lines.note_revised(words, None)
    yield "field_saved", lines.field_saved(words, "scope")
    yield "field_emptied", lines.field_emptied(words, "scope")
    for on in (True, False):
        yield "postponed", lines.postponed(words, Q, on=on)
        yield "flagged", lines.flagged(words, Q, on=on)
        yield "archived", lines.archived(words, on=on)
    for n in (1, 2):
        yield "dropped", lines.dropped(words, n)
    yield "not_taken", lines.not_taken(words, "sticker")
    yield "not_by_hand", lines.not_by_hand(words)
    yield "crowded", lines.crowded(words)
    yield "rating_upheld", blind_lines.rating_upheld(words, Q)
    yield "reconsideration_asked", blind_lines.reconsideration_asked(words, Q)
    yield "edit_not_understood", lines.edit_not_understood(words, Q)
    yield "file_caption", lines.file_caption(words, "html", 42)
    yield from _decided(words)
    yield from _tried(words)
    yield "zone_set", lines.zone_set(words, "Asia/Tokyo")
    for word_alone in (
        carried_lines.begun_from,
        carried_lines.begun_from_before,
        lines.begun,
        lines.closed,
        lines.already_closed,
        lines.deleted,
        lines.unchanged,
        lines.waiting_text_changed,
        lines.which,
        lines.no_rating,
        lines.not_asked,
        lines.no_sheet,
        lines.nothing_waits,
        lines.gone,
        lines.language_set,
        lines.welcome,
        lines.none_yet,
        lines.unknown_command,
        lines.file_coming,
        lines.not_saved,
        lines.storage_full,
        blind_lines.sheet_begun_already,
        blind_lines.sheet_submitted,
        blind_lines.already_submitted,
        blind_lines.submit_first,
        lines.not_whole,
    ):
        yield word_alone.__name__, word_alone(words)


def _tried(words: Words) -> Iterator[tuple[str, str]]:
    yield "impossible", path_lines.impossible(words, "2.1")
    yield "possible", path_lines.possible(words, "2.1")
    yield "costs", path_lines.costs(words, "2.1", Fraction(7, 20))
    yield "trying", path_lines.trying(words, SHOP, QuestionId("5.2.1", "total"), NotApplicable(NASTY))
    yield "not_trying", path_lines.not_trying(words, Q)
    yield "changed", path_lines.changed(words, [QuestionId(f"5.2.3.{n}", "total") for n in range(99)])
    for n in (1, 79):
        yield "plan_tried", path_lines.plan_tried(words, n)
        yield "kept", path_lines.kept(words, n)
    for said in (
        path_lines.unmarked,
        path_lines.decision_tried,
        path_lines.nothing_to_keep,
        path_lines.dropped_tries,
        path_lines.no_rating_to_try,
    ):
        yield said.__name__, said(words)


def _decided(words: Words) -> Iterator[tuple[str, str]]:
    for met in (True, False):
        yield "gate_decided", lines.gate_decided(words, SITES, "conformity", met=met)
    for n in (1, 2):
        yield "finding_added", lines.finding_added(words, n)
        yield "bonus_decided", lines.bonus_decided(words, Fraction(n - 1))
    yield "findings_none", lines.findings_none(words)
    yield "decision_revised", lines.decision_revised(words)
    yield "measure_saved", lines.measure_saved(words, SITES, "A", MeasureSet("A", "2026-10", 10**9 - 1, 10**9))
    yield "population_saved", lines.population_saved(words, SITES, 10**9, 56_921)
    yield "sheet_opened", lines.sheet_opened(words, NASTY)
    yield "sheet_set_aside", lines.sheet_set_aside(words)
