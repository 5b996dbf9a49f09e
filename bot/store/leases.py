"""Leases: what only one process may do at a time. Must not know what that is, or the time."""

from datetime import datetime

from bot.store.tables import LeaseRow
from bot.store.values import Lease
from bot.store.work import Work


class Leases:
    """Part of a unit of work: who holds what until when."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def held(self, name: str) -> Lease | None:
        """Who has it, or had it until it expired; None: nobody, or it was given back."""
        row = self._work.session.get(LeaseRow, name)
        return None if row is None else Lease(row.holder, row.until)

    def seize(self, name: str, holder: str, until: datetime) -> None:
        """Have the lease, whoever has it: for one who knows that the holder is dead."""
        self._work.session.merge(LeaseRow(name=name, holder=holder, until=until))
        self._work.session.flush()

    def take(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Have the lease if it is free, expired, or ours already; else False."""
        row = self._work.session.get(LeaseRow, name)
        if row is None:
            self._work.session.add(LeaseRow(name=name, holder=holder, until=until))
        elif row.holder == holder or row.until <= now:
            row.holder, row.until = holder, until
        else:
            return False
        self._work.session.flush()
        return True

    def renew(self, name: str, holder: str, until: datetime) -> bool:
        """Hold it longer. False: somebody else has it, or nobody."""
        row = self._work.session.get(LeaseRow, name)
        if row is None or row.holder != holder:
            return False
        row.until = until
        self._work.session.flush()
        return True

    def release(self, name: str, holder: str) -> None:
        """Give it back; nothing where it is not ours."""
        row = self._work.session.get(LeaseRow, name)
        if row is not None and row.holder == holder:
            self._work.session.delete(row)
            self._work.session.flush()
