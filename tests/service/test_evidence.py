"""Evidence as people bring it: where it belongs, what is said, described. What is kept: test_evidence_kept.py."""

import hashlib

import pytest

from bot.domain import evidence as domain
from bot.domain.evidence_entries import EvidenceLost, EvidenceReceived
from bot.service.events import Edited
from bot.service.world import World
from bot.store import disk
from bot.view.card import heading
from bot.view.evidence_places import AskCaption, AskDiscard
from bot.view.places import Card, EvidenceItem, EvidenceList, Head, Home, NextOpen
from bot.words import Words
from tests.service.proofs import PDF, arrive, at, files, held, jobs, notices, picture, sent, seq
from tests.service.scene import STARS, Scene, say


def test_a_photo_belongs_to_the_question_in_focus_and_the_card_counts_it(ann: Scene, world: World) -> None:
    ref = at(ann)
    sent(ann, caption="前台")
    sent(ann, "document", name="report.pdf")
    assert "2.1 收到：文件 1" in ann.top
    assert say("evidence.summary-coming", total=2, kinds="照片 1、文件 1", n=2) in ann.text
    assert ann.chat.wanted_fresh
    arrive(world, picture(), PDF)
    one, two = held(ann, ref).values()
    assert (str(one.question), one.caption, one.keeping, one.mime) == ("2.1/total", "前台", "kept", "image/jpeg")
    assert (two.sha256, two.size, two.mime, two.clean) == (hashlib.sha256(PDF).hexdigest(), 16, "application/pdf", "")
    assert say("evidence.summary", total=2, kinds="照片 1、文件 1", n=0) in ann.text, "the card is brought up to date"
    assert say("button.evidence-many", n=2) in ann.labels
    assert jobs(world) == ()


def test_bytes_stand_under_their_hash_for_their_owner_alone(ann: Scene, world: World) -> None:
    at(ann)
    sent(ann, name="../../evil.jpg")
    photo = picture()
    arrive(world, photo)
    (one,) = held(ann, ann.listed[0].ref).values()
    folder = world.store.vault._folder
    path = folder / one.sha256[:2] / one.sha256
    assert path.read_bytes() == photo
    assert files(world) == {one.sha256, one.clean}
    assert path.stat().st_mode & 0o777 == 0o600
    assert {p.stat().st_mode & 0o777 for p in (folder, path.parent)} == {0o700}


def test_without_a_question_nothing_is_kept_and_the_line_says_so(ann: Scene, world: World) -> None:
    ref = ann.begin()
    for place in (Home(), Head(ref)):
        ann.press(place)
        sent(ann)
        assert ann.top == say("evidence.no-question")
    assert held(ann, ref) == {}
    assert jobs(world) == ()


def test_a_reply_belongs_to_what_it_answers(ann: Scene) -> None:
    ref = at(ann, "2.1")
    first = ann.say("80")
    ann.say("#3")
    sent(ann, reply_to=first)
    assert str(held(ann, ref)[seq(ann, ref)].question) == "2.1/total"
    assert ann.focus.question == "3/total", "the card stays where it was"
    sent(ann, reply_to="999")
    assert str(held(ann, ref)[seq(ann, ref)].question) == "3/total", "what cannot be told is the question in focus"


def test_a_reply_to_an_older_card_belongs_to_its_question(ann: Scene) -> None:
    ref = at(ann, "3")
    scheme = ann.world.library.get(STARS)
    assert scheme is not None
    question = next(q for q in scheme.questions if q.indicator == "2.1")
    (name,) = heading(Words.of("en"), scheme, question)
    sent(ann, reply_to="999", card=f"Made-up\n{name}\nHow?")
    assert str(held(ann, ref)[seq(ann, ref)].question) == "2.1/total"
    sent(ann, reply_to="999", card="2.1 something else")
    assert str(held(ann, ref)[seq(ann, ref)].question) == "3/total"


def test_an_older_card_that_may_be_of_another_assessment_is_not_guessed(ann: Scene) -> None:
    ann.begin()
    ref = at(ann, "3")
    scheme = ann.world.library.get(STARS)
    assert scheme is not None
    question = next(q for q in scheme.questions if q.indicator == "2.1")
    sent(ann, reply_to="999", card=heading(Words.of("zh"), scheme, question)[0])
    assert str(held(ann, ref)[seq(ann, ref)].question) == "3/total"


def test_a_location_is_kept_at_once(ann: Scene, world: World) -> None:
    ref = at(ann)
    sent(ann, "location")
    (one,) = held(ann, ref).values()
    assert (one.place, one.keeping) == ("31.230400,121.473700", "kept")
    assert ann.top == say("evidence.place-saved", clause="2.1")
    assert jobs(world) == ()
    ann.press(EvidenceItem(ref, one.seq))
    assert "31.230400,121.473700" in ann.text
    assert say("button.evidence-show") not in ann.labels


def test_over_20_mb_is_told_at_once_and_stays_in_the_record(ann: Scene, world: World) -> None:
    ref = at(ann)
    message = sent(ann, "video", size=(20 << 20) + 1, name="tour.mp4")
    bodies = [e.body for e in ann.entries(ref) if isinstance(e.body, EvidenceReceived | EvidenceLost)]
    assert isinstance(bodies[0], EvidenceReceived)
    assert (bodies[0].name, bodies[0].file) == ("tour.mp4", f"AgAC{message}")
    assert bodies[1] == EvidenceLost(seq(ann, ref), "too-large")
    assert ann.top == say("evidence.too-large", clause="2.1")
    assert jobs(world) == ()
    assert say("button.evidence") in ann.labels, "it supports nothing"
    ann.press(Head(ref))
    ann.tap(say("evidence.board"))
    assert say("evidence.state-lost-too-large") in ann.text, "and yet it can be found"


def test_with_little_room_no_files_are_taken_but_answers_are(
    ann: Scene, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = at(ann)
    monkeypatch.setattr(disk, "free", lambda _: 400 * disk.MEGABYTE)
    sent(ann)
    assert ann.top == say("evidence.no-room")
    sent(ann, "location")
    assert [one.kind for one in held(ann, ref).values()] == ["location"]
    ann.say("80")
    assert len(ann.answers(ref)) == 1


def test_the_quota_is_refused_with_a_sentence(ann: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = at(ann)
    monkeypatch.setattr(domain, "MOST_FILES", 2)
    for _ in range(3):
        sent(ann)
    assert len(held(ann, ref)) == 2
    assert ann.top == say("refusal.evidence-full", files=200, megabytes=1000)
    ann.press(AskDiscard(ref, seq(ann, ref)))
    ann.say("误传")
    sent(ann)
    assert len(held(ann, ref)) == 3


def test_true_sizes_count_once_they_are_known(ann: Scene, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = at(ann)
    monkeypatch.setattr(domain, "MOST_BYTES", 100)
    sent(ann, "document", size=1)
    sent(ann, "document", size=1)
    arrive(world, b"x" * 101, b"y")
    one, two = held(ann, ref).values()
    assert (one.keeping, two.keeping, two.reason) == ("kept", "lost", "quota")
    assert any("已到上限" in notice["text"] for notice in notices(ann))
    assert files(world) == {one.sha256}


def test_an_album_is_counted_together_and_its_caption_counts_for_all(ann: Scene, world: World) -> None:
    ref = at(ann)
    for caption in ("大厅", "", ""):
        sent(ann, caption=caption, album="77")
    assert ann.top == say("evidence.received", clause="2.1", kinds="照片 3")
    assert ann.reply.hold > 0
    assert ann.reply.files
    arrive(world, picture(seed=1), picture(seed=2), picture(seed=3))
    ann.press(EvidenceList(ann.sheet(ref), "2.1/total"))
    assert ann.text.count("大厅") == 3
    sent(ann)
    assert ann.reply.hold == 0, "one photo alone is answered at once"


def test_a_caption_is_revised_by_editing_the_message(ann: Scene) -> None:
    ref = at(ann)
    message = sent(ann, caption="前台")
    ann.edit(message, "后台")
    (one,) = held(ann, ref).values()
    assert (one.caption, one.revision) == ("后台", 1)
    ann.edit(message, "后台")
    assert ann.top == say("line.unchanged")


def test_a_file_exchanged_in_its_message_is_not_taken_and_that_is_said(ann: Scene, world: World) -> None:
    """Telegram lets people put another photo into a message; evidence stays what it was."""
    ref = at(ann)
    message = sent(ann, caption="前台", size=12)
    ann.do(Edited("后台", message, 13))
    (one,) = held(ann, ref).values()
    assert (one.caption, one.size) == ("后台", 12)
    assert ann.top == say("evidence.exchanged")
    assert len(jobs(world)) == 1
    ann.do(Edited("大厅", message, 12))
    assert ann.top == say("evidence.captioned"), "the same file, as far as can be told"
    ann.do(Edited("", message, 12))
    assert held(ann, ref)[one.seq].caption == "", "a caption taken away is gone"


def test_caption_and_day_by_button(ann: Scene) -> None:
    ref = at(ann)
    sent(ann)
    number = seq(ann, ref)
    ann.press(EvidenceItem(ref, number))
    ann.tap("button.evidence-day")
    ann.say("昨天")
    assert held(ann, ref)[number].claimed == ""
    ann.say("2026-05-01")
    ann.tap("button.evidence-caption")
    ann.say("热线记录")
    one = held(ann, ref)[number]
    assert (one.claimed, one.caption) == ("2026-05-01", "热线记录")
    assert "2026-05-01" in ann.text
    assert "热线记录" in ann.text


def test_what_is_sent_while_looking_at_a_piece_belongs_to_its_question(ann: Scene) -> None:
    ref = at(ann)
    sent(ann)
    number = seq(ann, ref)
    for place in (EvidenceItem(ref, number), EvidenceList(ann.sheet(ref), "2.1/total"), AskCaption(ref, number)):
        ann.press(place)
        sent(ann, "document")
        assert str(held(ann, ref)[seq(ann, ref)].question) == "2.1/total"


def test_a_card_with_more_to_say_is_not_drawn_anew(ann: Scene, world: World) -> None:
    """Choices stand nowhere but on the card."""
    ref = at(ann)
    sent(ann)
    ann.say("1")
    labels = ann.labels
    arrive(world, picture())
    assert ann.labels == labels
    ann.press(Card(ann.sheet(ref), "2.1/total"))
    assert say("evidence.summary", total=1, kinds="照片 1", n=0) in ann.text
    ann.press(NextOpen(ann.sheet(ref)))
    screen = ann.screen
    ann.say("#2.1")
    sent(ann)
    ann.press(NextOpen(ann.sheet(ref)))
    arrive(world, picture(seed=5))
    assert ann.screen.rows == screen.rows, "somebody else's card is left alone"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x", "../../x"),
        ("a\nb.jpg", "a b.jpg"),
        ("x\x00.jpg", "x.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\u202e\u2066", ""),
        ("n" * 300, "n" * 200),
        ("", ""),
    ],
)
def test_a_name_is_shown_and_never_used(name: str, kept: str, ann: Scene, world: World) -> None:
    ref = at(ann)
    sent(ann, "document", name=name, caption="\u200b")
    arrive(world, PDF)
    one = held(ann, ref)[seq(ann, ref)]
    assert (one.name, one.caption, one.keeping) == (kept, "", "kept")
    assert files(world) == {one.sha256}
