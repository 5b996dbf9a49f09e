"""The test's side: builds the shim, starts the driver, makes a folder for each life."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Self

import pytest

from bot.service.world import World
from bot.store.opening import mark_of
from tests.catalogue.faults_disk.orders import DATABASE, Order, Report
from tests.service.scene import REAL, Clock, Scene, library
from tests.store.making import open_file, store_on

ROOT = Path(__file__).parents[3]
SOURCE = Path(__file__).with_name("shim.c")


def built(folder: Path) -> Path:
    """The shim, compiled; skips where that cannot be."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("needs Linux, for LD_PRELOAD, and a C compiler")
    shim = folder / "shim.so"
    command = [
        compiler,
        "-O1",
        "-Wall",
        "-Werror",
        "-shared",
        "-fPIC",
        "-o",
        str(shim),
        str(SOURCE),
        "-ldl",
        "-lpthread",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return shim


class Bench:
    """A driver under the shim, and a database to begin each life with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template" / DATABASE
        self.template.parent.mkdir()
        self._rooms = 0
        _begun(self.template)
        shim = built(folder)
        self._driver = subprocess.Popen(
            [sys.executable, "-m", "tests.catalogue.faults_disk.driver", folder],
            cwd=ROOT,
            env={**os.environ, "LD_PRELOAD": str(shim), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self.live(self.order(count=2)).counted == 0:
            self.close()
            pytest.skip("this Python brings an SQLite of its own: the shim does not come between it and the disk")

    def close(self) -> None:
        assert self._driver.stdin is not None
        assert self._driver.stdout is not None
        self._driver.stdin.close()
        self._driver.wait(timeout=10)
        self._driver.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def order(self, *, empty: bool = False, **more: Any) -> Order:
        """An order for a folder of its own: with a begun assessment in it, or empty."""
        self._rooms += 1
        room = self.folder / f"room{self._rooms}"
        room.mkdir()
        if not empty:
            shutil.copy(self.template, room / DATABASE)
            mark_of(room / DATABASE).touch()
        return Order(folder=str(room), **{"count": 6, "look": not empty, **more})

    def live(self, order: Order) -> Report:
        """One life, to its end."""
        assert self._driver.stdin is not None
        assert self._driver.stdout is not None
        self._driver.stdin.write(json.dumps(asdict(order)) + "\n")
        self._driver.stdin.flush()
        line = self._driver.stdout.readline()
        assert line, "the driver is gone"
        return Report(**json.loads(line))

    def again(self, order: Order, **more: Any) -> Report:
        """Another life on the same folder, by default without faults."""
        return self.live(replace(order, **{"at": 0, "file_limit": 0, "prefix": "z", **more}))

    def clear(self, order: Order) -> None:
        shutil.rmtree(order.folder)


def _begun(file: Path) -> None:
    """A database in which chat 1001 is asked for a rating, at rest."""
    engine = open_file(file)
    scene = Scene(World(store_on(engine), library(), Clock()))
    scene.begin(REAL)
    while scene.focus.question.endswith("/veto"):
        scene.press(next(b.payload for row in scene.screen.rows for b in row if ":v0" in b.payload))
    engine.dispose()
