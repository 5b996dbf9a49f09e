"""How firmly a result stands, in words: what the next grade lacks, and which single answers hold this one up."""

from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain import panel_commands as k
from bot.domain.answers import Veto
from bot.domain.margin import margin
from bot.domain.scales import Language
from bot.domain.scheme import VETO
from bot.export.paper import paper
from bot.export.paper_parts import Items, Paper, Para
from bot.export.paper_result import MOST_FRAGILE
from bot.library.load import load
from bot.paths import schemes_dir
from tests.export.story import LEAD, NAMES, Story, adjusted, eventful, panelled, story

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def lines(of: Paper) -> list[str]:
    """The chapter's paragraphs and items."""
    (chapter,) = [one for one in of.parts if one.ident == "result"]
    found = []
    for block in chapter.blocks:
        held = (block.line,) if isinstance(block, Para) else block.items if isinstance(block, Items) else ()
        found += ["".join(run.text for run in line) for line in held]
    return found


def firm(told: Story, language: Language = "en") -> list[str]:
    """The lines behind the reasons."""
    return lines(paper(told.report(language)))[len(told.report().verdict.reasons) :]


def test_the_report_holds_what_the_domain_computes() -> None:
    told = eventful()
    assert told.report().stands == margin(
        told.scheme, [one.sheet() for one in told.state.counted], told.state.decisions
    )
    assert panelled().report().stands is None, "something is open"


def test_a_firm_result_says_so_and_what_lacks() -> None:
    assert firm(eventful()) == [
        "Short of Gold: Total by 7.17 (now 82.83, needs 90).",
        "No single rating a step lower would lose this result.",
        "A veto raised at any of these clauses would lose it too: 1.1.",
    ]
    assert firm(eventful(), "zh")[0] == "到金级还差：总分 7.17（现为 82.83，要 90）。"


def test_a_result_on_the_edge_names_the_answers_that_hold_it() -> None:
    edge = story("stars")
    edge.fill(Fraction(7, 10))
    found = firm(edge)
    assert found[1].startswith("Any one of these answers a step lower")
    assert found[2:6] == [
        "1.2 Public promise: 70% → 60%: the result would be Bronze",
        "2.1 [Hotline]: 70% → 60%: the result would be Bronze",
        "2.10 [Visits]: 70% → 60%: the result would be Bronze",
        "3 Improvement: 70% → 60%: the result would be Bronze",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_answers_ten_are_named_and_the_rest_counted(language: Language) -> None:
    loaded, problems = load(schemes_dir() / "bjkb-006.yaml")
    assert loaded, problems
    edge = Story(loaded.scheme, loaded.text)
    edge.begin()
    edge.fill(Fraction(7, 10))
    found = firm(edge, language)
    rated = len(loaded.scheme.questions) - len(loaded.scheme.vetoes)
    assert rated > MOST_FRAGILE
    named = [line for line in found if "70% → 60%" in line]
    assert [line.split()[0] for line in named] == [q.indicator for q in loaded.scheme.questions[1 : MOST_FRAGILE + 1]]
    assert (f"另有 {rated - 10} 项" if language == "zh" else f"and {rated - 10} more") in found


def test_no_result_no_answers_that_hold_it_up() -> None:
    vetoed = story("stars")
    vetoed.say("1.1", Veto(raised=True), dimension=VETO)
    vetoed.fill(Fraction(7, 10))
    assert firm(vetoed) == ["Short of Bronze: no veto may be raised."]


def test_gates_levels_and_deductions_are_named() -> None:
    gated = story("panel")
    gated.fill(Fraction(1))
    gated.do(c.DecideGate("conformity", met=False))
    assert "Conformity must be confirmed" in firm(gated)[0]
    low = story("sites")
    low.fill(Fraction(4, 5))
    low.do(c.OpenSheet("s-2", "Site", ("service",)))
    low.fill(Fraction(1), "s-2")
    low.do(c.DecideGate("conformity", met=True))
    assert firm(low)[:3] == [
        "Short of Five-star: Management by 10 (now Level 4, needs Level 5).",
        "Any one of these answers a step lower, all else the same, would lose this result:",
        f"1.1 [Rules] · Management · {NAMES[LEAD]}: Level 4 → Level 3: the result would be Three-star",
    ]
    many = adjusted()
    for number in range(3):
        many.do(k.RecordFinding("deduction", f"More {number}"))
    assert "fewer than 5 deductions (now 5)" in firm(many)[0]
