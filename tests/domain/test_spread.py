"""Where submitted sheets disagree, and in which order the lead sees it; habits of filling in."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.domain import entries as e
from bot.domain.answers import Answer
from bot.domain.habits import LEAST, Habits, habits
from bot.domain.scheme import Scheme
from bot.domain.spread import Disagreement, disagreements, uneven_sets
from bot.domain.state import AssessmentState, fold
from tests.domain.build import KEPT, NA, RAISED, F, entry, panel, projects, q, rated, shop, stars

STARS = ("1.2", "1.2.1", "2.1", "2.10")


def submitted(
    *sheets: Mapping[str, Answer], covers: tuple[str, ...] = ("total",), rounds: tuple[str, ...] = ("",) * 9
) -> AssessmentState:
    """Sheets s1, s2 ... of p1, p2 ..., all submitted."""
    log = [entry(1, e.Created("made-up", "audit", "甲公司"), sheet="")]
    for number, answers in enumerate(sheets, start=1):
        own = {"sheet": f"s{number}", "person": f"p{number}"}
        log.append(entry(len(log) + 1, e.SheetOpened(rounds[number - 1], covers), **own))
        for question, answer in answers.items():
            log.append(entry(len(log) + 1, e.AnswerGiven(answer), question=question, **own))
        log.append(entry(len(log) + 1, e.SheetSubmitted(), **own))
    return fold(AssessmentState(), log)


def stars_sheet(*values: str | int, veto: Answer = KEPT) -> dict[str, Answer]:
    return {"1.1/veto": veto, **{row: rated(value) for row, value in zip(STARS, values, strict=True)}}


def asked(scheme: Scheme, state: AssessmentState) -> list[str]:
    return [str(one.question) for one in disagreements(scheme, state)]


def test_equal_sheets_do_not_disagree() -> None:
    assert disagreements(stars(), submitted(stars_sheet(1, 1, 1, 1), stars_sheet(1, 1, 1, 1))) == ()
    assert disagreements(stars(), submitted(stars_sheet(1, 1, 1, 1))) == ()


def test_the_effect_is_the_way_of_the_mean_between_all_lowest_and_all_highest() -> None:
    state = submitted(stars_sheet(1, "1/2", 1, 1), stars_sheet(1, 1, 1, 1))
    ratings = {"s1": rated("1/2"), "s2": rated(1)}
    assert disagreements(stars(), state) == (
        Disagreement(q("1.2.1"), ratings, F(1, 2), F(10), decides=False, uneven=False),
    )


def test_those_that_decide_the_grade_come_first_then_the_widest_effect() -> None:
    # The mean is 94.5: 1.2 moves it from 89.5, below gold, to 99.5; 2.10 from 94 to 95.
    state = submitted(stars_sheet(0, 1, 1, 1), stars_sheet(1, 1, 1, "39/40"))
    found = disagreements(stars(), state)
    assert [(str(one.question), one.effect, one.decides) for one in found] == [
        ("1.2/total", F(10), True),
        ("2.10/total", F(1), False),
    ]
    wide = submitted(stars_sheet(0, 1, "2/3", 0), stars_sheet(1, 1, 0, 0))
    assert asked(stars(), wide) == ["2.1/total", "1.2/total"]


def test_a_veto_that_one_alone_raised_leads_the_list() -> None:
    state = submitted(stars_sheet(0, 1, 1, 1), stars_sheet(1, 1, 1, 1, veto=RAISED))
    assert asked(stars(), state)[0] == "1.1/veto"
    assert disagreements(stars(), state)[0].decides


def test_open_and_set_aside_sheets_are_not_compared() -> None:
    state = submitted(stars_sheet(0, 1, 1, 1), stars_sheet(1, 1, 1, 1))
    aside = fold(state, [entry(99, e.SheetSetAside("换人"), sheet="s2")])
    assert disagreements(stars(), aside) == ()
    begun = fold(aside, [entry(100, e.SheetOpened("", ("total",)), sheet="s3", person="p3")])
    again = fold(begun, [entry(101, e.AnswerGiven(rated(0)), question="1.2.1", sheet="s3", person="p3")])
    assert disagreements(stars(), again) == ()


def test_where_one_says_not_applicable_it_is_pointed_out() -> None:
    rows = {"1.1": rated(1), "1.2": rated(1), "2.1": rated(1)}
    state = submitted(rows, {**rows, "1.2": NA})
    (one,) = disagreements(shop(), state)
    assert (one.question, one.spread, one.uneven) == (q("1.2"), F(0), True)
    assert uneven_sets(state)
    assert not uneven_sets(submitted(rows, rows))
    assert disagreements(shop(), submitted({**rows, "1.2": NA}, {**rows, "1.2": NA})) == ()


def test_without_a_total_there_is_no_effect_yet() -> None:
    half = {"1.2": rated(0)}
    (one,) = disagreements(stars(), submitted(half, {"1.2": rated(1)}))
    assert (one.spread, one.effect) == (F(1), None)


def test_gates_that_nobody_decided_yet_are_taken_for_confirmed() -> None:
    """Decisions are often made last: until then nothing would decide the grade."""
    plan: dict[str, Answer] = {f"{row}/management": rated(1, "level") for row in ("M.1", "M.2", "M.3")}
    service: dict[str, Answer] = {"S.1/service": rated(1, "alpha"), "S.2/service": rated(1, "alpha")}
    other = {**service, "S.2/service": rated(0, "alpha")}
    state = submitted({**plan, **service}, {**plan, **other}, covers=("service", "management"))
    (one,) = disagreements(panel(), state)
    assert (str(one.question), one.effect, one.decides) == ("S.2/service", F(60), True)
    refused = fold(state, [entry(99, e.GateDecided("conformity", met=False), sheet="", revision=1)])
    assert [one.decides for one in disagreements(panel(), refused)] == [True], "row one needs no gate"


def test_projects_are_compared_with_the_same_project_alone() -> None:
    low: dict[str, Answer] = {f"{row}/service": rated(0, "alpha") for row in ("1.2", "2.1", "2.2")}
    high: dict[str, Answer] = {f"{row}/service": rated(1, "alpha") for row in ("1.2", "2.1", "2.2")}
    two = submitted(low, high, covers=("service",), rounds=("一号项目", "二号项目"))
    assert disagreements(projects(), two) == ()
    one = submitted(low, high, covers=("service",), rounds=("一号项目", "一号项目"))
    assert {str(found.question) for found in disagreements(projects(), one)} == {*low}


# ------------------------------------------------------------ habits


def filled(values: Sequence[str | int], times: Sequence[int]) -> Habits:
    log = [entry(1, e.Created("made-up", "audit", "甲公司"), sheet=""), entry(2, e.SheetOpened("", ("total",)))]
    for number, (value, at) in enumerate(zip(values, times, strict=True)):
        log.append(entry(3 + number, e.AnswerGiven(rated(value)), question=f"{number}", at=at * 1000))
    return habits(fold(AssessmentState(), log).sheets["s1"])


def test_few_answers_say_nothing() -> None:
    assert filled([], []) == Habits(0, 0, 0, straight=False, quick=False)
    few = filled([1] * (LEAST - 1), list(range(LEAST - 1)))
    assert (few.same, few.seconds, few.straight, few.quick) == (LEAST - 1, 1, False, False)


def test_nine_of_ten_alike_is_a_straight_line() -> None:
    times = [60 * n for n in range(10)]
    assert filled([1] * 9 + [0], times) == Habits(10, 9, 60, straight=True, quick=False)
    assert not filled([1] * 8 + [0, 0], times).straight


def test_the_pace_is_the_median_and_a_pause_does_not_hide_it() -> None:
    times = [0, 2, 4, 6, 8, 3600, 3602, 3604, 3606, 3608]
    assert sorted(after - before for before, after in pairwise(times))[4] == 2
    quick = filled([f"{n % 5}/5" for n in range(10)], times)
    assert (quick.seconds, quick.quick, quick.straight) == (2, True, False)
    assert not filled([0] * 10, [5 * n for n in range(10)]).quick
