"""A card put together from what was kept says what its template says, whatever is put in."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import Answer, NotApplicable, Rated
from bot.domain.evidence import Finding
from bot.domain.given import Given
from bot.domain.scheme import VETO
from bot.view import card as cards
from bot.view import card_rows
from bot.view.blanks import ASSESSMENT, SEEN, SHEET, blanks, filled, joined, stacked
from bot.view.card import card
from bot.view.drawn import drawn, mark, marked
from bot.view.facts import Desk
from bot.view.parts import Row
from bot.view.ratings import rating_rows
from bot.view.screen import Button, written
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import AT, desk, question_facts, rate, shipped
from tests.view.test_kept import LANGUAGES, NAMES, some_answer, walk
from tests.view.test_kept import drawn as of_walk

EN = Words.of("en")
STARS = scheme("stars")
FINDING = Finding(7, "minor", "text", "", "p1", AT)
LINES = st.text(
    st.sampled_from("a&<>'\" \t\n\r\v\x85\u3000\0{}é星") | st.characters(exclude_categories=["Cs"]), max_size=40
)


@given(LINES | st.sampled_from(("\0line\0", "\0hint\0 <b>", "a\n\n\nb", " a", "a\u3000")), st.booleans())
def test_what_is_put_in_reads_as_the_template_writes_it(line: str, answered: bool) -> None:
    typed = line.strip() or "x"
    facts = question_facts(desk(STARS, *([rate("2.1", "7/10", typed)] if answered else ())), "2.1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cards, "smooth", lambda _: False)
        written = card(EN, facts, line)
    assert card(EN, facts, line) == written


def test_a_mark_in_what_is_put_in_is_only_text() -> None:
    pieces = marked(f"<b>{mark('one')}</b> {mark('two')}{mark('one')}")
    assert drawn(pieces, {"one": "\0two\0<", "two": "&"}) == "<b>\0two\0&lt;</b> &amp;\0two\0&lt;"


ROWS = st.lists(
    st.lists(
        st.builds(
            Button,
            st.text(st.sampled_from('ab"\\,[]\x7f') | st.characters(exclude_categories=["Cs"]), min_size=1),
            st.sampled_from(("1:h", f"1:q:{SHEET}:1/total", f"1:d:{ASSESSMENT}:1", f"1:a:{SHEET}:1/total:v0:{SEEN}")),
            st.sampled_from(("", "danger")),
        ),
        min_size=1,
        max_size=4,
    ).map(tuple),
    min_size=1,
    max_size=4,
)


@given(ROWS, ROWS, st.integers(0, 999))
def test_blank_rows_are_filled_as_the_buttons_are_and_written_so(rows: list[Row], more: list[Row], seen: int) -> None:
    at = desk(STARS)
    names = ((SHEET, at.sheet_ref), (ASSESSMENT, at.ref), (SEEN, str(seen)))
    meant = [*rows[:-1], rows[-1] + more[0], *more[1:]]
    for standing, name in names:
        meant = [tuple(one._replace(payload=one.payload.replace(standing, name)) for one in row) for row in meant]
    parts = [*map(blanks, rows[:-1]), joined(blanks(rows[-1]), blanks(more[0]))]
    below = [stacked(list(map(blanks, more[1:])))] if more[1:] else []
    whole = stacked([*parts, *below])
    kept, form = filled(whole, at, seen)
    assert (list(kept), form) == (meant, written(meant))


def held(at: Desk, answer: Answer | None, revision: int) -> Desk:
    """The desk where every question was answered so, for the so manieth time."""
    assert at.own is not None
    found = {} if answer is None else {q: Given(answer, revision, "p1", 0, 1) for q in at.scheme.questions}
    return replace(at, own=replace(at.own, given=found))


@pytest.mark.parametrize("name", NAMES)
def test_kept_buttons_are_those_that_are_made_for_the_answer(name: str) -> None:
    chance, standard = Random(name), shipped(name)
    for question in standard.questions:
        some = [some_answer(chance, standard, question) for _ in range(6)]
        if question.dimension != VETO:
            some += [Rated(one.value, "ratio", "x") for one in some if isinstance(one, Rated)] + [NotApplicable("no")]
        for answer, revision in ((None, 0), *((one, chance.choice((1, 10, 200))) for one in some)):
            at = held(desk(standard), answer, revision)
            for language in LANGUAGES:
                words = Words.of(language)
                made = card_rows._rating(words, standard, question, card_rows.ticked(at, question))
                kept, form = filled(stacked(made), at, revision)
                assert list(kept) == rating_rows(words, at, question)
                assert form == written(kept)


@pytest.mark.parametrize("seed", range(4))
def test_a_usual_card_is_the_one_that_is_put_together_piece_by_piece(seed: int) -> None:
    """Over answers, notes, questions put off and flagged, and with a finding on a clause."""
    for standard, state, random, view, language in walk(seed):
        own = state.sheets["s1"]
        for question in {random, *own.notes, *own.later, *own.flagged, *own.given}:
            found = {1: replace(FINDING, clause=question.indicator)}
            for now in (state, replace(state, found=found)):
                at = "" if question != random else view
                shown = of_walk(standard, now, question, at, language)
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(cards, "_is_usual", lambda *_: False)
                    assert shown == of_walk(standard, now, question, at, language)
