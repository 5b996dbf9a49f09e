"""What people can send besides text, as the Bot API describes it. Knows the file store, no chat."""

from typing import Any

from tests.fake_telegram.rules import JSON
from tests.fake_telegram.world import World

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)

_FILES: dict[str, tuple[str, str, JSON]] = {  # name, type, what else stands in the object
    "document": ("notes.txt", "text/plain", {}),
    "video": ("clip.mp4", "video/mp4", {"width": 640, "height": 480, "duration": 3}),
    "animation": ("loop.mp4", "video/mp4", {"width": 320, "height": 240, "duration": 2}),
    "audio": ("sound.mp3", "audio/mpeg", {"duration": 3}),
    "voice": ("voice.ogg", "audio/ogg", {"duration": 3}),
    "video_note": ("round.mp4", "video/mp4", {"length": 240, "duration": 3}),
    "sticker": (
        "sticker.webp", "image/webp",
        {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    ),
}  # fmt: skip

_PLAIN: dict[str, JSON] = {
    "location": {"latitude": 31.2304, "longitude": 121.4737},
    "contact": {"phone_number": "+10000000000", "first_name": "Test"},
    "dice": {"emoji": "🎲", "value": 4},
    "venue": {"location": {"latitude": 31.2304, "longitude": 121.4737}, "title": "Hall", "address": "Road 1"},
    "poll": {
        "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
        "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": False,
        "members_only": False,
    },
}  # fmt: skip

KINDS = ("photo", *_FILES, *_PLAIN)
_NAMED = {"document", "video", "animation", "audio"}


def medium(
    world: World, kind: str, *, data: bytes | None, name: str | None, mime: str | None, size: int | None
) -> JSON:
    """The fields of a message of this kind. `size` is what Telegram claims, when it differs from the data; -1: none."""
    if kind in _PLAIN:
        return {kind: _PLAIN[kind]}
    if kind == "photo":
        stored = world.store_file(PNG if data is None else data, "photo.jpg", "image/jpeg", size)
        small = world.store_file(PNG, "small.jpg", "image/jpeg")
        shapes: list[Any] = [small.as_json() | {"width": 90, "height": 68}]
        return {"photo": [*shapes, stored.as_json() | {"width": 1280, "height": 960}]}
    usual_name, usual_mime, more = _FILES[kind]
    content = f"made-up {kind}".encode() if data is None else data
    stored = world.store_file(content, usual_name if name is None else name, mime or usual_mime, size)
    body = stored.as_json() | more
    if kind in _NAMED:
        body["file_name"] = stored.name
    if kind not in {"sticker", "video_note"}:
        body["mime_type"] = stored.mime
    return {kind: body}
