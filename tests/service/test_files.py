"""Files: the record as it was when they were ordered, whatever comes after."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.commands import Actor
from bot.domain.entries import Exported, Noted
from bot.domain.panel_commands import Admit
from bot.domain.record import Source
from bot.export import FORMATS
from bot.service.cases import Cases, Stamp
from bot.service.channel import Notice
from bot.service.outbox import OutboxDesk
from bot.service.weights import Kind, Weight
from bot.service.workshop import FOLDER, Workshop
from bot.service.world import World
from bot.verify.bundle import verify
from bot.verify.keyfile import Keyring
from bot.view.evidence_lines import size_text
from bot.view.places import AskNote, Export, NextOpen
from tests.service import in_memory
from tests.service.proofs import arrive, at, picture, sent
from tests.service.scene import CHANNEL, Scene, say


def ordered(scene: Scene, ref: str, format_: str) -> Notice:
    scene.press(f"1:F:{ref}:{format_}")
    return OutboxDesk(scene.world, CHANNEL).notices()[-1]


def data(notice: Notice) -> bytes:
    assert notice.data is not None
    made = notice.data()
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize("format_", ["html", "json"])
def test_a_file_is_the_record_when_it_was_ordered(format_: str, ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("button.note")
    ann.say("早先的备注")
    seq = ann.of(ref).seq
    notice = ordered(ann, ref, format_)
    assert ann.reply.toast == say("line.file-coming")
    assert ann.entries(ref)[-1].body == Exported(format_, "zh", seq)
    first = data(notice)
    ann.press(f"1:w:{ann.sheet(ref)}:1.1/veto")
    ann.say("后来的备注")
    ann.tap("没有违法")
    assert data(notice) == first, "the same bytes, however often it is made"
    assert "早先的备注" in first.decode()
    assert "后来的备注" not in first.decode()
    assert notice.file_name == f"made-stars-{ref}-2026-11-20.{FORMATS[format_].ending}"
    assert str(seq) in notice.caption


def test_a_button_tapped_twice_orders_one_file(ann: Scene) -> None:
    """The second tap comes before the first file is sent; what was said since, or another format, is another file."""
    ref = ann.begin()
    for _ in range(10):
        ann.press(f"1:F:{ref}:html")
        assert ann.reply.toast == say("line.file-coming")
    assert sum(isinstance(entry.body, Exported) for entry in ann.entries(ref)) == 1
    assert len(OutboxDesk(ann.world, CHANNEL).notices()) == 1
    ann.press(f"1:F:{ref}:csv")
    ann.press(f"1:F:{ref}:html")
    assert len(OutboxDesk(ann.world, CHANNEL).notices()) == 2
    ann.press(AskNote(ann.sheet(ref), "2.1/total"))
    ann.say("又一条")
    ann.press(f"1:F:{ref}:html")
    ann.press("1:L:en")
    ann.press(f"1:F:{ref}:html")
    assert len(OutboxDesk(ann.world, CHANNEL).notices()) == 4
    assert sum(isinstance(entry.body, Exported) for entry in ann.entries(ref)) == 4


def test_it_speaks_the_language_and_the_zone_of_whoever_ordered_it(ann: Scene) -> None:
    ref = ann.begin()
    ann.press("1:L:en")
    ann.press("1:Z:America/New_York")
    notice = ordered(ann, ref, "html")
    ann.press("1:L:zh")
    page = data(notice).decode()
    assert '<html lang="en"' in page
    assert "-05:00" in page


def test_a_json_file_holds_the_whole_record(ann: Scene) -> None:
    ref = ann.closed()
    found = json.loads(data(ordered(ann, ref, "json")))
    assert len(found["record"]) == found["made_from"] == ann.of(ref).seq - 1
    assert found["result"]["grade"]["id"] == "silver"
    assert list(found["names"].values()) == ["示例员 1001"]


def test_a_file_of_what_was_deleted_meanwhile_is_not_made(ann: Scene) -> None:
    ref = ann.begin()
    notice = ordered(ann, ref, "html")
    ann.press(f"1:D:{ref}")
    with pytest.raises(LookupError):
        data(notice)


def test_what_was_erased_before_a_file_is_sent_is_in_it_no_more(ann: Scene, tmp_path: Path) -> None:
    """It was made and could not be sent at first, as Telegram asked to wait."""
    ref = ann.begin()
    with Workshop(tmp_path / FOLDER) as shop:
        ann.world = replace(ann.world, workshop=shop)
        ann.press(AskNote(ann.sheet(ref), "2.1/total"))
        ann.say("张经理的手机号")
        (seq,) = (one.seq for one in ann.entries(ref) if isinstance(one.body, Noted))
        notice = ordered(ann, ref, "html")
        assert notice.data is not None
        made = notice.data()
        assert isinstance(made, Path)
        assert "张经理的手机号" in made.read_text("utf-8")
        ann.press(f"1:lw:{ref}:{seq}:personal")
        again = notice.data()
        assert isinstance(again, Path)
        assert "张经理的手机号" not in again.read_text("utf-8")
        written = again.stat().st_mtime_ns
        assert notice.data() == again, "made once"
        assert again.stat().st_mtime_ns == written


def test_a_file_that_nobody_waits_for_any_more_is_not_kept(ann: Scene, tmp_path: Path) -> None:
    ref = ann.begin()
    with Workshop(tmp_path / FOLDER) as shop:
        ann.world = replace(ann.world, workshop=shop)
        notice = ordered(ann, ref, "html")
        assert notice.data is not None
        notice.data()
        OutboxDesk(ann.world, CHANNEL).notices()
        assert len(list((tmp_path / FOLDER).iterdir())) == 1
        ann.order("forget")
        ann.tap("button.forget-me")
        ann.tap("button.forget-for-good")
        OutboxDesk(ann.world, CHANNEL).notices()
        assert list((tmp_path / FOLDER).iterdir()) == []


def test_all_of_the_record_where_no_end_is_named(ann: Scene) -> None:
    ref = ann.begin()
    with ann.world.store.read() as unit:
        made = in_memory.render(ann.world, unit, ann.of(ref), "json", "zh", "UTC")
    assert json.loads(made)["made_from"] == ann.of(ref).seq


# before closing: what each member may see, and nothing that tells of the rest


@pytest.fixture
def joined(ann: Scene, bo: Scene) -> str:
    """ann's assessment with a rating and a note of hers; bo rates too, and has said nothing yet."""
    ref = ann.begin()
    ann.press(AskNote(ann.sheet(ref), "2.1/total"))
    ann.say("她的备注")
    bo.order("start")
    with ann.world.store.write() as unit:
        stamp = Stamp(ann.world.clock(), Source("test"))
        hers = Cases(ann.world, unit, unit.people.get(ann.person))
        hers.act(hers.by_ref(ref), Admit(bo.person, "assessor", "t"), stamp)
        his = Cases(ann.world, unit, unit.people.get(bo.person))
        his.open_sheet(his.by_ref(ref), "", ("total",), stamp)
    return ref


def page(scene: Scene, ref: str, format_: str = "html") -> str:
    """A file as this person gets it at a fixed moment."""
    with scene.world.store.read() as unit:
        listed = scene.of(ref)
        assert listed.role != "operator"
        reader = Actor(scene.person, listed.role)
        return in_memory.render(
            scene.world, unit, listed, format_, "zh", "UTC", None, reader, 1_800_000_000_000
        ).decode()


def test_before_closing_a_member_gets_the_part_that_they_may_see(ann: Scene, bo: Scene, joined: str) -> None:
    assert "她的备注" in page(ann, joined)
    his = page(bo, joined)
    assert "她的备注" not in his
    assert say("transcript.partial") in his
    for format_ in ("json", "bundle"):
        with pytest.raises(LookupError):
            page(bo, joined, format_)
    bo.press(Export(joined))
    assert [label.partition(" · ")[0] for label in bo.labels[:-1]] == ["PDF", "Word", "Excel", "网页", "CSV"]
    assert say("export.part") in bo.text
    before = ann.entries(joined)
    assert bo.press(f"1:F:{joined}:json").toast == say("line.not-whole")
    assert ann.entries(joined) == before, "what is refused is no export"
    assert bo.press(f"1:F:{joined}:html").toast == say("line.file-coming")
    caption = OutboxDesk(bo.world, CHANNEL).notices()[-1].caption
    assert not any(sign.isdigit() for sign in caption), "how many entries there are tells how busy others were"


def test_a_part_is_byte_for_byte_the_same_whatever_others_do(ann: Scene, bo: Scene, joined: str) -> None:
    first = page(bo, joined)
    ann.press(NextOpen(_own(ann, joined)))
    ann.fill("95")
    ann.press(AskNote(_own(ann, joined), "2.1/total"))
    ann.say("又一条她的备注")
    assert page(bo, joined) == first


# sizes


@pytest.fixture
def signing(world: World, tmp_path: Path) -> Scene:
    """ann where a bundle can be signed."""
    return Scene(replace(world, keys=Keyring(tmp_path / "signing.key")))


def sizes(scene: Scene, ref: str) -> dict[str, str]:
    scene.press(Export(ref))
    return dict(label.split(" · ") for label in scene.labels if " · " in label)


def test_sizes_are_estimates_until_the_very_file_was_made(signing: Scene) -> None:
    ann = signing
    ref = ann.closed()
    guessed = sizes(ann, ref)
    assert set(guessed) == {"PDF", "Word", "Excel", "网页", "CSV", "JSON", "数据包"}
    assert all(size.startswith("≈") for size in guessed.values())
    made = data(ordered(ann, ref, "csv"))
    kind = Kind(ann.of(ref).id, "csv", "zh")
    last = ann.world.weights.of(kind)
    assert last == Weight(ann.of(ref).seq - 1, len(made))
    ann.world.weights.remember(kind, Weight(last.upto, 777_777))
    assert sizes(ann, ref)["CSV"] == "≈770 KB", "but for the entry that it was exported the same: still a guess"
    listed = ann.of(ref)
    ann.world.weights.remember(kind, Weight(listed.seq, len(made)))
    exact = sizes(ann, ref)["CSV"]
    assert not exact.startswith("≈")
    assert size_text(len(made)) == exact
    ann.press("1:L:en")
    ann.press(Export(ref))
    assert any(label.startswith("CSV · ≈") for label in ann.labels), "another language is another file"


def test_sizes_tell_a_member_nothing_of_others(ann: Scene, bo: Scene, joined: str) -> None:
    before = sizes(bo, joined)
    ann.press(NextOpen(_own(ann, joined)))
    ann.fill("95")
    ann.press(AskNote(_own(ann, joined), "2.1/total"))
    ann.say("一条很长的备注" * 200)
    assert sizes(bo, joined) == before
    bo.press(f"1:F:{joined}:html")
    data(OutboxDesk(bo.world, CHANNEL).notices()[-1])
    assert sizes(bo, joined) == before, "nor is it told whether the part is still what was made"


def test_a_bundle_beyond_what_telegram_takes_is_queued_as_its_volumes(
    signing: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = signing
    at(ann)
    for number in range(3):
        sent(ann)
        arrive(ann.world, picture(size=(40 + number, 40)))
    ref = ann.listed[0].ref
    first = len(OutboxDesk(ann.world, CHANNEL).notices())
    monkeypatch.setattr("bot.export.split.BESIDE", 100)
    monkeypatch.setattr("bot.export.split.VOLUME", 1100)
    ann.press(Export(ref))
    ann.press(f"1:F:{ref}:bundle")
    queued = OutboxDesk(ann.world, CHANNEL).notices()[first:]
    of = len(queued)
    assert of > 2
    assert [one.file_name.rpartition("-")[2] for one in queued] == [f"{n}of{of}.zip" for n in range(1, of + 1)]
    assert all(say("line.volume-caption", volume=n, of=of) in one.caption for n, one in enumerate(queued, start=1))
    parts = [data(one) for one in queued]
    found = verify(parts[0], None, parts[1:])
    assert found.sound, found.first
    assert "volumes-missing" not in {check.code for check in found.checks}
    exported = [one for one in ann.entries(ref) if isinstance(one.body, Exported)]
    assert len(exported) == 1, "one export, however many files"


def _own(scene: Scene, ref: str) -> str:
    inner = scene.of(ref).id
    with scene.world.store.read() as unit:
        return next(one.ref for one in unit.assessments.sheets(inner) if one.person == scene.person)
