"""States are kept, bounded, and are always those of what is stored."""

from dataclasses import replace
from typing import cast

from bot.domain.state import AssessmentState
from bot.service.folds import Folds
from bot.store.unit import Unit
from bot.store.values import Listed
from tests.service.scene import Scene


class Counted:
    """Entries, and from which number on they were asked for."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self.asked: list[int] = []
        self.entries = self

    def after(self, assessment: str, seq: int) -> object:
        self.asked.append(seq)
        return self._unit.entries.after(assessment, seq)


def fetched(scene: Scene, folds: Folds, listed: Listed) -> tuple[AssessmentState, list[int]]:
    with scene.world.store.read() as unit:
        counted = Counted(unit)
        return folds.state(cast("Unit", counted), listed), counted.asked


def test_names_of_sheets_are_asked_for_when_there_is_another_one(ann: Scene) -> None:
    listed, folds = ann.of(ann.begin()), Folds()
    with ann.world.store.read() as unit:
        state = folds.state(unit, listed)
        (sheet,) = unit.assessments.sheets(listed.id)
        known = folds.sheets(unit, listed.id, state)
        assert known == {sheet.id: sheet.ref}
        assert folds.sheets(unit, listed.id, state) is known
    with ann.world.store.write() as unit:
        other = unit.assessments.open_sheet(listed.id, ann.person, "2", ())
        more = replace(state, sheets={**state.sheets, other.id: state.sheets[sheet.id]})
        assert folds.sheets(unit, listed.id, more) == {sheet.id: sheet.ref, other.id: other.ref}


def test_only_what_is_new_is_folded(ann: Scene) -> None:
    ref, folds = ann.begin(), Folds()
    assert fetched(ann, folds, ann.of(ref))[1] == [0]
    assert fetched(ann, folds, ann.of(ref))[1] == []
    ann.tap("没有违法")
    state, asked = fetched(ann, folds, ann.of(ref))
    assert asked == [2]
    assert state == ann.state(ref)


def test_a_state_that_is_ahead_of_the_store_is_folded_anew(ann: Scene) -> None:
    """It was of a transaction that was rolled back."""
    ref, folds = ann.begin(), Folds()
    old = ann.of(ref)
    ann.tap("没有违法")
    fetched(ann, folds, ann.of(ref))
    assert fetched(ann, folds, old)[1] == [0]


def test_no_more_are_kept_than_allowed_and_none_after_forgetting(ann: Scene) -> None:
    folds = Folds(kept=2)
    listed = [ann.of(ann.begin()) for _ in range(3)]
    for one in (listed[0], listed[1], listed[0], listed[2]):
        fetched(ann, folds, one)
    assert [bool(fetched(ann, folds, one)[1]) for one in (listed[0], listed[2], listed[1])] == [False, False, True]
    folds.forget()
    assert fetched(ann, folds, listed[1])[1] == [0]
