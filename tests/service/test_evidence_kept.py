"""Evidence that is kept: taken away, shown again, its clean copy, and the same file elsewhere."""

import hashlib
from pathlib import Path

import pytest

from bot.domain import evidence as domain
from bot.domain import panel_commands as k
from bot.domain.commands import Command
from bot.domain.entries import Exported
from bot.domain.evidence_entries import EvidenceRemoved, EvidenceStored
from bot.domain.record import Source
from bot.service import evidence_files, fetching
from bot.service.cases import Cases, Stamp
from bot.service.fetching import FetchDesk
from bot.service.world import World
from bot.store import disk, vault
from bot.store.disk import sync
from bot.store.vault import BytesMissing, Vault
from bot.view.blind_places import BeginTap
from bot.view.evidence_places import AskClaimed, AskDiscard, ShowTap
from bot.view.places import EvidenceBoard, EvidenceItem, EvidenceList, Head
from tests.service.proofs import PDF, arrive, at, desk, files, held, jobs, notices, picture, sent, seq, tells_place
from tests.service.scene import CHANNEL, Scene, say
from tests.store.making import by_hand


def test_removing_takes_the_bytes_and_leaves_a_tombstone(ann: Scene, world: World) -> None:
    ref = at(ann)
    sent(ann)
    arrive(world, picture())
    number = seq(ann, ref)
    ann.press(EvidenceItem(ref, number))
    ann.tap("button.evidence-remove")
    assert held(ann, ref)[number].keeping == "kept", "a reason is asked first"
    ann.say("拍错了")
    assert ann.reply.files
    desk(world).tidy()
    one = held(ann, ref)[number]
    assert (one.keeping, one.reason) == ("removed", "拍错了")
    assert files(world) == set()
    assert say("evidence.state-removed") in ann.text
    ann.press(EvidenceItem(ref, number))
    assert "拍错了" in ann.text
    assert ann.press(ShowTap(ref, number)).toast == say("evidence.not-there")


def test_bytes_stay_while_another_piece_has_them(ann: Scene, bo: Scene, world: World) -> None:
    """Also one of people who do not know of each other."""
    ref, his = at(ann), at(bo)
    photo = picture()
    for scene in (ann, bo):
        sent(scene)
        arrive(world, photo)
    ann.press(AskDiscard(ref, seq(ann, ref)))
    ann.say("不要了")
    desk(world).tidy()
    kept = held(bo, his)[seq(bo, his)]
    assert files(world) == {kept.sha256, kept.clean}
    bo.press(AskDiscard(his, kept.seq))
    bo.say("不要了")
    desk(world).tidy()
    assert files(world) == set()


def test_a_deleted_draft_leaves_no_bytes(ann: Scene, world: World) -> None:
    ref = at(ann)
    sent(ann)
    arrive(world, picture())
    sent(ann)
    ann.press(Head(ref))
    ann.tap("button.delete-draft")
    ann.tap("button.delete-for-good")
    assert jobs(world) == (), "nothing is fetched for it either"
    desk(world).tidy()
    assert files(world) == set()


def test_what_is_taken_away_while_it_comes_is_not_kept(ann: Scene, world: World) -> None:
    ref = at(ann)
    sent(ann)
    (job,) = jobs(world)
    ann.press(AskDiscard(ref, job.seq))
    ann.say("误传")
    part = desk(world).part()
    part.write_bytes(PDF)
    desk(world).keep(job, desk(world).examined(part, hashlib.sha256(PDF).hexdigest(), 16))
    part.unlink()
    assert files(world) == set()
    assert not any(isinstance(e.body, EvidenceStored) for e in ann.entries(ref))


def act(world: World, scene: Scene, ref: str, command: Command) -> None:
    """What a panel's screens do, by its lead."""
    inner = scene.of(ref).id
    with world.store.write() as unit:
        cases = Cases(world, unit, unit.people.get(scene.person))
        cases.act(cases.by_id(inner), command, Stamp(world.clock(), Source(CHANNEL)))


def test_evidence_of_somebody_who_left_is_kept_all_the_same(ann: Scene, bo: Scene, world: World) -> None:
    ref = ann.begin()
    bo.order("start")
    act(world, ann, ref, k.Admit(bo.person, "assessor", "terms"))
    bo.press(BeginTap(ref, "total"))
    bo.say("#2.1")
    sent(bo, "document")
    (job,) = jobs(world)
    act(world, ann, ref, k.Remove(bo.person, "另有安排"))
    arrive(world, PDF)
    one = held(ann, ref)[job.seq]
    assert (one.person, one.keeping) == (bo.person, "kept")
    assert ann.entries(ref)[-1].person == ann.person, "a lead stands for who has left"
    ann.press(EvidenceItem(ref, job.seq))
    assert say("evidence.not-there") in ann.text, "his sheet is still open: what stands on it is not the lead's to see"
    ann.press(EvidenceBoard(ref))
    assert say("evidence.none-at-all") in ann.text


def test_a_clean_copy_is_shown_and_the_original_is_logged(ann: Scene, world: World) -> None:
    ref = at(ann)
    photo = picture()
    assert tells_place(photo), "the test's own picture"
    sent(ann, "document", name="IMG_1.jpg")
    arrive(world, photo)
    one = held(ann, ref)[seq(ann, ref)]
    assert one.clean not in {"", one.sha256}
    ann.press(EvidenceItem(ref, one.seq))
    before = len(ann.entries(ref))
    ann.tap("button.evidence-show")
    (content,) = (n for n in notices(ann) if n["kind"] == "evidence")
    assert content["name"] == f"evidence-{one.seq}.jpg", "never the name that a person gave"
    assert not tells_place(evidence_files.made(world, content))
    assert len(ann.entries(ref)) == before
    ann.tap("button.evidence-original")
    (content,) = [n for n in notices(ann) if n["kind"] == "evidence"][1:]
    assert evidence_files.made(world, content) == photo
    assert ann.entries(ref)[-1].body == Exported(f"original-{one.seq}", "zh", before)


def test_a_picture_without_a_clean_copy_leaves_the_bot_for_nobody_but_who_brought_it(
    ann: Scene, bo: Scene, world: World
) -> None:
    ref = at(ann)
    sent(ann, "document")
    arrive(world, picture("TIFF"))
    one = held(ann, ref)[seq(ann, ref)]
    assert (one.keeping, one.mime, one.clean) == ("kept", "image/tiff", "")
    assert not domain.carried(one)
    ann.press(EvidenceItem(ref, one.seq))
    assert say("evidence.copy-none") in ann.text
    assert say("button.evidence-show") not in ann.labels
    assert say("button.evidence-original") in ann.labels


def test_the_same_file_at_one_question_is_told_to_who_sent_it(ann: Scene, world: World) -> None:
    ref = at(ann)
    for _ in range(2):
        sent(ann, "document")
    first, second = held(ann, ref)
    arrive(world, PDF)
    said = say("evidence.twice", clause="2.1", number=first, again=second)
    assert [n["text"] for n in notices(ann) if n["kind"] == "text"] == [said]
    assert files(world) == {hashlib.sha256(PDF).hexdigest()}


def test_the_same_file_elsewhere_is_pointed_out_to_a_lead_within_their_own(ann: Scene, bo: Scene, world: World) -> None:
    one = at(ann, "2.1")
    sent(ann, "document")
    ann.say("#3")
    sent(ann, "document")
    other = at(ann, "2.1")
    sent(ann, "document")
    his = at(bo, "2.1")
    sent(bo, "document")
    arrive(world, PDF)
    ann.press(EvidenceItem(one, min(held(ann, one))))
    same = ann.text.split(say("evidence.field-same"))[1]
    assert "3 " in same
    assert ann.state(other).name in same
    bo.press(EvidenceItem(his, seq(bo, his)))
    assert say("evidence.field-same") not in bo.text, "others' assessments are none of his"
    ann.press(EvidenceBoard(one))
    assert ann.text.count(say("evidence.twins", n=2)) == 2
    assert not any(n["kind"] == "text" for n in notices(bo))


def test_an_assessor_hears_of_twins_at_the_same_question_alone(
    ann: Scene, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = at(ann, "2.1")
    sent(ann, "document")
    ann.say("#3")
    sent(ann, "document")
    arrive(world, PDF)
    with by_hand(world.store._engine) as raw:
        raw.execute("UPDATE membership SET role = 'assessor' WHERE assessment = ?", (ann.of(ref).id,))
    ann.press(EvidenceItem(ref, min(held(ann, ref))))
    assert say("evidence.field-same") not in ann.text


def test_after_closing_evidence_is_shown_and_nothing_more_is_taken(ann: Scene, world: World) -> None:
    ref = ann.begin()
    question = ann.focus.question
    sent(ann)
    ann.fill()
    ann.tap("button.close")
    ann.tap("button.close-for-good")
    arrive(world, picture())
    number = seq(ann, ref)
    assert held(ann, ref)[number].keeping == "kept", "what had come before closing is fetched after it"
    ann.press(EvidenceItem(ref, number))
    assert say("button.evidence-show") in ann.labels
    assert say("button.evidence-remove") not in ann.labels
    ann.press(AskClaimed(ref, number))
    assert ann.focus.expects == "rating"
    ann.press(EvidenceList(ann.sheet(ref), question))
    sent(ann)
    assert len(held(ann, ref)) == 1
    assert not any(isinstance(e.body, EvidenceRemoved) for e in ann.entries(ref))


def test_damaged_bytes_are_not_handed_out(ann: Scene, world: World) -> None:
    ref = at(ann)
    sent(ann, "document")
    arrive(world, PDF)
    one = held(ann, ref)[seq(ann, ref)]
    path = Path(world.store.vault._folder / one.sha256[:2] / one.sha256)
    path.write_bytes(PDF + b"!")
    sync(path)
    with pytest.raises(BytesMissing):
        world.store.vault.read(one.sha256)
    with pytest.raises(LookupError):
        world.store.vault.read("../../etc/passwd")


def test_kept_is_said_after_the_disk_has_it(ann: Scene, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both files synced under their temporary names, named, their folders synced; then the entry, then the card."""
    at(ann)
    sent(ann)
    done: list[tuple[str, bool]] = []
    real, put = disk.sync, Vault.put

    def synced(path: Path) -> None:
        real(path)
        done.append(("folder" if path.is_dir() else "file", "✓ 已存好" in ann.text))

    def named(self: Vault, part: Path, sha256: str) -> None:
        done.append(("name", "✓ 已存好" in ann.text))
        put(self, part, sha256)

    for module in (fetching, vault):
        monkeypatch.setattr(module, "sync", synced)
    monkeypatch.setattr(Vault, "put", named)
    arrive(world, picture())
    steps = [step for step, _ in done]
    assert steps[:3] == ["file", "file", "name"]
    assert steps.count("name") == 2
    assert steps[3] == steps[-1] == "folder", "after each name"
    assert not any(said for _, said in done)
    assert "✓ 已存好" in ann.text


def killed_before_the_commit(ann: Scene, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes have their name, and no entry says so; then Telegram does not have the file any more."""
    at(ann)
    sent(ann)
    (job,) = jobs(world)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(FetchDesk, "_record", die)
        with pytest.raises(KeyboardInterrupt):
            arrive(world, PDF)
    assert files(world) - {".coming"}
    desk(world).begin()
    desk(world).lost(job, "gone")
    desk(world).tidy()
    assert files(world) == set(), "an orphan"


def test_bytes_that_no_entry_came_for_go(ann: Scene, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_before_the_commit(ann, world, monkeypatch)


def test_switched_off_knowing_of_bytes_leaves_an_orphan(
    ann: Scene, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FetchDesk, "_know", lambda *_: None)
    with pytest.raises(AssertionError, match="an orphan"):
        killed_before_the_commit(ann, world, monkeypatch)
