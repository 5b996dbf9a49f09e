"""Says afterwards when the event loop stood still: nobody was served in that time (RELIABILITY row 103).

Knows nothing of what held it up, and shows nothing of it.
"""

import asyncio
import logging

log = logging.getLogger(__name__)
EVERY_SECONDS = 0.5
LIMIT_SECONDS = 2.0


async def watchdog() -> None:
    """Until cancelled. One line for each time, with how long."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + EVERY_SECONDS
        await asyncio.sleep(EVERY_SECONDS)
        late = loop.time() - due
        if late > LIMIT_SECONDS:
            log.warning("the event loop stood still for %.1f s", late)
