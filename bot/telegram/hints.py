"""The one line that stands in a chat while a file is made for it: how far it is. Knows neither files nor storage."""

from bot.telegram.ports import Notice
from bot.telegram.sending import Sending
from bot.telegram.trouble import Trouble


class Hints:
    """What was said for which notice: nothing is said twice, and of a line that may have arrived there is no second."""

    def __init__(self, sending: Sending) -> None:
        self._sending = sending
        self._said: dict[int, str] = {}

    async def say(self, target: int, notice: Notice) -> int | None:
        """How far the file is, as a line of its own, later as an edit of it; the message where it is new.

        Whether it gets through does not matter: the file counts.
        """
        line = notice.progress() if notice.progress else ""
        before = self._said.get(notice.id)
        if not line or line == before:
            return None
        self._said[notice.id] = line
        if notice.told is not None:
            await self._sending.rewrite(target, notice.told, line)
        elif before is None:
            sent = await self._sending.line(target, line)
            return None if isinstance(sent, Trouble) else sent
        return None

    def forget(self, notice: int) -> None:
        """It is sent, or will not be."""
        self._said.pop(notice, None)
