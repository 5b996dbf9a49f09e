"""Several people at one assessment at the same moment, in threads on the real store; and what came of it.

The result is computed a second time from the entries alone, by the sums typed from the standard (tests/second).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

from sqlalchemy import event

from bot.domain import entries as e
from bot.domain.answers import Rated, Veto
from bot.domain.record import verify_body, verify_chain
from bot.domain.scheme import QuestionId
from bot.service.world import World
from bot.store.engine import open_engine
from bot.view import payload as p
from bot.view import places
from bot.view.blind_places import BeginTap, SubmitTap
from tests.second import bjkb
from tests.service.bench import admit, own_sheet
from tests.service.panel import new_prefix
from tests.service.scene import REAL, Clock, Scene, library
from tests.store.making import store_on

SECONDS = 120
"""Long enough for any of this; a deadlock would last for ever."""


@contextmanager
def world_on(file: Path) -> Iterator[World]:
    """The real store with as many connections as are asked for; it need not survive a power cut."""
    engine = open_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF").close())
    try:
        yield World(store_on(engine, new_prefix()), library(), Clock())
    finally:
        engine.dispose()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gave, all begun at the same moment. TimeoutError where they wait for each other."""
    start = Barrier(len(works))

    def begin(work: Callable[[], Any]) -> Any:
        start.wait(SECONDS)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [done.result(SECONDS) for done in [pool.submit(begin, work) for work in works]]


class Panel:
    """A lead and assessors by the real standard, each with a sheet; `again` gives a person a device more."""

    def __init__(self, world: World, assessors: int) -> None:
        self.world = world
        self.lead = Scene(world)
        self.ref = self.lead.begin(REAL)
        self.assessors = [Scene(world, str(2000 + number)) for number in range(assessors)]
        for one in self.assessors:
            admit(self.lead, self.ref, one)
            one.press(BeginTap(self.ref, "total"))
        self.sheets = {one.who.external_id: own_sheet(world, one, self.ref) for one in (self.lead, *self.assessors)}
        scheme = library().get(REAL)
        assert scheme is not None
        self.rows = [str(question) for question in scheme.questions if question.dimension == "total"]
        self.veto = next(str(question) for question in scheme.vetoes)

    def again(self, someone: Scene) -> Scene:
        return Scene(self.world, someone.who.external_id)

    def tap(self, someone: Scene, row: str, value: str, seen: int) -> str:
        """Answer as seen at this revision; the toast."""
        return someone.press(p.AnswerTap(self.sheets[someone.who.external_id], row, value, seen)).toast

    def fill(self, someone: Scene, chance: Random) -> None:
        """Every question, in any order, some of them twice; what is old is refused and tried no more."""
        self.tap(someone, self.veto, "v0", 0)
        for row in chance.sample(self.rows, len(self.rows)):
            for seen in range(chance.choice((1, 1, 2))):
                self.tap(someone, row, f"{chance.randint(0, 20)}/20", seen)

    def submit(self, someone: Scene) -> str:
        return someone.press(SubmitTap(self.sheets[someone.who.external_id])).toast

    def close(self, lead: Scene) -> str:
        """As seen at this moment; the toast."""
        lead.press(places.ConfirmClose(self.ref))
        return lead.press(p.CloseTap(self.ref, lead.of(self.ref).seq)).toast

    def entries(self) -> tuple[e.Entry, ...]:
        return self.lead.entries(self.ref)


def answered(entries: Sequence[e.Entry]) -> dict[str, dict[str, dict[str, Any]]]:
    """Sheet -> row -> its newest answer, as an answers file has it, of the sheets that count."""
    found: dict[str, dict[str, dict[str, Any]]] = {
        one.sheet: {} for one in entries if isinstance(one.body, e.SheetOpened)
    }
    for one in entries:
        match one.body, one.question:
            case e.AnswerGiven(Rated(value)), QuestionId(row):
                found[one.sheet][row] = {"ratio": str(value)}
            case e.AnswerGiven(Veto(raised)), QuestionId(row):
                found[one.sheet][row] = {"veto": raised}
            case e.SheetSetAside(), _:
                del found[one.sheet]
            case _:
                pass
    return found


def recomputed(entries: Sequence[e.Entry]) -> dict[str, Any]:
    """The result of the entries by the second calculation."""
    sheets = [{"name": sheet, "answers": answers} for sheet, answers in answered(entries).items()]
    return bjkb.result({"scheme": REAL, "assessors": sheets})


def sound(panel: Panel) -> None:
    """One order without gaps, a chain that holds, each revision of each answer once and in order."""
    entries = panel.entries()
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    inner = panel.lead.of(panel.ref)
    with panel.world.store.read() as unit:
        records = unit.entries.recorded(inner.id)
    assert verify_chain((record.header for record in records), inner.id) == inner.head
    for record in records:
        assert record.body is not None
        assert record.salt is not None
        verify_body(record.header, record.salt, record.body)
    seen: Counter[tuple[str, str]] = Counter()
    for one in entries:
        if isinstance(one.body, e.AnswerGiven):
            seen[one.sheet, str(one.question)] += 1
            assert one.revision == seen[one.sheet, str(one.question)], "in the order of their revisions"


def closed_as_recorded(panel: Panel) -> None:
    """What was closed is what the entries before it give, and nothing that counts comes after it."""
    entries = panel.entries()
    (place,) = (n for n, one in enumerate(entries) if isinstance(one.body, e.Closed))
    body = entries[place].body
    assert isinstance(body, e.Closed)
    ours = recomputed(entries[:place])
    assert {name: Fraction(total) for name, total in body.totals.items()} == ours["totals"]
    assert body.outcome == ours["outcome"]
    after = {type(one.body) for one in entries[place + 1 :]}
    assert not after & {e.AnswerGiven, e.SheetSubmitted, e.SheetOpened, e.SheetSetAside}
