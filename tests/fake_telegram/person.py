"""Person: someone with a phone in front of the bot. Writes, taps, sends, reads; never looks behind the screen.

Two Person objects of one id are one person with two devices. `at(chat)` is the same person in a group.
"""

import re
from typing import Any

from tests.fake_telegram import world
from tests.fake_telegram.kinds import medium
from tests.fake_telegram.phone import Phone
from tests.fake_telegram.rules import JSON, MAX_TEXT
from tests.fake_telegram.units import clean, cut, utf16
from tests.fake_telegram.views import Button, ChatMessage, find_button

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@\w+)?")


class Person(Phone):
    """Their private chat with the bot, or with `chat_id` a group that exists."""

    def at(self, chat_id: int) -> "Person":
        return Person(self.fake, self.id, self.name, self.user["language_code"], chat_id=chat_id)

    # writing

    def say(self, text: str, reply_to: int | None = None) -> int:
        """Send a text; its message id, the last one where the phone had to split it at 4096 units."""
        parts = [part for part in cut(clean(text).strip(), MAX_TEXT) if part]
        assert parts, "a phone sends no empty message"
        return [self._send({"text": part, **_commands(part)}, reply_to) for part in parts][-1]

    def start(self, payload: str = "") -> int:
        """Press Start, or follow a link https://t.me/<bot>?start=<payload>."""
        return self.say(f"/start {payload}".strip())

    def send(
        self,
        kind: str,
        *,
        data: bytes | None = None,
        name: str | None = None,
        caption: str = "",
        mime: str | None = None,
        size: int | None = None,
        album: str | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Any kind of kinds.KINDS. `album` is the media_group_id that the pictures of one album share."""
        body = medium(self.fake, kind, data=data, name=name, mime=mime, size=size)
        body |= {"caption": caption} if caption else {}
        body |= {"media_group_id": album} if album else {}
        return self._send(body, reply_to)

    def send_photo(self, data: bytes | None = None, caption: str = "", **more: Any) -> int:
        return self.send("photo", data=data, caption=caption, **more)

    def send_document(self, data: bytes | None = None, name: str | None = None, caption: str = "", **more: Any) -> int:
        return self.send("document", data=data, name=name, caption=caption, **more)

    def send_sticker(self) -> int:
        return self.send("sticker")

    def send_voice(self, data: bytes | None = None) -> int:
        return self.send("voice", data=data)

    def send_album(self, count: int, caption: str = "") -> list[int]:
        """Several photos at once: one update each, one group id, the caption on the first."""
        group = f"{self.fake.clock.date()}{self.id}{len(self.fake.files)}"
        return [self.send_photo(caption="" if i else caption, album=group) for i in range(count)]

    def edit(self, message_id: int, text: str) -> None:
        """Change one's own text, or the caption of one's own file."""
        message = self._message(message_id)
        assert not message.from_bot, "only one's own messages can be edited"
        text = clean(text).strip()
        field = "text" if "text" in message.json else "caption"
        assert text != message.json.get(field), "a phone sends no edit that changes nothing"
        assert text or field == "caption", "a phone sends no empty message"
        with self.fake.lock:
            kept = {key: value for key, value in message.json.items() if key != "entities"}
            message.json = kept | {field: text, "edit_date": self.fake.clock.date(), **_commands(text)}
            self.fake.push("edited_message", message.json)
        self.fake.changed()

    def delete(self, message_id: int) -> None:
        """Delete for both sides. The bot is not told."""
        self._message(message_id).deleted = True
        self.fake.changed()

    # tapping

    def tap(self, button: str | Button, message: int | ChatMessage | None = None) -> str:
        """Tap what the phone shows: a label, a part of one, or a Button seen. The query's id, or the link opened."""
        message_id = message.id if isinstance(message, ChatMessage) else message
        found = find_button(self.chat, button, message_id)
        if found.data is None:
            self.opened.append(found.url or found.copy or "")
            return self.opened[-1]
        return self.tap_data(found.data, found.message_id)

    def tap_data(self, data: str, message_id: int) -> str:
        """Send any callback data for any message id, as an old screen or a changed client can. The query's id."""
        with self.fake.lock:
            number = len(self.fake.queries) + 1
            query_id = f"{self.id << 32 | number}"
            now = self.fake.clock.now()
            self.fake.queries[query_id] = world.Query(query_id, self.id, self.chat_id, message_id, data, now)
            chat = self._chat()
            message = chat.messages.get(message_id)
            gone: JSON = {"chat": chat.info, "message_id": message_id, "date": 0}
            shown = gone if message is None or message.deleted else message.json
            who = {"id": query_id, "from": self.user, "chat_instance": str(self.chat_id * 7919)}
            self.fake.push("callback_query", {**who, "message": shown, "data": data})
        self.fake.changed()
        return query_id

    async def press(self, button: str | Button, seconds: float = 5.0) -> world.Toast | None:
        """Tap and wait until the bot answered the tap; the toast, None when it had no text."""
        query = self.fake.queries[self.tap(button)]
        await self.until(lambda: query.answered, f"no answer to the tap on {button!r}", seconds)
        return query.toast if query.toast and query.toast.text else None

    # belonging

    def block(self) -> None:
        """Block the bot: it gets 403 until `unblock`."""
        self._member("member", "kicked", world.BLOCKED)

    def unblock(self) -> None:
        self._member("kicked", "member", "")

    def deactivate(self) -> None:
        """Delete the account. The bot is not told; it gets 403."""
        self.fake.open_chat(self.fake.private(self.id)).closed = world.DEACTIVATED
        self.fake.changed()

    def add_bot(self, chat_id: int, title: str = "Test group") -> "Person":
        """Make a group with the bot in it (`chat_id` is negative); this person there."""
        self.fake.open_chat({"id": chat_id, "title": title, "type": "group"})
        there = self.at(chat_id)
        there._member("left", "member", "")
        return there

    def remove_bot(self) -> None:
        """Throw the bot out of this group."""
        self._member("member", "kicked", world.KICKED)

    def _member(self, old: str, new: str, closed: str) -> None:
        with self.fake.lock:
            chat = self._chat()
            chat.closed = closed
            before, after = self._status(old), self._status(new)
            change = {"chat": chat.info, "from": self.user, "date": self.fake.clock.date()}
            self.fake.push("my_chat_member", {**change, "old_chat_member": before, "new_chat_member": after})
        self.fake.changed()

    def _status(self, status: str) -> JSON:
        return {"user": self.fake.bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})

    # inside

    def _chat(self) -> world.Chat:
        if self.chat_id == self.id:
            return self.fake.open_chat(self.fake.private(self.id))
        assert self.chat_id in self.fake.chats, "no such group: make it with add_bot"
        return self.fake.chats[self.chat_id]

    def _send(self, body: JSON, reply_to: int | None) -> int:
        with self.fake.lock:
            chat = self._chat()
            assert not chat.closed, f"a phone cannot write here: {chat.closed}"
            if reply_to is not None:
                target = self._message(reply_to).json
                body = {**body, "reply_to_message": {k: target[k] for k in target if k != "reply_to_message"}}
            message = self.fake.post(chat, self.user, body)
            self.fake.push("message", message.json)
        self.fake.changed()
        return message.id

    def _message(self, message_id: int) -> world.Message:
        message = self._chat().messages.get(message_id)
        assert message is not None, f"no message {message_id} in this chat"
        assert not message.deleted, f"message {message_id} was deleted"
        return message


def _commands(text: str) -> JSON:
    """The entities that a phone makes of /commands."""
    found = [
        {"type": "bot_command", "offset": utf16(text[: hit.start()]), "length": utf16(hit.group())}
        for hit in _COMMAND.finditer(text)
    ]
    return {"entities": found} if found else {}
