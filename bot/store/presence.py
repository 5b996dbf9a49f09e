"""When each channel was last in touch, one row a channel. Must not know when an absence is worth telling."""

from dataclasses import asdict

from bot.store.tables import PresenceRow
from bot.store.values import Presence
from bot.store.work import Work


class Presences:
    """Part of a unit of work: the beat of each channel."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, channel: str) -> Presence | None:
        """None: the channel was never in touch."""
        row = self._work.session.get(PresenceRow, channel)
        if row is None:
            return None
        return Presence(row.channel, row.beat_at, row.away_since, row.away_until, row.told_upto or "", row.drift)

    def put(self, presence: Presence) -> None:
        """Replace what is kept of the channel."""
        self._work.session.merge(PresenceRow(**{**asdict(presence), "told_upto": presence.told_upto or None}))
        self._work.session.flush()
