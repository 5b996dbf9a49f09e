"""Telegram's HTML → plain text and entities with UTF-16 offsets. Knows no message and no limits of length.

Wording and offsets of the complaints are Telegram's own (byte offsets into the UTF-8 source). Stricter than
Telegram in two places, because both are mistakes of a bot: an attribute that Telegram would ignore, and an `&`
that begins none of the entities it knows (Telegram shows it as it stands).
"""

import re

from tests.fake_telegram.units import Entity, utf16

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
_ATTRIBUTES = {"a": "href", "span": "class", "code": "class", "blockquote": "expandable"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_LINK = re.compile(r"(?:(?:https?|tg|ton|ftp)://\S+|[\w-]+(?:\.[\w-]+)+\S*)\Z")


class MarkupError(ValueError):
    """The source is no valid Telegram HTML; the text is what follows "can't parse entities: "."""


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and its entities, neither cleaned nor stripped. MarkupError when Telegram would refuse."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0
        self.out: list[str] = []
        self.units = 0
        self.open: list[tuple[str, str, int, int]] = []  # tag, argument, UTF-16 offset, index into out
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "<":
                self._end_tag() if self.source.startswith("</", self.at) else self._start_tag()
            elif char == "&":
                self._put(self._reference())
            else:
                self._put(char)
                self.at += 1
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        return "".join(self.out), _join_code(self.entities)

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.units += utf16(text)

    def _bytes(self, index: int) -> int:
        return len(self.source[:index].encode())

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _until(self, stops: str) -> str:
        start = self.at
        while self._peek() and self._peek() not in stops:
            self.at += 1
        return self.source[start : self.at]

    def _spaces(self) -> None:
        while self._peek() and self._peek().isspace():
            self.at += 1

    def _reference(self) -> str:
        found = _REFERENCE.match(self.source, self.at)
        hexadecimal, decimal, name = found.groups() if found else (None, None, "")
        code = int(hexadecimal, 16) if hexadecimal else int(decimal or 0)
        if 0xD800 <= code <= 0xDFFF:
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate"
                " code units"
            )
        text = _NAMED.get(name or "") or (chr(code) if 0 < code < 0x10FFFF else "")
        if not found or not text:
            raise MarkupError(f'Unescaped "&" at byte offset {self._bytes(self.at)}')
        self.at = found.end()
        return text

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._until(" \t\r\n>").lower()
        where = f"at byte offset {self._bytes(begin)}"
        if not self._peek():
            raise MarkupError(f"Unclosed start tag {where}")
        if tag not in _TYPES:
            raise MarkupError(f'Unsupported start tag "{tag}" {where}')
        argument = ""
        while True:
            self._spaces()
            if self._peek() == ">":
                break
            argument = self._attribute(tag, where)
        self.at += 1
        if tag == "span" and argument != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" {where}')
        self.open.append((tag, argument, self.units, len(self.out)))

    def _attribute(self, tag: str, where: str) -> str:
        if not self._peek():
            raise MarkupError(f'Unclosed start tag "{tag}" {where}')
        name = self._until(" \t\r\n=>").lower()
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{tag}" {where}')
        self._spaces()
        if not self._peek():
            raise MarkupError(f'Unclosed start tag "{tag}" {where}')
        if self._peek() != "=":
            if (tag, name) == ("blockquote", "expandable"):
                return name
            raise MarkupError(f'Expected equal sign in declaration of an attribute of the tag "{tag}" {where}')
        self.at += 1
        self._spaces()
        if not self._peek():
            raise MarkupError(f'Unclosed start tag "{tag}" {where}')
        value = self._value(where)
        if _ATTRIBUTES.get(tag) != name:
            raise MarkupError(f'Attribute "{name}" is not known for the tag "{tag}" {where}')
        return name if tag == "blockquote" else value

    def _value(self, where: str) -> str:
        quote = self._peek()
        if quote not in "\"'":
            found = _TOKEN.match(self.source, self.at)
            start, self.at = self.at, found.end() if found else self.at
            if not self._peek() or self._peek() not in " \t\r\n>":
                raise MarkupError(f"Unexpected end of name token at byte offset {self._bytes(start)}")
            return self.source[start : self.at]
        self.at += 1
        parts = []
        while self._peek() != quote:
            if not self._peek():
                raise MarkupError(f"Unclosed start tag {where}")
            if self._peek() == "&":
                parts.append(self._reference())
            else:
                parts.append(self._peek())
                self.at += 1
        self.at += 1
        return "".join(parts)

    def _end_tag(self) -> None:
        where = f"at byte offset {self._bytes(self.at)}"
        if not self.open:
            raise MarkupError(f"Unexpected end tag {where}")
        self.at += 2
        name = self._until(" \t\r\n>").lower()
        self._spaces()
        if self._peek() != ">":
            raise MarkupError(f"Unclosed end tag {where}")
        self.at += 1
        tag, argument, offset, index = self.open.pop()
        if name and name != tag:
            raise MarkupError(f'Unmatched end tag {where}, expected "</{tag}>", found "</{name}>"')
        if self.units > offset:
            self._add(tag, argument, offset, "".join(self.out[index:]))

    def _add(self, tag: str, argument: str, offset: int, inner: str) -> None:
        entity: Entity = {"type": _TYPES[tag], "offset": offset, "length": self.units - offset}
        if tag == "a":
            entity["url"] = argument or inner
            if not _LINK.match(entity["url"]):
                return  # Telegram drops a link it does not know, and keeps the text
        elif tag == "blockquote" and argument:
            entity["type"] = "expandable_blockquote"
        elif tag == "code" and argument.startswith("language-"):
            entity["language"] = argument.removeprefix("language-")
        self.entities.append(entity)


def _join_code(entities: list[Entity]) -> list[Entity]:
    """`pre` and a `code` with a language over the same text are one entity; a language elsewhere is dropped."""
    spans = {(e["offset"], e["length"]): e.get("language") for e in entities if e["type"] == "code"}
    kept: list[Entity] = []
    pres = {(e["offset"], e["length"]) for e in entities if e["type"] == "pre"}
    for entity in entities:
        span = (entity["offset"], entity["length"])
        if entity["type"] == "pre" and spans.get(span):
            kept.append({**entity, "language": spans[span]})
        elif entity["type"] == "code" and not (entity.get("language") and span in pres):
            kept.append({key: value for key, value in entity.items() if key != "language"})
        elif entity["type"] != "code":
            kept.append(entity)
    return kept
