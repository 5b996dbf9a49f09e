"""Everything there is, called with everything of somebody else's, by everybody who has no right to it (row 54).

What is enumerated in every.py is complete, or these tests fail; each call writes nothing of others and says nothing
of theirs, not even whether it exists. Which role may do what: tests/domain/test_rights.py, every command.
"""

import ast
import inspect
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from bot.domain.commands import Actor
from bot.domain.entries import Exported, SheetOpened
from bot.domain.focus import Expects, Focus, Pending
from bot.domain.refusals import UnknownAssessment
from bot.domain.state import SheetState
from bot.export import FORMATS
from bot.service import files, orders
from bot.service.access import invited_only
from bot.service.case import Case
from bot.service.cases import Cases
from bot.service.events import Event, Reply, Said, Tapped
from bot.store import assessments
from bot.store.assessment_rows import ASSESSMENT, MEMBERSHIP
from bot.store.assessments import Assessments
from bot.view.payload import KeepTap, Tap, encode
from bot.view.places import Place
from bot.words import COMMANDS
from tests.sampled import sampled
from tests.service import every
from tests.service.every import EVERY, OWN, TEXTS, Refs
from tests.service.panel import MADE_UP, Panel, mine, opened, others, outgoing, panel, seated
from tests.service.scene import CHANNEL, STARS, Scene, say

MESSAGES = tuple(str(number) for number in range(1, 13))
UNKNOWN = say("refusal.unknown-assessment")


@pytest.fixture(scope="module")
def made(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Panel]:
    """The panel, made once: its file, to be copied."""
    file = Path(shutil.copy(empty, tmp_path_factory.mktemp("panel") / "panel.db"))
    with opened(file) as world:
        return file, panel(world)


@pytest.fixture
def people(made: tuple[Path, Panel], tmp_path: Path) -> Iterator[Panel]:
    """A panel of this test's own: what is done may be anything."""
    file, template = made
    with opened(Path(shutil.copy(file, tmp_path / "panel.db"))) as world:
        yield seated(template, world)


# what there is


def test_every_kind_of_event_place_tap_text_and_file_has_its_example() -> None:
    assert set(every.events(MADE_UP, MESSAGES)) == set(get_args(Event))
    assert set(EVERY) == {*get_args(Place), *get_args(Tap)}
    assert set(TEXTS) == set(get_args(Expects))
    assert set(every.FILES) == set(FORMATS)


def test_every_order_that_is_obeyed_is_in_the_list_of_commands() -> None:
    """The cases of `obey`, read from its source."""
    tree = ast.parse(inspect.getsource(orders.obey))
    cases = [node.value for node in ast.walk(tree) if isinstance(node, ast.MatchValue)]
    assert {ast.literal_eval(value) for value in cases} == set(COMMANDS)


SCOPED = {"of", "find", "find_id", "takes_part", "leads_beside", "set_archived", "set_order", "sheet"}
"""They take the person first, and give what that person is a member of."""
REACHED_FIRST = {"create", "project", "project_for", "open_sheet", "roles", "sheets"}
"""For an assessment in hand: the service calls them with what the others gave, or with what is being made."""
OPERATOR = {"for_operator", "all_for_operator"}


def test_every_way_to_an_assessment_is_scoped_to_a_person() -> None:
    """A new one is put into its place here, and then held to it."""
    found = {name for name, _ in inspect.getmembers(Assessments, inspect.isfunction) if not name.startswith("_")}
    assert found == SCOPED | REACHED_FIRST | OPERATOR
    for name in SCOPED:
        assert list(inspect.signature(getattr(Assessments, name)).parameters)[1] == "person", name


def test_only_the_command_line_acts_as_the_operator() -> None:
    root = Path(inspect.getfile(assessments)).parents[1]
    users = {path.relative_to(root) for path in root.rglob("*.py") if ".for_operator(" in path.read_text()}
    named = {path.parts[0] if path.parts[0] == "operator" else path.as_posix() for path in users}
    assert named <= {"cli.py", "operator", "store/restoring.py"}


# somebody who is a member of nothing of hers


def foreign(people: Panel, scene: Scene, names: Refs, event: Event) -> str:
    """Nothing of hers is changed, nothing of hers is said; all that the person then gets, without the names."""
    scene.do(event)
    shown = outgoing(scene)
    leaks = [mark for mark in people.marks if mark in shown and mark not in repr(event)]
    assert leaks == [], event
    return shown.replace(names.assessment, "REF").replace(names.sheet, "SHEET")


def all_events(names: Refs) -> list[Event]:
    return [event for kind in every.events(names, MESSAGES).values() for event in kind]


def test_what_is_not_ones_own_is_as_if_it_were_not(people: Panel) -> None:
    """Every event with every name of hers, by somebody who leads others: the same as with made-up names."""
    bo = people.bo
    before = others(people.world, *mine(bo))
    stands = (bo.screen, bo.focus)
    for kind in OWN:
        scheme, made = EVERY[kind]
        for names in (people.refs[scheme],) if scheme != STARS else (people.refs[scheme], people.closed):
            hers, nobodys = (foreign(people, bo, one, Tapped(encode(made(one)))) for one in (names, MADE_UP))
            assert hers == nobodys, kind
            assert bo.reply == Reply(UNKNOWN), kind
            assert (bo.screen, bo.focus) == stands, kind
    for event in all_events(people.refs[STARS]):
        foreign(people, bo, people.refs[STARS], event)
    assert others(people.world, *mine(bo)) == before


@pytest.mark.parametrize("expects", sampled(TEXTS, every=3))
def test_a_text_where_one_must_not_stand_any_more(expects: Expects, people: Panel) -> None:
    """As after leaving a panel: the focus is all that is left of it."""
    bo = people.bo
    before = others(people.world, *mine(bo))
    said, place, argument = TEXTS[expects]
    seen: list[str] = []
    for names in (*people.all(), MADE_UP):
        _, made = EVERY[place]
        waiting = (Pending("一段话", names.sheet, "2.1/total", "77"),)
        where = (encode(made(names)), *inner(people, names), "2.1/total", expects, argument, "", waiting)
        stand(people, bo, Focus(*where))
        shown = [foreign(people, bo, names, event) for event in (Said(said, "900"), Tapped(encode(KeepTap(1))))]
        seen.append("\n".join(shown))
        stand(people, bo, Focus())
    if expects != "new-organisation":
        assert len(set(seen)) == 1, "it shows whose it is, or that it is"
    assert others(people.world, *mine(bo)) == before


def inner(people: Panel, names: Refs) -> tuple[str, str]:
    """The ids behind the names; made-up ones behind made-up names."""
    if names is MADE_UP:
        return "no-assessment", "no-sheet"
    ann = people.ann
    with people.world.store.read() as unit:
        sheet = unit.assessments.sheet(ann.person, names.sheet)
    assert sheet is not None
    return sheet.assessment, sheet.id


def stand(people: Panel, scene: Scene, focus: Focus) -> None:
    with people.world.store.write() as unit:
        unit.focus.put(scene.person, CHANNEL, focus)


def test_no_file_of_hers_is_made_for_anybody_else(people: Panel) -> None:
    for names in people.all():
        assessment, _ = inner(people, names)
        for format_ in FORMATS:
            content = {"person": people.bo.person, "assessment": assessment, "format": format_}
            with pytest.raises(LookupError):
                files.made(people.world, {**content, "language": "zh", "zone": "UTC", "upto": 1})


# members without a lead's rights


@pytest.mark.parametrize("role", ["viewer", "assessor"])
def test_who_is_no_lead_changes_nothing_of_the_others(role: str, people: Panel) -> None:
    """Every event; all that may be added to her record is that this person asked for a file, or rates beside her."""
    someone: Scene = getattr(people, role)
    before = {names: (people.ann.of(names.assessment), people.ann.entries(names.assessment)) for names in people.all()}
    for scheme, made in EVERY.values():
        for names in (people.refs[scheme], people.closed):
            someone.press(made(names))
    for event in all_events(people.refs[STARS]):
        if not isinstance(event, Tapped):
            someone.do(event)
    for names, (listed, entries) in before.items():
        now = people.ann.of(names.assessment)
        assert (now.name, now.state, now.answered) == (listed.name, listed.state, listed.answered), names
        kept = people.ann.entries(names.assessment)
        assert kept[: len(entries)] == entries
        added = kept[len(entries) :]
        own = {one.sheet for one in added if isinstance(one.body, SheetOpened)}
        assert all(one.person == someone.person for one in added), added
        assert all(isinstance(one.body, Exported) or one.sheet in own for one in added), added
        assert not own or role == "assessor"


@pytest.mark.parametrize("role", ["viewer", "assessor"])
def test_another_persons_sheet_is_as_if_it_were_not(role: str, people: Panel) -> None:
    someone: Scene = getattr(people, role)
    by_sheet = [kind for kind in OWN if "sheet" in kind.__dataclass_fields__]
    assert len(by_sheet) >= 12
    for kind in by_sheet:
        scheme, made = EVERY[kind]
        for one in (people.refs[scheme], people.closed, MADE_UP):
            assert someone.press(made(one)) == Reply(UNKNOWN), kind


# who may not come in


def test_a_stranger_gets_one_line_whatever_they_send_and_nothing_is_kept(people: Panel) -> None:
    before = others(people.world)
    for names in (people.refs[STARS], MADE_UP):
        for event in all_events(names):
            fresh = Scene(people.guest.world, "5005")
            fresh.do(event)
            line = Reply(toast=invited_only(), alert=True) if isinstance(event, Tapped) else Reply(line=invited_only())
            assert fresh.reply == line, event
    assert others(people.world) == before


# the tests bite


def test_switched_off_membership_is_noticed(people: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query that gives any assessment to anybody: the enumeration fails."""
    whoever_leads = (MEMBERSHIP.c.assessment == ASSESSMENT.c.id, MEMBERSHIP.c.role == "lead")
    monkeypatch.setattr(assessments, "_REACHED", assessments._reached(*whoever_leads))
    with pytest.raises(AssertionError):
        test_what_is_not_ones_own_is_as_if_it_were_not(people)


def test_switched_off_roles_are_noticed(people: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.service.case.Case.actor", property(lambda case: Actor(case.person.id, "lead")))
    with pytest.raises(AssertionError):
        test_who_is_no_lead_changes_nothing_of_the_others("viewer", people)


def test_switched_off_ownership_of_sheets_is_noticed(people: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    def anybodys(self: Cases, ref: str) -> tuple[Case, SheetState]:
        found = self._unit.assessments.sheet(self._person.id, ref)
        if found is None:
            raise UnknownAssessment
        case = self.by_id(found.assessment)
        return case, case.state.sheets[found.id]

    monkeypatch.setattr(Cases, "by_sheet", anybodys)
    with pytest.raises(AssertionError):
        test_another_persons_sheet_is_as_if_it_were_not("viewer", people)


def test_switched_off_door_is_noticed(people: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.service.access.Door.admits", lambda *_: True)
    with pytest.raises(AssertionError):
        test_a_stranger_gets_one_line_whatever_they_send_and_nothing_is_kept(people)
