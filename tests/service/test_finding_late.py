"""Evidence of a finding that comes after closing: proof of what was done, beyond the seal, in the bundle."""

from pathlib import Path

import pytest

from bot.domain.evidence_entries import EvidenceReceived, EvidenceStored
from bot.service.outbox import OutboxDesk
from bot.service.world import World
from bot.verify.bundle import verify
from bot.verify.keyfile import Keyring
from bot.view import findings_places as f
from bot.view import places
from tests.service.bench import bench
from tests.service.proofs import PDF, arrive, held, picture, sent
from tests.service.scene import CHANNEL, Scene, say
from tests.service.test_findings import closed, record


def test_after_closing_proof_of_what_was_done_is_added_and_nothing_else(world: World) -> None:
    sat = bench(world)
    number, strength = record(sat.one, sat.ref, text="标识缺失"), record(sat.one, sat.ref, "strength", "做得好")
    sat.one.press(places.FindingItem(sat.ref, number))
    sent(sat.one, caption="之前")
    before = max(held(sat.one, sat.ref))
    closed(sat)
    outcome = sat.lead.state(sat.ref).closed
    sat.one.press(places.FindingItem(sat.ref, number))
    sat.one.tap(say("finding.state-corrected"))
    assert say("finding.hint") in sat.one.text
    message = sent(sat.one, caption="之后")
    after = max(held(sat.one, sat.ref))
    assert {seq: one.finding for seq, one in held(sat.one, sat.ref).items()} == {before: number, after: number}
    assert sat.lead.state(sat.ref).closed == outcome
    sat.one.edit(message, "整改之后")
    assert held(sat.one, sat.ref)[after].caption == "整改之后"
    for piece, mine in ((before, False), (after, True)):
        sat.one.press(places.EvidenceItem(sat.ref, piece))
        assert (say("button.evidence-remove") in sat.one.labels) is mine
        sat.one.press(places.AskDiscard(sat.ref, piece))
        assert (sat.one.focus.expects == "evidence-removal") is mine
    sat.one.say("拍错了")
    assert [one.keeping for one in held(sat.one, sat.ref).values()] == ["coming", "removed"]
    sat.one.press(places.FindingItem(sat.ref, strength))
    assert say("finding.hint") not in sat.one.text
    sent(sat.one)
    assert sat.one.top == say("refusal.assessment-closed")
    sat.viewer.press(places.FindingEvidence(sat.ref, number))
    assert "之前" in sat.viewer.text, "with the result, everybody sees it"
    sent(sat.viewer)
    assert len(held(sat.one, sat.ref)) == 2


@pytest.fixture
def signing(world: World, tmp_path: Path) -> Scene:
    return Scene(World(world.store, world.library, world.clock, keys=Keyring(tmp_path / "keys" / "signing.key")))


def test_the_bundle_holds_it_and_verifies_what_came_before_and_after_closing(signing: Scene) -> None:
    ann = signing
    ref = ann.begin()
    number = record(ann, ref, clause="2.1")
    sent(ann, "document", name="a.pdf")
    arrive(ann.world, PDF)
    ann.press(places.NextOpen(ann.sheet(ref)))
    ann.fill("80")
    ann.press(places.ConfirmClose(ref))
    ann.tap("button.close-for-good")
    assert ann.state(ref).closed
    ann.press(places.FindingItem(ref, number))
    ann.press(f.FindingStateTap(ref, number, "corrected"))
    sent(ann)
    arrive(ann.world, picture())
    ann.press(f"1:F:{ref}:bundle")
    made = OutboxDesk(ann.world, CHANNEL).notices()[-1].data
    assert made is not None
    data = made()
    assert isinstance(data, bytes)
    report = verify(data)
    assert report.sound, report.checks
    (check,) = [one for one in report.checks if one.code == "evidence"]
    assert check.params == {"pieces": 2}
    assert [one.code for one in report.checks if one.state == "unknown"].count("later") == 1
    assert data.count(PDF) == 1
    swapped = verify(data.replace(PDF, PDF[::-1]))
    assert not swapped.sound
    said = [entry for entry in ann.entries(ref) if isinstance(entry.body, EvidenceReceived | EvidenceStored)]
    assert [(entry.sheet, entry.question) for entry in said] == [("", None)] * 4, "of no sheet, at no question"
