"""Findings as people record and follow them up, evidence that a lead demands, and a closed assessment that goes on."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from bot.domain.entries import Closed, FindingsDecided
from bot.domain.evidence import Finding, standing
from bot.domain.evidence_entries import FindingChanged, FindingRecorded, FindingWithdrawn
from bot.domain.panel_entries import EvidenceDemanded, Reopened
from bot.service.world import World
from bot.view import findings_places as f
from bot.view import payload as p
from bot.view import places
from bot.view.blind_places import SubmitTap
from bot.view.members_places import HandOverTap
from bot.view.payload import encode
from bot.words import Words
from tests.service.bench import Bench, admit, bench, opened, seated, told
from tests.service.proofs import arrive, picture, sent
from tests.service.scene import SHOP, Clock, Scene, say


@pytest.fixture(scope="module")
def made(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Bench]:
    """The panel in its places, made once: its file, to be copied."""
    file = Path(shutil.copy(empty, tmp_path_factory.mktemp("bench") / "bench.db"))
    with opened(file, "a", Clock()) as world:
        return file, bench(world)


@pytest.fixture
def at(made: tuple[Path, Bench], tmp_path: Path) -> Iterator[Bench]:
    file, template = made
    clock = Clock()
    clock.ahead(timedelta(hours=1))
    with opened(Path(shutil.copy(file, tmp_path / "bench.db")), "b", clock) as world:
        yield seated(template, world)


def record(scene: Scene, ref: str, kind: str = "minor", text: str = "台账缺两页", clause: str = "") -> int:
    """As it is done by buttons; the finding's number."""
    scene.press(places.PickKind(ref, clause))
    scene.press(places.AskFinding(ref, kind, clause))
    scene.say(text)
    return list(scene.state(ref).found)[-1]


def found(scene: Scene, ref: str) -> list[Finding]:
    return list(scene.state(ref).found.values())


def write(scene: Scene, ref: str, number: int, field: str, text: str) -> str:
    """A field by text; the number of the message."""
    scene.press(places.AskFindingField(ref, number, field))
    return scene.say(text)


# recording


def test_a_finding_from_the_card_of_its_question(ann: Scene) -> None:
    ref = ann.begin()
    ann.press(places.Card(ann.sheet(ref), "2.1/total"))
    ann.tap("button.findings")
    assert say("finding.none") in ann.text
    ann.tap("button.new-finding")
    assert say("finding.kind-deduction") not in ann.labels, "this standard has none"
    ann.tap(say("finding.kind-major"))
    ann.say("合同没有签字")
    assert ann.top == say("finding.recorded", kind="严重不符合")
    one = found(ann, ref)[0]
    assert (one.kind, one.text, one.clause, one.person) == ("major", "合同没有签字", "2.1", ann.person)
    ann.tap("button.to-question")
    assert ann.focus.question == "2.1/total"
    assert say("button.findings-many", n=1) in ann.labels
    ann.tap("button.head")
    assert say("button.findings-many", n=1) in ann.labels
    assert [type(entry.body) for entry in ann.entries(ref)][-1] is FindingRecorded


def test_every_field_is_said_in_its_own_words_and_kept(ann: Scene) -> None:
    ref = ann.begin()
    number = record(ann, ref)
    for field, typed in (
        ("text", "台账缺三页"),
        ("clause", "#2.1"),
        ("action", "补齐台账，李工负责"),
        ("due", "+14天"),
    ):
        ann.tap(say(f"finding.field-{field}"))
        ann.say(typed)
        assert ann.focus.place == encode(places.FindingItem(ref, number))
        assert ann.focus.expects == "rating", "the next text is no field any more"
    assert ann.top == say("finding.changed", field="整改期限", value="2026-12-04") + say(
        "answer.understood", typed="+14天"
    )
    ann.tap(say("finding.state-corrected"))
    one = found(ann, ref)[0]
    assert (one.text, one.clause, one.action, one.due, one.state) == (
        "台账缺三页",
        "2.1",
        "补齐台账，李工负责",
        "2026-12-04",
        "corrected",
    )
    for shown in ("台账缺三页", "2.1 ", "补齐台账", "2026-12-04", "已整改"):
        assert shown in ann.text
    ann.press(places.AskFindingField(ref, number, "due"))
    ann.tap("button.empty")
    assert found(ann, ref)[0].due == ""


def test_what_cannot_be_understood_changes_nothing_and_asks_again(ann: Scene) -> None:
    ref = ann.begin()
    number = record(ann, ref)
    for field, typed in (("due", "下个月吧"), ("due", "2026-02-30"), ("clause", "9.9"), ("text", "\u200b")):
        write(ann, ref, number, field, typed)
        assert ann.focus.expects == "finding-field"
    assert [type(entry.body) for entry in ann.entries(ref)].count(FindingChanged) == 0
    write(ann, ref, number, "clause", "2.1.1")
    assert "#2.1" in ann.top, "close ones are named"


def test_a_changed_message_changes_what_it_said(ann: Scene) -> None:
    ref = ann.begin()
    number = record(ann, ref)
    message = write(ann, ref, number, "due", "2026-12-01")
    ann.edit(message, "2026-12-08")
    assert found(ann, ref)[0].due == "2026-12-08"
    ann.edit(message, "一会儿")
    assert found(ann, ref)[0].due == "2026-12-08"
    ann.edit(message, "2026-12-08")
    assert ann.top == say("line.unchanged")


def test_the_list_is_by_kind_with_what_is_said_of_each(ann: Scene) -> None:
    ref = ann.begin()
    record(ann, ref, "strength", "回访做得细")
    number = record(ann, ref, "major", "无证上岗", "2.1")
    record(ann, ref, "minor", "记录潦草")
    write(ann, ref, number, "due", "2026-11-01")
    ann.press(places.Findings(ref))
    order = [
        ann.text.index(text) for text in ("严重不符合", "无证上岗", "一般不符合", "记录潦草", "亮点", "回访做得细")
    ]
    assert order == sorted(order)
    assert say("finding.overdue", day="2026-11-01") in ann.text
    ann.tap("1")
    assert "无证上岗" in ann.text, "its number opens it"
    ann.press(places.Findings(ref, clause="2.1"))
    assert "无证上岗" in ann.text
    assert "记录潦草" not in ann.text


def test_a_strength_has_nothing_to_be_done_about_it(ann: Scene) -> None:
    ref = ann.begin()
    number = record(ann, ref, "strength", "回访做得细")
    assert say("finding.field-due") not in ann.labels
    assert say("finding.state-verified") not in ann.labels
    assert say("finding.field-text") in ann.labels
    assert number in ann.state(ref).found


# withdrawing, and what counts


def test_a_finding_is_withdrawn_for_a_reason_and_stays_in_the_record(ann: Scene) -> None:
    ref = ann.begin()
    number = record(ann, ref)
    ann.tap("button.withdraw")
    assert ann.screen.rows[0][0].payload == encode(places.FindingItem(ref, number)), "the safe choice first"
    ann.tap("button.withdraw-why")
    ann.say(" \u200b")
    assert standing(ann.state(ref).found), "not without a reason"
    ann.say("现场看错了")
    assert ann.entries(ref)[-1].body == FindingWithdrawn(number, "现场看错了")
    assert say("finding.none") in ann.text
    ann.press(places.FindingItem(ref, number))
    assert "现场看错了" in ann.text
    assert ann.labels == [say("button.all-findings"), say("button.head")]
    assert ann.press(f.FindingStateTap(ref, number, "verified")).toast == say("refusal.nothing-to-revise")
    ann.press(places.AskFindingField(ref, number, "text"))
    ann.say("又来")
    assert found(ann, ref)[0].text == "台账缺两页"


def test_special_deductions_are_findings_and_count(ann: Scene) -> None:
    """Five of them fail (made-shop); four and a withdrawn one do not."""
    ref = ann.begin(SHOP)
    ann.fill("90")
    for number in range(5):
        record(ann, ref, "deduction", f"第{number + 1}件")
    ann.press(p.NoBonusTap(ref, 0))
    ann.press(places.Result(ref))
    assert "不合格" in ann.text
    last = found(ann, ref)[-1].seq
    ann.press(places.AskWithdraw(ref, last))
    ann.say("重复")
    assert ann.entries(ref)[-1].body == FindingsDecided(("第1件", "第2件", "第3件", "第4件"))
    ann.press(places.Result(ref))
    assert "不合格" not in ann.text
    assert "86" in ann.text, "90 less four"
    record(ann, ref, "minor", "只是一般不符合")
    ann.press(places.Result(ref))
    assert "86" in ann.text, "other kinds take nothing"


def test_what_was_asked_from_their_card_is_a_deduction_still(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    ann.press(places.FindingsCard(ref))
    ann.tap("button.add-finding")
    ann.say("虚假宣传")
    assert ann.top == say("line.finding-added", n=1)
    assert found(ann, ref)[0].kind == "deduction"
    ann.press(places.Findings(ref))
    assert "虚假宣传" in ann.text


# whose it is


def test_others_findings_are_read_and_not_changed(at: Bench) -> None:
    number = record(at.one, at.ref, "minor", "甲看到的")
    at.two.press(places.FindingItem(at.ref, number))
    assert "甲看到的" in at.two.text
    assert at.two.labels == [say("button.all-findings"), say("button.head")]
    for tap in (f.FindingStateTap(at.ref, number, "verified"), f.FindingEmptyTap(at.ref, number, "due")):
        assert at.two.press(tap).toast == say("refusal.not-allowed")
    for place in (places.AskFindingField(at.ref, number, "text"), places.AskWithdraw(at.ref, number)):
        at.two.press(place)
        assert "甲看到的" in at.two.text
        at.two.say("不算")
        assert at.two.top == say("refusal.not-allowed")
    one = at.lead.state(at.ref).found[number]
    assert (one.text, one.withdrawn, one.state) == ("甲看到的", "", "open")
    at.lead.press(places.FindingItem(at.ref, number))
    at.lead.tap(say("finding.state-verified"))
    assert at.lead.state(at.ref).found[number].state == "verified", "the lead follows up any"


def test_only_the_lead_deducts(world: World) -> None:
    shop = bench(world, SHOP)
    shop.one.press(places.PickKind(shop.ref))
    assert "特别扣分" not in shop.one.labels
    shop.one.press(places.AskFinding(shop.ref, "deduction"))
    assert shop.one.focus.expects == "rating"
    shop.one.say("扣他一分")
    assert shop.lead.state(shop.ref).found == {}


@pytest.mark.parametrize(
    "place", [places.Findings, places.PickKind, places.AskFinding, places.Demand, places.ConfirmReopen]
)
def test_one_who_only_looks_waits_for_the_result(place: type[places.Findings], at: Bench) -> None:
    record(at.lead, at.ref, text="内部所见")
    at.viewer.press(place(at.ref))
    assert "内部所见" not in at.viewer.text
    assert at.viewer.focus.place == encode(places.Head(at.ref))
    assert not [label for label in at.viewer.labels if label.startswith(say("button.findings"))]


@pytest.mark.parametrize(
    "forged",
    [
        lambda ref: f.FindingStateTap(ref, 3, "forgiven"),
        lambda ref: f.FindingEmptyTap(ref, 3, "text"),
        lambda ref: f.FindingEmptyTap(ref, 3, "seq"),
        lambda ref: f.DemandTap(ref, "1e999999999"),
        lambda ref: f.DemandTap(ref, "1/3"),
        lambda ref: places.AskFinding(ref, "deduction"),
        lambda ref: places.AskFinding(ref, "minor", "9.9"),
        lambda ref: places.PickKind(ref, "9.9"),
        lambda ref: places.Findings(ref, clause="9.9"),
    ],
)
def test_what_no_button_says_changes_nothing(forged: object, ann: Scene) -> None:
    ref = ann.begin()
    before = ann.entries(ref)
    assert ann.press(forged(ref)).toast == say("line.gone")  # type: ignore[operator]
    assert ann.entries(ref) == before


# what is still to be done


def test_what_is_said_to_a_field_that_there_is_not_changes_nothing(ann: Scene) -> None:
    """A forged button asked for it."""
    ref = ann.begin()
    before = len(ann.entries(ref))
    ann.press(places.AskFindingField(ref, 1, "kind"))
    ann.say("deduction")
    assert len(ann.entries(ref)) == before


def test_what_is_to_be_done_over_all_assessments_the_earliest_first(ann: Scene) -> None:
    first, second = ann.begin(organisation="甲公司"), ann.begin(organisation="乙公司")
    ann.order("my")
    assert not [label for label in ann.labels if "待整改" in label], "no button to nothing"
    write(ann, first, record(ann, first, "minor", "较晚的"), "due", "2027-01-31")
    write(ann, second, record(ann, second, "major", "过期的"), "due", "2026-11-01")
    record(ann, second, "minor", "没说何时")
    record(ann, first, "strength", "做得好")
    record(ann, first, "observation", "只是看看")
    done = record(ann, first, "minor", "已经好了")
    ann.press(f.FindingStateTap(first, done, "verified"))
    ann.order("my")
    ann.tap(say("button.actions-count", n=3))
    order = [ann.text.index(text) for text in ("过期的", "乙公司", "较晚的", "甲公司", "没说何时")]
    assert order == sorted(order)
    assert [text for text in ("做得好", "只是看看", "已经好了") if text in ann.text] == []
    assert say("actions.late", n=1) in ann.text
    ann.tap("2")
    assert "较晚的" in ann.text
    ann.press(p.ArchiveTap(first, 1))
    ann.press(places.Actions())
    assert "较晚的" not in ann.text


# evidence demanded


def demand(at: Bench, above: str = "4/5") -> None:
    at.lead.press(places.Demand(at.ref))
    at.lead.press(f.DemandTap(at.ref, above))


def test_only_the_lead_demands_and_whoever_rates_is_told(at: Bench) -> None:
    assert at.one.press(f.DemandTap(at.ref, "4/5")).toast == say("refusal.not-allowed")
    at.lead.press(places.EvidenceBoard(at.ref))
    at.lead.tap("button.demand")
    at.lead.tap(say("demand.above", rating="80%"))
    assert at.lead.entries(at.ref)[-1].body == EvidenceDemanded(Fraction(4, 5))
    assert say("form.ticked", label=say("demand.above", rating="80%")) in at.lead.labels
    assert say("tell.demanded", rating="80%") in "\n".join(told(at.one))
    assert told(at.viewer) == []
    at.one.press(places.Demand(at.ref))
    assert at.one.focus.place == encode(places.Head(at.ref))


def test_ratings_above_it_stay_open_until_evidence_is_there(at: Bench) -> None:
    """Listed, not to be submitted; a lower rating, or evidence, settles it. What is not above needs none."""
    demand(at)
    sheet = at.sheet(at.one)
    at.one.press(places.NextOpen(sheet))
    at.one.fill("80")
    at.one.press(places.Check(sheet))
    assert say("button.submit") in at.one.labels, "80% is not above 80%"
    for question in ("2.1/total", "3/total"):
        at.one.press(places.Card(sheet, question))
        at.one.say("90")
    at.one.press(places.Check(sheet))
    assert say("check.unproven", n=2) in at.one.text
    assert say("button.submit") not in at.one.labels
    assert at.one.press(SubmitTap(sheet)).toast == say("refusal.evidence-missing", open=2)
    at.one.tap(say("check.button-unproven", n=2))
    at.one.tap("2.1")
    sent(at.one)
    at.one.press(places.Card(sheet, "3/total"))
    at.one.say("75")
    at.one.press(SubmitTap(sheet))
    assert at.state_of(at.one).status == "submitted"


def test_the_lead_cannot_close_without_it_and_finds_where_it_lacks(at: Bench) -> None:
    for someone in (at.one, at.two, at.lead):
        someone.press(places.NextOpen(at.sheet(someone)))
        someone.fill("90")
    at.submit(at.one, at.two, at.lead)
    demand(at)
    at.lead.press(places.Check(at.sheet(at.lead)))
    lacks = len([q for q in at.lead.state(at.ref).sheets[at.state_of(at.one).id].given if q.dimension == "total"])
    assert say("check.unproven", n=3 * lacks) in at.lead.text
    assert say("button.close") not in at.lead.labels
    reply = at.lead.press(p.CloseTap(at.ref, at.lead.of(at.ref).seq))
    assert reply.toast == say("refusal.evidence-missing", open=3 * lacks)
    assert at.lead.focus.place == encode(places.Check(at.sheet(at.lead), "unproven"))
    at.lead.tap("2.1")
    assert at.lead.focus.place == encode(places.Difference(at.ref, "2.1/total")), "nobody adds to a submitted sheet"
    demand(at, "off")
    at.lead.press(p.CloseTap(at.ref, at.lead.of(at.ref).seq))
    assert at.lead.state(at.ref).closed


def test_one_alone_is_held_to_it_at_closing(ann: Scene, world: World) -> None:
    ref = ann.begin()
    ann.press(f.DemandTap(ref, "4/5"))
    ann.press(places.NextOpen(ann.sheet(ref)))
    ann.fill("80")
    ann.press(places.Card(ann.sheet(ref), "2.1/total"))
    ann.say("90")
    ann.press(places.ConfirmClose(ref))
    assert say("button.close-for-good") not in ann.labels
    assert ann.press(p.CloseTap(ref, ann.of(ref).seq)).alert
    ann.tap("2.1")
    sent(ann)
    arrive(world, picture())
    ann.press(places.ConfirmClose(ref))
    ann.tap("button.close-for-good")
    assert isinstance(ann.state(ref).closed, Closed)


# closing and reopening


def closed(at: Bench) -> None:
    for someone, rating in ((at.one, "80"), (at.two, "70"), (at.lead, "75")):
        someone.press(places.NextOpen(at.sheet(someone)))
        someone.fill(rating)
    at.submit(at.one, at.two, at.lead)
    at.lead.press(places.Check(at.sheet(at.lead)))
    at.lead.tap("button.close")
    at.lead.tap("button.close-for-good")
    assert at.lead.state(at.ref).closed


def test_after_closing_only_what_is_done_about_a_finding_is_said(at: Bench) -> None:
    number = record(at.one, at.ref, "minor", "标识缺失", "2.1")
    closed(at)
    at.viewer.press(places.Findings(at.ref))
    assert "标识缺失" in at.viewer.text, "with the result, everybody sees them"
    assert at.viewer.press(f.FindingStateTap(at.ref, number, "verified")).toast == say("refusal.not-allowed")
    at.one.press(places.FindingItem(at.ref, number))
    assert say("finding.field-text") not in at.one.labels
    assert say("button.withdraw") not in at.one.labels
    at.one.tap(say("finding.field-action"))
    at.one.say("重新张贴")
    at.one.tap(say("finding.state-corrected"))
    at.one.press(places.Head(at.ref))
    at.one.press(places.AskFindingField(at.ref, number, "text"))
    assert at.one.focus.place == encode(places.FindingItem(at.ref, number))
    record(at.one, at.ref, "major", "事后补的")
    state = at.lead.state(at.ref)
    assert len(state.found) == 1
    assert (state.found[number].action, state.found[number].state) == ("重新张贴", "corrected")
    assert state.closed, "following up reopens nothing"


def test_reopening_takes_a_reason_and_tells_every_member(at: Bench) -> None:
    closed(at)
    at.lead.press(places.Head(at.ref))
    at.lead.tap("button.reopen")
    assert at.lead.labels == [say("button.stay-closed"), say("button.reopen-why")], "the safe choice first"
    at.lead.tap("button.reopen-why")
    at.lead.say("\u200b")
    assert at.lead.state(at.ref).closed, "not without a reason"
    at.lead.say("客户补交了合同")
    body = at.lead.entries(at.ref)[-1].body
    assert isinstance(body, Reopened)
    assert body.reason == "客户补交了合同"
    for someone in (at.one, at.two, at.viewer):
        assert "客户补交了合同" in told(someone)[-1]
    assert not [text for text in told(at.lead) if "客户补交了合同" in text], "who did it knows"
    assert say("reopen.times", n=1) in at.lead.text
    assert at.state_of(at.lead).status == "open"
    assert at.state_of(at.one).status == "submitted", "others' ratings change by another look alone"
    assert at.two.listed[0].state == "open"


def test_only_the_lead_reopens_and_only_what_is_closed(at: Bench) -> None:
    at.lead.press(places.ConfirmReopen(at.ref))
    assert at.lead.focus.place == encode(places.Head(at.ref)), "it is open"
    closed(at)
    for someone in (at.one, at.viewer):
        someone.press(places.Head(at.ref))
        assert say("button.reopen") not in someone.labels
        for place in (places.ConfirmReopen(at.ref), places.AskReopen(at.ref)):
            someone.press(place)
            assert someone.focus.place == encode(places.Head(at.ref))
            assert someone.focus.expects == "rating"
    assert at.lead.state(at.ref).closed


def test_closed_again_it_shows_that_it_was_reopened_and_why(ann: Scene) -> None:
    ref = ann.closed()
    ann.press(places.AskReopen(ref))
    ann.say("一项评错了")
    ann.press(places.Card(ann.sheet(ref), "2.1/total"))
    ann.say("40")
    ann.press(places.ConfirmClose(ref))
    ann.tap("button.close-for-good")
    assert [type(entry.body) for entry in ann.entries(ref)].count(Closed) == 2
    ann.press(places.Result(ref))
    assert say("reopen.reason", n=1, reason="一项评错了") in ann.text
    ann.order("settings")
    ann.press(p.LanguageTap("en"))
    ann.press(places.Head(ref))
    assert Words.of("en").say("reopen.times", n=1) in ann.text


def test_a_reason_for_what_was_reopened_meanwhile_is_no_second_entry(ann: Scene) -> None:
    ref = ann.closed()
    ann.press(places.AskReopen(ref))
    message = ann.say("一项评错了")
    ann.press(places.AskReopen(ref))
    assert ann.focus.place == encode(places.Head(ref)), "there is nothing to ask for"
    ann.edit(message, "两项评错了")
    assert ann.state(ref).reopened == ("一项评错了",), "a reason that others were told stays"


def test_a_lead_without_a_sheet_closes_from_the_head(world: World) -> None:
    """Who was handed the lead need not rate."""
    ann, bo = Scene(world), Scene(world, "2002")
    ref = ann.begin()
    admit(ann, ref, bo)
    ann.fill("90")
    ann.press(SubmitTap(ann.sheet(ref)))
    ann.press(HandOverTap(ref, bo.person))
    bo.press(places.Head(ref))
    bo.tap("button.close")
    assert bo.labels[0] == say("button.not-yet")
    bo.tap("button.not-yet")
    assert bo.focus.place == encode(places.Head(ref))
    bo.press(f.DemandTap(ref, "4/5"))
    reply = bo.press(p.CloseTap(ref, bo.of(ref).seq))
    assert reply.alert, "told why, from where they stand"
    assert bo.focus.place == encode(places.Head(ref))
    bo.press(f.DemandTap(ref, "off"))
    bo.press(places.ConfirmClose(ref))
    bo.tap("button.close-for-good")
    assert bo.state(ref).closed
