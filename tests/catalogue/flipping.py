"""Damage done to a database and its log at rest, and what a person is shown of the rest. Knows no bot that runs."""

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bot.domain.record import RecordBroken
from bot.service.folds import Folds
from bot.service.world import World
from bot.store.engine import open_engine
from bot.store.errors import StoreError
from bot.store.opening import mark_of, prepare
from bot.view.places import Result
from tests.catalogue.faults_disk.orders import DATABASE
from tests.service.scene import STARS, Clock, Scene, library
from tests.store.making import open_file, store_on

REFUSED, FOUND, SAME, EARLIER, ABSENT = "refused", "found", "same", "earlier", "absent"
"""At the start; when it was read; nothing changed; answers of the log's end are gone; no score is shown at all."""
FILES = (DATABASE, f"{DATABASE}-wal")


class Patient:
    """A database as a killed bot leaves it and as a stopped one does, and how its result looks.

    All damage is done to copies in `folder/here`, so that one engine with its ready statements serves them all.
    """

    def __init__(self, folder: Path) -> None:
        self._killed, self._stopped = folder / "killed", folder / "stopped"
        self._killed.mkdir()
        self._stopped.mkdir()
        self._here = folder / "here"
        self._engine = open_engine(f"sqlite:///{self._here / DATABASE}")
        engine = open_file(folder / DATABASE)
        scene = Scene(World(store_on(engine), library(), Clock()))
        self.ref = scene.begin(STARS)
        scene.fill("80")
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._earlier = {self._shown(scene)}
        for clause, rating in (("1.2", "70"), ("2.1", "90"), ("3", "65"), ("2.10", "95"), ("3", "75")):
            scene.say(f"#{clause}")
            scene.say(rating)
            self._earlier.add(self._shown(scene))
        self._truth = self._shown(scene)
        assert len(self._earlier) == 6, "the result shows every one of these answers"
        self._earlier.remove(self._truth)
        for name in FILES:
            shutil.copy(folder / name, self._killed / name)
        engine.dispose()
        shutil.copy(folder / DATABASE, self._stopped / DATABASE)

    def copy(self, *, log: bool = True) -> Path:
        """The folder of a fresh copy; log: as a killed bot left it, else as one that was stopped."""
        self._engine.dispose()
        if self._here.exists():
            shutil.rmtree(self._here)
        shutil.copytree(self._killed if log else self._stopped, self._here)
        mark_of(self._here / DATABASE).touch()
        return self._here

    def outcome(self) -> str:
        """What a start makes of the copy, and then a look at the result; AssertionError for a score that is wrong."""
        try:
            prepare(self._engine)
        except StoreError as error:
            line = str(error)
            assert " / " in line, "said in both languages"
            assert "gradewalk restore" in line or "cannot be opened" in line or "newer" in line, line
            return REFUSED
        world = World(store_on(self._engine, "z"), library(), Clock(), folds=Folds())
        try:
            shown = self._shown(Scene(world))
        except (StoreError, RecordBroken, LookupError, ValueError):
            return FOUND
        if shown == self._truth:
            return SAME
        if shown in self._earlier:
            return EARLIER
        assert not shown, f"a wrong score: {shown}"
        return ABSENT

    def close(self) -> None:
        self._engine.dispose()

    def _shown(self, scene: Scene) -> tuple[str, ...]:
        """The figures and the grade of the result screen; nothing where another screen is shown."""
        scene.press(Result(self.ref))
        if "总分" not in scene.text or "不是发布机构颁发的证书" not in scene.text:
            return ()
        return tuple(re.findall(r"[0-9.]+|金级|银级|铜级|不予评级", scene.text))


def flip(file: Path, chance: random.Random) -> None:
    """One bit, one byte, a few bytes, or a sector of zeros; where something stands, and anywhere."""
    content = bytearray(file.read_bytes())
    used = [place for place, byte in enumerate(content) if byte]
    at = chance.choice((chance.choice(used), chance.choice(used), chance.randrange(len(content))))
    match chance.randrange(4):
        case 0:
            content[at] ^= 1 << chance.randrange(8)
        case 1:
            content[at] = chance.randrange(256)
        case 2:
            content[at : at + 16] = chance.randbytes(len(content[at : at + 16]))
        case _:
            start = at - at % 512
            content[start : start + 512] = bytes(len(content[start : start + 512]))
    file.write_bytes(content)


def many(patient: Patient, count: int, seed: int, damage: Callable[[Path, random.Random], None]) -> "Counter[str]":
    """Outcomes of so many damages: 'log …' of the log, 'file …' of the database beside it or alone."""
    chance, found = random.Random(seed), Counter[str]()
    for _ in range(count):
        log = chance.random() < 2 / 3
        name = chance.choice(FILES) if log else DATABASE
        damage(patient.copy(log=log) / name, chance)
        found[f"{'log' if name == FILES[1] else 'file'} {patient.outcome()}"] += 1
    return found
