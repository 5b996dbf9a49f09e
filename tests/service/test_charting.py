"""The pictures of a result: who gets which, that they leave no entry, and that the same one comes twice alike."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.service import charting
from bot.service.outbox import OutboxDesk
from bot.service.world import World
from bot.view import chart_lines
from bot.view.blind_places import BeginTap
from bot.view.chart_places import ChartsTap
from bot.view.payload import encode
from bot.view.places import NextOpen
from bot.words import Words
from tests.fake_telegram.rules import check_caption, check_file, formatted
from tests.service.panel import Panel, opened, panel
from tests.service.scene import CHANNEL, PANEL, STARS, Scene, say
from tests.view.desks import NASTY


@pytest.fixture(scope="module")
def group(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    """A lead, an assessor, one who looks on: each test asks for pictures alone."""
    with opened(Path(shutil.copy(empty, tmp_path_factory.mktemp("charts") / "panel.db"))) as world:
        yield panel(world)


def queued(world: World) -> list[dict[str, Any]]:
    with world.store.read() as unit:
        found = [json.loads(one.content) for one in unit.notices.waiting(CHANNEL)]
    return [one for one in found if one["kind"] == "chart"]


def test_every_picture_comes_with_the_same_in_words_and_makes_no_entry(ann: Scene) -> None:
    ref = ann.begin(PANEL)
    ann.say("0.7")
    before = ann.state(ref).seq
    ann.press(f"1:r:{ref}")
    ann.tap("button.charts")
    assert ann.reply.toast == say("charts.coming")
    assert ann.state(ref).seq == before
    notices = OutboxDesk(ann.world, CHANNEL).notices()
    pictures = [one for one in notices if one.kind == "picture"]
    assert [one.file_name for one in pictures] == [f"chart-{n}.png" for n in range(1, len(pictures) + 1)]
    assert len(pictures) >= 2
    for one in pictures:
        assert one.data is not None
        made = one.data()
        assert isinstance(made, bytes)
        check_file(made, photo=True)
        assert one.data() == made
        check_caption(one.caption)
        assert say("charts.so-far") in one.caption
        assert "%" in one.caption
    assert "░" in pictures[0].text
    ann.say("0.1")  # what is answered meanwhile is not in it
    assert [one.data() for one in pictures if one.data] == [charting.made(ann.world, one) for one in queued(ann.world)]


def test_before_anything_is_rated_there_is_nothing_to_draw(ann: Scene) -> None:
    ref = ann.begin(STARS)
    ann.press(ChartsTap(ref))
    assert ann.reply.toast == say("charts.none")
    assert queued(ann.world) == []


def test_a_closed_result_is_not_said_to_be_open(ann: Scene) -> None:
    ann.press(ChartsTap(ann.closed()))
    assert queued(ann.world)
    assert say("charts.so-far") not in "".join(one["caption"] for one in queued(ann.world))


def test_who_looks_on_gets_them_after_closing_alone(group: Panel) -> None:
    before = len(queued(group.world))
    group.viewer.press(ChartsTap(group.refs[STARS].assessment))
    assert len(queued(group.world)) == before
    assert group.viewer.reply.toast == ""  # as if they had only looked: what is hidden is no news
    group.viewer.press(ChartsTap(group.closed.assessment))
    assert len(queued(group.world)) > before


def test_an_assessor_gets_their_own_ratings_alone(group: Panel) -> None:
    """What comes is the same, byte for byte, whatever stands on the lead's open sheet."""
    ref = group.refs[STARS]
    group.assessor.press(BeginTap(ref.assessment, "total"))
    group.assessor.tap(group.assessor.screen.rows[0][0].text)
    group.assessor.say("60")
    before = len(queued(group.world))
    group.assessor.press(ChartsTap(ref.assessment))
    first = queued(group.world)[before:]
    group.ann.press(NextOpen(ref.sheet))
    group.ann.fill("95")
    group.assessor.press(ChartsTap(ref.assessment))
    second = queued(group.world)[before + len(first) :]
    assert first, group.assessor.reply
    assert [one["caption"] for one in first] == [one["caption"] for one in second]
    assert say("result.own-only") in first[0]["caption"]
    assert [charting.made(group.world, one) for one in first] == [charting.made(group.world, one) for one in second]


def test_who_is_a_member_no_more_is_sent_nothing(ann: Scene) -> None:
    ann.press(ChartsTap(ann.closed()))
    (content, *_) = queued(ann.world)
    with pytest.raises(LookupError):
        charting.made(ann.world, content | {"person": "nobody"})
    with pytest.raises(LookupError):
        charting.made(ann.world, content | {"assessment": "another"})


def test_a_caption_fits_and_is_text_alone() -> None:
    for words in (Words.of("zh"), Words.of("en")):
        caption = chart_lines.chart_caption(words, NASTY, f"{NASTY} & <b> " * 90, closed=False, part=True)
        check_caption(formatted(caption, "HTML", None)[0])
        assert "<b> " not in caption
        signs = chart_lines.chart_signs(words, "<t>", [("<l>", "1/2", "██")])
        assert signs.startswith("<b>&lt;t&gt;</b>")
        assert "&lt;l&gt;" in signs
        assert chart_lines.chart_signs(words, "t", []) == ""


def test_the_tap_is_short() -> None:
    assert encode(ChartsTap("k" * 8)) == "1:cb:kkkkkkkk"
