"""Whether a screen is one that Telegram takes and a phone shows."""

from html.parser import HTMLParser

from bot.view.payload import decode
from bot.view.screen import Screen

TAGS = {"b", "i", "u", "s", "code", "pre", "blockquote"}
UNITS = 3500


def plain(text: str) -> str:
    """The text as a reader sees it; AssertionError where the markup is not Telegram's small HTML."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [], reader.open
    return "".join(reader.seen)


def faults(screen: Screen) -> list[str]:
    """What is wrong with a screen; empty: nothing."""
    shown = plain(screen.text)
    units = len(shown.encode("utf-16-le")) // 2
    found = [] if shown.strip() and units <= UNITS else [f"text of {units} units"]
    if len(screen.rows) > 5 or any(not 1 <= len(row) <= 8 for row in screen.rows):
        found.append(f"rows of {[len(row) for row in screen.rows]}")
    for button in (button for row in screen.rows for button in row):
        decode(button.payload)
        if not 1 <= len(button.text.strip()) <= 40 or "\n" in button.text:
            found.append(f"button {button.text!r}")
        if len(button.payload.encode()) > 64:
            found.append(f"payload {button.payload!r}")
    if "\n\n\n" in shown or shown != shown.strip():
        found.append("gaps")
    return found


def labels(screen: Screen) -> list[str]:
    return [button.text for row in screen.rows for button in row]


def payloads(screen: Screen) -> dict[str, str]:
    """Button text -> payload."""
    return {button.text: button.payload for row in screen.rows for button in row}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        assert not attrs or (tag, attrs) == ("blockquote", [("expandable", None)]), attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> without a beginning"
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)
