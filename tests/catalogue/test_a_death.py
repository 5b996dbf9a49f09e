"""Rows 1, 2, 5: the process dies, at work or while it starts; nothing acknowledged is lost, nothing is done twice."""

import random
import signal
import time
from pathlib import Path

import pytest

from bot.service.world import World
from tests.catalogue.drivers import Driver, Shell, Zygote
from tests.catalogue.kills import Plan, harness
from tests.catalogue.users import MARKER
from tests.catalogue.walker import BEGUN, held, kinds, walker
from tests.fake_telegram import Control
from tests.sampled import sampled
from tests.stories.company import Edit, Say, Tap

ANSWERS = (
    Tap("守法合规"),
    Say(f"{MARKER} 现场看过"),
    Tap("存为备注"),
    Say("85", "rating"),
    Say("70%"),
    Edit("rating", "80"),
)
FILE = (Say("/export"), Tap("JSON"))
POINTS = (
    "after_inbox_commit:3",
    "before_effect_commit:2",
    "after_effect_commit:2",
    "before_send:2",
    "after_send_before_mark:2",
    "during_export",
)


# ---------------------------------------------------------------- row 1


def test_row_1_killed_again_and_again(zygote: Zygote, tmp_path: Path) -> None:
    with harness(Plan(kills=6, taps=30, users=2, seed=random.randrange(10**6)), tmp_path, zygote) as made:
        figures = made.run()
    assert figures.faults == []
    assert (figures.kills, figures.kept, figures.done) == (6, figures.made, figures.made)
    assert figures.live > 0, "no kill hit anything: the test is too easy"
    assert figures.told > 0


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_row_1_a_hundred_kills(zygote: Zygote, tmp_path: Path) -> None:
    with harness(Plan(kills=100, taps=1000, users=20, seed=random.randrange(10**6)), tmp_path, zygote) as made:
        figures = made.run()
    assert figures.faults == []
    assert figures.kills == 100
    assert figures.live >= 50
    assert figures.answers > 100


@pytest.mark.long
def test_switched_off_confirming_before_the_commit_loses_taps(zygote: Zygote, tmp_path: Path) -> None:
    """The library's way, and the harness sees it."""
    with harness(Plan(kills=1, taps=10, users=2), tmp_path, zygote) as made:
        made.begin()
        made.act(10)
        made.driver.start("confirm_first:500")
        made.until(lambda: not made.control.stats()["pending"], "confirmed")
        made.driver.kill()
        made.rest()
        made.judge()
    assert [fault for fault in made.figures.faults if "confirmed and never kept" in fault], made.figures.table()


@pytest.mark.long
def test_switched_off_dedupe_works_twice(zygote: Zygote, tmp_path: Path) -> None:
    """Killed between commit and confirmation, the updates come again."""
    plan = Plan(kills=2, taps=8, users=2, point="dedupe_off+after_inbox_commit")
    with harness(plan, tmp_path, zygote) as made:
        figures = made.run()
    assert [fault for fault in figures.faults if "worked on twice" in fault], figures.table()


# ---------------------------------------------------------------- row 2


def test_row_2_killed_at_every_named_point(control: Control, driver: Driver, tmp_path: Path) -> None:
    """One session: each bot dies at another point, and the next one goes on."""
    someone = walker(control, driver, tmp_path, POINTS)
    driver.start(someone.next_point())
    someone.walk((*BEGUN, *ANSWERS, *FILE))
    assert someone.deaths == [-signal.SIGKILL] * len(POINTS)
    recorded(someone.world)
    files = [message for message in someone.person.chat if message.attachment]
    assert len(files) == 1
    held(someone)


@pytest.mark.long
@pytest.mark.parametrize("n", range(1, 12))
@pytest.mark.parametrize("point", [point.partition(":")[0] for point in POINTS])
def test_row_2_killed_at_a_named_point(control: Control, driver: Driver, tmp_path: Path, point: str, n: int) -> None:
    """Each point at its n-th time."""
    n = 1 if point.startswith("during") else n
    someone = walker(control, driver, tmp_path, [f"{point}:{n}"])
    driver.start(someone.next_point())
    someone.walk((*BEGUN, *ANSWERS, *FILE))
    assert someone.deaths == [-signal.SIGKILL]
    recorded(someone.world)
    files = [message for message in someone.person.chat if message.attachment]
    assert len(files) in ({1, 2} if point == "after_send_before_mark" else {1})
    held(someone)


def recorded(world: World) -> None:
    """What the session of row 2 leaves in the record, once each."""
    expected = {"created": 1, "sheet-opened": 1, "answered": 4, "noted": 1, "exported": 1}
    assert kinds(world) == expected


@pytest.mark.parametrize(
    "point", sampled(["before_schema_check", "after_schema_check", "during_migration:20"], every=3, start=2)
)
def test_row_2_and_5_killed_while_starting(control: Control, driver: Driver, tmp_path: Path, point: str) -> None:
    driver.start(point)
    assert driver.wait() == -signal.SIGKILL
    driver.start()
    someone = walker(control, driver, tmp_path)
    someone.walk([Say("/start")])
    assert someone.deaths == []
    held(someone)


def test_row_2_killed_during_a_backup(control: Control, driver: Driver, tmp_path: Path) -> None:
    someone = walker(control, driver, tmp_path)
    driver.start()
    someone.walk([Say("/start")])
    driver.kill()
    target = tmp_path / "copy.zip"
    driver.start("during_backup", "backup", "--to", str(target))
    assert driver.wait() == -signal.SIGKILL
    assert not target.exists()
    driver.start("", "backup", "--to", str(target))
    assert driver.wait() == 0
    assert target.exists()
    driver.start()
    someone.walk([Say("/start")])
    held(someone)


# ---------------------------------------------------------------- row 5


def test_row_5_killed_while_starting(control: Control, driver: Driver, tmp_path: Path) -> None:
    starts_again(control, driver, tmp_path, times=5, longest=0.2)


@pytest.mark.long
def test_row_5_killed_while_starting_fifty_times(control: Control, tmp_path: Path) -> None:
    with Shell(tmp_path, control.base_url) as shell:
        starts_again(control, shell, tmp_path, times=50, longest=1.5)


def starts_again(control: Control, driver: Driver, folder: Path, times: int, longest: float) -> None:
    chance = random.Random()
    someone = walker(control, driver, folder)
    someone.do(Say("/start"))
    for _ in range(times):
        driver.start()
        time.sleep(chance.uniform(0, longest))
        assert driver.kill() == -signal.SIGKILL
    driver.start()
    someone.settle()
    someone.walk(BEGUN)
    assert not someone.deaths
    held(someone)
