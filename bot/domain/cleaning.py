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
_HIDDEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0100-\U000e01ef"
)
"""Default_Ignorable_Code_Point, and the blank Braille sign. Fillers and selectors are "letters" to everybody else."""
_ZERO_WIDTH = re.compile(f"[{_HIDDEN}]")
_INVISIBLE = re.compile(rf"[\s{_HIDDEN}\U000e0000-\U000e007f]+")  # tag signs make flags differ, so no key drops them


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


def has_forbidden(text: str) -> bool:
    """Whether signs stand in it that are not kept: control signs, half surrogates; in names direction overrides too."""
    return any(signs.search(text) for signs in (_CONTROL, _SURROGATE, _BIDI))
