"""User text as it may be kept: normal form, no control or spoofing signs (RELIABILITY 4).

Must not know Telegram's limits, or what a text is for.
"""

import re
import unicodedata

from bot.domain.refusals import TextEmpty, TextTooLong

NOTE_LIMIT = 10_000
NAME_LIMIT = 200

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_ZERO_WIDTH = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")


def clean_text(text: str, limit: int = NOTE_LIMIT) -> str:
    """A note: NFC, line ends as LF, no control signs, outer white space off. TextEmpty, TextTooLong."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", _SURROGATE.sub("\ufffd", text))
    text = unicodedata.normalize("NFC", text).strip()
    if not _INVISIBLE.sub("", text):
        raise TextEmpty
    if len(text) > limit:
        raise TextTooLong(limit=limit, length=len(text))
    return text


def name_key(name: str) -> str:
    """Equal for names that a reader takes for the same: width, case, white space and invisible signs aside."""
    shown = _ZERO_WIDTH.sub("", unicodedata.normalize("NFKC", name))
    return " ".join(shown.casefold().split())


def clean_name(text: str, limit: int = NAME_LIMIT) -> str:
    """A name or a field of the head: as a note, on one line, without direction overrides that could spoof a report."""
    return " ".join(clean_text(_BIDI.sub("", text), limit).split())
