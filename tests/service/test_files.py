"""Files: the record as it was when they were ordered, whatever comes after."""

import json

import pytest

from bot.domain.commands import Actor
from bot.domain.entries import Exported
from bot.domain.panel_commands import Admit
from bot.domain.record import Source
from bot.export import FORMATS
from bot.service import files
from bot.service.case import Cases, Stamp
from bot.service.channel import Notice
from bot.service.outbox import OutboxDesk
from bot.view.places import AskNote, Export, NextOpen
from tests.service.scene import CHANNEL, Scene, say


def ordered(scene: Scene, ref: str, format_: str) -> Notice:
    scene.press(f"1:F:{ref}:{format_}")
    return OutboxDesk(scene.world, CHANNEL).notices()[-1]


def data(notice: Notice) -> bytes:
    assert notice.data is not None
    return notice.data()


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


def test_all_of_the_record_where_no_end_is_named(ann: Scene) -> None:
    ref = ann.begin()
    with ann.world.store.read() as unit:
        made = files.render(ann.world, unit, ann.of(ref), "json", "zh", "UTC")
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
        return files.render(scene.world, unit, listed, format_, "zh", "UTC", None, reader, 1_800_000_000_000).decode()


def test_before_closing_a_member_gets_the_part_that_they_may_see(ann: Scene, bo: Scene, joined: str) -> None:
    assert "她的备注" in page(ann, joined)
    his = page(bo, joined)
    assert "她的备注" not in his
    assert say("transcript.partial") in his
    for format_ in ("json", "bundle"):
        with pytest.raises(LookupError):
            page(bo, joined, format_)
    bo.press(Export(joined))
    assert say("format.html") in bo.labels
    assert not {say("format.json"), say("format.bundle")} & set(bo.labels)
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


def _own(scene: Scene, ref: str) -> str:
    inner = scene.of(ref).id
    with scene.world.store.read() as unit:
        return next(one.ref for one in unit.assessments.sheets(inner) if one.person == scene.person)
