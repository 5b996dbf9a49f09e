"""What a report says, before any format: figures, histories, and what it refuses."""

from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain.answers import Rated, Veto
from bot.domain.entries import HeaderSet, Noted
from bot.domain.scheme import QuestionId
from bot.export import FORMATS, ReportInputs, file_name, report
from tests.export.story import LEAD, NAMES, OTHER, Story, adjusted, eventful, panelled, story


def inputs(told: Story, upto: int) -> ReportInputs:
    return ReportInputs(told.scheme, told.state, told.id, told.records, NAMES, "zh", "UTC", upto, told.text, 0)


def test_it_shows_the_record_up_to_one_entry() -> None:
    told = eventful()
    upto = len(told.records)
    told.records.append(replace(told.records[-1], header=replace(told.records[-1].header, seq=upto + 1)))
    made = report(inputs(told, upto))
    assert (made.upto, len(made.records), len(made.log)) == (upto, upto, upto)
    assert made.head_hash == told.records[upto - 1].hash


@pytest.mark.parametrize("by", [-1, 1])
def test_it_refuses_a_state_or_records_that_do_not_fit(by: int) -> None:
    told = eventful()
    with pytest.raises(ValueError, match="upto"):
        report(inputs(told, len(told.records) + by))


def test_without_entries_the_head_is_the_genesis() -> None:
    told = story("stars")
    empty = Story(told.scheme, told.text)
    made = report(inputs(empty, 0))
    assert (made.title, made.log, len(made.head_hash)) == ("", (), 64)


def test_each_entry_knows_what_it_replaced() -> None:
    log = eventful().report().log
    renamed = [entry for entry in log if isinstance(entry.body, HeaderSet) and entry.body.field == "organisation"]
    assert [entry.before for entry in renamed] == [
        HeaderSet("organisation", "编造公司"),
        HeaderSet("organisation", "Head organisation <b>&"),
    ]
    revised = next(entry for entry in log if entry.kind == "note-revised")
    assert revised.before == Noted("First note\nsecond line")


def test_margins_measure_both_ways_and_levels_by_their_totals() -> None:
    told = story("panel")
    told.fill(Fraction(17, 20))
    told.do(c.DecideGate("conformity", met=True))
    made = told.report()
    assert made.verdict.outcome is not None
    assert [(m.grade.id, m.dimension.id, int(m.needed), int(m.gap)) for m in made.margins] == [
        ("aaa", "service", 80, 5),
        ("aaa", "management", 9, 3),
        ("aaaa", "service", 90, -5),
    ]
    assert made.bounds is None


def test_bounds_are_there_while_the_outcome_is_open_only() -> None:
    told = story("stars")
    assert told.report().bounds is not None
    told.say("1.1", Veto(raised=True), dimension="veto")
    made = told.report()
    assert (made.bounds, made.margins) == (None, ())
    assert made.verdict.outcome is told.scheme.otherwise


def test_shares_lose_nothing_while_open_and_bars_stay_in_their_frame() -> None:
    told = story("stars")
    told.say("2.1", Rated(Fraction(1, 2), "ratio"))
    shares = {part.section.id: part.shares[0] for part in told.report().sections}
    assert shares["2"].points == 15
    assert (shares["2"].lost, shares["2"].rating, shares["2"].width) == (None, None, 37)
    told.say("3", Rated(Fraction(999, 1000), "ratio"))
    shares = {part.section.id: part.shares[0] for part in told.report().sections}
    assert (shares["3"].lost, shares["3"].rating, shares["3"].width) == (Fraction(1, 25), Fraction(999, 1000), 99)
    nothing = adjusted().report().sections[0].rows[0].questions[0].share
    assert nothing is not None
    assert nothing.of == nothing.lost == nothing.width == 0
    assert nothing.rating is None


def test_sheets_carry_their_own_totals() -> None:
    one, two = panelled().report().sheets
    assert (one.name, one.person, one.totals) == (
        NAMES[LEAD],
        LEAD,
        {"service": Fraction(90), "management": Fraction(12)},
    )
    assert (two.name, two.person, two.round, two.totals) == (NAMES[OTHER], OTHER, "第二轮", {})


def test_answers_in_force_are_those_of_the_fold() -> None:
    told = eventful()
    for part in told.report().sections:
        for row in part.rows:
            for question in row.questions:
                (answer,) = question.answers
                held = told.state.sheets["s-1"].given[question.id]
                assert answer.given is not None
                assert answer.given.header.seq == held.seq
                assert len(answer.history) == held.revision


def test_clauses_that_are_section_and_row_in_one() -> None:
    whole = {part.section.id: part.whole for part in eventful().report().sections}
    assert whole == {"1": False, "2": False, "3": True}


def test_file_names_hold_ids_and_a_date_alone() -> None:
    assert file_name("bjkb-006", "K7M2P", "html", "2026-05-01") == "bjkb-006-K7M2P-2026-05-01.html"
    assert file_name("../x", "a/b\0", "json", "2026-05-01") == "x-a-b-2026-05-01.json"
    with pytest.raises(KeyError):
        file_name("bjkb-006", "K7M2P", "exe", "2026-05-01")
    assert file_name("bjkb-006", "K7M2P", "bundle", "2026-05-01", 2, 3) == "bjkb-006-K7M2P-2026-05-01-2of3.zip"
    assert [(name, f.ending) for name, f in FORMATS.items()] == [
        ("pdf", "pdf"),
        ("word", "docx"),
        ("excel", "xlsx"),
        ("html", "html"),
        ("csv", "csv"),
        ("json", "json"),
        ("bundle", "zip"),
    ], "in the order in which people want them"


def test_a_later_answer_is_not_in_an_earlier_report() -> None:
    told = story("stars")
    told.say("2.1", Rated(Fraction(1, 2), "ratio"))
    before = told.report()
    told.say("2.1", Rated(Fraction(1), "ratio"))
    after = told.report()
    hotline = QuestionId("2.1", "total")
    assert before.card.questions[hotline].points == 15
    assert after.card.questions[hotline].points == 30
