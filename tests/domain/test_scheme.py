from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain.scheme import QuestionId
from tests.domain.build import panel, q, sites, stars


def test_questions_stand_in_clause_order_and_a_row_of_two_dimensions_gives_two() -> None:
    assert [str(question) for question in stars().questions] == [
        "1.1/veto",
        "1.2/total",
        "1.2.1/total",
        "2.1/total",
        "2.10/total",
    ]
    assert [str(question) for question in sites().questions] == [
        "1.1/management",
        "1.2/management",
        "1.2/service",
        "2.1/management",
        "2.1/service",
        "2.2/management",
        "2.2/service",
    ]


def test_a_sheet_asks_what_it_covers_and_every_veto_row() -> None:
    assert stars().covered(frozenset()) == (q("1.1/veto"),) == stars().vetoes
    assert sites().covered(frozenset({"service"})) == (q("1.2/service"), q("2.1/service"), q("2.2/service"))


def test_what_sheets_ask_is_kept_for_the_scheme_s_own_dimensions_alone() -> None:
    scheme = replace(sites())
    sets = [frozenset(names) for names in (("service",), ("management",), ("management", "service"), ())]
    for _ in range(2):  # as found, and as kept
        for names in sets:
            asked = tuple(one for one in scheme.questions if one.dimension in {*names, "veto"})
            assert scheme.covered(names) == asked
    for n in range(100):
        assert scheme.covered(frozenset({"service", f"made-up-{n}"})) == scheme.covered(frozenset({"service"}))
    assert len(scheme.kept) == len(sets)


@pytest.mark.parametrize("text", ["4.2.1/total", "S.1.1/service", "a/b/total"])
def test_a_question_reads_as_it_writes(text: str) -> None:
    assert str(QuestionId.parse(text)) == text
    assert QuestionId.parse("a/b/total") == QuestionId("a/b", "total")


def test_a_question_without_a_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^4\.2\.1$"):
        QuestionId.parse("4.2.1")


def test_what_stands_within_a_section() -> None:
    scheme = stars()
    assert [row.id for row in scheme.within("1")] == ["1.1", "1.2", "1.2.1"]
    assert [row.id for row in scheme.within("1.2")] == ["1.2.1"]
    assert scheme.ancestors["1.2"] == ("1.2", "1")
    assert scheme.section_by_id["1.2"].parent == "1"


def test_the_most_that_a_dimension_can_reach() -> None:
    assert stars().maximum("total") == 100
    assert panel().maximum("service") == 100
    assert panel().maximum("management") == 15
    assert sites().maximum("service") == 100
    assert sites().worth("service") == 20


def test_points_and_scale_of_a_question() -> None:
    scheme = stars()
    assert scheme.points_of(q("2.10")) == 40
    assert scheme.points_of(q("1.1/veto")) == Fraction(0)
    assert scheme.scale_of(q("2.10")).kind == "ratio"
    with pytest.raises(KeyError):
        scheme.scale_of(q("1.1/veto"))
