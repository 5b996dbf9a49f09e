"""Findings, demanded evidence, reopening on screens: what is offered to whom, and how it is said."""

from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain import panel_commands as k
from bot.domain.evidence import Evidence, Finding
from bot.domain.evidence_entries import FINDING_KINDS
from bot.domain.scheme import QuestionId
from bot.view import actions, demand, evidence_lines, findings, findings_lines, home, places, reopening
from bot.view.check import check, confirm_close
from bot.view.evidence import Piece, evidence_item, finding_evidence
from bot.view.facts import Desk
from bot.view.findings_facts import ActionLine, FindingFacts, FindingsFacts
from bot.view.screen import Screen
from bot.view.unproven import lacking, way_to
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import AT, answers, desk, in_hand, line, rate, result_facts, shipped
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP, SITES = scheme("stars"), scheme("shop"), scheme("sites")
A, S = "a123456789", "s123456789"
HALF = k.DemandEvidence(Fraction(1, 2))


def one(seq: int = 7, kind: str = "minor", **more: object) -> Finding:
    return Finding(seq, kind, f"第{seq}件", "2.1", "p1", AT, **more)  # type: ignore[arg-type]


def facts(finding: Finding, **more: object) -> FindingFacts:
    return FindingFacts(finding, "张三", may=True, follows=True, **more)  # type: ignore[arg-type]


def item(finding: FindingFacts, words: Words = ZH) -> Screen:
    return findings.finding(words, desk(STARS), finding)


def test_a_list_says_all_that_is_known_in_the_order_it_was_given() -> None:
    first = facts(one(7, "major", action="补齐", due="2026-12-31"), overdue=True)
    found = FindingsFacts(desk(STARS), (first, facts(one(9, "strength"))), adds=True)
    screen = findings.findings(ZH, found, places.Findings(A))
    shown = plain(screen.text)
    assert "严重不符合\n1. 第7件\n2.1 " in shown
    assert "整改：补齐 · 2026-12-31 到期，已过期 · 待整改 · 张三" in shown
    assert "亮点\n2. 第9件\n2.1" in shown
    assert payloads(screen)["2"] == f"1:fi:{A}:9"
    assert payloads(screen)["写一项"] == f"1:fk:{A}"
    closed = findings.findings(ZH, replace(found, adds=False), places.Findings(A))
    assert "写一项" not in labels(closed)


def test_one_page_holds_five_and_keeps_the_clause() -> None:
    found = FindingsFacts(desk(STARS), tuple(facts(one(n)) for n in range(1, 8)))
    screen = findings.findings(EN, found, places.Findings(A, 1, "2.1"))
    assert [label for label in labels(screen) if label.isdigit()] == ["6", "7"]
    assert payloads(screen)[EN.say("button.page-back")] == f"1:fl:{A}:0:2.1"
    assert payloads(screen)["All findings"] == f"1:fl:{A}"


def test_what_may_not_be_done_has_no_button() -> None:
    mine, followed = facts(one()), FindingFacts(one(), follows=True)
    assert {"内容", "条款", "整改措施", "整改期限", "撤回…", "✓ 待整改"} <= set(labels(item(mine)))
    assert set(labels(item(followed))) == {"✓ 待整改", "已整改", "已验证", "整改措施", "整改期限", "全部发现项", "概况"}
    assert labels(item(FindingFacts(one()))) == ["全部发现项", "概况"]
    assert labels(findings.finding(ZH, desk(STARS), None)) == ["全部发现项"]


def piece(seq: int, **more: object) -> Evidence:
    one = Evidence(seq, "", QuestionId("", ""), "p1", AT, "photo", "AgAC", 1, "image/jpeg", "", "空页", "", "", "")
    return replace(one, **{"finding": 7, **more})  # type: ignore[arg-type]


def test_a_card_counts_what_hangs_on_it_apart_from_what_its_clause_has() -> None:
    hung = (piece(20), piece(21, kind="document", keeping="kept"), piece(22, keeping="removed"))
    question = piece(23, sheet="s1", question=QuestionId("2.1", "total"), finding=0, kind="voice")
    screen = item(facts(one(), pieces=hung, nearby=(question,), proves=True))
    assert "证据 2 份（照片 1、文件 1；1 份正在取回）" in plain(screen.text)
    assert "本条款的证据：录音 1" in plain(screen.text)
    assert "发照片或文件，就附在这条发现项上。" in plain(screen.text)
    assert payloads(screen)["证据 2"] == f"1:ef:{A}:7"
    assert "证据 3 份" in findings_lines.about(ZH, STARS, facts(one(), pieces=hung, nearby=(question,)))
    gone = item(FindingFacts(one(), pieces=hung[2:]))
    assert payloads(gone)["证据"] == f"1:ef:{A}:7", "the tombstone"
    assert "证据" not in plain(gone.text)
    bare = item(FindingFacts(one(), follows=True))
    assert "发照片" not in plain(bare.text)
    assert not [label for label in labels(bare) if label.startswith("证据")]


@pytest.mark.parametrize(("words", "named"), [(ZH, "发现项“第7件”"), (EN, "finding “第7件”")])
def test_a_piece_of_a_finding_names_it(words: Words, named: str) -> None:
    held = replace(desk(STARS).state, found={7: one()})
    at = replace(desk(STARS), state=held)
    shown = Piece(piece(20), "空页", own=True)
    screen = evidence_item(words, at, shown)
    assert named in plain(screen.text)
    assert payloads(screen)[words.say("button.back")] == f"1:ef:{at.ref}:7"
    place = places.FindingEvidence(A, 7)
    of_it = finding_evidence(words, at, place, one(), [shown], open_=True)
    assert "第7件" in plain(of_it.text)
    assert words.say("evidence.hint-finding") in plain(of_it.text)
    assert payloads(of_it)[words.say("button.back")] == f"1:fi:{at.ref}:7"
    closed = finding_evidence(words, at, place, one(), [], open_=False)
    assert words.say("evidence.hint-finding") not in plain(closed.text)
    assert words.say("evidence.not-there") in plain(finding_evidence(words, at, place, None, [], open_=False).text)
    assert "“第7件”" in evidence_lines.lost(words, piece(20, keeping="lost", reason="gone"), held.found)


def test_a_withdrawn_one_says_why() -> None:
    shown = plain(item(FindingFacts(one(withdrawn="看错了")), EN).text)
    assert "Withdrawn: 看错了" in shown


def test_a_day_is_said_once() -> None:
    assert "Due: 2026-12-31\n" in plain(item(facts(one(due="2026-12-31")), EN).text)
    assert "整改期限：2026-12-31 到期，已过期" in plain(item(facts(one(due="2026-12-31"), overdue=True)).text)


@pytest.mark.parametrize(("of", "lead", "deducts"), [(SHOP, True, True), (SHOP, False, False), (STARS, True, False)])
def test_kinds_are_offered_with_what_they_mean(of: object, lead: bool, deducts: bool) -> None:
    at = replace(desk(of), lead=lead)  # type: ignore[arg-type]
    screen = findings.pick_kind(ZH, at, places.PickKind(A, ""))
    assert ("特别扣分" in labels(screen)) is deducts
    assert len(labels(screen)) == len(FINDING_KINDS) + deducts
    assert "亮点：做得好的地方" in plain(screen.text)


def test_a_field_may_be_emptied_but_never_the_text() -> None:
    def asked(field: str) -> Screen:
        return findings.ask_field(ZH, desk(STARS), places.AskFindingField(A, 7, field), facts(one(due="2026-12-31")))

    assert payloads(asked("due"))["清空"] == f"1:fz:{A}:7:due"
    assert "现在是：\n2026-12-31" in plain(asked("due").text)
    assert labels(asked("text")) == ["取消"]
    assert labels(asked("action")) == ["取消"], "there is nothing to empty"


@pytest.mark.parametrize("words", [ZH, EN])
def test_every_line_is_short_and_ticks_what_was_recorded(words: Words) -> None:
    changed = [
        findings_lines.recorded(words, SHOP, "deduction"),
        findings_lines.changed(words, one(state="verified"), "state"),
        findings_lines.changed(words, one(), "due"),
        findings_lines.changed(words, one(due="2026-12-31"), "due", "+41天"),
        findings_lines.withdrawn(words),
        findings_lines.demanded(words, on=True),
        findings_lines.demanded(words, on=False),
        findings_lines.reopened(words),
    ]
    assert all(line_.startswith("✓ ") and len(line_) <= 200 for line_ in changed)
    assert "✓" not in findings_lines.already_open(words)
    assert "+41天" in changed[3]


def test_what_is_to_be_done_names_day_action_and_assessment() -> None:
    late = ActionLine("a1", "甲公司", facts(one(action="补齐", due="2026-10-01"), overdue=True))
    open_ = ActionLine("a2", "乙公司", facts(one(8)))
    shown = plain(actions.actions(EN, [late, open_], places.Actions()).text)
    assert "2 in all, 1 overdue" in shown
    assert "1. overdue since 2026-10-01\n第7件\nAction: 补齐\n甲公司" in shown
    assert "2. no due date\n第8件\n乙公司" in shown
    assert payloads(actions.actions(ZH, [late, open_], places.Actions()))["2"] == "1:fi:a2:8"
    assert "Nothing is to be done" in plain(actions.actions(EN, [], places.Actions()).text)


def test_the_list_of_assessments_leads_there_only_where_there_is_something() -> None:
    assert payloads(home.home(ZH, [line("a1")], places.Home(), todo=3))["待整改（3）"] == "1:fa"
    assert not [label for label in labels(home.home(ZH, [line("a1")], places.Home())) if "整改" in label]


# demanded evidence


@pytest.mark.parametrize(
    ("of", "found"),
    [
        (STARS, ["1/5", "2/5", "3/5", "4/5"]),
        (shipped("jccqb-037"), None),
    ],
)
def test_each_band_and_level_below_the_top_can_be_asked_for(of: object, found: list[str] | None) -> None:
    values = demand.thresholds(of)  # type: ignore[arg-type]
    assert all(0 < value < 1 for value in values)
    assert list(values) == sorted(set(values))
    if found:
        assert [str(value) for value in values] == found
    said = [demand.rating(EN, of, value) for value in values]  # type: ignore[arg-type]
    assert len(set(said)) == len(values), "each is said apart"


def test_only_the_lead_of_an_open_one_has_buttons_to_demand() -> None:
    at = desk(STARS, HALF)
    screen = demand.demand(ZH, at, 2)
    assert "现在：高于 50% 的评分要有证据。" in plain(screen.text)
    assert "还有 2 题缺证据" in plain(screen.text)
    assert payloads(screen)["不要求"] == f"1:fo:{A}:off"
    assert labels(demand.demand(ZH, replace(at, lead=False), 0)) == ["概况"]
    closed = desk(STARS, *answers(STARS, "0.9"), c.Close())
    assert labels(demand.demand(ZH, closed, 0)) == ["概况"]
    assert "✓ 不要求" in labels(demand.demand(ZH, desk(STARS), 0))


def test_the_check_lists_what_lacks_evidence_and_offers_no_closing() -> None:
    at = desk(STARS, *answers(STARS, "0.9"), HALF)
    screen = check(ZH, result_facts(at), places.Check(S))
    assert "要求有证据、还缺的 4 题" in plain(screen.text)
    assert "关闭评价…" not in labels(screen)
    assert "确认关闭" not in labels(confirm_close(ZH, result_facts(at)))
    rows = check(ZH, result_facts(at), places.Check(S, "unproven"))
    assert payloads(rows)["2.10"] == f"1:q:{S}:2.10/total"
    assert "缺证据的题（4）" in plain(rows.text)
    low = desk(STARS, *answers(STARS, "0.5"), HALF)
    assert "关闭评价…" in labels(check(ZH, result_facts(low), places.Check(S))), "not above"


def test_own_sheets_come_first_and_others_lead_to_where_their_assessor_is_asked() -> None:
    at = desk(SITES, *answers(SITES, "0.9"), HALF)
    second = in_hand(at, "s2")
    assert lacking(second)[0][0].id == "s2"
    assert {sheet.id for sheet, _ in lacking(second)} == {"s1", "s2"}
    assert second.own
    strange = replace(second.own, id="s9", person="p9", status="submitted")
    held = replace(second.state, sheets={**second.state.sheets, "s9": strange})
    both = replace(second, state=held, names={"p9": "李四"})
    question = QuestionId("1.1", "service")
    theirs = next((sheet, q) for sheet, q in lacking(both) if sheet.id == "s9")
    assert isinstance(way_to(both, *theirs), places.Difference)
    assert isinstance(way_to(both, second.own, question), places.Card)
    assert {sheet.id for sheet, _ in lacking(replace(both, lead=False))} == {"s1", "s2"}
    names = plain(check(ZH, result_facts(both), places.Check("s223456789", "unproven", 99)).text)
    assert "李四" in names


def test_an_own_submitted_rating_is_asked_about_like_any_other() -> None:
    at = desk(STARS, *answers(STARS, "0.9"), HALF, k.DemandEvidence(Fraction(3, 5)))
    assert at.own
    done = replace(at.own, status="submitted")
    held: Desk = replace(
        at, own=done, sheets=((S, done),), state=replace(at.state, sheets={**at.state.sheets, done.id: done})
    )
    question = QuestionId("2.1", "total")
    assert isinstance(way_to(held, done, question), places.Difference)
    again = replace(done, asked={question: "请补照片"})
    assert isinstance(way_to(replace(held, sheets=((S, again),)), again, question), places.Card)


def test_nothing_lacks_where_nothing_is_demanded() -> None:
    assert lacking(desk(STARS, rate("2.1", "1"))) == ()


# reopening


def test_the_last_reasons_are_told_with_how_often_it_was() -> None:
    said = reopening.reopened_lines(EN, ["one", "two", "three", "four"])
    assert said == ["Reopened 4 times:", "2. two", "3. three", "4. four"]
    assert reopening.reopened_lines(ZH, ["甲"]) == ["曾重新打开 1 次：", "1. 甲"]
    assert reopening.reopened_lines(ZH, []) == []


def test_the_safe_choice_stands_first() -> None:
    screen = reopening.confirm_reopen(ZH, desk(STARS, *answers(STARS, "0.9"), c.Close()))
    assert labels(screen) == ["保持关闭", "重新打开，写理由"]
    assert "原来的封印留在记录里" in plain(screen.text)
