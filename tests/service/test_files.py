"""Files: the record as it was when they were ordered, whatever comes after."""

import json

import pytest

from bot.domain.entries import Exported
from bot.export import FORMATS
from bot.service import files
from bot.service.channel import Notice
from bot.service.outbox import OutboxDesk
from tests.service.scene import CHANNEL, Scene, say


def ordered(scene: Scene, ref: str, format_: str) -> Notice:
    scene.press(f"1:F:{ref}:{format_}")
    return OutboxDesk(scene.world, CHANNEL).notices()[-1]


def data(notice: Notice) -> bytes:
    assert notice.data is not None
    return notice.data()


@pytest.mark.parametrize("format_", FORMATS)
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
