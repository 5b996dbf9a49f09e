"""/forget and erased notes: what goes, what stays, what everybody else sees of it."""

import json
from datetime import timedelta

import pytest

from bot.domain import entries as e
from bot.domain.entries import Draft
from bot.domain.panel_entries import LeadHandedOver, MemberRemoved
from bot.domain.record import Source, verify_chain
from bot.service.cases import Cases, Stamp
from bot.service.events import Delivery, Said
from bot.service.inbox import InboxDesk
from bot.service.outbox import OutboxDesk
from bot.service.reminding import ReminderDesk
from bot.service.world import World
from bot.store.values import Incoming
from bot.verify.bundle import verify
from bot.view.life_places import ConfirmForget, ForgetTap, RemindTap
from bot.view.members_places import HandOverTap
from bot.view.payload import ArchiveTap, LanguageTap
from bot.view.places import AskNote, Card, ConfirmErase, Head, Members, NextOpen, Notes, Others, Texts
from tests.domain.build import q
from tests.service import in_memory, proofs
from tests.service.bench import bench, told
from tests.service.scene import CHANNEL, ORGANISATION, STARS, Clock, Scene, say
from tests.service.test_joining import House

NOTE, OTHER = "张经理的手机号是一三八", "其余照旧"


def note(scene: Scene, sheet: str, text: str, question: str = "2.1/total") -> str:
    scene.press(AskNote(sheet, question))
    return scene.say(text)


def house(scene: Scene, ref: str) -> House:
    assert isinstance(scene.world.clock, Clock)
    return House(scene.world, scene.world.clock, scene, ref)


def bodies(scene: Scene, ref: str) -> list[str]:
    """Every body of the record as it is stored, None where it is gone."""
    inner = scene.of(ref).id
    with scene.world.store.read() as unit:
        recorded = unit.entries.recorded(inner)
    verify_chain((one.header for one in recorded), inner)
    return ["" if one.body is None else json.dumps(one.body, ensure_ascii=False) for one in recorded]


def forgotten(scene: Scene, *, notes: bool = False) -> None:
    """By the buttons, from the command on."""
    scene.order("forget")
    scene.tap("button.forget-with-notes" if notes else "button.forget-me")
    scene.tap("button.forget-for-good")


# ------------------------------------------------------------ the text of one note


def test_a_note_is_erased_from_its_screen(ann: Scene) -> None:
    ref = ann.begin()
    message = note(ann, ann.sheet(ref), NOTE)
    note(ann, ann.sheet(ref), OTHER)
    ann.edit(message, f"{NOTE}，改过")
    assert sum(NOTE in body for body in bodies(ann, ref)) == 2
    ann.press(Notes(ann.sheet(ref), "2.1/total"))
    ann.tap("button.erase-text")
    assert NOTE in ann.text
    ann.tap(say("erase.number", number=1))
    assert ann.labels[0] == say("button.keep-text"), "the safe choice first"
    assert say("erase.closed") not in ann.text
    ann.tap(say("erase.because.personal"))
    assert ann.top == say("line.text-erased", clause="2.1")
    assert NOTE not in "".join(bodies(ann, ref))
    assert ann.entries(ref)[-1].body == e.TextErased(3, say("erase.reason.personal"))
    (sheet,) = ann.state(ref).sheets.values()
    assert [one.text for one in sheet.notes[q("2.1")]] == [OTHER]
    assert NOTE not in ann.text
    ann.tap("button.back")
    assert (NOTE in ann.text, OTHER in ann.text) == (False, True)
    ann.edit(message, f"{NOTE} 又来")
    assert ann.top == say("refusal.nothing-to-revise")
    assert NOTE not in "".join(bodies(ann, ref))


def test_twice_is_once(ann: Scene) -> None:
    ref = ann.begin()
    note(ann, ann.sheet(ref), NOTE)
    (seq,) = (one.seq for one in ann.entries(ref) if isinstance(one.body, e.Noted))
    for toast in ("line.text-erased", "line.text-gone"):
        ann.press(f"1:lw:{ref}:{seq}:mistake")
        assert ann.reply.toast == say(toast, clause="2.1")
    assert sum(isinstance(one.body, e.TextErased) for one in ann.entries(ref)) == 1
    ann.press(ConfirmErase(ref, seq))
    assert say("erase.none") in ann.text


def test_after_closing_and_withdrawn_ones_too(ann: Scene) -> None:
    ref = ann.begin()
    message = note(ann, ann.sheet(ref), NOTE)
    note(ann, ann.sheet(ref), OTHER, "2.10/total")
    ann.edit(message, " ")
    ann.press(NextOpen(ann.sheet(ref)))
    ann.fill()
    ann.tap("button.close")
    ann.tap("button.close-for-good")
    before = ann.state(ref)
    ann.order("forget")
    ann.tap("button.note-texts")
    ann.tap(ORGANISATION)
    assert OTHER in ann.text
    ann.tap(say("erase.number", number=1))
    assert say("erase.closed") in ann.text
    ann.tap(say("erase.because.secret"))
    assert NOTE not in "".join(bodies(ann, ref))
    after = ann.state(ref)
    assert after.closed == before.closed
    assert after.seals == before.seals


def test_only_the_author_and_the_lead(world: World) -> None:
    panel = bench(world)
    note(panel.one, panel.sheet(panel.one), NOTE)
    (seq,) = (one.seq for one in panel.lead.entries(panel.ref) if isinstance(one.body, e.Noted))
    for someone in (panel.two, panel.viewer, panel.lead):  # the lead is blind while rating
        someone.press(f"1:lw:{panel.ref}:{seq}:mistake")
        assert someone.reply.toast == say("line.text-gone"), "as if there were none"
        someone.press(Texts(panel.ref))
        assert NOTE not in someone.text
    assert NOTE in "".join(bodies(panel.lead, panel.ref))
    panel.one.press(f"1:lw:{panel.ref}:{seq}:nonsense")
    assert panel.one.reply.toast == say("line.gone")
    panel.one.press(f"1:lw:{panel.ref}:{seq}:mistake")
    assert NOTE not in "".join(bodies(panel.lead, panel.ref))


def test_raw_messages_and_others_screens_go_too(world: World) -> None:
    """Also of whoever read it: a tap sends back all of the card that it hangs on."""
    panel = bench(world, lead_rates=False)
    one = panel.one
    with world.store.write() as unit:
        raw = json.dumps({"text": NOTE}, ensure_ascii=False)
        chats = (one.who.chat, panel.lead.who.chat)
        unit.inbox.take([Incoming(number, raw, chat) for number, chat in enumerate(chats)], world.clock())
        for row in (1, 2):
            unit.inbox.done(row, world.clock())
    note(one, panel.sheet(one), NOTE)
    (seq,) = (x.seq for x in panel.lead.entries(panel.ref) if isinstance(x.body, e.Noted))
    panel.submit(one)
    panel.lead.press(Texts(panel.ref))
    assert NOTE not in panel.lead.text, "an open sheet is blind"
    one.press(Notes(panel.sheet(one), "2.1/total"))
    one.press(f"1:lw:{panel.ref}:{seq}:personal")
    left = house(panel.lead, panel.ref).rows(NOTE)
    assert left == []


# ------------------------------------------------------------ /forget


def test_it_says_what_goes_and_what_stays(world: World) -> None:
    panel = bench(world)
    one = panel.one
    one.begin(STARS, "只有我的草稿")
    note(one, panel.sheet(one), NOTE)
    one.order("forget")
    for said in (
        say("forget.goes-account"),
        say("forget.goes-drafts", names="只有我的草稿"),
        say("forget.leaves", names=ORGANISATION),
        say("forget.why"),
        say("forget.notes", n=1),
        say("forget.outside"),
    ):
        assert said in one.text, said
    assert one.labels[0] == say("button.keep-me")
    one.tap("button.forget-me")
    assert one.labels[0] == say("button.keep-me"), "the safe choice first"
    one.tap("button.keep-me")
    assert one.focus.place == "1:g"
    assert one.person in panel.lead.state(panel.ref).members


def test_a_lead_hands_over_first(world: World) -> None:
    panel = bench(world)
    panel.lead.order("forget")
    assert say("forget.hand-over-first", names=ORGANISATION) in panel.lead.text
    assert say("button.forget-me") not in panel.lead.labels
    panel.lead.press(ForgetTap(0, "00000000"))
    assert panel.lead.reply.toast == say("refusal.lead-stays")
    member = panel.one.person
    panel.lead.order("forget")
    panel.lead.tap(say("forget.members-of", name=ORGANISATION))
    assert panel.lead.focus.place == f"1:ma:{panel.ref}", "the way there"
    panel.lead.press(HandOverTap(panel.ref, member))
    assert isinstance(panel.lead.entries(panel.ref)[-1].body, LeadHandedOver)
    forgotten(panel.lead)
    assert panel.one.state(panel.ref).members[member] == "lead"


def test_nothing_is_left_but_a_random_id(world: World, clock: Clock) -> None:
    panel = bench(world, lead_rates=False)
    one, person, name = panel.one, panel.one.person, panel.one.who.name
    own = one.begin(STARS, "只有我的草稿")
    note(one, one.sheet(own), "草稿里的话")
    note(one, panel.sheet(one), NOTE)
    one.press(RemindTap(1))
    one.press(LanguageTap("en"))
    one.press(LanguageTap("zh"))
    one.press(Card(panel.sheet(one), "2.1/total"))
    one.say("等着存的话")
    assert one.focus.pending
    with world.store.write() as unit:
        raws = [
            Incoming(n, json.dumps({"from": one.who.external_id, "text": f"原话{n}"}), one.who.chat) for n in (7, 8)
        ]
        unit.inbox.take(raws, clock())
        unit.inbox.done(1, clock())
    seen = [*bodies(panel.lead, panel.ref)]
    forgotten(one)
    assert one.reply.toast == say("line.forgotten")
    at = house(panel.lead, panel.ref)
    at.show(one)
    rows = at.rows(one.who.external_id, name, "草稿里的话", "只有我的草稿", "等着存的话", "原话")
    assert rows == []
    assert at.rows(person)
    assert bodies(panel.lead, panel.ref)[: len(seen)] == seen, "the record of the others stands"
    left = panel.lead.entries(panel.ref)[-1]
    assert (left.body, left.person) == (MemberRemoved(person, "left"), person)
    with world.store.read() as unit:
        listed = unit.assessments.for_operator(panel.lead.of(panel.ref).id)
        assert listed is not None
        made = in_memory.render(world, unit, listed, "json", "zh", "UTC")
    assert verify(made).sound
    assert one.who.external_id.encode() not in made
    assert told(panel.lead)[-1] == say("post.member-forgotten", assessment=ORGANISATION)
    ReminderDesk(world, CHANNEL).tidy()


def test_a_veto_of_who_is_forgotten_stands_and_the_lead_hears_no_name(world: World) -> None:
    """Their sheet can be submitted by nobody else and never set aside: it goes in with the leaving."""
    panel = bench(world)
    one, name = panel.one, panel.one.who.name
    panel.rate(one, [("1.1/veto", "v1")])
    before = len(told(panel.lead))
    forgotten(one)
    kinds = [type(entry.body) for entry in panel.lead.entries(panel.ref)[-2:]]
    assert kinds == [e.SheetSubmitted, MemberRemoved]
    said = told(panel.lead)[before:]
    assert said == [say("post.member-forgotten", assessment=ORGANISATION)]
    assert name not in "".join(told(panel.lead))


@pytest.mark.parametrize("inside", [False, True])
def test_what_the_lead_has_before_them_names_them_no_more(world: World, clock: Clock, ann: Scene, inside: bool) -> None:
    """A card, a message that waits, one that was sent, and taps on both: also of who only knocked."""
    at = house(ann, ann.begin())
    bo = at.someone()
    (at.joins if inside else at.asks)(bo, *([] if inside else [at.link()]))
    ann.press(Members(at.ref) if inside else f"1:mq:{at.ref}")
    assert bo.who.name in ann.text
    assert any(bo.who.name in content for content in at.notices(ann))
    with world.store.write() as unit:
        unit.inbox.take([Incoming(5, json.dumps({"message": bo.who.name}, ensure_ascii=False), ann.who.chat)], clock())
        unit.inbox.done(1, clock())
    count = len(at.notices(ann))
    forgotten(bo)
    at.show(bo)
    assert at.rows(bo.who.name, bo.who.external_id) == []
    assert len(at.notices(ann)) == count + inside, "no message is lost"
    assert bo.who.name not in ann.text


def test_a_file_that_is_lost_afterwards_is_told_to_nobody(world: World) -> None:
    panel = bench(world)
    panel.one.press(Card(panel.sheet(panel.one), "2.1/total"))
    proofs.sent(panel.one)
    forgotten(panel.one)
    at = house(panel.lead, panel.ref)
    at.show(panel.one)
    (job,) = proofs.jobs(world)
    proofs.desk(world).lost(job, "gone")
    assert at.rows(panel.one.who.external_id) == []


def test_entries_from_before_still_hold_the_number_of_the_chat_and_that_is_said(world: World, ann: Scene) -> None:
    ref = ann.closed()
    ann.order("forget")
    assert say("forget.numbered") not in ann.text
    with world.store.write() as unit:
        cases = Cases(world, unit, unit.people.get(ann.person))
        case = cases.by_ref(ref)
        stamp = Stamp(world.clock(), Source(CHANNEL, ann.who.chat, "71", ""))
        cases.record(case, [Draft(e.Exported("html", "zh", 3))], stamp)
    ann.order("forget")
    assert say("forget.numbered") in ann.text


def test_the_last_message_is_a_card_without_buttons(world: World, ann: Scene) -> None:
    ann.begin()
    forgotten(ann)
    outbox = OutboxDesk(world, CHANNEL)
    (card,) = [one for one in outbox.behind() if one.chat == ann.who.chat]
    assert (card.screen.text, card.screen.rows) == (say("line.forgotten"), ())
    outbox.shown(card.chat, card.version, 9, "digest")
    for message in card.strays:
        outbox.stripped(card.chat, message)
    with world.store.read() as unit:
        assert unit.chats.state(CHANNEL, ann.who.chat) is None


def test_who_comes_back_is_somebody_new(world: World, ann: Scene) -> None:
    ref = ann.closed()
    before = ann.person
    forgotten(ann)
    ann.order("start")
    assert ann.person != before
    assert not ann.listed
    ann.press(Head(ref))
    assert ann.reply.toast == say("refusal.unknown-assessment")
    with world.store.read() as unit:
        listed = unit.assessments.for_operator(ref)
        assert listed is not None
        assert listed.state == "closed", "a closed result stands"
        assert unit.people.get(before).name == ""


def test_with_the_texts_of_all_notes(world: World) -> None:
    panel = bench(world)
    message = note(panel.one, panel.sheet(panel.one), NOTE)
    note(panel.one, panel.sheet(panel.one), f"{NOTE}之二", "2.10/total")
    note(panel.two, panel.sheet(panel.two), OTHER)
    panel.one.edit(message, " ")
    forgotten(panel.one, notes=True)
    kept = "".join(bodies(panel.lead, panel.ref))
    assert (NOTE in kept, OTHER in kept) == (False, True)
    reasons = [one.body.reason for one in panel.lead.entries(panel.ref) if isinstance(one.body, e.TextErased)]
    assert reasons == [say("erase.reason.forgotten")] * 2


def test_an_old_card_asks_again(ann: Scene) -> None:
    ann.begin()
    ann.press(ConfirmForget())
    old = ann.button("button.forget-for-good").payload
    ann.begin(STARS, "后来的草稿")
    ann.press(old)
    assert ann.reply.toast == say("refusal.changed-meanwhile")
    assert ann.labels[0] == say("button.keep-me")
    assert len(ann.listed) == 2
    ann.tap("button.forget-for-good")
    ann.order("start")
    assert not ann.listed


def test_archived_drafts_go_too(world: World, ann: Scene) -> None:
    ref = ann.begin()
    ann.press(ArchiveTap(ref, 1))
    inner = ann.of(ref).id
    forgotten(ann)
    with world.store.read() as unit:
        listed = unit.assessments.for_operator(inner)
        assert listed is not None
        assert listed.state == "deleted"
        assert [one.body for one in unit.entries.recorded(inner)[:-1]].count(None) == listed.seq - 1


def test_a_draft_in_which_others_rated_stays(world: World) -> None:
    panel = bench(world)
    for someone in (panel.one, panel.two, panel.viewer):
        forgotten(someone)
    panel.lead.order("forget")
    assert say("forget.keeps", names=ORGANISATION) in panel.lead.text
    inner = panel.lead.of(panel.ref).id
    forgotten(panel.lead)
    with world.store.read() as unit:
        assert all(one.body is not None for one in unit.entries.recorded(inner))


def test_what_was_sent_before_it_was_handled_is_passed_over(world: World, clock: Clock, ann: Scene) -> None:
    """A message that was waiting in the inbox: its lane still has it in hand."""
    ann.begin()
    with world.store.write() as unit:
        unit.inbox.take([Incoming(7, "raw", ann.who.chat)], clock())
    forgotten(ann)
    ann.do(Said("迟到的话", "99"), Delivery(1, "7"))
    assert ann.reply.silent
    with world.store.read() as unit:
        assert unit.people.find(CHANNEL, ann.who.external_id) is None


def test_what_waited_and_is_nothing_or_cannot_be_read_holds_no_lane_once_it_is_forgotten(
    world: World, clock: Clock, ann: Scene
) -> None:
    """An error would hold the chat for two minutes, for an update that never comes again."""
    ann.begin()
    with world.store.write() as unit:
        unit.inbox.take([Incoming(number, "raw", ann.who.chat) for number in (7, 8)], clock())
    desk = InboxDesk(world, CHANNEL)
    passed_over, malformed = (one.row for one in desk.waiting(9))
    forgotten(ann)
    desk.ignore(passed_over, "a service message")
    assert desk.failed(malformed, "malformed", final=True)
    assert desk.failed(malformed, "RuntimeError")
    with world.store.read() as unit:
        assert not unit.inbox.counts()["dead"]
        assert (unit.inbox.get(malformed).raw, unit.inbox.get(malformed).reason) == (None, None)


def test_files_show_the_erased_person_by_their_id(world: World, ann: Scene) -> None:
    ref = ann.closed()
    person, name = ann.person, ann.who.name
    forgotten(ann)
    with world.store.read() as unit:
        listed = unit.assessments.for_operator(ref)
        assert listed is not None
        page = in_memory.render(world, unit, listed, "html", "zh", "Asia/Shanghai").decode()
    assert name not in page
    assert say("transcript.person-erased", id=person[:8]) in page


def test_other_members_do_not_read_the_name_any_more(world: World) -> None:
    panel = bench(world, lead_rates=False)
    name = panel.one.who.name
    panel.lead.press(Others(panel.ref))
    assert name in panel.lead.text
    version = panel.lead.chat.wanted_version
    forgotten(panel.one)
    assert name not in panel.lead.text, "what stood there already, too"
    assert panel.lead.chat.wanted_version > version
    assert panel.lead.focus.place == f"1:bo:{panel.ref}"


@pytest.mark.parametrize("days", [6, 8])
def test_who_blocked_the_bot_reads_no_last_word(world: World, clock: Clock, ann: Scene, days: int) -> None:
    ann.begin()
    forgotten(ann)
    OutboxDesk(world, CHANNEL).unreachable(ann.who.chat)
    clock.ahead(timedelta(days=days))
    ReminderDesk(world, CHANNEL).tidy()
    with world.store.read() as unit:
        assert (unit.chats.state(CHANNEL, ann.who.chat) is None) == (days > 7)
