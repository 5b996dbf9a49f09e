"""Rows 44, 45, 47 and 48: a panel at work at the same moment. Row 46 stands with the members."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bot.domain import interview
from bot.domain.entries import AnswerGiven, GateDecided
from bot.domain.refusals import ChangedMeanwhile
from bot.view import payload as p
from bot.view import places
from bot.words import Words
from tests.catalogue.together import Panel, at_once, closed_as_recorded, sound, world_on
from tests.service.bench import told
from tests.service.scene import PANEL, Scene, say
from tests.store.making import open_file

CHANGED = Words.of("zh").refusal(ChangedMeanwhile())
ROUNDS = [50, pytest.param(1000, marks=pytest.mark.long)]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("panel") / "gradewalk.db"
    open_file(file).dispose()
    return file


@pytest.fixture
def file(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "gradewalk.db"))


@pytest.fixture
def three(file: Path) -> Iterator[Panel]:
    """A lead and two assessors."""
    with world_on(file) as world:
        yield Panel(world, 2)


def two_devices(panel: Panel, rounds: int) -> None:
    """Row 44: one assessor's two devices tap one question, as both see it; in each round one wins."""
    someone, row = panel.assessors[0], panel.rows[0]
    here, there = panel.again(someone), panel.again(someone)
    for seen in range(rounds):
        values = (f"{seen % 5}/20", f"{seen % 5 + 10}/20")
        toasts = at_once(
            lambda seen=seen, values=values: panel.tap(here, row, values[0], seen),  # type: ignore[misc]
            lambda seen=seen, values=values: panel.tap(there, row, values[1], seen),  # type: ignore[misc]
        )
        assert sorted(toast == CHANGED for toast in toasts) == [False, True], seen
    given = [one for one in panel.entries() if isinstance(one.body, AnswerGiven)]
    assert len(given) == rounds
    sound(panel)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_row_44_of_one_assessors_two_devices_one_wins_and_the_other_is_told(rounds: int, three: Panel) -> None:
    two_devices(three, rounds)


def test_switched_off_revisions_let_both_win(three: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    real = interview._answer
    monkeypatch.setattr(interview, "_answer", lambda scheme, sheet, q, answer, _: real(scheme, sheet, q, answer, None))
    with pytest.raises(AssertionError):
        two_devices(three, 3)


@pytest.mark.parametrize("rounds", [12, pytest.param(1000, marks=pytest.mark.long)])
def test_row_44_two_assessors_and_the_lead_on_one_indicator_are_all_kept_and_none_is_told(
    rounds: int, three: Panel
) -> None:
    row, everybody = three.rows[0], (three.lead, *three.assessors)

    def work(someone: Scene) -> list[str]:
        return [three.tap(someone, row, f"{seen % 20}/20", seen) for seen in range(rounds)]

    toasts = at_once(*(lambda someone=someone: work(someone) for someone in everybody))
    assert all("✓" in toast for mine in toasts for toast in mine)
    assert [told(someone) for someone in everybody] == [[], [], []], "nobody hears of the others"
    given = [one for one in three.entries() if isinstance(one.body, AnswerGiven)]
    assert len(given) == 3 * rounds
    sound(three)


def test_row_44_of_a_decision_on_two_devices_of_the_lead_one_counts(file: Path) -> None:
    with world_on(file) as world:
        lead = Scene(world)
        ref = lead.begin(PANEL)
        here, there = Scene(world), Scene(world)
        for seen in range(6):
            toasts = at_once(
                lambda seen=seen: here.press(p.GateTap(ref, "conformity", seen % 2, seen)).toast,  # type: ignore[misc]
                lambda seen=seen: there.press(p.GateTap(ref, "conformity", seen % 2, seen)).toast,  # type: ignore[misc]
            )
            assert CHANGED not in toasts, "both say the same: that is no conflict"
        decided = [entry for entry in lead.entries(ref) if isinstance(entry.body, GateDecided)]
        assert [entry.revision for entry in decided] == list(range(1, 7))
        here.press(p.GateTap(ref, "conformity", 0, 6))
        assert there.press(p.GateTap(ref, "conformity", 1, 6)).toast == CHANGED


@pytest.mark.parametrize("assessors", [2, pytest.param(20, marks=pytest.mark.long)])
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_row_45_many_assessors_tap_at_random(assessors: int, seed: int, file: Path) -> None:
    with world_on(file) as world:
        panel = Panel(world, assessors)
        everybody = (panel.lead, *panel.assessors)
        chances = [Random(seed * 1000 + number) for number in range(len(everybody))]

        def work(someone: Scene, chance: Random) -> str:
            panel.fill(someone, chance)
            return panel.submit(someone)

        pairs = zip(everybody, chances, strict=True)
        toasts = at_once(*(lambda pair=pair: work(*pair) for pair in pairs))
        assert set(toasts) == {say("line.sheet-submitted")}
        assert len(told(panel.lead)) == assessors, "each submission is told once"
        asked = len(panel.rows) + 1
        figures = [(one.of(panel.ref).answered, one.of(panel.ref).asked) for one in everybody]
        assert figures == [((assessors + 1) * asked,) * 2, *[(asked, asked)] * assessors]
        assert panel.close(panel.lead) == say("line.closed")
        sound(panel)
        closed_as_recorded(panel)


@pytest.mark.parametrize("rounds", [3, pytest.param(200, marks=pytest.mark.long)])
def test_row_47_the_lead_closes_while_another_taps(rounds: int, migrated: Path, tmp_path: Path) -> None:
    """The answer is there before and counts, and the lead is asked again; or it is refused: never a third."""
    ready = Path(shutil.copy(migrated, tmp_path / "ready.db"))
    with world_on(ready) as world:
        panel = Panel(world, 1)
        (other,), chance = panel.assessors, Random(47)
        for someone in (panel.lead, other):
            panel.fill(someone, chance)
        panel.submit(other)
        panel.submit(panel.lead)
        panel.lead.press(places.AskReconsider(panel.ref, panel.sheets[other.who.external_id], panel.rows[0]))
        panel.lead.say("请再看")
    ends = set()
    for number in range(rounds):
        with world_on(Path(shutil.copy(ready, tmp_path / f"{number}.db"))) as world:
            ends.add(_closed_or_counted(panel, world))
    assert ends <= {"closed first", "counted first"}


def _closed_or_counted(template: Panel, world: object) -> str:
    """One round on a copy; which of the two came first."""
    panel = object.__new__(Panel)
    panel.__dict__.update(template.__dict__)
    panel.world = world  # type: ignore[assignment]
    panel.lead, other = panel.again(template.lead), panel.again(template.assessors[0])
    seq, before = panel.lead.of(panel.ref).seq, len(panel.entries())
    revision = max(one.revision for one in panel.entries() if _of(panel, other, one))
    closing, tapping = at_once(
        lambda: panel.lead.press(p.CloseTap(panel.ref, seq)).toast,
        lambda: panel.tap(other, panel.rows[0], "1/20", revision),
    )
    counted = any(isinstance(one.body, AnswerGiven) for one in panel.entries()[before:])
    if panel.lead.state(panel.ref).closed:
        assert closing == say("line.closed")
        assert not counted
        assert tapping == Words.of("zh").say("refusal.assessment-closed")
        first = "closed first"
    else:
        assert closing == CHANGED
        assert counted
        assert "✓" in tapping
        assert panel.close(panel.lead) == say("line.closed")
        first = "counted first"
    sound(panel)
    closed_as_recorded(panel)
    assert panel.tap(other, panel.rows[0], "1", revision) == Words.of("zh").say("refusal.assessment-closed")
    closed_as_recorded(panel)
    return first


def _of(panel: Panel, someone: Scene, entry: object) -> bool:
    given = isinstance(getattr(entry, "body", None), AnswerGiven)
    return given and (getattr(entry, "person", ""), str(getattr(entry, "question", ""))) == (
        someone.person,
        panel.rows[0],
    )


@pytest.mark.parametrize("rounds", [15, pytest.param(500, marks=pytest.mark.long)])
def test_row_48_taking_an_answer_back_while_another_assessor_edits(rounds: int, three: Panel) -> None:
    """There and back on one device, on and on, an old tap from the other: each sheet goes by its own revisions."""
    one, two = three.assessors
    row, again = three.rows[0], three.again(one)

    def to_and_fro() -> list[str]:
        return [three.tap(one, row, ("4/5", "3/5")[seen % 2], seen) for seen in range(rounds)]

    def stale() -> list[str]:
        return [three.tap(again, row, "1/5", rounds + 5) for _ in range(rounds)]

    def edits() -> list[str]:
        return [three.tap(two, row, f"{seen % 20}/20", seen) for seen in range(rounds)]

    mine, old, theirs = at_once(to_and_fro, stale, edits)
    assert all("✓" in toast for toast in (*mine, *theirs))
    assert set(old) == {CHANGED}
    sound(three)
    last = {one.person: str(one.body.answer.value) for one in three.entries() if isinstance(one.body, AnswerGiven)}  # type: ignore[union-attr]
    assert last[one.person] == ("4/5", "3/5")[(rounds - 1) % 2]
