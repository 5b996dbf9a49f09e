"""Row 63: every action x every role x an open and a closed assessment, through the service, as the table says.

What is done is seen in what is kept: entries, members, invitations. Reading: tests/service/test_foreign.py.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from bot.domain import commands as c
from bot.domain import interview
from bot.domain import panel_commands as k
from bot.domain.focus import Expects
from bot.domain.rights import RIGHTS, Right
from bot.service.focusing import _EXPECTS
from bot.store.vault import EVIDENCE
from bot.view.basis_places import AuditTap
from bot.view.payload import Tap, encode
from bot.view.places import Place
from tests.catalogue.rights import APART, LINES, MEMBERS, NO_LINE, PEOPLE, PERSONAL, Names, Stage, Who
from tests.catalogue.roles import House, build, do
from tests.catalogue.roles import stage as opened
from tests.service.every import EVERY, OWN, Refs
from tests.service.scene import ORGANISATION, STARS, Scene, say

Built = dict[Stage, tuple[Path, dict[str, dict[Who, Names]]]]
OUTSIDE: tuple[Who, ...] = ("removed", "foreigner", "operator")
OWN_AFFAIRS: set[Expects] = {"new-organisation", "member-name", "quiet-hours", "own-name"}
"""Texts about oneself, or what is only begun."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("rights"))


@pytest.fixture(scope="module")
def refusing(built: Built) -> Iterator[dict[Stage, House]]:
    """A house in each stage where nothing may be done, so that all can share it."""
    with opened(*built["rating"]) as one, opened(*built["submitted"]) as two, opened(*built["closed"]) as three:
        yield {"rating": one, "submitted": two, "closed": three}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[type[c.Command]]:
    """The commands that were decided and not refused."""
    done: list[type[c.Command]] = []
    plain = interview.decide

    def decide(*args: object) -> object:
        drafts = plain(*args)  # type: ignore[arg-type]
        done.append(type(args[3]))  # type: ignore[arg-type]
        return drafts

    monkeypatch.setattr("bot.service.cases.decide", decide)
    return done


# the table is whole


def test_every_command_of_the_table_has_a_line_for_each_role() -> None:
    lined = {line.command for line in LINES.values() if line.command}
    assert lined | set(APART) == set(RIGHTS)
    for command in lined:
        lines = [line for line in LINES.values() if line.command is command]
        may = {role for role in MEMBERS if any(line.may(role, closed=not line.open) for line in lines)}
        assert may == RIGHTS[command].roles - NO_LINE.get(command, frozenset()), command
        after = any(line.may(role, closed=True) for line in lines for role in MEMBERS)
        assert after == RIGHTS[command].closed, command


def test_every_tap_and_every_text_that_is_asked_for_has_a_line() -> None:
    steps = [step for line in LINES.values() for step in line.steps(Names())]
    taps = {type(step) for step in steps if isinstance(step, Tap)}
    assert taps | {type(tap) for tap in PERSONAL} == set(get_args(Tap))
    asking = {_EXPECTS.get(type(step), "rating") for step in steps if isinstance(step, Place)}
    assert asking | OWN_AFFAIRS == set(get_args(Expects))


# the table is what happens


def refuses(house: House, name: str, *whom: Who, closed: bool) -> None:
    """Whoever may not, does not, and learns nothing by it."""
    line = LINES[name]
    before = house.record(line.scheme)
    for who in whom:
        if line.may(who, closed=closed):
            continue
        scene = house.people[who]
        do(scene, line.steps(house.names_of(line.scheme, who)))
        assert house.record(line.scheme) == before, (name, who, closed)
        if who in OUTSIDE:
            assert ORGANISATION not in f"{scene.reply}{scene.chat.wanted_screen}", (name, who)


@pytest.mark.parametrize("name", LINES)
def test_row_63_who_may_not(name: str, refusing: dict[Stage, House]) -> None:
    refuses(refusing[LINES[name].stage], name, *PEOPLE, closed=False)
    refuses(refusing["closed"], name, "lead", closed=True)


@pytest.mark.long
@pytest.mark.parametrize("name", LINES)
def test_row_63_who_may_not_after_closing(name: str, refusing: dict[Stage, House]) -> None:
    refuses(refusing["closed"], name, *PEOPLE, closed=True)


MAY = [
    pytest.param(name, who, closed, marks=[pytest.mark.long] if closed and who != "lead" else [])
    for name, line in LINES.items()
    for closed in (False, True)
    for who in MEMBERS
    if line.may(who, closed=closed)
]


@pytest.mark.parametrize(("name", "who", "closed"), MAY)
def test_row_63_who_may(
    name: str, who: Who, *, closed: bool, built: Built, tmp_path: Path, asked: list[type[c.Command]]
) -> None:
    line = LINES[name]
    file, names = built["closed" if closed else line.stage]
    shutil.copytree(file.parent / EVIDENCE, tmp_path / EVIDENCE)
    with opened(Path(shutil.copy(file, tmp_path)), names) as house:
        before = house.record(line.scheme)
        do(house.people[who], line.steps(house.names_of(line.scheme, who)))
        assert house.record(line.scheme) != before, house.people[who].reply
        if line.command and line.decided:
            assert line.command in asked


def test_row_63_taps_about_oneself_touch_no_assessment(refusing: dict[Stage, House]) -> None:
    house = refusing["rating"]
    before = [house.record(scheme) for scheme in house.names]
    for scene in house.people.values():
        for tap in PERSONAL:
            scene.press(tap)
    assert [house.record(scheme) for scheme in house.names] == before


def test_row_63_a_basis_is_taken_by_who_was_handed_it_alone(built: Built, tmp_path: Path) -> None:
    """TakeBasis: an audit of one's own begins, led by who begins it."""
    file, names = built["rating"]
    with opened(Path(shutil.copy(file, tmp_path / "house.db")), names) as house:
        lead = house.people["lead"]
        held = house.names_of(STARS, "lead")
        do(lead, LINES["hand"].steps(held))
        tap, auditor = AuditTap(held.invites[3]), Scene(house.world, "8008")
        for scene in house.people.values():
            owned = [one.ref for one in scene.listed]
            scene.press(tap)
            assert scene.reply.toast == say("line.gone")
            assert [one.ref for one in scene.listed] == owned
        auditor.press(tap)
        (begun,) = auditor.listed
        assert (begun.mode, begun.role) == ("audit", "lead")
        assert auditor.state(begun.ref).basis


@pytest.mark.parametrize("who", OUTSIDE)
def test_row_63_to_who_is_outside_it_is_as_if_it_were_not(who: Who, refusing: dict[Stage, House]) -> None:
    """Every place and tap that names one: the removed one's own sheet, note and file are out of reach as well."""
    house = refusing["rating"]
    scene = house.people[who]
    for kind in OWN:
        scheme, made = EVERY[kind]
        names = house.names_of(scheme, who)
        scene.press(encode(made(Refs(names.assessment, names.sheet, names.of, names.viewer))))
        assert scene.reply.toast == say("refusal.unknown-assessment"), kind
        assert ORGANISATION not in f"{scene.reply}{scene.chat.wanted_screen}", kind


# the tests bite


def test_a_role_too_many_is_noticed(refusing: dict[Stage, House], monkeypatch: pytest.MonkeyPatch) -> None:
    """The table as it is written, and a domain that lets everybody rate and invite."""
    monkeypatch.setattr("bot.service.membership.check", lambda *_: None)
    with pytest.raises(AssertionError, match="invite"):
        refuses(refusing["rating"], "invite", *PEOPLE, closed=False)


def test_a_right_that_is_not_in_the_table_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RIGHTS, k.Leave, Right(frozenset({"viewer"}), closed=True))
    with pytest.raises(AssertionError):
        test_every_command_of_the_table_has_a_line_for_each_role()
