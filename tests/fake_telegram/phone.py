"""Phone: what a person sees of a chat, and waiting until something is seen. Sends nothing."""

from collections.abc import Callable
from typing import TypeVar

from tests.fake_telegram.core import FakeTelegram
from tests.fake_telegram.rules import JSON
from tests.fake_telegram.views import ChatMessage, show, view
from tests.fake_telegram.world import Toast

T = TypeVar("T")


class Phone:
    """The screen of person `person_id`: their private chat with the bot, or the chat `chat_id`."""

    def __init__(
        self,
        fake: FakeTelegram,
        person_id: int,
        name: str = "Test",
        language_code: str = "zh-hans",
        *,
        chat_id: int | None = None,
    ) -> None:
        self.fake, self.id, self.name = fake, person_id, name
        self.chat_id = person_id if chat_id is None else chat_id
        self.user: JSON = {
            "id": person_id,
            "is_bot": False,
            "first_name": name,
            "language_code": language_code,
        }
        fake.people[person_id] = self.user
        self.opened: list[str] = []  # links followed and texts copied by tapping

    @property
    def chat(self) -> list[ChatMessage]:
        """All messages the phone shows, oldest first."""
        with self.fake.lock:
            chat = self.fake.chats.get(self.chat_id)
            messages = list(chat.messages.values()) if chat else []
            return [view(m.json, self.id) for m in messages if not m.deleted]

    @property
    def toasts(self) -> list[Toast]:
        """(text, alert) of every answered tap that had a text, oldest first."""
        return list(self.fake.toasts.get(self.id, []))

    @property
    def heads(self) -> list[str]:
        """The first paragraph of everything the bot ever showed here, also of what it edited since; oldest first."""
        with self.fake.lock:
            return list(self.fake.heads.get(self.chat_id, []))

    def live_cards(self) -> list[ChatMessage]:
        """The messages that still have a button that calls the bot."""
        return [message for message in self.chat if message.live]

    @property
    def card(self) -> ChatMessage:
        """The newest message that still calls the bot; without one, the bot's newest message."""
        messages = self.chat
        own = [message for message in messages if not message.mine]
        assert own, f"the bot has said nothing\n{show(messages)}"
        return ([message for message in own if message.live] or own)[-1]

    def screen(self) -> str:
        """The card with its buttons, for people to read; the last messages when the bot has said nothing."""
        messages = self.chat
        return str(self.card) if any(not message.mine for message in messages) else show(messages)

    def message(self, message_id: int) -> ChatMessage:
        """The message as it looks now. AssertionError when it is not there."""
        for message in self.chat:
            if message.id == message_id:
                return message
        raise AssertionError(f"no message {message_id} in\n{show(self.chat)}")

    def download(self, message: ChatMessage) -> bytes:
        """The bytes of the file in a message."""
        assert message.attachment is not None, f"no file in\n{message}"
        return self.fake.files[message.attachment.file_id].data

    async def until(self, predicate: Callable[[], T], what: str = "", seconds: float = 5.0) -> T:
        """Wait for `predicate`, checked after every change; AssertionError with the chat when it never holds."""
        try:
            return await self.fake.until(predicate, seconds)
        except TimeoutError:
            raise AssertionError(f"{what or 'waited in vain'} in {seconds} s\n{show(self.chat)}") from None

    async def sees(self, text: str, seconds: float = 5.0) -> ChatMessage:
        """Wait for a message of the bot with this text (or button label) in it; the newest such message."""

        def found() -> list[ChatMessage]:
            own = [message for message in self.chat if not message.mine]
            return [message for message in own if text in message.text or text in " ".join(message.labels)]

        return (await self.until(found, f"never saw {text!r}", seconds))[-1]
