"""What a member is sent does not depend on what they may not see: two worlds, alike but for that, must look alike.

Everything that can be asked for is asked for, through the conversation, and compared sign by sign: screens with their
buttons, toasts, messages, the bytes of files.
"""

import itertools
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.commands import Actor
from bot.domain.scheme import VETO, Scheme
from bot.domain.state import AssessmentState
from bot.service import case as cases
from bot.service import snapshot
from bot.service.world import World
from bot.view import payload as p
from bot.view import places
from bot.view.payload import Tap
from bot.view.places import Place
from tests.service.bench import Bench, Standing, bench, opened, seated, sent
from tests.service.every import EVERY, FILES, Refs
from tests.service.scene import SHOP, SITES, STARS, Scene, library

Tables: TypeAlias = dict[str, tuple[Path, Bench]]
Act: TypeAlias = tuple[str, int, int]
"""What B does: which kind of thing, on which question, in which way."""
KINDS = ("tap", "type", "note", "flag", "later", "na", "home", "file")
SCHEMES = {STARS: "total", SHOP: "total", SITES: "management"}
_numbers = itertools.count()


def questions(scheme: str, covers: str) -> list[str]:
    loaded = found(scheme)
    return [str(question) for question in loaded.covered(frozenset(covers.split("+")))]


def found(scheme: str) -> Scheme:
    loaded = library().get(scheme)
    assert loaded is not None
    return loaded


def button_value(scheme: Scheme, question: str, way: int) -> str:
    """One of several answers that a button can give."""
    if question.endswith(f"/{VETO}"):
        return f"v{way % 2}"
    dimension = scheme.dimensions[question.partition("/")[2]]
    return f"l{way % 5 + 1}" if dimension.scale.kind == "level" else ("0", "1/5", "2/5", "3/4", "1")[way % 5]


def act(at: Bench, scheme: Scheme, someone: Scene, what: Act, ref: str) -> None:
    """One thing done on the person's own sheet."""
    kind, which, way = what
    asked = [str(q) for q in scheme.covered(at.state_of(someone).covers)]
    question = asked[which % len(asked)]
    match kind:
        case "tap":
            at.rate(someone, [(question, button_value(scheme, question, way))])
        case "type":
            someone.press(places.Card(ref, question))
            someone.say(("3", "0.4", "85", "四级", "一句话")[way % 5])
        case "note":
            someone.press(places.AskNote(ref, question))
            someone.say(f"私下的备注 {way}")
        case "flag":
            someone.press(p.FlagTap(ref, question, way % 2))
        case "later":
            someone.press(p.LaterTap(ref, question, way % 2))
        case "na":
            someone.press(places.AskReason(ref, question))
            someone.say(f"没有这项 {way}")
        case "home":
            someone.order("my")
        case _:
            someone.press(p.ExportTap(at.ref, FILES[way % len(FILES)]))


@pytest.fixture(scope="module")
def tables(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Per standard, a panel in its places: its file, to be copied."""
    folder = tmp_path_factory.mktemp("tables")
    made: Tables = {}
    for scheme, covers in SCHEMES.items():
        file = Path(shutil.copy(empty, folder / f"{scheme}.db"))
        with opened(file, "a", Standing()) as world:
            made[scheme] = file, bench(world, scheme, covers)
    return made


@contextmanager
def table(tables: Tables, folder: Path, scheme: str) -> Iterator[tuple[Bench, Standing]]:
    """The same panel each time, on a copy."""
    file, made = tables[scheme]
    with opened(Path(shutil.copy(file, folder / f"{next(_numbers)}.db")), "b", Standing()) as world:
        clock = world.clock
        assert isinstance(clock, Standing)
        yield seated(made, world), clock


def everything(at: Bench, scene: Scene, scheme: str, *, full: bool) -> Iterator[Place | Tap]:
    """All places of the assessment and of the person's own sheet; full: with another's names, and every question."""
    sheet = at.sheets.get(scene.who.external_id, "zzzzzzzz")
    every = found(scheme)
    asked = questions(scheme, "+".join(every.dimensions))
    for kind, (of, made) in EVERY.items():
        if kind in Place.__args__ and of in {scheme, STARS}:
            for name in (sheet, at.sheet(at.two)) if full else (sheet,):
                yield made(Refs(at.ref, name, 0))
    for question in asked if full else asked[:3]:
        yield places.Card(sheet, question)
        yield places.Notes(sheet, question)
        yield places.Difference(at.ref, question)
    if full:
        yield from (places.SectionRows(sheet, section) for section in every.section_by_id)
        yield from (places.Check(sheet, part) for part in ("open", "flagged", "bare"))
    for part in ("", "all", "why", *(every.section_by_id if full else ())):
        yield places.Result(at.ref, part)
    yield from (places.Check(sheet), places.Others(at.ref), places.Differences(at.ref), places.Sheets(at.ref))
    yield from (p.ExportTap(at.ref, one) for one in (FILES if full else FILES[:1]))


def all_that_is_sent(at: Bench, scene: Scene, scheme: str, *, full: bool) -> list[object]:
    """Every screen, toast, message and file that this person can get by asking."""
    seen: list[object] = []
    for asked in everything(at, scene, scheme, full=full):
        reply = scene.press(asked)
        seen.append((asked, reply, scene.chat.wanted_screen))
    for command in ("start", "my", "result", "export"):
        scene.order(command)
        seen.append((command, scene.chat.wanted_screen))
    return [*seen, *sent(scene)]


class Seen(NamedTuple):
    """Who asks, on which of the panels; full: for every last thing."""

    who: str
    tables: Tables
    folder: Path
    scheme: str = STARS
    full: bool = False

    def after(self, theirs: list[Act], mine: Sequence[Act] = ()) -> list[object]:
        """B does `theirs`, the member `mine` at fixed times; then all that the member gets."""
        with table(self.tables, self.folder, self.scheme) as (at, clock):
            scene: Scene = getattr(at, self.who)
            for second, what in enumerate(theirs, start=1):
                clock.at(10 + second)
                act(at, found(self.scheme), at.two, what, at.sheet(at.two))
            for second, what in enumerate(mine, start=1):
                clock.at(1000 + second)
                act(at, found(self.scheme), scene, what, at.sheet(scene))
            clock.at(5000)
            return all_that_is_sent(at, scene, self.scheme, full=self.full)


def alike(one: list[object], other: list[object]) -> None:
    for here, there in zip(one, other, strict=True):
        assert here == there


acts = st.tuples(st.sampled_from(KINDS), st.integers(0, 9), st.integers(0, 9))


def some(number: int) -> settings:
    """Each try is a hundred screens and more: finding a shorter course would take minutes."""
    unfit = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=number, phases=(Phase.generate,), suppress_health_check=unfit)


courses_of_three = given(
    here=st.lists(acts, min_size=1, max_size=9), there=st.lists(acts, max_size=9), mine=st.lists(acts, max_size=4)
)


@some(1)
@courses_of_three
def test_an_assessor_is_sent_the_same_whatever_anothers_open_sheet_holds(
    here: list[Act], there: list[Act], mine: list[Act], tables: Tables, tmp_path: Path
) -> None:
    """However much the other does, and whatever."""
    seen = Seen("one", tables, tmp_path, SHOP)
    alike(seen.after(here, mine), seen.after(there, mine))


@pytest.mark.long
@pytest.mark.parametrize("scheme", SCHEMES)
@some(25)
@courses_of_three
def test_an_assessor_is_sent_the_same_down_to_every_question(
    scheme: str, here: list[Act], there: list[Act], mine: list[Act], tables: Tables, tmp_path: Path
) -> None:
    seen = Seen("one", tables, tmp_path, scheme, full=True)
    alike(seen.after(here, mine), seen.after(there, mine))


@st.composite
def twins(draw: st.DrawFn) -> tuple[list[Act], list[Act]]:
    """Two courses in which as much happens, in the same order on the same questions, with other contents.

    Who leads or looks on may know how much was done, never what: no course leaves a question that the other answers.
    """
    steps = draw(st.lists(st.tuples(st.sampled_from(("tap", "note")), st.integers(0, 9)), max_size=6))
    values = st.integers(0, 3)
    here = [(kind, which, draw(values)) for kind, which in steps]
    # An answer given again says something new, or nothing is recorded: so every question is answered once.
    once = list({(kind, which): (kind, which, way) for kind, which, way in here}.values())
    there = [(kind, which, (way + draw(st.integers(1, 3))) % 4) for kind, which, way in once]
    return once, there


@pytest.mark.parametrize("who", ["lead", pytest.param("viewer", marks=pytest.mark.long)])
@some(1)
@given(courses=twins())
def test_who_leads_or_looks_on_learns_how_much_was_done_and_never_what(
    who: str, courses: tuple[list[Act], list[Act]], tables: Tables, tmp_path: Path
) -> None:
    """A lead who rates, before submitting; a viewer until it is closed."""
    seen = Seen(who, tables, tmp_path)
    alike(seen.after(courses[0]), seen.after(courses[1]))


@pytest.mark.long
@pytest.mark.parametrize("who", ["lead", "viewer"])
@pytest.mark.parametrize("scheme", SCHEMES)
@some(20)
@given(courses=twins())
def test_who_leads_or_looks_on_is_sent_the_same_down_to_every_question(
    who: str, scheme: str, courses: tuple[list[Act], list[Act]], tables: Tables, tmp_path: Path
) -> None:
    seen = Seen(who, tables, tmp_path, scheme, full=True)
    alike(seen.after(courses[0]), seen.after(courses[1]))


def test_a_viewer_sees_no_decision_and_no_rating_before_closing(world: World) -> None:
    at = bench(world, SHOP)
    at.lead.press(p.NoFindingsTap(at.ref, 0))
    at.rate(at.one, [("1.1/total", "3/4")])
    for place in (places.FindingsCard(at.ref), places.BonusCard(at.ref), places.Sheets(at.ref), places.Others(at.ref)):
        at.viewer.press(place)
        assert at.viewer.focus.place == f"1:d:{at.ref}", place
    at.viewer.press(places.Result(at.ref))
    assert "75%" not in at.viewer.text
    for part in ("all", "why", "1"):
        at.viewer.press(places.Result(at.ref, part))
        assert "75%" not in at.viewer.text


def test_the_list_of_an_assessor_stands_still_while_another_works(world: World) -> None:
    at = bench(world)
    at.one.order("my")
    before = at.one.of(at.ref)
    at.rate(at.two, [(question, button_value(found(STARS), question, 3)) for question in questions(STARS, "total")])
    after = at.one.of(at.ref)
    assert (after.answered, after.asked, after.touched_at) == (before.answered, before.asked, before.touched_at)
    assert (at.two.of(at.ref).answered, at.lead.of(at.ref).answered, at.viewer.of(at.ref).answered) == (5, 5, 5)
    assert at.lead.of(at.ref).touched_at > before.touched_at
    at.lead.press(places.AskField(at.ref, "scope"))
    at.lead.say("总部")
    assert at.one.of(at.ref).touched_at > after.touched_at, "what concerns everybody moves everybody's list"


# the wall is what does it


def no_wall(state: AssessmentState, _: Actor) -> AssessmentState:
    return state


TELLING: list[Act] = [("tap", 1, 0), ("tap", 2, 1), ("note", 1, 1)]
OTHER: list[Act] = [("tap", 1, 3), ("tap", 2, 4), ("note", 1, 2)]


@pytest.mark.parametrize("who", ["one", *(pytest.param(who, marks=pytest.mark.long) for who in ("lead", "viewer"))])
def test_switched_off_the_wall_is_missed(
    who: str, tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`visible` that hides nothing: what was alike differs, whoever asks."""
    seen = Seen(who, tables, tmp_path)
    for module in (cases, snapshot):
        monkeypatch.setattr(module, "visible", no_wall)
    monkeypatch.setattr(cases, "whole", lambda *_: True)
    with pytest.raises(AssertionError):
        alike(seen.after(TELLING), seen.after(OTHER))
