"""Whether this machine's clock can be right. Entries are in order by number, whatever it says; their times are told.

Must not know channels.
"""

import logging
from datetime import UTC, datetime, timedelta

from bot.service.world import World

log = logging.getLogger(__name__)
STEP = timedelta(seconds=2)
"""So far a clock steps back in daily life: leap seconds, and two writers at one moment."""
TOLERANCE = timedelta(minutes=5)
"""So far the clock may stand before the newest entry at the start (RELIABILITY 4)."""


class ClockBehind(Exception):  # noqa: N818  told to the operator in one line
    """The clock stands before what was recorded already. Its text is the line for the operator."""

    def __init__(self, now: datetime, newest: datetime) -> None:
        ours, theirs = f"{now:%Y-%m-%d %H:%M} UTC", f"{newest:%Y-%m-%d %H:%M} UTC"
        super().__init__(
            f"本机时钟 {ours} 早于最新一条记录 {theirs}：请校准时钟后再启动；若时钟无误，请用 run --clock-is-right"
            f" / this machine's clock ({ours}) is before the newest entry ({theirs}): set the clock, then start again;"
            " if it is right, run --clock-is-right"
        )


def check_clock(world: World) -> None:
    """ClockBehind where the clock stands more than five minutes before the entry that was written last."""
    with world.store.read() as unit:
        at = unit.entries.newest_at()
    if at is None:
        return
    newest = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    now = world.clock()
    if newest - now > TOLERANCE:
        raise ClockBehind(now, newest)


def warn_of_step_back(before: datetime, at: datetime) -> None:
    """Where an entry is earlier than the one before it in the same assessment: it keeps its time, and its place."""
    back = before - at
    if back > STEP:
        log.warning("the clock went back by %d s: entries keep their order, their times do not", back.total_seconds())
