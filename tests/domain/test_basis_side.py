"""A self-assessment that was handed over, beside the audit: every mean exact, and nothing claimed that is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest

from bot.domain.answers import Answer, Decisions, NotApplicable, Sheet
from bot.domain.basis_side import FromBasis, from_basis, rated, state_of
from bot.domain.compare import Side, compare
from bot.domain.panel_entries import BasisRow, BasisTaken, Shown
from bot.domain.scheme import Scheme
from bot.domain.scoring import score
from tests.domain import small
from tests.domain.build import KEPT, NA, RAISED, F, filled, level, panel, q, shop, stars
from tests.domain.build import rated as at


def basis(rows: Mapping[str, Sequence[Answer]], ratings: Shown = "shown") -> BasisTaken:
    told = tuple(BasisRow(q(name), tuple(answers), ("备注",)) for name, answers in rows.items())
    return BasisTaken("a0", 9, "ab", "甲公司", ratings, told)


def handed(sheets: Sequence[Sheet]) -> BasisTaken:
    """As basis_of makes it: a sheet that did not answer leaves no place."""
    questions = dict.fromkeys(question for sheet in sheets for question in sheet.answers)
    return basis({str(one): [sheet.answers[one] for sheet in sheets if one in sheet.answers] for one in questions})


def beside(standard: Scheme, self_: BasisTaken, value: str = "0.6", decisions: Decisions | None = None) -> FromBasis:
    return from_basis(self_, Side(standard, [filled(standard, value)], decisions or Decisions()))


def test_of_one_sheet_it_is_that_sheet() -> None:
    standard = stars()
    left, right = filled(standard, "0.8"), filled(standard, "0.6")
    made = beside(standard, handed([left])).found
    other = compare(Side(standard, [left], Decisions()), Side(standard, [right], Decisions()))
    assert made == other
    assert (made.dimensions["total"].left, made.dimensions["total"].change) == (F(80), F(-20))
    assert [one.outcome.id for one in made.verdicts if one.outcome] == ["silver", "bronze"]
    assert [str(one.question) for one in made.by_effect(standard)] == [
        "2.10/total",
        "2.1/total",
        "1.2.1/total",
        "1.2/total",
    ]
    assert made.sections["2", "total"].percents == (F(80), F(60))


def test_of_several_answers_it_is_the_mean_and_a_missing_one_is_open() -> None:
    rows: dict[str, list[Answer]] = {
        "1.1/veto": [KEPT, KEPT],
        "1.2": [at("0.8"), at("0.5")],
        "2.1": [at("0.9")],
        "2.10": [at(1), at("0.2")],
    }
    made = beside(stars(), basis(rows)).found
    said = {name: made.questions[q(name)][0] for name in rows}
    assert {name: (one.rating, one.open) for name, one in said.items()} == {
        "1.1/veto": (None, 0),
        "1.2": (F("0.65"), 0),
        "2.1": (F("0.9"), 1),
        "2.10": (F("0.6"), 0),
    }
    assert made.questions[q("1.2.1")][0].open == 2
    assert "2.10/total" not in {str(one.question) for one in made.differences}, "0.6 on both sides"
    assert made.dimensions["total"].left is None
    assert made.verdicts[0].outcome is None


def test_dimensions_have_sheets_of_their_own_number() -> None:
    rows = {"S.1": 1, "S.2": 1, "M.1": 2, "M.2": 2, "M.3": 2}
    dimension = {"S": "service", "M": "management"}
    taken = basis(
        {
            f"{name}/{dimension[name[0]]}": [at("0.7", "alpha")] if count == 1 else [level(3), level(4)]
            for name, count in rows.items()
        }
    )
    made = beside(panel(), taken, "0.6", Decisions(gates={"conformity": True})).found
    assert {name: one.left for name, one in made.dimensions.items()} == {"service": F(70), "management": F("10.5")}
    assert all(said.open == 0 for said, _ in made.questions.values())
    assert made.verdicts[0].outcome is None, "whether the gate was met was not handed over"
    assert {(one.alone, one.decides) for one in made.differences} == {(None, False)}


def test_both_totals_stand_before_deductions_and_bonus() -> None:
    made = beside(shop(), handed([filled(shop(), "0.9")]), "0.6", Decisions(deductions=3, bonus=F(1))).found
    total = made.dimensions["total"]
    assert (total.left, total.right, total.change, total.adjusted) == (F(90), F(60), F(-30), F(0))
    assert total.differences == F(-30)
    assert made.verdicts[0].outcome is None
    assert made.verdicts[1].outcome is not None


def test_a_raised_veto_decides_whatever_else_is_not_known() -> None:
    made = beside(stars(), basis({"1.1/veto": [KEPT, RAISED]})).found
    assert made.verdicts[0].outcome == stars().otherwise


def test_where_shares_of_sheets_are_not_known_no_total_is() -> None:
    rows: dict[str, list[Answer]] = {"1.1": [NA, at("0.5")], "1.2": [at("0.2"), at("0.8")], "2.1": [at(1), at("0.4")]}
    plain = replace(shop(), adjustments=None)
    made = beside(plain, basis(rows))
    assert made.untold == {"total"}
    assert made.found.dimensions["total"].left is None
    assert made.found.verdicts[0].outcome is None
    assert not any(one.decides or one.alone for one in made.found.differences)
    assert made.found.questions[q("1.2")][0].rating == F("0.5")
    both = beside(plain, basis({**rows, "1.1": [NA, NA]}))
    assert both.untold == frozenset()
    assert both.found.dimensions["total"].left == F(1, 2) * (F(6 + 60, 90) + F(24 + 24, 90)) * 100


def test_what_is_claimed_is_so_whichever_sheet_an_answer_came_from() -> None:
    """Sheets by chance, complete or not: a claimed total is the real one, a mean always."""
    rng = Random(4)
    claimed = untold = 0
    for _ in range(200):
        standard = replace(small.standard(rng, rows=4), gates={}, adjustments=None, grades=())
        sheets = small.sheets(rng, standard, lacking=rng.choice([0, 0, 0.2]))
        side = Side(standard, [filled(standard, "0.6")], Decisions())
        made = from_basis(handed(sheets), side)
        real, card = compare(Side(standard, sheets, Decisions()), side), score(standard, sheets, Decisions())
        assert {question: said.rating for question, (said, _) in made.found.questions.items()} == {
            question: said.rating for question, (said, _) in real.questions.items()
        }
        untold += len(made.untold)
        for name, change in made.found.dimensions.items():
            if change.left is not None and card.dimensions[name].before is not None:
                claimed += 1
                assert change.left == card.dimensions[name].before
                mine = {one.question: one.effect for one in made.found.differences if one.question.dimension == name}
                assert mine == {one.question: one.effect for one in real.differences if one.question.dimension == name}
    assert claimed > 50
    assert untold > 5


def test_answers_may_change_places_where_a_total_is_claimed() -> None:
    rng = Random(5)
    for _ in range(60):
        standard = replace(small.standard(rng, rows=4), gates={}, adjustments=None, grades=())
        taken = handed(small.sheets(rng, standard, lacking=0))
        turned = replace(
            taken, rows=tuple(replace(row, answers=row.answers[:: rng.choice((1, -1))]) for row in taken.rows)
        )
        one, other = beside(standard, taken), beside(standard, turned)
        assert one.untold == other.untold
        assert one.found.dimensions.keys() == other.found.dimensions.keys()
        assert {name: each.left for name, each in one.found.dimensions.items()} == {
            name: each.left for name, each in other.found.dimensions.items()
        }


@pytest.mark.parametrize(
    ("taken", "offered"),
    [
        (None, False),
        (basis({}), False),
        (basis({"1.2": []}), False),
        (basis({"1.2": []}, "hidden"), False),
        (basis({"1.2": [at("0.5")]}), True),
    ],
)
def test_without_ratings_there_is_nothing_to_compare(taken: BasisTaken | None, offered: bool) -> None:
    assert rated(taken) == offered


def test_notes_are_kept_even_where_nothing_was_rated() -> None:
    state = state_of(stars(), basis({"1.2": [at("0.5")], "2.1": []}))
    (sheet,) = state.counted
    assert [note.text for note in sheet.notes[q("2.1")]] == ["备注"]
    assert state.name == "甲公司"
    assert not any(isinstance(answer, NotApplicable) for answer in sheet.sheet().answers.values())
