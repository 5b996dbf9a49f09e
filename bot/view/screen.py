"""A screen as a value: text in Telegram's small HTML, rows of buttons. Must not know how it is shown.

The text may use b, i, u, s, code, pre, blockquote; everything else in it is escaped by the templates.
"""

import json
from dataclasses import dataclass
from json.encoder import encode_basestring as _quoted
from typing import Literal, NamedTuple, TypeAlias

Style: TypeAlias = Literal["", "primary", "success", "danger"]


class Button(NamedTuple):
    """What it says (words, not emoji alone) and the payload it sends."""

    text: str
    payload: str
    style: Style = ""

    def to_json(self) -> str:
        """Its part of the screen's."""
        return f"[{_quoted(self.text)},{_quoted(self.payload)},{_quoted(self.style)}]"


@dataclass(frozen=True, slots=True)
class Screen:
    """One card. At most five rows of buttons (DESIGN 3), eight in a row."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()

    def to_json(self) -> str:
        """The durable form; equal screens give equal text."""
        rows = ",".join(f"[{','.join([button.to_json() for button in row])}]" for row in self.rows)
        return f'{{"text":{_quoted(self.text)},"rows":[{rows}]}}'

    @classmethod
    def from_json(cls, text: str) -> "Screen":
        data = json.loads(text)
        return cls(data["text"], tuple(tuple(Button(*button) for button in row) for row in data["rows"]))
