"""A chat as a phone shows it: frozen values made from stored messages. Knows no bot side and sends nothing."""

from dataclasses import dataclass
from typing import Any

from tests.fake_telegram.rules import JSON

_MEDIA = ("document", "photo", "video", "voice", "audio", "animation", "video_note", "sticker")
_OTHER = ("location", "contact", "dice", "poll", "venue")


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button. `data` or `url` is set, or `copy` (text to the clipboard)."""

    label: str
    message_id: int
    data: str | None = None
    url: str | None = None
    copy: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in the chat. `name` is empty for photos, as on a phone."""

    kind: str
    file_id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """`mine`: written by the person whose phone this is. `kind`: text, or the medium's name."""

    id: int
    mine: bool
    kind: str
    text: str
    rows: tuple[tuple[Button, ...], ...]
    attachment: Attachment | None
    edited: bool
    date: int
    reply_to: int | None
    entities: tuple[JSON, ...] = ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    @property
    def live(self) -> bool:
        """Whether it still has a button that calls the bot."""
        return any(button.data is not None for button in self.buttons)

    def __str__(self) -> str:
        head = f"{'me' if self.mine else 'bot'} #{self.id}{' (edited)' if self.edited else ''}"
        media = f" [{self.kind}: {self.attachment.name or '-'}]" if self.attachment else ""
        media = f" [{self.kind}]" if not media and self.kind != "text" else media
        rows = ["  ".join(f"[ {_face(button)} ]" for button in row) for row in self.rows]
        return "\n".join(part for part in (f"-- {head}{media}", self.text, *rows) if part)


def _face(button: Button) -> str:
    return f"{button.label} -> {button.url}" if button.url else button.label


def view(json: JSON, me: int) -> ChatMessage:
    """A stored message as the phone of person `me` shows it."""
    kind = next((name for name in (*_MEDIA, *_OTHER) if name in json), "text")
    keyboard = json.get("reply_markup", {}).get("inline_keyboard", [])
    entities = json.get("entities") or json.get("caption_entities") or ()
    return ChatMessage(
        id=json["message_id"],
        mine=json["from"]["id"] == me,
        kind=kind,
        text=json.get("text") or json.get("caption") or "",
        rows=tuple(tuple(_button(button, json["message_id"]) for button in row) for row in keyboard),
        attachment=_attachment(kind, json[kind]) if kind in _MEDIA else None,
        edited="edit_date" in json,
        date=json["date"],
        reply_to=json.get("reply_to_message", {}).get("message_id"),
        entities=tuple(entities),
    )


def _button(json: JSON, message_id: int) -> Button:
    copied = json.get("copy_text", {}).get("text")
    data, url = json.get("callback_data"), json.get("url")
    return Button(json["text"], message_id, data, url, copied, json.get("style"))


def _attachment(kind: str, value: Any) -> Attachment:
    file = value[-1] if kind == "photo" else value
    return Attachment(kind, file["file_id"], file.get("file_name", ""), file.get("file_size", 0))


def from_json(json: JSON) -> ChatMessage:
    """Back from `dataclasses.asdict` that travelled as JSON."""
    rows = tuple(tuple(Button(**button) for button in row) for row in json["rows"])
    attachment = Attachment(**json["attachment"]) if json["attachment"] else None
    return ChatMessage(**{**json, "rows": rows, "attachment": attachment, "entities": tuple(json["entities"])})


def find_button(messages: list[ChatMessage], wanted: str | Button, message_id: int | None) -> Button:
    """The one button meant, on the newest message with buttons or on `message_id`. AssertionError otherwise.

    A label counts whole before it counts as a part of others; a Button must still stand where it was seen.
    """
    if isinstance(wanted, Button):
        message_id = wanted.message_id
    holders = [m for m in messages if m.buttons and message_id in {None, m.id}]
    if not holders:
        raise AssertionError(f"no message with buttons to tap {wanted!r} on\n{show(messages)}")
    card = holders[-1]
    if isinstance(wanted, Button):
        found = [button for button in card.buttons if button == wanted]
    else:
        found = [button for button in card.buttons if button.label == wanted]
        found = found or [button for button in card.buttons if wanted in button.label]
    if len(found) != 1:
        raise AssertionError(f"{'no' if not found else 'more than one'} button {wanted!r} on\n{card}")
    return found[0]


def show(messages: list[ChatMessage], last: int = 5) -> str:
    return "\n".join(map(str, messages[-last:])) or "(empty chat)"
