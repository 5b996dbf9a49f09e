"""Two devices of one person at one assessment, at the same time: nothing is lost, nothing is written twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.domain.entries import AnswerGiven
from bot.view.payload import AnswerTap, FlagTap
from tests.service.scene import REAL, Scene


def test_taps_on_different_questions_are_all_kept(ann: Scene) -> None:
    ref = ann.begin(REAL)
    sheet = ann.sheet(ref)
    scheme = ann.world.library.get(REAL)
    assert scheme is not None
    rows = [str(question) for question in scheme.questions if question.dimension == "total"][:16]
    devices, start = [Scene(ann.world), Scene(ann.world)], Barrier(2)

    def work(device: Scene, mine: list[str]) -> None:
        start.wait(10)
        for row in mine:
            device.press(AnswerTap(sheet, row, "4/5", 0))
            device.press(FlagTap(sheet, row, 1))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, devices, (rows[::2], rows[1::2])))
    given = next(iter(ann.state(ref).sheets.values())).given
    assert sorted(map(str, given)) == sorted(rows)
    assert {one.revision for one in given.values()} == {1}
    assert [entry.seq for entry in ann.entries(ref)] == list(range(1, 3 + 2 * len(rows)))


def test_of_two_taps_on_one_question_one_wins_and_the_other_is_told(ann: Scene) -> None:
    ref = ann.begin(REAL)
    sheet = ann.sheet(ref)
    devices, start = [Scene(ann.world), Scene(ann.world)], Barrier(2)

    def work(device: Scene, value: str) -> list[str]:
        start.wait(10)
        return [device.press(AnswerTap(sheet, "4.1.2/total", value, seen)).toast for seen in range(8)]

    with ThreadPoolExecutor(2) as pool:
        toasts = list(pool.map(work, devices, ("4/5", "3/5")))
    answers = [entry for entry in ann.entries(ref) if isinstance(entry.body, AnswerGiven)]
    assert [entry.revision for entry in answers] == list(range(1, len(answers) + 1))
    saved = sum("✓" in toast for mine in toasts for toast in mine)
    assert saved == len(answers), "each that was told 'saved' is in the record, and no other"
