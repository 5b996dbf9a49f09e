"""A screen as a value: text in Telegram's small HTML, rows of buttons. Must not know how it is shown.

The text may use b, i, u, s, code, pre, blockquote; everything else in it is escaped by the templates.
"""

import json
from dataclasses import dataclass
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["", "primary", "success", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """What it says (words, not emoji alone) and the payload it sends."""

    text: str
    payload: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One card. At most five rows of buttons (DESIGN 3), eight in a row."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()

    def to_json(self) -> str:
        """The durable form; equal screens give equal text."""
        rows = [[[b.text, b.payload, b.style] for b in row] for row in self.rows]
        return json.dumps({"text": self.text, "rows": rows}, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Screen":
        data = json.loads(text)
        return cls(data["text"], tuple(tuple(Button(*button) for button in row) for row in data["rows"]))
