"""The few sentences that are said outside any transaction. Must not know channels."""

from collections.abc import Callable

from bot.domain.scales import Language
from bot.service.talk import language_for
from bot.view import lines, misc
from bot.words import Words


class Phrases:
    """Sentences by the language that a person's client reports; `default` where it reports none.

    full: whether the storage takes nothing for want of room.
    """

    def __init__(self, default: Language, full: Callable[[], bool] = lambda: False) -> None:
        self._default, self._full = default, full

    def not_saved(self, hint: str) -> str:
        """What was just done is not saved."""
        say = lines.storage_full if self._full() else lines.not_saved
        return say(self._words(hint))

    def private_only(self, hint: str) -> str:
        """Said in a group: the interview is held in private."""
        return misc.private_only(self._words(hint)).text

    def _words(self, hint: str) -> Words:
        return Words.of(language_for("", hint, self._default))
