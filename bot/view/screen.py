"""A screen as a value: text in Telegram's small HTML, rows of buttons. Must not know how it is shown.

The text may use b, i, u, s, code, pre, blockquote; everything else in it is escaped by the templates.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from json.encoder import encode_basestring as _quoted
from typing import Literal, NamedTuple, TypeAlias

Style: TypeAlias = Literal["", "primary", "success", "danger"]


class Button(NamedTuple):
    """What it says (words, not emoji alone) and the payload it sends."""

    text: str
    payload: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One card. At most five rows of buttons (DESIGN 3), eight in a row.

    written: the durable form of the rows, '' where it is not at hand. It goes into no copy with other rows.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    written: str = field(default="", init=False, compare=False, repr=False)

    @classmethod
    def of(cls, text: str, rows: tuple[tuple[Button, ...], ...], written: str) -> "Screen":
        """Whose rows were written down already."""
        made = cls(text, rows)
        object.__setattr__(made, "written", written)
        return made

    def to_json(self) -> str:
        """The durable form; equal screens give equal text."""
        return f'{{"text":{_quoted(self.text)},"rows":[{self.written or written(self.rows)}]}}'

    @classmethod
    def from_json(cls, text: str) -> "Screen":
        data = json.loads(text)
        return cls(data["text"], tuple(tuple(Button(*button) for button in row) for row in data["rows"]))


def written(rows: Iterable[Iterable[Button]]) -> str:
    """Rows in the durable form of a screen."""
    return ",".join([f"[{','.join([_button(*button) for button in row])}]" for row in rows])


def _button(text: str, payload: str, style: str) -> str:
    return f"[{_quoted(text)},{_quoted(payload)},{_quoted(style)}]"
