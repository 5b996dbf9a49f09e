"""Once a minute: whoever is due is reminded, and what was erased is tidied away. Knows neither what nor whom."""

import asyncio
import logging
from collections.abc import Callable

from bot.telegram.ports import Reminders
from bot.telegram.trouble import Pause, place
from bot.telegram.writer import Alone, Writer

log = logging.getLogger(__name__)
MINUTE = 60.0


async def reminding(desk: Reminders, writer: Writer, look: Callable[[], None], pause: Pause = asyncio.sleep) -> None:
    """Until cancelled. look: make the presenter see what is new."""
    while True:
        left = False
        try:
            await writer(Alone(desk.tidy))
            reminded = await writer(Alone(desk.remind))
            left = reminded.left
            if reminded.chats:
                look()
        except Exception as error:  # noqa: BLE001  the storage: nothing is lost, it is due again in a minute
            log.error("nobody could be reminded: %s", place(error))  # noqa: TRY400
        if not left:
            await pause(MINUTE)
