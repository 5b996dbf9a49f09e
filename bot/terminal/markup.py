"""A screen's small HTML as terminal text. Must not know which screen it is."""

import unicodedata
from html.parser import HTMLParser

from rich.text import Text

_STYLES = {"b": "bold", "i": "italic", "u": "underline", "s": "strike", "code": "cyan", "pre": "cyan", "blockquote": ""}
_INDENT = "  │ "


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._open: list[str] = []
        self._fresh_line = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        style = " ".join(filter(None, (_STYLES.get(tag, "") for tag in self._open)))
        for piece in data.splitlines(keepends=True):
            if "blockquote" in self._open and self._fresh_line:
                self.text.append(_INDENT)
            self.text.append(_visible(piece), style=style or None)
            self._fresh_line = piece.endswith("\n")


def to_text(html: str) -> Text:
    """Telegram's small HTML -> styled text; quotes are indented."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text


def _visible(piece: str) -> str:
    """Without signs that would steer the terminal: notes are other people's text."""
    return "".join(sign for sign in piece if sign in "\n\t" or unicodedata.category(sign) != "Cc")
