"""What a message carries besides text: a file or a place, as evidence could use it. Knows no rights and no storage.

All of it is what the sender's client says: sizes, types and names may be missing, or lies.
"""

import re
from typing import Protocol

from telegram import Location, Message

from bot.service.events import Attachment

_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,512}")
_MIME = re.compile(r"[a-z]{1,20}/[A-Za-z0-9.+_-]{1,80}")
_ALBUM = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_NAME = 1000
_LARGEST = 2**53


class _File(Protocol):
    """What all of Telegram's kinds of files have."""

    file_id: str
    file_size: int | None


def attached(message: Message) -> tuple[str, Attachment] | None:
    """(kind, what it is); None for what is no evidence: stickers, GIFs, polls and whatever comes to be."""
    if message.location is not None:
        return "location", Attachment(place=_place(message.location))
    if message.photo:
        largest = max(message.photo, key=lambda size: (size.width * size.height, size.file_size or 0))
        return _file(message, "photo", largest, "image/jpeg", "")
    if message.video is not None:
        return _file(message, "video", message.video, message.video.mime_type, message.video.file_name)
    if message.video_note is not None:
        return _file(message, "video", message.video_note, "video/mp4", "")
    if message.voice is not None:
        return _file(message, "voice", message.voice, message.voice.mime_type, "")
    if message.audio is not None:
        return _file(message, "voice", message.audio, message.audio.mime_type, message.audio.file_name)
    if message.document is not None and message.animation is None:
        return _file(message, "document", message.document, message.document.mime_type, message.document.file_name)
    return None


def _file(message: Message, kind: str, file: _File, mime: object, name: object) -> tuple[str, Attachment] | None:
    file_id: object = file.file_id
    if not isinstance(file_id, str) or not _FILE_ID.fullmatch(file_id):
        return None
    size: object = file.file_size
    known = type(size) is int and 0 <= size <= _LARGEST
    return kind, Attachment(
        file=file_id,
        size=size if known and isinstance(size, int) else 0,
        mime=_matching(_MIME, mime),
        name=name[:_LONGEST_NAME] if isinstance(name, str) else "",
        album=_matching(_ALBUM, message.media_group_id),
    )


def _matching(pattern: re.Pattern[str], value: object) -> str:
    """The value where it is a text of that form; it is kept, so anything else is ''."""
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""


def _place(location: Location) -> str:
    """'31.230400,121.473700', about a decimetre exact. ValueError, TypeError for what is none."""
    latitude, longitude = float(location.latitude), float(location.longitude)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004  also not for NaN
        raise ValueError("place")
    return f"{latitude:.6f},{longitude:.6f}"
