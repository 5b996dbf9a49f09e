"""Photos and files sent for a finding: where they go, who may, who sees them. After closing: test_finding_late.py."""

import pytest

from bot.service.numbers import COUNTED
from bot.service.world import World
from bot.view import places
from bot.view.evidence_places import ShowTap
from bot.view.members_places import HandOverTap
from bot.view.payload import encode
from tests.service.bench import Bench, admit, bench
from tests.service.proofs import PDF, arrive, at, held, notices, picture, sent
from tests.service.scene import SHOP, Scene, say
from tests.service.test_findings import record
from tests.service.test_numbers import numbered


@pytest.fixture
def sat(world: World) -> Bench:
    return bench(world)


def on(scene: Scene, ref: str) -> dict[int, int]:
    """Piece -> the finding that it stands on, 0 for none."""
    return {seq: one.finding for seq, one in held(scene, ref).items()}


# where it goes


def test_what_is_sent_at_a_finding_hangs_on_it_and_its_card_counts_it(ann: Scene, world: World) -> None:
    """Without a clause; each of the five kinds."""
    ref = ann.begin()
    number = record(ann, ref)
    assert say("finding.hint") in ann.text, "it is said where it is recorded"
    where = say("evidence.of-finding", text="台账缺两页")
    assert say("button.evidence") not in ann.labels, "no button to nothing"
    sent(ann, caption="空页")
    assert ann.top == say("evidence.received", clause=where, kinds="照片 1")
    for kind in ("document", "voice", "video"):
        sent(ann, kind)
    sent(ann, "location")
    assert ann.top == say("evidence.place-saved", clause=where)
    assert set(on(ann, ref).values()) == {number}
    assert {(one.sheet, one.asked) for one in held(ann, ref).values()} == {("", None)}
    assert ann.focus.place == encode(places.FindingItem(ref, number))
    kinds = "照片 1、文件 1、录音 1、视频 1、位置 1"
    assert say("evidence.summary-coming", total=5, kinds=kinds, n=4) in ann.text
    arrive(world, picture(), PDF)
    assert say("evidence.summary", total=5, kinds=kinds, n=0) in ann.text, "the card is brought up to date"
    ann.tap(say("button.evidence-many", n=5))
    assert "空页" in ann.text
    assert say("evidence.hint-finding") in ann.text
    ann.press(places.Findings(ref))
    assert say("finding.pieces", n=5) in ann.text


def test_the_list_and_the_pieces_are_of_the_finding_too(ann: Scene, world: World) -> None:
    ref = ann.begin()
    number = record(ann, ref, clause="2.1")
    sent(ann)
    arrive(world, picture())
    first = max(held(ann, ref))
    for place in (
        *(places.FindingEvidence(ref, number), places.EvidenceItem(ref, first), places.AskCaption(ref, first)),
        *(places.AskFindingField(ref, number, "due"), places.AskWithdraw(ref, number)),
    ):
        ann.press(place)
        sent(ann, "document")
        assert on(ann, ref)[max(held(ann, ref))] == number, place
    ann.press(places.EvidenceBoard(ref))
    assert say("evidence.of-finding", text="台账缺两页") in ann.text
    ann.press(places.EvidenceItem(ref, first))
    assert say("evidence.of-finding", text="台账缺两页") in ann.text
    ann.tap("button.back")
    assert ann.focus.place == encode(places.FindingEvidence(ref, number))
    ann.tap("button.back")
    assert ann.focus.place == encode(places.FindingItem(ref, number))


def test_a_question_keeps_its_own(ann: Scene) -> None:
    """Evidence of the clause is told apart, and what hangs on a finding supports no rating."""
    ref = at(ann, "2.1")
    sent(ann)
    number = record(ann, ref, clause="2.1")
    assert say("finding.field-evidence") in ann.text
    sent(ann)
    assert list(on(ann, ref).values()) == [0, number]
    ann.press(places.Card(ann.sheet(ref), "2.1/total"))
    assert say("button.evidence-many", n=1) in ann.labels
    sent(ann)
    assert on(ann, ref)[max(held(ann, ref))] == 0, "at the card again it is the question's"
    ann.press(places.EvidenceList(ann.sheet(ref), "2.1/total"))
    assert say("evidence.hint") in ann.text


def test_a_reply_belongs_to_the_finding_that_it_answers(ann: Scene) -> None:
    ref = at(ann, "3")
    number = record(ann, ref)
    said = next(entry for entry in ann.entries(ref) if entry.seq == number).message
    ann.press(places.AskFindingField(ref, number, "due"))
    due = ann.say("2026-12-31")
    photo = sent(ann)
    ann.press(places.Card(ann.sheet(ref), "3/total"))
    for message in (said, due, photo):
        sent(ann, reply_to=message)
    sent(ann, reply_to="999")
    assert list(on(ann, ref).values()) == [number] * 4 + [0]
    assert ann.focus.question == "3/total"


def test_an_album_at_a_finding_is_one_and_each_finding_has_its_own(ann: Scene) -> None:
    ref = ann.begin()
    first, second = record(ann, ref), record(ann, ref, text="另一处")
    ann.press(places.FindingItem(ref, first))
    for caption in ("大厅", "", ""):
        sent(ann, caption=caption, album="77")
    assert "照片 3" in ann.top
    ann.press(places.FindingItem(ref, second))
    sent(ann, album="77")
    assert "照片 1" in ann.top
    ann.press(places.FindingEvidence(ref, first))
    assert ann.text.count("大厅") == 3


def test_caption_day_and_removal_as_for_others(ann: Scene, world: World) -> None:
    ref = ann.begin()
    number = record(ann, ref)
    message = sent(ann, caption="前台")
    arrive(world, picture())
    seq = max(held(ann, ref))
    ann.edit(message, "后台")
    ann.press(places.EvidenceItem(ref, seq))
    ann.tap("button.evidence-day")
    ann.say("2026-05-01")
    one = held(ann, ref)[seq]
    assert (one.caption, one.claimed) == ("后台", "2026-05-01")
    ann.press(ShowTap(ref, seq))
    (file,) = [notice for notice in notices(ann) if notice["kind"] == "evidence"]
    assert "发现项“台账缺两页”" in file["caption"]
    ann.tap("button.evidence-remove")
    ann.say("拍错了")
    assert held(ann, ref)[seq].keeping == "removed"
    assert ann.focus.place == encode(places.FindingEvidence(ref, number))
    ann.tap("button.back")
    assert say("button.evidence") in ann.labels, "the tombstone stays in reach"


def test_the_same_file_on_one_finding_is_told_and_what_is_too_large_too(ann: Scene, world: World) -> None:
    ref = ann.begin()
    record(ann, ref)
    where = say("evidence.of-finding", text="台账缺两页")
    sent(ann, "video", size=(20 << 20) + 1)
    assert ann.top == say("evidence.too-large", clause=where)
    sent(ann)
    sent(ann)
    first, second = list(held(ann, ref))[1:]
    arrive(world, picture())
    texts = [notice["text"] for notice in notices(ann) if notice["kind"] == "text"]
    assert texts == [say("evidence.twice", clause=where, number=first, again=second)]
    ann.press(places.EvidenceItem(ref, first))
    assert say("evidence.field-same") in ann.text


# who may, and who sees it


def test_who_may_change_a_finding_may_add_to_it(sat: Bench) -> None:
    mine, theirs = record(sat.one, sat.ref, text="甲的"), record(sat.two, sat.ref, text="乙的")
    sat.one.press(places.FindingItem(sat.ref, theirs))
    assert say("finding.hint") not in sat.one.text
    sent(sat.one)
    assert sat.one.top == say("refusal.not-allowed")
    sat.one.press(places.FindingItem(sat.ref, mine))
    sent(sat.one)
    sat.lead.press(places.FindingItem(sat.ref, mine))
    sent(sat.lead)
    assert list(on(sat.lead, sat.ref).values()) == [mine, mine]


def test_a_deduction_is_the_leads(world: World) -> None:
    shop = bench(world, SHOP)
    number = record(shop.lead, shop.ref, "deduction", "一处不符")
    sent(shop.lead)
    shop.one.press(places.FindingItem(shop.ref, number))
    sent(shop.one)
    assert shop.one.top == say("refusal.not-allowed")
    assert len(held(shop.lead, shop.ref)) == 1


def test_a_withdrawn_finding_takes_none_and_keeps_what_it_had(ann: Scene) -> None:
    ref = ann.begin()
    number = record(ann, ref)
    sent(ann)
    ann.press(places.AskWithdraw(ref, number))
    ann.say("看错了")
    ann.press(places.FindingItem(ref, number))
    assert say("finding.hint") not in ann.text
    sent(ann)
    assert ann.top == say("evidence.no-finding")
    assert len(held(ann, ref)) == 1
    ann.tap(say("button.evidence-many", n=1))
    assert say("evidence.hint-finding") not in ann.text


def test_a_lead_without_a_sheet_adds_evidence(world: World) -> None:
    ann, bo = Scene(world), Scene(world, "2002")
    ref = ann.begin()
    admit(ann, ref, bo)
    ann.press(HandOverTap(ref, bo.person))
    number = record(bo, ref)
    sent(bo)
    assert on(bo, ref) == {max(held(bo, ref)): number}
    assert not [sheet for sheet in bo.state(ref).sheets.values() if sheet.person == bo.person]


def test_whoever_sees_the_finding_sees_its_evidence_and_its_name(sat: Bench) -> None:
    number = record(sat.one, sat.ref, text="甲的")
    sent(sat.one, caption="空页")
    arrive(sat.lead.world, picture())
    piece = max(held(sat.lead, sat.ref))
    for someone in (sat.two, sat.lead):
        someone.press(places.FindingItem(sat.ref, number))
        someone.tap(say("button.evidence-many", n=1))
        assert "空页" in someone.text
        assert (say("evidence.hint-finding") in someone.text) is (someone is sat.lead)
        someone.tap(someone.labels[0])
        assert sat.one.who.name in someone.text, "who brought it"
        assert say("button.evidence-remove") not in someone.labels
        someone.tap("button.evidence-show")
        assert [notice for notice in notices(someone) if notice["kind"] == "evidence"]
    for place in (
        places.FindingEvidence(sat.ref, number),
        places.EvidenceItem(sat.ref, piece),
        places.EvidenceBoard(sat.ref),
    ):
        sat.viewer.press(place)
        assert "空页" not in sat.viewer.text
    assert sat.viewer.press(ShowTap(sat.ref, piece)).toast == say("evidence.not-there")


def test_numbers_of_shared_evidence_tell_nothing_of_who_was_busy(sat: Bench) -> None:
    """Another's notes and photos move no number; two pieces are never called the same."""
    sat.two.press(places.AskNote(sat.sheet(sat.two), "2.1/total"))
    sat.two.say("乙的备注")
    sat.two.press(places.Card(sat.sheet(sat.two), "2.1/total"))
    sent(sat.two, caption="乙的照片")
    shared = record(sat.two, sat.ref, text="乙的发现")
    sent(sat.two, caption="乙附上的")
    sat.one.press(places.Card(sat.sheet(sat.one), "2.1/total"))
    sent(sat.one, caption="甲的照片")
    sat.one.press(places.EvidenceBoard(sat.ref))
    assert numbered(sat.one, places.EvidenceItem, "seq") == [COUNTED + 2, COUNTED + 3], "after the finding, its first"
    assert "2. " in sat.one.text
    assert "3. " in sat.one.text
    for number, caption in ((2, "乙附上的"), (3, "甲的照片")):
        sat.one.press(places.EvidenceItem(sat.ref, COUNTED + number))
        assert caption in sat.one.text
    sat.one.press(places.FindingItem(sat.ref, shared))
    assert numbered(sat.one, places.FindingEvidence, "number") == [COUNTED + 1]
    sat.one.press(places.FindingEvidence(sat.ref, COUNTED + 1))
    assert "乙附上的" in sat.one.text
    assert "乙的照片" not in sat.one.text
