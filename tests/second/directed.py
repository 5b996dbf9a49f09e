"""Answers files at each threshold and a millionth below it, with the outcome typed by hand from the standards.

A case is (name, answers file, outcome). It must not know `bot` or a scheme file.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from tests.second import bjkb, dnisc, jccqb, tbsc
from tests.second.values import MILLIONTH

Case = tuple[str, dict[str, Any], str]
Answers = dict[str, dict[str, Any]]


def even(weights: Mapping[str, int], wanted: Fraction, of: int, kind: str = "ratio") -> Answers:
    """The same rating in every row, except that the last carries what is below a round share of the sum."""
    share = Fraction(round(wanted * 20 / of), 20)
    last = list(weights)[-1]
    rest = (wanted - share * sum(weights.values())) / weights[last]
    ratings = dict.fromkeys(weights, share) | {last: share + rest}
    return {row: {kind: str(value)} for row, value in ratings.items()}


def _file(scheme: str, *sheets: Answers, **more: Any) -> dict[str, Any]:
    listed = [{"name": f"P{place}", "answers": answers} for place, answers in enumerate(sheets)]
    return {"scheme": scheme, "assessors": listed, **more}


def bjkb_cases(scheme: str) -> Iterator[Case]:
    """70, 80, 90, 95 and below; nothing at all is one star; a veto takes any grade."""
    bounds = ((70, "two", "one"), (80, "three", "two"), (90, "four", "three"), (95, "five", "four"))
    quiet: Answers = {"4.1.1": {"veto": False}}
    for bound, there, below in bounds:
        at, under = (even(bjkb.POINTS, bound - less, 100) for less in (Fraction(0), MILLIONTH))
        over = even(bjkb.POINTS, bound + MILLIONTH, 100)
        yield f"{bound}", _file(scheme, at | quiet), f"{there}-star"
        yield f"{bound} less a millionth", _file(scheme, under | quiet), f"{below}-star"
        yield f"{bound}, mean of two", _file(scheme, under | quiet, over | quiet), f"{there}-star"
        yield f"{bound}, mean less half a millionth", _file(scheme, under | quiet, at | quiet), f"{below}-star"
    full, nothing = (even(bjkb.POINTS, Fraction(total), 100) for total in (100, 0))
    yield "nothing", _file(scheme, nothing | quiet), "one-star"
    yield "one of two vetoes", _file(scheme, full | quiet, full | {"4.1.1": {"veto": True}}), "no-grade"
    yield "one veto unanswered", _file(scheme, full | quiet, full), "incomplete"
    yield "a veto and no ratings", _file(scheme, {"4.1.1": {"veto": True}}), "no-grade"


def dnisc_cases(_: str) -> Iterator[Case]:
    """Thresholds after deletion, deductions and bonus; five findings fail, four do not."""
    bounds = (
        (70, "qualified", "not-qualified"),
        (80, "three-star", "qualified"),
        (90, "four-star", "three-star"),
        (95, "five-star", "four-star"),
    )
    kept = {row: halves for row, halves in dnisc.HALVES.items() if row not in dnisc.DELETABLE}
    gone: Answers = {row: {"na": True} for row in dnisc.DELETABLE}
    for bound, there, below in bounds:
        at, under = (even(dnisc.HALVES, (bound - less) * 2, 200) for less in (Fraction(0), MILLIONTH))
        yield f"{bound}", _file("dnisc-1105", at), there
        yield f"{bound} less a millionth", _file("dnisc-1105", under), below
        left, short = (even(kept, (bound - less) * 130 / 100, 130) for less in (Fraction(0), MILLIONTH))
        yield f"{bound} of 65 points", _file("dnisc-1105", left | gone), there
        yield f"{bound} of 65 points less a millionth", _file("dnisc-1105", short | gone), below
        plus = even(dnisc.HALVES, (bound + 4 - MILLIONTH) * 2, 200)
        yield f"{bound} after four findings, less a millionth", _file("dnisc-1105", plus, deductions=4), below
        minus, lower = (even(dnisc.HALVES, (bound - 1 - less) * 2, 200) for less in (Fraction(0), MILLIONTH))
        yield f"{bound} with the bonus", _file("dnisc-1105", minus, bonus="1"), there
        yield f"{bound} with the bonus, less a millionth", _file("dnisc-1105", lower, bonus="1"), below
    full = even(dnisc.HALVES, Fraction(200), 200)
    yield "100, four findings", _file("dnisc-1105", full, deductions=4, bonus="0"), "five-star"
    yield "100, five findings", _file("dnisc-1105", full, deductions=5, bonus="1"), "not-qualified"
    yield "mean of differing deletions", _file("dnisc-1105", full, left | gone), "five-star"


def _leveled(total: int) -> Answers:
    """TBSC94 management answers with this sum (29 to 145): row after row is raised from level 1."""
    answers = dict.fromkeys(tbsc.MANAGEMENT, 1)
    missing = total - 29
    for row, points in sorted(tbsc.MANAGEMENT.items(), key=lambda one: -one[1]):
        raised = min(4, missing // (points // 5))
        answers[row] += raised
        missing -= raised * (points // 5)
    return {row: {"level": level} for row, level in answers.items()}


def tbsc_cases(_: str) -> Iterator[Case]:
    """Each S against each level, at the bound and just below; a mean of levels below a bound; the gate."""
    yes = {"gates": {"conformity": True}}
    bounds = ((29, 1), (45, 2), (70, 3), (95, 4), (105, 5))
    by_service = {0: "-----", 60: "-1111", 80: "-1333", 90: "-1344", 95: "-1355"}
    words = {"-": "fail", "1": "row-1", "3": "aaa", "4": "aaaa", "5": "aaaaa"}
    lower = dict(zip((60, 80, 90, 95), by_service.values(), strict=False))
    for total, level in bounds:
        managed = _leveled(total)
        for bound, row in by_service.items():
            at = even(tbsc.SERVICE, Fraction(bound), 100, "alpha")
            outcome = words[row[level - 1]]
            yield f"S {bound}, M {total}", _file("tbsc-94", at | managed, **yes), outcome
            if bound:
                under = even(tbsc.SERVICE, bound - MILLIONTH, 100, "alpha")
                less = words[lower[bound][level - 1]]
                yield f"S {bound} less a millionth, M {total}", _file("tbsc-94", under | managed, **yes), less
            if level > 1:
                weaker = words[row[level - 2]]
                sheets = (at | managed, managed, managed, _leveled(total - 1))
                yield f"S {bound}, M {total} less a quarter", _file("tbsc-94", *sheets, **yes), weaker
    best = even(tbsc.SERVICE, Fraction(100), 100, "alpha") | _leveled(145)
    yield "gate no", _file("tbsc-94", best, gates={"conformity": False}), "fail"
    yield "gate unanswered", _file("tbsc-94", best), "incomplete"


def jccqb_cases(_: str) -> Iterator[Case]:
    """Each S against each P, both at the bound and a millionth below; levels alone; the gate."""
    yes = {"gates": {"conformity": True}}
    places = {0: 0, 60: 1, 80: 2, 90: 3}
    table = ("----", "-333", "-344", "-345")
    words = {"-": "fail", "3": "three-star", "4": "four-star", "5": "five-star"}
    service = dict.fromkeys(jccqb.SERVICE, 5)
    management = dict.fromkeys(jccqb.MANAGEMENT, 5)
    for s_bound, down in places.items():
        for p_bound, across in {0: 0, 70: 1, 80: 2, 90: 3}.items():
            for s_less, p_less in ((0, 0), (1, 0), (0, 1), (1, 1)):
                if (s_less and not down) or (p_less and not across):
                    continue
                felt = even(service, (s_bound - s_less * MILLIONTH) * 170 / 100, 170, "alpha")
                run = even(management, (p_bound - p_less * MILLIONTH) * 260 / 100, 260)
                name = f"S {s_bound} less {s_less}, P {p_bound} less {p_less} millionths"
                outcome = words[table[down - s_less][across - p_less]]
                yield name, _file("jccqb-037", _joined(felt, run), **yes), outcome
    felt = even(service, Fraction(170), 170, "alpha")
    for level, outcome in ((3, "fail"), (4, "four-star"), (5, "five-star")):
        levels: Answers = {row: {"level": level} for row in jccqb.MANAGEMENT}
        yield f"all level {level}", _file("jccqb-037", _joined(felt, levels), **yes), outcome
    best = _joined(felt, levels)
    yield "gate no", _file("jccqb-037", best, gates={"conformity": False}), "fail"
    yield "gate unanswered", _file("jccqb-037", best), "incomplete"


def _joined(felt: Answers, run: Answers) -> Answers:
    answers: Answers = {row: {"management": answer} for row, answer in run.items()}
    for row, answer in felt.items():
        answers[row]["service"] = answer
    return answers


CASES = {
    "bjkb-006": bjkb_cases,
    "bjkb-007": bjkb_cases,
    "dnisc-1105": dnisc_cases,
    "tbsc-94": tbsc_cases,
    "jccqb-037": jccqb_cases,
}
