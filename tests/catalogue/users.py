"""People who use the bot as it comes: tap what their card offers, mostly answers, and sometimes write or edit.

Each is a Person or a RemotePerson; what they do is chance with a seed. They never wait. Knows no process and no
database.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tests.catalogue.seen import Chat
from tests.fake_telegram import Button, ChatMessage

MARKER = "记事暗号7H3Q"
"""Stands in every note: it must never be found in a log."""
ORGANISATION = "示例维修有限公司"
CLAUSES = ("4.1.2", "4.2.1", "4.2.2", "4.3.1", "4.4.1", "4.4.2", "4.5", "4.6", "4.7", "4.8")
_BAND = re.compile(r"1:q:[^:]+:[^:]+:b\d")
TEXT, EDIT = 0.08, 0.04
"""How often a person writes, and edits, where they could tap."""
_NEVER = ("1:D:", "1:C:", "1:A:", "1:L:", "1:Z:", "1:E:", "1:lx", "1:lw", "1:tx", "1:tz")
"""Payloads that end or change what the others go on: delete, close, archive, language, zone, empty a field, be
forgotten (what was saved is gone then, lawfully), erase a text, drop what is tried, clear marks."""


class Doing(Chat, Protocol):
    """What a person can do besides looking."""

    @property
    def card(self) -> ChatMessage: ...

    def say(self, text: str, reply_to: int | None = None) -> int: ...

    def edit(self, message_id: int, text: str) -> None: ...

    def tap_data(self, data: str, message_id: int) -> str: ...


@dataclass(slots=True)
class User:
    """One of them. taps: how many so far; texts: messages of theirs that gave a rating, by id."""

    person: Doing
    chance: random.Random
    taps: int = 0
    writes: int = 0
    texts: list[int] = field(default_factory=list)
    seen: ChatMessage | None = None

    def answered(self) -> bool:
        """Whether their card is another one than when they did something last."""
        return self.seen != self.person.card

    def act(self) -> None:
        """One thing that the card in front of them invites to."""
        self.seen = card = self.person.card
        buttons = [b for b in card.buttons if b.data and not b.data.startswith(_NEVER)]
        luck = self.chance.random()
        answering = any(b.data and b.data.startswith(("1:a:", "1:q:")) for b in buttons)
        if not buttons:
            self._say("机构" if "机构" in card.text else "/start")
        elif luck < EDIT and self.texts:
            self.person.edit(self.chance.choice(self.texts[-5:]), self._rating())
            self.writes += 1
        elif answering and luck < EDIT + TEXT:
            self._write()
        else:
            self._tap(buttons)

    def _write(self) -> None:
        kind = self.chance.randrange(3)
        if kind == 0:
            self.texts.append(self._say(self._rating()))
        elif kind == 1:
            self._say(f"{MARKER} {self.chance.randrange(10**6)}")
        else:
            self._say(f"#{self.chance.choice(CLAUSES)}")

    def _rating(self) -> str:
        return f"{self.chance.randrange(10, 99)}.{self.chance.randrange(1, 10**6):06}%"

    def _say(self, text: str) -> int:
        self.writes += 1
        return self.person.say(text)

    def _tap(self, buttons: Sequence[Button]) -> None:
        weights = [_weight(button.data or "") for button in buttons]
        (button,) = self.chance.choices(buttons, weights)
        self.taps += 1
        self.person.tap_data(button.data or "", button.message_id)


def _weight(data: str) -> int:
    """Answers, kept notes and the next question before all else; then the bands, which lead to answers."""
    if data.startswith(("1:a:", "1:b:1", "1:j:")):
        return 12
    return 6 if _BAND.fullmatch(data) else 1
