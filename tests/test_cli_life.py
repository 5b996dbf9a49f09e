"""`gradewalk overview` and `retention` as they are typed: figures and numbers, never a name or a text."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import wiring
from bot.config import Settings
from bot.service.world import World
from bot.view.places import AskNote
from bot.wiring import open_world
from tests.commands import Command, fresh
from tests.service.scene import ORGANISATION, STARS, Scene, library

NOTE = "王经理的电话"


@pytest.fixture
def world(gradewalk: Command, tmp_path: Path) -> Iterator[World]:
    fresh(tmp_path / "data")
    made = open_world(Settings(data_dir=tmp_path / "data", _env_file=None), library())
    yield made
    made.store._engine.dispose()


def closed(world: World) -> str:
    scene = Scene(world)
    ref = scene.closed()
    other = scene.begin(STARS)
    scene.press(AskNote(scene.sheet(other), "2.1/total"))
    scene.say(NOTE)
    return ref


def test_an_overview_is_figures_alone(gradewalk: Command, world: World) -> None:
    closed(world)
    name = Scene(world).who.name
    code, out, _ = gradewalk("overview")
    assert code == 0
    assert "人数 people: 1（已删除资料 erased: 0，要提醒 reminded: 0）" in out
    assert f"{STARS} 已关闭 closed: 1" in out
    assert f"{STARS} 进行中 open: 1" in out
    assert "备份 backups: 0" in out
    for word in (name, ORGANISATION, NOTE, "1001"):
        assert word not in out


def test_nothing_is_past_its_time_where_all_is_kept_for_ever(gradewalk: Command, world: World) -> None:
    closed(world)
    code, out, err = gradewalk("retention", "list")
    assert (code, out) == (2, "")
    assert "RETENTION_DAYS" in err


def test_what_is_past_its_time_is_listed_and_goes_when_told_to(
    gradewalk: Command, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = closed(world)
    monkeypatch.setenv("RETENTION_DAYS", "30")
    assert "没有超过 30 天的评价" in gradewalk("retention", "list")[1]
    later = wiring.now() + timedelta(days=31)
    monkeypatch.setattr(wiring, "now", lambda: later)
    assert "past RETENTION_DAYS: 1" in gradewalk("overview")[1]
    code, out, _ = gradewalk("retention", "list")
    assert code == 0
    assert [line.split("\t")[:3] for line in out.splitlines()[1:]] == [[ref, STARS, "已关闭 closed"]]
    assert ORGANISATION not in out
    code, out, err = gradewalk("retention", "delete", ref)
    assert code == 2, "nobody is asked where nobody can answer"
    assert "--yes" in err
    assert "past RETENTION_DAYS: 1" in gradewalk("overview")[1]
    code, out, _ = gradewalk("retention", "delete", ref, "--yes")
    assert code == 0
    assert f"已删除 {ref}" in out
    assert "没有超过 30 天的评价" in gradewalk("retention", "list")[1]
    code, _, err = gradewalk("retention", "delete", ref, "--yes")
    assert code == 2
    assert "not listed for deletion" in err
