"""What makes a scheme unsound. Each case changes a sound scheme in one place and expects one code."""

import pytest

from bot.domain.scheme import VETO, QuestionId
from bot.library.check_ids import PAYLOAD, PAYLOAD_LIMIT
from bot.library.check_texts import han_width
from bot.library.load import CHECKS
from tests.library.reading import changed, codes, line_of, problems
from tests.made_up import _LEVEL, _NEXT, BANDS

EXTRA = "{zh: 一, en: One}"
READING = "readings: {ST-01:"
LOOK = (
    ", look_for: [{zh: 看热线之1, en: Look at the hotline 1}",
    ", {zh: 看热线之2, en: Look at the hotline 2}",
    ", {zh: 看热线之3, en: Look at the hotline 3}]",
)

UNSOUND = {
    "scheme id": ("stars", "id: made-stars", "id: Made Stars", "bad-id"),
    "right-to-left id": ("stars", "id: made-stars", "id: שלום", "bad-id"),
    "dimension id": (
        "sites",
        "  service: {title",
        "  serv1ce: {title",
        "bad-id dimension-without-questions unknown-dimension",
    ),
    "reserved dimension": (
        "sites",
        "  service: {title",
        "  veto: {title",
        "reserved-id dimension-without-questions unknown-dimension",
    ),
    "gate id": ("panel", "  conformity:\n", "  Conformity:\n", "bad-id gate-unused unknown-gate"),
    "reading id": ("stars", READING, "readings: {st1:", "bad-id"),
    "row id with a colon": ("stars", "id: 2.10", "id: '2:10'", "bad-id"),
    "row id with a slash": ("stars", "id: 2.10", "id: 2/10", "bad-id"),
    "row id of 21 letters": ("stars", "id: 2.10", "id: x.2345678901234567890", "bad-id"),
    "row id of 40 letters": ("stars", "id: 2.10", f"id: {'x' * 40}", "bad-id payload-too-long"),
    "row id twice": ("stars", "id: 2.10", "id: 2.1", "duplicate-id"),
    "section id twice": ("stars", "id: 3, title", "id: 1, title", "duplicate-id points-do-not-add-up"),
    "code twice": ("shop", "code: B2", "code: B1", "duplicate-code"),
    "code like an id": ("shop", "code: B2", "code: 5.1", "duplicate-code"),
    "grade twice": ("stars", "id: silver", "id: gold", "duplicate-id"),
    "grade called none": ("stars", "id: silver", "id: none", "reserved-id"),
    "unknown scale": ("stars", "scale: ratio", "scale: ratios", "unused-scale unknown-scale"),
    "unknown dimension": (
        "stars",
        "points: {total: 30}",
        "points: {totel: 30}",
        "points-do-not-add-up unknown-dimension",
    ),
    "unknown gate": ("panel", "{level: 4}, gates: [conformity]", "{level: 4}, gates: [conform]", "unknown-gate"),
    "unknown section": ("stars", "sections: {1: {total: 20}", "sections: {9: {total: 20}", "unknown-section"),
    "unknown printed dimension": ("stars", "sections: {1: {total: 20}", "sections: {1: {t: 0}", "unknown-dimension"),
    "unknown measure row": ("sites", "question: 2.1}", "question: 2.9}", "unknown-indicator"),
    "measure on a section": ("sites", "question: 2.1}", "question: '2'}", "unknown-indicator"),
    "unknown covered": ("sites", "covers: [service]", "covers: [servic]", "unknown-dimension"),
    "unknown adjusted": ("shop", "adjustments:\n", "adjustments:\n  dimension: all\n", "unknown-dimension"),
    "no title": ("stars", "label: {zh: 热线, en: Hotline}, ", "", "missing-title"),
    "no sections": (
        "stars",
        "sections:\n  - id: 1",
        "sections: []\nx:\n  - id: 1",
        "empty-section unknown-key dimension-without-questions points-do-not-add-up unknown-section",
    ),
    "empty section": (
        "stars",
        "  - {id: 3, title",
        f"  - {{id: 4, title: {EXTRA}}}\n  - {{id: 3, title",
        "empty-section",
    ),
    "section with a question": (
        "stars",
        "    title: {zh: 服务, en: Service}\n",
        f"    title: {EXTRA}\n    help: {EXTRA}\n",
        "not-an-indicator",
    ),
    "no points": ("stars", "points: {total: 10}, ", "", "points-do-not-add-up row-without-points"),
    "points for nothing": ("panel", "points: {service: 30}", "points: {}", "points-do-not-add-up row-without-points"),
    "zero points": ("sites", "points: {service: 10}", "points: {service: 0}", "points-not-positive"),
    "101 %": ("stars", "points: {total: 30}", "points: {total: 31}", "points-do-not-add-up"),
    "veto with points": (
        "stars",
        "veto: true,",
        "veto: true, points: {total: 1},",
        "points-do-not-add-up veto-with-points",
    ),
    "veto that may not apply": ("stars", "veto: true,", "veto: true, not_applicable: reason,", "veto-with-points"),
    "veto without statement": ("stars", "statement: {zh: 没有违法, en: No law was broken},", "", "missing-key"),
    "no question": ("stars", "question: {zh: 如何做热线？, en: 'How is the hotline done?'}, ", "", "missing-key"),
    "nothing to look for": ("stars", f"{LOOK[0]}{LOOK[1]}{LOOK[2]}", "", "look-for-missing"),
    "two things to look for": ("stars", LOOK[1], "", "look-for-count"),
    "dimension without rows": (
        "stars",
        "dimensions: {total:",
        f"dimensions: {{void: {{title: {EXTRA}, scale: ratio, total: percent}}, total:",
        "dimension-without-questions",
    ),
    "N/A in a sum": (
        "shop",
        "scale: ratio, total: percent",
        "scale: ratio, total: points",
        "na-in-points-total example-fails",
    ),
    "format 2": ("stars", "format: 1", "format: 2", "unknown-format"),
    "no bands": ("stars", f", bands: {BANDS}", "", "bands-missing"),
    "bands that fall": ("stars", "{to: 0.4,", "{to: 0.1,", "bands-not-rising"),
    "a band of nothing": ("stars", "{to: 0.2,", "{to: 0,", "bands-not-rising"),
    "bands to 0.9": ("stars", "{to: 1,", "{to: 0.9,", "bands-not-to-one"),
    "step of 2": ("stars", "step: 0.05", "step: 2", "bad-step"),
    "step of 0": ("stars", "step: 0.05", "step: 0", "bad-step"),
    "level scale with bands": ("panel", "kind: alpha", "kind: level", "five-levels scale-mixed"),
    "ratio scale with levels": ("panel", "kind: level", "kind: alpha", "bands-missing scale-mixed"),
    "four levels": ("panel", f"[{_LEVEL.format(n=1, next=_NEXT)}, ", "[", "five-levels"),
    "no next": ("stars", ", next: {zh: 再好一些, en: A little better}", "", "next-missing"),
    "next on the last": (
        "stars",
        "en: Done to band 5}",
        "en: Done to band 5}, next: {zh: 一, en: One}",
        "next-on-last",
    ),
    "unused scale": (
        "panel",
        "service: {title: {zh: 服务, en: Service}, scale: alpha",
        "service: {title: {zh: 服务, en: Service}, scale: maturity",
        "unused-scale wrong-form",
    ),
    "levels that rise": ("panel", "4: 12,", "4: 8,", "levels-not-falling"),
    "level without levels": ("panel", "service: 90, management", "service: {level: 2}, management", "no-levels"),
    "level that is not there": ("panel", "{5: 14, 4: 12,", "{", "level-unknown"),
    "adjusted what": (
        "sites",
        "sampling:",
        f"adjustments: {{bonus: {{values: [0], title: {EXTRA}, text: {EXTRA}}}}}\nsampling:",
        "adjustment-dimension",
    ),
    "deduction of nothing": ("shop", "each: 1,", "each: 0,", "not-positive"),
    "bonus without 0": ("shop", "values: [0, 1]", "values: [1, 2]", "bonus-without-zero"),
    "bonus that falls": ("shop", "values: [0, 1]", "values: [0, 2, 1]", "bonus-without-zero"),
    "no dimensions": (
        "stars",
        "dimensions: {total: {title: {zh: 总分, en: Total}, scale: ratio, total: percent}}",
        "dimensions: {}",
        "no-dimensions unknown-dimension unused-scale",
    ),
    "no grades": ("stars", "grades:\n", "grades: []\nx:\n", "no-grades unknown-key"),
    "otherwise a grade": ("stars", "en: No grade}, awarded: false", "en: No grade}", "otherwise-awarded"),
    "factor 0": ("sites", "factor: 1.8", "factor: 0", "not-positive"),
    "target 0": ("sites", "target: 85", "target: 0", "not-positive"),
    "gate for nothing": (
        "panel",
        "\n  conformity:\n",
        f"\n  idle: {{title: {EXTRA}, statement: {EXTRA}, if_met: {EXTRA}, if_not: {EXTRA}}}\n  conformity:\n",
        "gate-unused example-fails",
    ),
    "short name": ("stars", "short: {zh: 编造星级,", "short: {zh: 编造星级编造星级编造星级,", "text-too-long"),
    "short name in English": ("stars", "en: Made-up stars}", "en: Made-up stars and much more of it}", "text-too-long"),
    "band label": (
        "stars",
        "{zh: 第1档, en: Band 1}",
        "{zh: 第一档第一档档, en: The very first band}",
        "text-too-long",
    ),
    "level label": ("panel", "label: {zh: 1级,", "label: {zh: 一级一级一级一级,", "text-too-long"),
    "gate answer": ("panel", "if_met: {zh: 是的，符合,", f"if_met: {{zh: {'是' * 15},", "text-too-long"),
    "veto answer": ("stars", "en: One was broken}", "en: One was broken and perhaps another one}", "text-too-long"),
    "row label": ("stars", "label: {zh: 热线,", f"label: {{zh: {'热' * 13},", "text-too-long"),
}


@pytest.mark.parametrize(("name", "old", "new", "expected"), UNSOUND.values(), ids=UNSOUND)
def test_unsound_schemes_are_named(name: str, old: str, new: str, expected: str) -> None:
    assert set(codes(changed(name, (old, new)))) == set(expected.split())


def test_a_duplicate_names_the_line_of_the_first() -> None:
    text = changed("stars", ("id: 2.10", "id: 2.1"))
    (problem,) = problems(text)
    assert problem.params["line"] == str(line_of(text, "id: 2.1,"))


@pytest.mark.parametrize(
    ("name", "old", "new", "meant"),
    [
        ("stars", "points: {total: 30}", "points: {totl: 30}", "total"),
        ("stars", "scale: ratio", "scale: ratoi", "ratio"),
        ("sites", "question: 2.1}", "question: 2.1.}", "2.1"),
        ("panel", "{level: 4}, gates: [conformity]", "{level: 4}, gates: [confirmity]", "conformity"),
        ("stars", "{total: 90, no_veto", "{totla: 90, no_veto", "total"),
    ],
)
def test_a_wrong_name_is_guessed(name: str, old: str, new: str, meant: str) -> None:
    assert meant in [problem.params.get("meant") for problem in problems(changed(name, (old, new)))]


def test_points_that_do_not_add_up_say_both_sums() -> None:
    first, second = problems(changed("stars", ("points: {total: 30}", "points: {total: 30.5}")))
    assert (first.path, first.params["sum"], first.params["printed"]) == ("printed.dimensions.total", "100.5", "100")
    assert (second.path, second.params["where"], second.params["sum"]) == ('printed.sections["2"].total', "2", "40.5")


def test_sections_within_sections_are_summed() -> None:
    printed = "printed: {dimensions: {service: 100, management: 15}"
    text = changed("panel", (printed, f"{printed}, sections: {{S: {{service: 99}}, S.1: {{service: 90}}}}"))
    assert [(p.params["where"], p.params["sum"]) for p in problems(text)] == [("S", "100")]


def test_ids_within_their_limits_always_fit_on_a_button() -> None:
    longest = QuestionId("x" * 20, "d" * 12)
    payload = PAYLOAD.format(sheet="s" * 8, question=longest, value="v" * 9, revision="9" * 5)
    assert len(payload) <= PAYLOAD_LIMIT
    assert len(VETO) <= 12


@pytest.mark.parametrize(("text", "width"), [("", 0), ("热线", 2), ("热a", 2), ("ab", 1), ("abc", 2), ("（）", 2)])
def test_two_letters_take_the_room_of_one_han(text: str, width: int) -> None:
    assert han_width(text) == width


def test_deductions_without_bonus_are_sound() -> None:
    text = changed(
        "shop",
        ("  bonus: {values: [0, 1], title: {zh: 加分, en: Bonus}, text: {zh: 有奖项, en: There is an award}}\n", ""),
    )
    assert codes(text[: text.index("examples:")]) == []


def test_every_check_is_a_plain_function_that_explains_itself() -> None:
    assert all(check.__doc__ for check in CHECKS)
