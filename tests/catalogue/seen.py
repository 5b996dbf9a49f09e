"""What people before the fake see and what it recorded, the same for both transports. Knows no database."""

from collections.abc import Collection
from typing import Protocol

from tests.fake_telegram import Button, ChatMessage, Control, FakeTelegram, Person, RemotePerson, Toast

__all__ = ["Button", "Chat", "Tape", "tape"]


class Chat(Protocol):
    """A person's phone: Person or RemotePerson."""

    id: int
    chat_id: int

    @property
    def chat(self) -> list[ChatMessage]: ...

    @property
    def toasts(self) -> list[Toast]: ...

    @property
    def heads(self) -> list[str]: ...

    def live_cards(self) -> list[ChatMessage]: ...


class Tape(Protocol):
    """What the fake kept of the bot's doings: FakeTelegram or Control."""

    def written_to(self) -> set[int]:
        """The chats that the bot wrote a message to."""

    def says(self, text: str) -> bool:
        """Whether any call of the bot held this text."""


def tape(chats: Collection[Chat]) -> Tape | None:
    """The fake that these people stand before; None for nobody."""
    for chat in chats:
        if isinstance(chat, Person):
            fake: FakeTelegram = chat.fake
            return fake
        if isinstance(chat, RemotePerson) and isinstance(chat.line, Control):
            return chat.line
    return None
