"""Which process works for a channel, where several machines share one database. One transaction per call.

On one machine the lock on the data folder decides (`serving.alone`): whoever holds that knows that an earlier process
of this machine is dead. Must not know what the process does, or how to wait.
"""

from datetime import timedelta

from bot.service.world import World
from bot.store.values import Lease

LEASE = timedelta(seconds=60)
"""How long a process has the channel after it last said so; it says so three times in that time."""


class LeaseDesk:
    """The lease of one channel. holder: host:pid:random, other than any process ever had."""

    def __init__(self, world: World, channel: str, holder: str) -> None:
        self._world = world
        self._name = f"poller:{channel}"
        self._holder = holder

    def take(self, dead: Lease | None = None) -> Lease | None:
        """Have it: None. Else whose it is: another machine's, and not expired.

        dead: what was seen before; where it was not renewed since, its holder is taken for dead.
        """
        now = self._world.clock()
        with self._world.store.write() as unit:
            held = unit.lease.held(self._name)
            if held is not None and held.until > now and held != dead and _host(held.holder) != _host(self._holder):
                return held
            unit.lease.seize(self._name, self._holder, now + LEASE)
            return None

    def renew(self) -> bool:
        """Keep it. False: another process has it; this one must stop."""
        now = self._world.clock()
        with self._world.store.write() as unit:
            return unit.lease.take(self._name, self._holder, now, now + LEASE)

    def give_back(self) -> None:
        """The next process need not wait. Nothing where it is not ours any more."""
        with self._world.store.write() as unit:
            unit.lease.release(self._name, self._holder)


def _host(holder: str) -> str:
    return holder.rsplit(":", 2)[0]
