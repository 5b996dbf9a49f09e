"""RemotePerson: Person, through the control desk of a server process. The same verbs, synchronous."""

import base64
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from tests.fake_telegram.views import Button, ChatMessage, find_button, from_json
from tests.fake_telegram.world import Toast

T = TypeVar("T")


class Line(Protocol):
    """What RemotePerson needs of Control."""

    def ask(self, verb: str, **args: Any) -> Any: ...
    def until(self, predicate: Callable[[], T], seconds: float = ...) -> T: ...
    def download(self, file_id: str) -> bytes: ...


class RemotePerson:
    def __init__(self, line: Line, person_id: int, chat_id: int) -> None:
        self.line, self.id, self.chat_id = line, person_id, chat_id

    def _do(self, verb: str, *values: Any, **options: Any) -> Any:
        return self.line.ask(verb, id=self.id, chat_id=self.chat_id, values=values, options=options)

    def at(self, chat_id: int) -> "RemotePerson":
        return RemotePerson(self.line, self.id, chat_id)

    # writing and tapping

    def say(self, text: str, reply_to: int | None = None) -> int:
        return int(self._do("say", text, reply_to))

    def start(self, payload: str = "") -> int:
        return int(self._do("start", payload))

    def send(self, kind: str, *, data: bytes | None = None, **options: Any) -> int:
        """Options as Person.send has them."""
        encoded = None if data is None else {"base64": base64.b64encode(data).decode()}
        return int(self._do("send", kind, data=encoded, **options))

    def send_photo(self, data: bytes | None = None, caption: str = "", **more: Any) -> int:
        return self.send("photo", data=data, caption=caption, **more)

    def send_document(self, data: bytes | None = None, name: str | None = None, caption: str = "", **more: Any) -> int:
        return self.send("document", data=data, name=name, caption=caption, **more)

    def send_album(self, count: int, caption: str = "") -> list[int]:
        return list(self._do("send_album", count, caption))

    def edit(self, message_id: int, text: str) -> None:
        self._do("edit", message_id, text)

    def delete(self, message_id: int) -> None:
        self._do("delete", message_id)

    def tap(self, button: str | Button, message: int | ChatMessage | None = None) -> str:
        """As Person.tap; the id of the query, or the link."""
        message_id = message.id if isinstance(message, ChatMessage) else message
        if isinstance(button, Button):
            found = find_button(self.chat, button, message_id)
            return found.url or found.copy or "" if found.data is None else self.tap_data(found.data, found.message_id)
        return str(self._do("tap", button, message_id))

    def tap_data(self, data: str, message_id: int) -> str:
        return str(self._do("tap_data", data, message_id))

    # belonging

    def block(self) -> None:
        self._do("block")

    def unblock(self) -> None:
        self._do("unblock")

    def deactivate(self) -> None:
        self._do("deactivate")

    def add_bot(self, chat_id: int, title: str = "Test group") -> "RemotePerson":
        self._do("add_bot", chat_id, title)
        return self.at(chat_id)

    def remove_bot(self) -> None:
        self._do("remove_bot")

    # reading

    @property
    def chat(self) -> list[ChatMessage]:
        return [from_json(message) for message in self._do("chat")]

    @property
    def card(self) -> ChatMessage:
        return from_json(self._do("card"))

    @property
    def toasts(self) -> list[Toast]:
        return [Toast(*toast) for toast in self._do("toasts")]

    @property
    def heads(self) -> list[str]:
        return list(self._do("heads"))

    def live_cards(self) -> list[ChatMessage]:
        return [from_json(message) for message in self._do("live_cards")]

    def message(self, message_id: int) -> ChatMessage:
        return from_json(self._do("message", message_id))

    def screen(self) -> str:
        return str(self._do("screen"))

    def download(self, message: ChatMessage) -> bytes:
        assert message.attachment is not None, f"no file in\n{message}"
        return self.line.download(message.attachment.file_id)

    def until(self, predicate: Callable[[], T], what: str = "", seconds: float = 10.0) -> T:
        """Wait for `predicate`; AssertionError with the screen when it never holds."""
        try:
            return self.line.until(predicate, seconds)
        except TimeoutError:
            raise AssertionError(f"{what or 'waited in vain'} in {seconds} s\n{self.screen()}") from None

    def sees(self, text: str, seconds: float = 10.0) -> ChatMessage:
        """Wait for a message of the bot with this text or label; the newest such message."""

        def found() -> list[ChatMessage]:
            own = [message for message in self.chat if not message.mine]
            return [message for message in own if text in message.text or text in " ".join(message.labels)]

        return self.until(found, f"never saw {text!r}", seconds)[-1]
