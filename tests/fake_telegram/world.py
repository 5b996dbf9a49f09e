"""What exists in the fake: people, chats, messages, taps, files. Knows no HTTP and no Bot API method."""

import hashlib
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.fake_telegram.clock import VirtualClock
from tests.fake_telegram.rules import EDIT_NOT_FOUND, JSON, RefusedError
from tests.fake_telegram.updates import UpdateQueue

BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"
KICKED = "bot was kicked from the group chat"


class Toast(NamedTuple):
    """What a person sees after a tap; equals the tuple (text, alert)."""

    text: str
    alert: bool


@dataclass(slots=True)
class Message:
    """`json` as the Bot API gives it; `deleted` by either side."""

    id: int
    chat_id: int
    json: JSON
    from_bot: bool
    deleted: bool = False


@dataclass(slots=True)
class Chat:
    """`closed` is the reason why the bot may not write here, as the 403 words it, or empty."""

    info: JSON
    messages: dict[int, Message] = field(default_factory=dict)
    closed: str = ""


@dataclass(slots=True)
class Query:
    """One tap. `at` is the clock's time of the tap."""

    id: str
    person: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answered: bool = False
    toast: Toast | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`size` is what Telegram claims, which a test may make other than the truth; negative: it says none."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    data: bytes
    size: int
    path: str

    def as_json(self) -> JSON:
        said = {"file_id": self.file_id, "file_unique_id": self.unique_id}
        return said if self.size < 0 else {**said, "file_size": self.size}


class World:
    """Everything the server remembers. `answer_window`: seconds in which a tap may be answered."""

    def __init__(self, *, start: float | None, bot: JSON, first_update_id: int) -> None:
        self.clock = VirtualClock(start)
        self.updates = UpdateQueue(self.clock, first_update_id)
        self.bot = bot
        self.answer_window = 20.0
        self.people: dict[int, JSON] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.toasts: dict[int, list[Toast]] = {}
        self.heads: dict[int, list[str]] = {}  # by chat: the first paragraph of all that the bot showed there
        self.files: dict[str, StoredFile] = {}
        self.actions: list[tuple[int, str]] = []  # (chat, action) of every sendChatAction
        self.commands: dict[tuple[str, str], list[JSON]] = {}  # (scope as sorted JSON, language)
        self.profile: dict[tuple[str, str], str] = {}  # (name | description | short_description, language)
        self.webhook: JSON = {}
        self._last_message = 0

    def chat_for_bot(self, chat_id: int | None, *, given: bool = True) -> Chat:
        """The chat if the bot may write there."""
        if not given:
            raise RefusedError("chat_id is empty")
        chat = self.chats.get(chat_id) if chat_id is not None else None
        if chat is None:
            raise RefusedError("chat not found", avoidable=False)
        if chat.closed:
            raise RefusedError(chat.closed, 403, avoidable=False)
        return chat

    def open_chat(self, info: JSON) -> Chat:
        return self.chats.setdefault(info["id"], Chat(info))

    def private(self, person: int) -> JSON:
        """The `chat` object of a person's private chat."""
        user = self.people[person]
        names: JSON = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
        return {"id": person, **names, "type": "private"}

    def post(self, chat: Chat, sender: JSON, body: JSON) -> Message:
        """A new message at the bottom of a chat. Ids run over all chats, as they do for a real bot."""
        self._last_message += 1
        head = {"message_id": self._last_message, "from": sender, "chat": chat.info, "date": self.clock.date()}
        message = Message(self._last_message, chat.info["id"], head | body, from_bot=sender["is_bot"])
        chat.messages[message.id] = message
        self.remember(message)
        return message

    def remember(self, message: Message) -> None:
        """Keep the head of a message of the bot: what was seen once may be edited away."""
        if message.from_bot:
            text = message.json.get("text") or message.json.get("caption") or ""
            self.heads.setdefault(message.chat_id, []).append(text.partition("\n\n")[0])

    def find(self, chat: Chat, message_id: int | None, missing: str = EDIT_NOT_FOUND) -> Message:
        if message_id is None:
            raise RefusedError("message identifier is not specified")
        message = chat.messages.get(message_id)
        if message is None or message.deleted:
            raise RefusedError(missing, avoidable=message_id > self._last_message)
        return message

    def store_file(self, data: bytes, name: str, mime: str, size: int | None = None) -> StoredFile:
        number = len(self.files) + 1
        digest = hashlib.sha256(data).hexdigest()
        ending = name.rsplit(".", 1)[-1] if "." in name else "bin"
        safe = "".join(c for c in ending if c.isascii() and c.isalnum()) or "bin"
        folder = "photos" if mime.startswith("image/") else "documents"
        size = len(data) if size is None else size
        path = f"{folder}/file_{number}.{safe}"
        stored = StoredFile(f"BQACAg{number:06}{digest[:40]}", digest[:16], name, mime, data, size, path)
        self.files[stored.file_id] = stored
        return stored

    def file_at(self, path: str) -> StoredFile | None:
        return next((f for f in self.files.values() if f.path == path), None)

    def push(self, kind: str, payload: Any) -> int | None:
        """Queue an update for the bot."""
        return self.updates.add(kind, payload)

    def unanswered(self) -> list[Query]:
        """Taps that the bot never answered, oldest first."""
        return [q for q in self.queries.values() if not q.answered]
