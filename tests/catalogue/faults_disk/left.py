"""What a life under faults has left: every promise is held against the database. Knows no faults."""

from collections import Counter
from collections.abc import Iterator

from bot.domain.record import verify_chain
from bot.service.events import Delivery, Said
from bot.service.inbox import InboxDesk
from bot.service.world import World
from bot.store.engine import check_integrity
from bot.store.values import InboxState, Listed
from tests.catalogue.faults_disk.orders import CHANNEL, Report
from tests.service.scene import Scene

STATES: tuple[InboxState, ...] = ("new", "done", "dead")


def faults(world: World, told: Report) -> Iterator[str]:
    """What is wrong, once the bot was started again and has worked off its inbox.

    Every update said to be kept has its effect, once; every answer said to be saved is there, once; I3 and I4 hold.
    """
    scene = Scene(world)
    with world.store.read() as unit:
        held = {row.update_id for state in STATES for row in unit.inbox.listed(state)}
    yield from (f"update {n} was said to be kept" for n in sorted(set(told.taken) - held))
    yield from (f"answer {n} was said to be saved" for n in sorted(set(told.acked) - set(_answered(world, scene))))
    for row in InboxDesk(world, CHANNEL).waiting(500):
        said = Said(f"{50 + row.update_id % 50}", str(row.update_id))
        scene.do(said, Delivery(row.row, str(row.update_id)))
    after = _answered(world, scene)
    yield from (f"update {n} has {after[n]} answers" for n in sorted(held) if after[n] != 1)
    yield from (f"update {n} had its effect without being kept" for n in sorted(set(after) - held))
    check_integrity(world.store._engine, thorough=True)


def _answered(world: World, scene: Scene) -> "Counter[int]":
    """How many answers each update gave. RecordBroken, StoreCorrupt."""
    listed: Listed = scene.listed[0]
    with world.store.read() as unit:
        headers = [record.header for record in unit.entries.recorded(listed.id)]
        unit.entries.after(listed.id, 0)
    assert (len(headers), verify_chain(headers, listed.id)) == (listed.seq, listed.head)
    sources = (header.source.update for header in headers if header.kind == "answered")
    return Counter(int(update) for update in sources if update)
