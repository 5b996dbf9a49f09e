"""Writes the database of this very version as SQL, and what is in it as JSON.

`python -m tests.catalogue.released.make`, to be run once per released schema, from the checkout of that release. The
files stay as they are for ever, and row 113 upgrades them. Made-up data, counted ids, a clock of its own: the same
bytes each time.
"""

import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.service.channel import Incoming
from bot.service.inbox import ATTEMPTS, InboxDesk
from bot.service.world import World
from bot.view.places import Head
from tests.service.in_memory import render
from tests.service.scene import CHANNEL, PANEL, REAL, STARS, Clock, Scene, library
from tests.store.making import open_file, store_on

HERE = Path(__file__).parent


def main(folder: Path) -> None:
    """Write `<schema>.sql` and `<schema>.json` into `folder`."""
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "gradewalk.db"
        engine = open_file(file)
        world = World(store_on(engine), library(), Clock())
        _live(world)
        expected = results(world)
        engine.dispose()
        with closing(sqlite3.connect(file)) as raw:
            (version,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
            text = "\n".join(raw.iterdump())
    (folder / f"{version}.sql").write_text(text + "\n", encoding="utf-8")
    (folder / f"{version}.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")


def results(world: World) -> dict[str, Any]:
    """Assessment → number of entries, head, and the result as its transcript has it."""
    found = {}
    with world.store.read() as unit:
        rows = unit.inbox._work.connection.exec_driver_sql("SELECT id FROM assessment ORDER BY id").fetchall()
        for (assessment,) in rows:
            listed = unit.assessments.for_operator(assessment)
            assert listed is not None
            result = None
            if listed.state != "deleted":
                made = json.loads(render(world, unit, listed, "json", "zh", "Asia/Shanghai"))["result"]
                result = {
                    name: made[name] for name in ("complete", "dimensions", "outcome", "passed", "deductions", "bonus")
                }
            found[assessment] = {"state": listed.state, "seq": listed.seq, "head": listed.head, "result": result}
    return found


def _live(world: World) -> None:
    """Two people: closed, open and deleted assessments, notes, an edited answer, updates in every state."""
    first, second = Scene(world), Scene(world, "2002")
    first.closed("85")
    first.begin(REAL, "示例电梯维保公司")
    first.press(next(b.payload for row in first.screen.rows for b in row if ":v0" in b.payload))
    message = first.say("72")
    first.edit(message, "78")
    first.say("4.25/5")
    first.say("现场看过培训记录，签到齐全")
    first.tap("button.save-note" if "button.save-note" in first.labels else first.labels[0])
    second.closed("3/4")
    gone = second.begin(PANEL, "Example that is gone")
    second.press(Head(gone))
    second.tap("button.delete-draft")
    second.tap("button.delete-for-good")
    second.begin(STARS, "Example that goes on")
    inbox = InboxDesk(world, CHANNEL)
    inbox.take([Incoming(70 + n, f'{{"update_id":{70 + n}}}', "1001") for n in range(3)])
    done, dead, _ = inbox.waiting(10)
    inbox.ignore(done.row, "nothing to do")
    for _ in range(ATTEMPTS):
        inbox.failed(dead.row, "ValueError at made/up.py:1 work")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
