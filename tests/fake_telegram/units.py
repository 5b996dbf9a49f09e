"""Text as Telegram measures and tidies it. Knows no markup language and no limits."""

import re
from typing import Any

Entity = dict[str, Any]

_MAX_ENTITIES = 100  # Telegram drops the rest without a word


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """What Telegram does to any text: no CR, no bidi controls, other C0 controls become spaces."""
    text = re.sub("[\r\u2028-\u202e]", "", text)
    return re.sub("[\x00-\x09\x0b-\x1f]", " ", text)


def strip(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Text without white space around it, entities moved and cut to match, in Telegram's order."""
    lead = utf16(text) - utf16(text.lstrip())
    text = text.strip()
    end, kept = utf16(text), []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return text, kept[:_MAX_ENTITIES]


def cut(text: str, units: int) -> list[str]:
    """Parts of at most `units` UTF-16 units, as a phone splits what is too long to send."""
    parts, room = [""], units
    for char in text:
        size = 2 if char > "\uffff" else 1
        if size > room:
            parts.append("")
            room = units
        parts[-1] += char
        room -= size
    return parts
