"""An audit beside the self-assessment it looks at: the auditor is no member of that, and compares the copy alone."""

import pytest

from bot.service.world import World
from bot.view.compare_places import BASIS, Compare, Compared, ComparedQuestion
from bot.view.places import Card, NextOpen
from tests.service.panel import join, outgoing
from tests.service.scene import ORGANISATION, Scene, say
from tests.service.test_basis import NOTE, taken, texts

GONE = say("line.gone")


@pytest.fixture
def handed_on(ann: Scene, world: World) -> str:
    """ann's, rated 87.654321 % on one question with a note, 80 % elsewhere."""
    world.bot.username = "gradewalk_test_bot"
    ref = ann.begin()
    ann.fill("80")
    texts(ann, ref)
    return ref


def audit(ann: Scene, bo: Scene, own: str, ratings: str = "shown") -> str:
    """bo's audit on it, everything at 60 %."""
    ref = taken(ann, bo, own, ratings)
    bo.press(NextOpen(bo.sheet(ref)))
    bo.fill("60")
    return ref


def test_the_auditor_compares_though_no_member_of_it(ann: Scene, bo: Scene, handed_on: str) -> None:
    ref = audit(ann, bo, handed_on)
    bo.press(Compare(ref))
    assert bo.labels[0] == f"1. {ORGANISATION}"
    assert "企业自评（评价依据）" in bo.text
    assert say("compare.basis-unrated") not in bo.text
    bo.tap(f"1. {ORGANISATION}")
    assert bo.focus.place == f"1:ov:{ref}:{BASIS}"
    by = say("compare.by-answers", outcome="银级")
    assert say("compare.from-to", left=by, right=say("compare.would-be", outcome="铜级")) in bo.text
    assert say("compare.basis-foot") in bo.text
    assert say("button.swap") not in bo.labels
    bo.press(Compared(ref, BASIS, "q"))
    assert "87.65% → 60%" in bo.text
    for part in ("s", "o", "u"):
        bo.press(Compared(ref, BASIS, part))
        assert bo.reply.toast == ""
    bo.press(ComparedQuestion(ref, BASIS, "2.1/total"))
    assert NOTE in bo.text
    assert say("compare.to-left") not in bo.labels
    bo.tap(say("compare.to-right"))
    bo.press(Compared(ref, handed_on))
    assert bo.reply.toast == say("refusal.unknown-assessment"), "the copy opens nothing"


def test_it_is_as_it_was_handed_over(ann: Scene, bo: Scene, handed_on: str) -> None:
    ref = audit(ann, bo, handed_on)
    ann.press(Card(ann.sheet(handed_on), "2.1/total"))
    ann.say("11")
    bo.press(ComparedQuestion(ref, BASIS, "2.1/total"))
    assert "87.65%" in bo.text
    assert "11%" not in bo.text


def test_without_ratings_it_is_not_offered_and_that_is_said(ann: Scene, bo: Scene, handed_on: str) -> None:
    ref = audit(ann, bo, handed_on, "hidden")
    bo.press(Compare(ref))
    assert say("compare.basis-unrated") in bo.text
    assert ORGANISATION not in "".join(label for label in bo.labels if label[0].isdigit())
    for place in (Compared(ref, BASIS), Compared(ref, BASIS, "q"), ComparedQuestion(ref, BASIS, "2.1/total")):
        bo.press(place)
        assert bo.reply.toast == GONE
        assert "87.65" not in outgoing(bo)


def test_an_assessment_that_looks_at_nothing_has_no_such_side(ann: Scene, bo: Scene, handed_on: str) -> None:
    ann.press(Compared(handed_on, BASIS))
    assert ann.reply.toast == GONE
    ref = audit(ann, bo, handed_on)
    ann.press(Compared(ref, BASIS))
    assert ann.reply.toast == say("refusal.unknown-assessment"), "who handed it over is no member of the audit"


def test_a_viewer_sees_it_once_the_audit_is_closed(ann: Scene, bo: Scene, handed_on: str, world: World) -> None:
    ref = audit(ann, bo, handed_on)
    cy = Scene(world, "3003")
    cy.order("start")
    join(world, bo.of(ref).id, cy.person, "viewer")
    cy.press(Compare(ref))
    assert "企业自评" not in cy.text
    for place in (Compared(ref, BASIS), Compared(ref, BASIS, "q"), ComparedQuestion(ref, BASIS, "2.1/total")):
        cy.press(place)
        assert cy.reply.toast == GONE
        assert "87.65" not in outgoing(cy)
    bo.press(f"1:C:{ref}:{bo.of(ref).seq}")
    cy.press(Compared(ref, BASIS, "q"))
    assert "87.65% → 60%" in cy.text
