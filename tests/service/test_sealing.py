"""Closing seals: the code goes to every member, and the bundle verifies against it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from bot.domain import panel_commands as k
from bot.domain.entries import Closed, Exported
from bot.domain.panel_entries import Sealed
from bot.domain.record import Source, entry_hash
from bot.service.cases import Cases, Stamp
from bot.service.outbox import OutboxDesk
from bot.service.world import World
from bot.store.engine import open_engine
from bot.verify.bundle import verify
from bot.verify.keyfile import Keyring, load
from bot.verify.signing import SEAL, fingerprint, holds, read_code, sealed
from bot.view.places import ConfirmClose, Export, Head, NextOpen
from tests.service.scene import CHANNEL, ORGANISATION, Clock, Scene, library, say
from tests.store.making import store_on

CODE = re.compile(r"<code>(GW1-\d+-[0-9a-f]{64})</code>")


@pytest.fixture
def world(file: Path, clock: Clock, tmp_path: Path) -> Iterator[World]:
    """With a key, as everybody but a test has it."""
    engine = open_engine(f"sqlite:///{file}")
    yield World(store_on(engine), library(), clock, keys=Keyring(tmp_path / "keys" / "signing.key"))
    engine.dispose()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "signing.key"


def act(lead: Scene, ref: str, command: "k.PanelCommand") -> None:
    with lead.world.store.write() as unit:
        cases = Cases(lead.world, unit, unit.people.get(lead.person))
        cases.act(cases.by_ref(ref), command, Stamp(lead.world.clock(), Source("test")))


def told(scene: Scene, channel: str = CHANNEL) -> list[str]:
    """The seals that this person was sent."""
    waiting = OutboxDesk(scene.world, channel).notices()
    return [one.text for one in waiting if one.chat == scene.who.chat and CODE.search(one.text)]


def code_of(text: str) -> str:
    found = CODE.search(text)
    assert found
    return found[1]


def bundle(scene: Scene, ref: str) -> bytes:
    scene.press(f"1:F:{ref}:bundle")
    data = OutboxDesk(scene.world, CHANNEL).notices()[-1].data
    assert data is not None
    made = data()
    assert isinstance(made, bytes)
    return made


def test_closing_signs_the_closing_entry_in_the_same_breath(ann: Scene, key: Path) -> None:
    ref = ann.closed()
    bodies = [entry.body for entry in ann.entries(ref)]
    number = next(n for n, body in enumerate(bodies, start=1) if isinstance(body, Closed))
    seal = bodies[number]
    assert isinstance(seal, Sealed)
    assert isinstance(bodies[number + 1], Exported), "the transcript that goes out holds the seal"
    with ann.world.store.read() as unit:
        headers = [record.header for record in unit.entries.recorded(ann.of(ref).id)]
    assert (seal.upto, seal.head) == (number, entry_hash(headers[number - 1]))
    assert seal.at == headers[number].at
    assert seal.key == load(key).key
    assert holds(seal.key, seal.signature, SEAL, sealed(ann.of(ref).id, number, seal.head, seal.at))
    assert headers[number].kind == "sealed"


def test_every_member_is_sent_result_and_code_in_their_language(ann: Scene, bo: Scene, world: World, key: Path) -> None:
    viewer, gone = Scene(world, "3003", hint="en"), Scene(world, "4004")
    local = Scene(world, "2002", channel="terminal")
    ref = ann.begin()
    for someone in (bo, viewer, gone, local):
        someone.order("start")
    act(ann, ref, k.Admit(bo.person, "viewer", "t"))
    act(ann, ref, k.Admit(viewer.person, "viewer", "t"))
    act(ann, ref, k.Admit(local.person, "viewer", "t"))
    act(ann, ref, k.Admit(gone.person, "viewer", "t"))
    act(ann, ref, k.Remove(gone.person, "不再参加"))
    ann.press(NextOpen(ann.sheet(ref)))
    ann.fill()
    ann.press(ConfirmClose(ref))
    ann.tap("button.close-for-good")
    last = next(body for body in (e.body for e in ann.entries(ref)) if isinstance(body, Sealed))
    codes = [told(one)[0] for one in (ann, bo, viewer)] + told(local, "terminal")
    assert len(codes) == 4
    assert {read_code(code_of(text)) for text in codes} == {(last.upto, last.head)}
    assert told(gone) == []
    for text in codes:
        assert fingerprint(load(key).key) in text
        assert ORGANISATION in text
    assert "银级" in unescape(codes[1])
    assert say("seal.keep", upto=last.upto) in codes[1]
    assert "Silver" in codes[2]
    assert "Please keep this message" in codes[2]


def test_the_bundle_of_a_closed_assessment_verifies_against_the_code(ann: Scene) -> None:
    ref = ann.closed()
    posted = read_code(code_of(told(ann)[0]))
    report = verify(bundle(ann, ref), posted)
    assert report.certain, report.checks
    assert isinstance(ann.entries(ref)[-1].body, Exported)
    assert sum(isinstance(entry.body, Exported) and entry.body.format == "bundle" for entry in ann.entries(ref)) == 1


def test_the_bundle_is_the_same_however_often_it_is_made(ann: Scene) -> None:
    ref = ann.closed()
    ann.press(f"1:F:{ref}:bundle")
    data = OutboxDesk(ann.world, CHANNEL).notices()[-1].data
    assert data is not None
    assert data() == data()


def test_reopened_and_closed_again_has_a_new_seal(ann: Scene) -> None:
    ref = ann.closed()
    first = code_of(told(ann)[0])
    act(ann, ref, k.Reopen("一项要改"))
    assert any(check.code == "later" for check in verify(bundle(ann, ref), read_code(first)).checks)
    ann.press(ConfirmClose(ref))
    ann.tap("button.close-for-good")
    second = code_of(told(ann)[1])
    assert second != first
    data = bundle(ann, ref)
    for code in (first, second):
        assert verify(data, read_code(code)).sound, "both stand: the later record holds the earlier"
    said = [check.code for check in verify(data, read_code(second)).checks]
    assert said.count("seal") == 2
    assert "reopened" in said
    closings = [check for check in verify(data).checks if check.code == "closing"]
    assert closings[0].params == {"closings": 2}


def test_a_lost_key_closes_nothing_until_the_operator_acts(ann: Scene, key: Path) -> None:
    ann.closed()
    ref = ann.begin()
    ann.fill()
    key.rename(key.with_name("elsewhere"))
    ann.press(ConfirmClose(ref))
    reply = ann.tap("button.close-for-good")
    assert reply.toast == say("refusal.signing-key-gone")
    assert ann.state(ref).closed is None
    assert not key.exists(), "no new one in silence: there are seals by the old one"
    before = ann.entries(ref)
    assert ann.press(f"1:F:{ref}:bundle").toast == say("refusal.signing-key-gone")
    assert ann.entries(ref) == before
    assert ann.press(f"1:F:{ref}:html").toast == say("line.file-coming")
    key.write_bytes(b"not a key")
    ann.press(ConfirmClose(ref))
    assert ann.tap("button.close-for-good").toast == say("refusal.signing-key-gone")
    key.unlink()
    key.with_name("elsewhere").rename(key)
    ann.press(ConfirmClose(ref))
    assert ann.tap("button.close-for-good").toast == say("line.closed")


def test_without_a_key_closing_works_and_others_hear_of_it(ann: Scene, bo: Scene, world: World) -> None:
    unkeyed = Scene(replace(world, keys=None))
    ref = unkeyed.begin()
    bo.order("start")
    act(unkeyed, ref, k.Admit(bo.person, "viewer", "t"))
    unkeyed.fill()
    unkeyed.tap("button.close")
    unkeyed.tap("button.close-for-good")
    assert unkeyed.state(ref).closed
    assert unkeyed.state(ref).seals == ()
    notices = [one for one in OutboxDesk(world, CHANNEL).notices() if one.chat == bo.who.chat]
    assert ["银级" in unescape(one.text) for one in notices] == [True]
    assert "GW1" not in notices[0].text
    assert unkeyed.press(f"1:F:{ref}:bundle").toast == say("line.gone"), "not offered, so it is a button of nowhere"


def test_the_export_screen_offers_the_bundle_and_says_what_it_is(ann: Scene) -> None:
    ref = ann.closed()
    ann.press(Export(ref))
    assert [label.partition(" · ")[0] for label in ann.labels[:-1]] == [
        "PDF",
        "Word",
        "Excel",
        "网页",
        "CSV",
        "JSON",
        "数据包",
    ]
    assert say("format-for.bundle") in ann.text
    ann.press(Head(ref))
