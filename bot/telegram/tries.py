"""How often the thing in hand of each chat was tried. In memory alone; knows neither chats nor things."""


class Tries:
    """Of each chat one thing counts, the latest: what came before it is done with."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[int, int]] = {}

    def add(self, chat: str, thing: int) -> int:
        """One more; how many that makes."""
        count = self.of(chat, thing) + 1
        self._of[chat] = (thing, count)
        return count

    def of(self, chat: str, thing: int) -> int:
        latest, count = self._of.get(chat, (thing, 0))
        return count if latest == thing else 0

    def forget(self, chat: str) -> None:
        """It is done with."""
        self._of.pop(chat, None)
