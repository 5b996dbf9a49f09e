"""Payloads and texts that anybody may make up: none raises, none writes outside the person's own assessments."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.service.events import Edited, Event, Ordered, Said, Sent, Tapped
from bot.service.world import World
from bot.store.engine import open_engine
from bot.view.payload import Tap
from bot.view.places import Place
from tests.service.scene import CHANNEL, ORGANISATION, SHOP, SITES, STARS, Clock, Scene, library, say
from tests.store.making import store_on

OPS = [kind.op for kind in (*Place.__args__, *Tap.__args__)]
PARTS = st.one_of(
    st.sampled_from(
        ["", "0", "1", "2", "99999", "9" * 40, "-1", "1e999999999", "1/0", "17/20", "l4", "l9", "v0", "v1"]
    ),
    st.sampled_from(
        ["2.1/total", "1.1/veto", "5.2.1/total", "2.1", "/", "1", "2", "goods", "open", "why", "all", "b3"]
    ),
    st.sampled_from(
        [
            "made-stars",
            "made-sites",
            "conformity",
            "A",
            "service",
            "management+service",
            "self",
            "scope",
            "organisation",
            "en",
            "UTC",
            "json",
            "html",
            "m",
        ]
    ),
    st.sampled_from(["made-sites", "conformity", "A", "service", "service+service", "2.1/management"]),
    st.text(max_size=12),
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "85",
            "5分",
            "1",
            "3.14159265358979323846分",
            "#2.1",
            "#",
            "＃５．２．１",
            "/new",
            "x\0",
            "2026-10 4/5",
            "\ud800",
            "\u200b",
        ]
    ),
)


class Stage:
    """Ann, whose assessment must stay as it is, and a forger who has one of their own and knows her names."""

    def __init__(self, file: Path) -> None:
        self.world = World(store_on(open_engine(f"sqlite:///{file}")), library(), Clock())
        self.ann, self.forger = Scene(self.world), Scene(self.world, "2002")
        self.ref = self.ann.begin()
        self.hers = [self.ref, self.ann.sheet(self.ref)]
        self.forger.order("start")
        self.her, self.his = self.ann.person, self.forger.person
        self.before = self.kept()

    def kept(self) -> tuple[object, ...]:
        """All that is Ann's: her record by the hash of its head, her chat, where she stands, her list."""
        with self.world.store.read() as unit:
            listed = unit.assessments.of(self.her)
            return listed, unit.chats.state(CHANNEL, "1001"), unit.focus.get(self.her, CHANNEL)

    def names(self) -> list[str]:
        """Public names to forge with: hers, and the forger's own of the moment."""
        while True:
            with self.world.store.read() as unit:
                listed = unit.assessments.of(self.his)[:3]
                own = [name for one in listed for name in (one.ref, *(s.ref for s in unit.assessments.sheets(one.id)))]
            if len(listed) == 3:
                return [*self.hers, *own]
            self.forger.begin((SHOP, STARS, SITES)[len(listed)], "别的单位")


@pytest.fixture(scope="module")
def stage(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(Path(shutil.copy(empty, tmp_path_factory.mktemp("forged") / "gradewalk.db")))
    yield made
    made.world.store._engine.dispose()


def event(data: st.DataObject, names: list[str]) -> Event:
    match data.draw(st.integers(0, 9)):
        case 0:
            return Said(data.draw(TEXTS), data.draw(st.sampled_from(["1", "2", "3"])))
        case 1:
            return Edited(data.draw(TEXTS), data.draw(st.sampled_from(["1", "2", "3", "77"])))
        case 2:
            return Ordered(data.draw(st.sampled_from(["my", "result", "export", "x\0"])), "", "4")
        case 3:
            return Sent("photo", "5", data.draw(TEXTS))
        case 4:
            return Tapped(data.draw(st.text(max_size=70)))
        case _:
            parts = data.draw(st.lists(st.one_of(st.sampled_from(names), PARTS), max_size=5))
            return Tapped(":".join(["1", data.draw(st.sampled_from(OPS)), *parts]))


@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_nothing_forged_raises_or_leaves_its_own(stage: Stage, data: st.DataObject) -> None:
    forger = stage.forger
    forged = event(data, stage.names())
    forger.do(forged)
    assert len(forger.text) < 4096
    assert ORGANISATION not in forger.text
    assert stage.kept() == stage.before, forged


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "1",
        "2:h",
        "1:?",
        "1:h:1:1:1",
        "1:h:x",
        "1:d",
        "1:d:" + "x" * 61,
        "1:d:é",
        "1:d:\0",
        "1:q:SHEET:2.1/total:\0",
        "1:q:SHEET:nothing",
        "1:q:SHEET:9.9/total",
        "1:t:SHEET:nothing",
        "1:a:SHEET:2.1/total:1e99999999:0",
        "1:a:SHEET:2.1/total:1/0:0",
        "1:a:SHEET:2.1/total:l٣:0",
        "1:a:SHEET:1.1/veto:3/4:0",
        "1:a:SHEET:2.1/total:v1:0",
        "1:a:SHEET:2.1/total:-1/2:0",
        "1:m:nothing",
        "1:o:nothing:self",
        "1:e:REF:nothing",
        "1:E:REF:nothing",
        "1:r:REF:nothing",
        "1:F:REF:exe",
        "1:Z:../../etc/passwd",
    ],
)
def test_a_payload_that_is_none_leaves_the_person_where_they_are(payload: str, ann: Scene) -> None:
    ref = ann.begin()
    before, screen, focus = ann.entries(ref), ann.screen, ann.focus
    reply = ann.press(payload.replace("REF", ref).replace("SHEET", ann.sheet(ref)))
    assert reply.toast == say("line.gone")
    assert (ann.entries(ref), ann.screen, ann.focus) == (before, screen, focus)


@pytest.mark.parametrize("value", ["6/5", "l3", "l6"])
def test_a_value_that_the_scale_does_not_have_is_refused(value: str, ann: Scene) -> None:
    ref = ann.begin()
    before = ann.entries(ref)
    reply = ann.press(f"1:a:{ann.sheet(ref)}:2.1/total:{value}:0")
    assert reply.toast.startswith("没有保存")
    assert ann.entries(ref) == before
