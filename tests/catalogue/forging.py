"""Row 53: payloads that anybody may make up, by the thousand. `python -m tests.catalogue.forging --count 100000`

Random ones, real ones of one's own and of others, mutated, cut short, 64 bytes of anything, empty: pressed by people
who lead others, by members without a lead's rights and by strangers. Nothing of others may change or be shown.
"""

import argparse
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.domain.entries import Exported
from bot.service.access import invited_only
from bot.service.events import Reply
from bot.view.payload import encode
from tests.service.every import EVERY, Refs, refs
from tests.service.panel import HER_NOTE, HER_REASON, Panel, mine, opened, others, panel
from tests.service.scene import SHOP, STARS, Scene
from tests.store.making import open_file

SHOWN = 10
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:/.+-%_ \x00\n\u200b\u202eé二"
_WHAT = (
    *("2.1/total", "1.2/total", "1.1/veto", "5.2.2/total", "2.1/management", "9.9/total", "/", "conformity", "scope"),
    *("3/4", "l4", "v0", "v1", "1e9", "-1", "0", "1", "2", "99", "json", "html", "why", "all", "open", "en", "UTC"),
    *(STARS, SHOP, "self", "audit", "service", "A", "b3", "m", ""),
)


@dataclass
class Report:
    """What came of it. faults: what must not be, the first few."""

    count: int = 0
    seconds: float = 0.0
    reads: int = 0
    writes: int = 0
    raised: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, line: str) -> None:
        if len(self.faults) < SHOWN:
            self.faults.append(line)

    def __str__(self) -> str:
        rate = self.count / self.seconds if self.seconds else 0.0
        counts = f"{self.reads} foreign reads, {self.writes} foreign writes, {self.raised} exceptions"
        return "\n".join([f"{self.count} forged payloads, {rate:.0f}/s: {counts}", *self.faults])


class Forger:
    """Makes payloads up. names: of everybody's assessments and sheets."""

    def __init__(self, chance: Random, names: Callable[[], list[Refs]]) -> None:
        self._chance, self._names = chance, names
        self._ways: tuple[Callable[[], str], ...] = (
            *(self._real, self._real, self._mixed, self._mixed, self._mutated, self._mutated),
            *(self._cut, self._random, self._bytes, self._long, lambda: ""),
        )

    def __call__(self) -> str:
        return self._chance.choice(self._ways)()

    def _real(self) -> str:
        """A button of somebody's, as it stands."""
        _, made = self._chance.choice(list(EVERY.values()))
        return encode(made(self._chance.choice(self._names())))

    def _mixed(self) -> str:
        """A real one whose fields come from anywhere: another's sheet, another question, value, revision."""
        parts = self._real().split(":")
        for place in range(2, len(parts)):
            if self._chance.random() < 0.4:
                names = self._chance.choice(self._names())
                parts[place] = self._chance.choice([names.assessment, names.sheet, str(names.seq), *_WHAT])
        if self._chance.random() < 0.2:
            parts.append(self._chance.choice(_WHAT))
        return ":".join(parts)

    def _mutated(self) -> str:
        signs = list(self._mixed())
        for _ in range(self._chance.randint(1, 4)):
            place = self._chance.randrange(len(signs) + 1)
            signs[place : place + self._chance.randint(0, 2)] = self._chance.choice(_SIGNS)
        return "".join(signs)

    def _cut(self) -> str:
        text = self._real()
        return text[: self._chance.randrange(len(text))]

    def _random(self) -> str:
        return "".join(self._chance.choice(_SIGNS) for _ in range(self._chance.randint(1, 64)))

    def _bytes(self) -> str:
        """64 bytes of anything, as a client may send them and JSON may bring them."""
        raw = self._chance.randbytes(64)
        return raw.decode(self._chance.choice(("latin-1", "utf-8")), "surrogateescape")

    def _long(self) -> str:
        return self._real() + ":" + "9" * self._chance.randint(50, 5000)


class Forgery:
    """One panel under forgery."""

    def __init__(self, people: Panel, file: Path, seed: int) -> None:
        self.people, self.report, self._chance = people, Report(), Random(seed)
        self._look = sqlite3.connect(file)
        self._notice = self._one("SELECT coalesce(max(id), 0) FROM notice")
        self._own: list[Refs] = []
        self._forge = Forger(self._chance, lambda: [*people.all(), *self._own])
        self._new = Scene(people.world, "6006")
        self._forgers = (people.bo, people.bo, people.bo, people.viewer, people.assessor, people.guest, self._new)

    def run(self, count: int) -> Report:
        """Press so many; then hold everything against what was there before."""
        self._restock()
        self._new.order("start")
        hers, rest = self._hers(), self._rest()
        began = time.perf_counter()
        for _ in range(count):
            self._press(self._chance.choice(self._forgers), self._forge())
        self.report.count, self.report.seconds = count, time.perf_counter() - began
        for what, before, after in (("a record of hers", hers, self._hers()), ("a row of others", rest, self._rest())):
            if before != after:
                self.report.writes += 1
                self.report.fault(f"{what} was changed")
        self._look.close()
        return self.report

    def _press(self, scene: Scene, payload: str) -> None:
        try:
            reply = scene.press(payload)
        except Exception as error:  # noqa: BLE001  that is what is looked for
            self.report.raised += 1
            self.report.fault(f"{type(error).__name__} at {payload!r}")
            return
        if scene is self.people.guest:
            if reply not in {Reply(toast=invited_only(), alert=True), Reply(silent=True)}:
                self._leak(scene, payload, repr(reply))
            return
        shown = "\n".join(self._outgoing(scene, reply))
        member = scene in {self.people.viewer, self.people.assessor}
        marks = (HER_NOTE, HER_REASON) if member else self.people.marks
        leaks = [mark for mark in marks if mark in shown and mark not in payload]
        if leaks:
            self._leak(scene, payload, repr(leaks))
        if scene is self.people.bo and not self._chance.randrange(50):
            self._restock()

    def _leak(self, scene: Scene, payload: str, what: str) -> None:
        self.report.reads += 1
        self.report.fault(f"{scene.who.external_id} saw {what} by {payload!r}")

    def _outgoing(self, scene: Scene, reply: Reply) -> Iterator[str]:
        yield repr(reply)
        yield self._one("SELECT wanted_screen FROM chat WHERE chat_id = ?", scene.who.chat)
        for number, content in self._look.execute("SELECT id, content FROM notice WHERE id > ?", (self._notice,)):
            self._notice = number
            yield content

    def _one(self, query: str, *parameters: str) -> str:
        return str(next(self._look.execute(query, parameters))[0])

    def _restock(self) -> None:
        """Two assessments of his own: forged buttons delete them, close them and put them away."""
        bo = self.people.bo
        while len(bo.listed) < 2:
            bo.begin((STARS, SHOP)[len(bo.listed)], "别的单位")
        self._own = [refs(bo, one.ref) for one in bo.listed[:2]]

    def _hers(self) -> list[object]:
        """Her records, without what members may add: that they asked for a file."""
        ann = self.people.ann
        kept: list[object] = []
        for names in self.people.all():
            listed = ann.of(names.assessment)
            with self.people.world.store.read() as unit:
                kept += [listed.name, listed.state, listed.answered, unit.assessments.sheets(listed.id)]
            entries = ann.entries(names.assessment)
            kept += [one for one in entries if not isinstance(one.body, Exported) or one.person == ann.person]
        return kept

    def _rest(self) -> str:
        """All rows but those of the forgers and those that `_hers` looks at."""
        people = self.people
        forgers = (people.bo, people.viewer, people.assessor, self._new)
        names = {name for one in forgers for name in mine(one)}
        led = {people.ann.of(one.assessment).id for one in people.all()}
        bos = {str(row[0]) for row in self._look.execute("SELECT DISTINCT assessment FROM membership")} - led
        return others(people.world, *names, *led, *bos)


def forge(count: int, seed: int, folder: Path) -> Report:
    """So many forged payloads against a panel of made-up people in this folder."""
    file = folder / "gradewalk.db"
    open_file(file).dispose()
    with opened(file) as world:
        return Forgery(panel(world), file, seed).run(count)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="forging-"))
    try:
        report = forge(asked.count, asked.seed, folder)
    finally:
        shutil.rmtree(folder)
    sys.stdout.write(f"seed {asked.seed}: {report}\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
