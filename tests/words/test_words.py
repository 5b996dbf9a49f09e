import re
from dataclasses import replace
from fractions import Fraction
from zoneinfo import ZoneInfoNotFoundError

import pytest

from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.grading import Checked, Reason
from bot.domain.refusals import (
    CountNotWhole,
    DateNotUnderstood,
    EvidenceFull,
    InvitesFull,
    LevelNotWhole,
    NumeratorTooLarge,
    OutOfRange,
    Refused,
    RoundTaken,
    SampleTooSmall,
    TextTooLong,
    UnknownClause,
)
from bot.domain.scales import Language, Text
from bot.domain.scheme import (
    Condition,
    DeductionsBelow,
    GateMet,
    LevelAtLeast,
    NoVeto,
    QuestionId,
    Scheme,
    TotalAtLeast,
)
from bot.words import COMMANDS, Words
from bot.words.catalogue import catalogue
from bot.words.pages import TagError, environment
from bot.words.zones import OFFERED, is_zone
from tests.made_up import scheme

ZH, EN = Words.of("zh"), Words.of("en")
NEW_YEAR = 1_767_225_600_000
"""2026-01-01 00:00 UTC."""


def test_words_are_made_once() -> None:
    assert Words.of("zh", "Asia/Tokyo") is Words.of("zh", "Asia/Tokyo")
    assert Words.of("zh", "Asia/Tokyo") is not ZH


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        Words.of("zh", "Asia/Atlantis")
    assert not is_zone("Asia/Atlantis")
    assert not is_zone("../../etc/passwd")
    assert all(is_zone(name) for name in OFFERED)


def test_a_stretch_of_time_is_short_within_a_day() -> None:
    hour = 3_600_000
    assert ZH.period(NEW_YEAR, NEW_YEAR + 420_000) == "08:00–08:07（中国标准时间）"
    assert EN.period(NEW_YEAR, NEW_YEAR + 420_000) == "08:00–08:07 (China Standard Time)"
    assert EN.period(NEW_YEAR, NEW_YEAR + 16 * hour) == f"{EN.when(NEW_YEAR)} to {EN.when(NEW_YEAR + 16 * hour)}"
    berlin, ends = Words.of("en", "Europe/Berlin"), 1_792_890_000_000  # 2026-10-25 01:00 UTC
    assert berlin.period(ends - hour // 2, ends + hour // 4) == (
        "2026-10-25 02:30 (Central European Summer Time) to 2026-10-25 02:15 (Central European Standard Time)"
    )


def test_a_moment_is_shown_in_the_persons_zone_with_its_name() -> None:
    assert ZH.when(NEW_YEAR) == "2026-01-01 08:00（中国标准时间）"
    assert Words.of("en", "America/New_York").when(NEW_YEAR) == "2025-12-31 19:00 (Eastern Standard Time)"
    assert Words.of("en", "America/New_York").date(NEW_YEAR) == "2025-12-31"


def test_a_text_of_a_scheme_is_picked_by_language() -> None:
    text = Text("守法", "Lawful")
    assert (ZH.pick(text), EN.pick(text), ZH.pick(None)) == ("守法", "Lawful", "")


@pytest.mark.parametrize(
    ("name", "clause", "dimension", "answer", "zh", "en"),
    [
        ("stars", "2.1", "total", Rated(Fraction(7, 10), "ratio"), "70%", "70%"),
        ("panel", "S.1.1", "service", Rated(Fraction(7, 10), "alpha"), "α 0.70", "α 0.70"),
        ("panel", "M.1", "management", Rated(Fraction(4, 5), "level"), "四级 4级", "Level 4"),
        ("sites", "1.1", "management", Rated(Fraction(17, 20), "ratio"), "85%", "85%"),
        ("shop", "5.2.1", "total", NotApplicable("不送货"), "不适用（不送货）", "Not applicable (不送货)"),
        ("stars", "1.1", "veto", Veto(raised=False), "没有违法", "None broken"),
        ("stars", "1.1", "veto", Veto(raised=True), "有违法", "One was broken"),
    ],
)
def test_an_answer_as_people_say_it(name: str, clause: str, dimension: str, answer: Answer, zh: str, en: str) -> None:
    question = QuestionId(clause, dimension)
    assert ZH.answer(scheme(name), question, answer) == zh
    assert EN.answer(scheme(name), question, answer) == en


def _reasons() -> list[tuple[Scheme, Reason]]:
    stars, sites, shop = scheme("stars"), scheme("sites"), scheme("shop")

    def one(
        of: Scheme, code: str, condition: Condition, actual: Fraction | int | bool | None, needed: int
    ) -> tuple[Scheme, Reason]:
        return of, Reason(code, of.grades[0], Checked(condition, holds=False, actual=actual, needed=needed))

    total, level = TotalAtLeast("total", Fraction(90)), LevelAtLeast("management", 5)
    return [
        (stars, Reason("incomplete", open=3)),
        (stars, Reason("veto-raised", indicators=("1.1",))),
        one(stars, "veto-raised", NoVeto(), actual=True, needed=False),
        one(stars, "no-veto", NoVeto(), actual=False, needed=False),
        one(stars, "total-reached", total, Fraction("92.5"), 90),
        one(stars, "total-missed", total, Fraction("89.999"), 90),
        one(sites, "level-reached", level, 5, 5),
        one(sites, "level-missed", level, 4, 5),
        one(sites, "level-missed", level, None, 5),
        one(sites, "gate-met", GateMet("conformity"), actual=True, needed=True),
        one(sites, "gate-refused", GateMet("conformity"), actual=False, needed=True),
        one(shop, "deductions-within", DeductionsBelow(5), 4, 5),
        one(shop, "deductions-reached", DeductionsBelow(5), 5, 5),
    ]


@pytest.mark.parametrize(
    ("at", "zh", "en"),
    [
        (0, "还有 3 项未完成，答案还不完整", "3 items are open, so the answers are not complete"),
        (1, "1.1 被一票否决", "1.1: the veto was raised"),
        (2, "1.1 被一票否决", "1.1: the veto was raised"),
        (3, "没有一票否决", "No veto was raised"),
        (4, "金级的分数线 90：总分 92.5，高出 2.5", "Gold needs 90: Total 92.5, 2.5 above"),
        (5, "未到金级：总分 89.999，要 90，差 0.001", "Short of Gold: Total 89.999, needs 90, 0.001 missing"),
        (6, "五星要求管理达到五级：实际五级", "Five-star needs Management at Level 5: it is at Level 5"),
        (7, "未到五星：管理要达到五级，实际四级", "Short of Five-star: Management must be at Level 5; now Level 4"),
        (8, "未到五星：管理要达到五级，实际未达到任何级别",
         "Short of Five-star: Management must be at Level 5; now no level reached"),
        (9, "符合性：已确认", "Conformity: confirmed"),
        (10, "符合性：未通过，五星要求通过", "Conformity: not confirmed, and Five-star needs it"),
        (11, "扣分 4 项，少于 5 项", "Deductions: 4, fewer than 5"),
        (12, "扣分 5 项，高级要求少于 5 项", "Deductions: 5; High needs fewer than 5"),
    ],
)  # fmt: skip
def test_a_reason_names_its_figures(at: int, zh: str, en: str) -> None:
    of, reason = _reasons()[at]
    assert ZH.reason(of, reason) == zh
    assert EN.reason(of, reason) == en


@pytest.mark.parametrize(
    ("actual", "shown"),
    [("91.815", "总分 91.82，高出 1.82"), ("90.004", "总分 90，高出 0.004"), ("755/9", "总分 83.89，差 6.11")],
)
def test_the_figures_of_a_reason_add_up_as_they_are_shown(actual: str, shown: str) -> None:
    stars, value = scheme("stars"), Fraction(actual)
    code = "total-reached" if value >= 90 else "total-missed"
    checked = Checked(TotalAtLeast("total", Fraction(90)), holds=value >= 90, actual=value, needed=90)
    said = ZH.reason(stars, Reason(code, stars.grades[0], checked))
    assert all(part in said for part in shown.split("，"))


def test_there_is_a_sentence_for_every_reason_and_no_other() -> None:
    said = {reason.code for _, reason in _reasons()}
    keys = {re.sub(r"\.(one|other)$", "", key) for key in catalogue("en") if key.startswith("reason.")}
    assert keys == {f"reason.{code}" for code in said}


def _refusals() -> list[Refused]:
    found: list[Refused] = [Refused(), *(kind() for kind in _kinds(Refused) if kind.code not in WITH_PARAMS)]
    found += [OutOfRange(typed="120", form=form) for form in ("ratio", "alpha", "level", "bonus")]
    found += [UnknownClause(typed="9.9", near=near) for near in ("", "#4.9")]
    found += [LevelNotWhole(typed="4.5"), TextTooLong(limit=200, length=201), RoundTaken(name="二次现场")]
    found += [
        SampleTooSmall(need=6, have=2),
        CountNotWhole(typed="12.5"),
        NumeratorTooLarge(numerator=9, denominator=8),
    ]
    found += [DateNotUnderstood(typed="31.12."), EvidenceFull(files=200, megabytes=1000), InvitesFull(limit=20)]
    return found + [kind(open=2) for kind in _kinds(Refused) if kind.code in COUNTING]


COUNTING = {"cannot-close", "sheets-open", "sheet-incomplete", "evidence-missing"}


WITH_PARAMS = {
    *COUNTING,
    *("out-of-range", "unknown-clause", "level-not-whole", "text-too-long", "date-not-understood"),
    *("round-taken", "sample-too-small", "count-not-whole", "numerator-too-large", "evidence-full"),
    "invites-full",
}


def _kinds(base: type[Refused]) -> list[type[Refused]]:
    return [kind for sub in base.__subclasses__() for kind in (sub, *_kinds(sub)) if "code" in vars(kind)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_has_a_sentence_with_what_it_names(language: Language) -> None:
    for refused in _refusals():
        said = Words.of(language).refusal(refused)
        assert all(str(value) in said for key, value in refused.params.items() if key != "form"), refused.code
        assert len(said) <= 200


def test_there_is_no_sentence_for_a_refusal_that_does_not_exist() -> None:
    keys = {key.split(".")[1] for key in catalogue("en") if key.startswith("refusal.")}
    assert keys == {refused.code for refused in _refusals()}


def test_a_refusal_that_loses_what_was_sent_says_so_first() -> None:
    counts = ("round-taken", "count-not-whole", "population-zero", "counts-not-understood", "numerator-too-large")
    for code in ("changed-meanwhile", "text-too-long", "reason-missing", "by-button", *counts):
        refused = next(one for one in _refusals() if one.code == code)
        assert ZH.refusal(refused).startswith("没有保存")
        assert EN.refusal(refused).startswith("Not saved")


@pytest.mark.parametrize("words", [ZH, EN])
def test_every_command_is_described(words: Words) -> None:
    assert [name for name, _ in words.commands()] == list(COMMANDS)
    assert all(3 <= len(text) + (words is ZH) <= 256 for _, text in words.commands())
    assert {key for key in catalogue("en") if key.startswith("command.")} == {f"command.{name}" for name in COMMANDS}


def test_templates_escape_what_they_show() -> None:
    shown = EN.render("screen.j2", line="<b>&{{7*7}}</b>")
    assert shown.strip() == "&lt;b&gt;&amp;{{7*7}}&lt;/b&gt;"


def test_a_part_is_escaped_once_and_has_no_breaks_around_it() -> None:
    nasty = Text(zh="甲 & <b>", en="A & <b>")
    part = EN.part("look_for.j2", row=replace(scheme("stars").indicators[0], look_for=(nasty,), help=None))
    assert "• A &amp; &lt;b&gt;\n" in part
    assert part == part.strip("\n")
    assert EN.render("screen.j2", line=part).strip() == part
    assert EN.render("screen.j2", line=str.__str__(part)).count("&amp;lt;") == 1  # as plain text it is escaped


def test_a_template_is_made_once_and_one_that_is_not_there_is_an_error() -> None:
    pages = environment()
    assert pages.get_template("card.j2") is pages.get_template("card.j2", "screen.j2")
    assert pages.get_template("card.j2", globals={"n": 1}).globals["n"] == 1
    for _ in range(2):
        with pytest.raises(TagError):
            pages.get_template("no-such.j2")
    with pytest.raises(KeyError):
        EN.say("no-such-key")
