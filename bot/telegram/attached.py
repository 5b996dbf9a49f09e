"""What a message carries besides text: a file or a place, as evidence could use it. Knows no rights and no storage.

All of it is what the sender's client says: sizes, types and names may be missing, or lies.
"""

import re

from bot.service.events import Attachment
from bot.telegram.fields import JSON, MalformedError, degrees, part_or_none, parts, whole, whole_or_none

_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,512}")
_MIME = re.compile(r"[a-z]{1,20}/[A-Za-z0-9.+_-]{1,80}")
_ALBUM = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_NAME = 1000
_LARGEST = 2**53


def attached(message: JSON) -> tuple[str, Attachment] | None:
    """(kind, what it is); None for what is no evidence: stickers, GIFs, polls and whatever comes to be."""
    if (location := part_or_none(message, "location")) is not None:
        return "location", Attachment(place=_place(location))
    if sizes := parts(message, "photo"):
        return _file(message, "photo", max(sizes, key=_extent), "image/jpeg", "")
    if (video := part_or_none(message, "video")) is not None:
        return _file(message, "video", video, video.get("mime_type"), video.get("file_name"))
    if (video_note := part_or_none(message, "video_note")) is not None:
        return _file(message, "video", video_note, "video/mp4", "")
    if (voice := part_or_none(message, "voice")) is not None:
        return _file(message, "voice", voice, voice.get("mime_type"), "")
    if (audio := part_or_none(message, "audio")) is not None:
        return _file(message, "voice", audio, audio.get("mime_type"), audio.get("file_name"))
    document = part_or_none(message, "document")
    if document is not None and message.get("animation") is None:
        return _file(message, "document", document, document.get("mime_type"), document.get("file_name"))
    return None


def _extent(size: JSON) -> tuple[int, int]:
    """What the largest of a photo's sizes is told by."""
    return whole(size, "width") * whole(size, "height"), whole_or_none(size, "file_size") or 0


def _file(message: JSON, kind: str, file: JSON, mime: object, name: object) -> tuple[str, Attachment] | None:
    file_id = file.get("file_id")
    if not isinstance(file_id, str) or not _FILE_ID.fullmatch(file_id):
        return None
    size = file.get("file_size")
    known = type(size) is int and 0 <= size <= _LARGEST
    return kind, Attachment(
        file=file_id,
        size=size if known and isinstance(size, int) else 0,
        mime=_matching(_MIME, mime),
        name=name[:_LONGEST_NAME] if isinstance(name, str) else "",
        album=_matching(_ALBUM, message.get("media_group_id")),
    )


def _matching(pattern: re.Pattern[str], value: object) -> str:
    """The value where it is a text of that form; it is kept, so anything else is ''."""
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""


def _place(location: JSON) -> str:
    """'31.230400,121.473700', about a decimetre exact."""
    latitude, longitude = degrees(location, "latitude"), degrees(location, "longitude")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004  also not for NaN
        raise MalformedError("no place")
    return f"{latitude:.6f},{longitude:.6f}"
