"""Bytes of a scheme file -> plain mappings, lists and strings, with line and column of every key and item.

Every scalar is a string: `4.10`, `no` and `1:30` stay what was written. Hostile files are refused early, so that
nothing takes more than a second or 100 MB (RELIABILITY 78). Must not know what a scheme is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.library.problems import Path, Report

Data: TypeAlias = "str | list[Data] | dict[str, Data]"

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_EVENTS = 15_000
"""A scheme of 100 indicators has about 6,000; the reader takes some 30,000 a second."""

MAX_STRETCH = 32_768
"""Characters between two values: endless comments and texts end here, before they cost time."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


class _Stop(Exception):  # noqa: N818  the reading ends, the report says why
    pass


@dataclass
class _Open:
    """A mapping or list that is being read; `key` is the key whose value comes next."""

    value: dict[str, Data] | list[Data]
    path: Path
    key: str | None = None
    seen: dict[str, int] = field(default_factory=dict)


class _Stream:
    """Hands out the text piece by piece, and stops a reader that takes much without giving a value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._last = 0

    def read(self, size: int) -> str:
        if self._at - self._last > MAX_STRETCH:
            raise _Stop
        piece = self._text[self._at : self._at + size]
        self._at += len(piece)
        return piece

    def progress(self) -> None:
        self._last = self._at


def read_text(raw: bytes, report: Report) -> str | None:
    """The text of a file, without BOM and with plain line ends; None where it is no fit text."""
    if len(raw) > MAX_BYTES:
        report.add("too-large", at=(1, 1), size=len(raw), limit=MAX_BYTES)
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:64]:
        report.add("not-utf8", at=(1, 1), found="UTF-16")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = error.start - before.rfind(b"\n")
        report.add("not-utf8", at=(before.count(b"\n") + 1, column), found=f"0x{raw[error.start]:02x}")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for code, found in (("forbidden-character", _FORBIDDEN.search(text)), ("tab", re.search("\t", text))):
        if found:
            report.add(code, at=_line_column(text, found.start()), character=f"U+{ord(found[0]):04X}")
            return None
    return text


def read_yaml(text: str, report: Report) -> tuple[Data, dict[Path, tuple[int, int]]] | None:
    """The data with the places of keys and items; None where it is no YAML of ours. Duplicate keys are reported."""
    reader = _Reader(report)
    stream = _Stream(text)
    try:
        for event in _events(stream):
            stream.progress()
            reader.take(event)
    except _Stop:
        if not report.failed:
            report.add("too-long-stretch", at=reader.last, limit=MAX_STRETCH)
        return None
    except (YAMLError, ValueError, IndexError) as error:
        mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
        at = (mark.line + 1, mark.column + 1) if mark else reader.last
        what = error.problem if isinstance(error, MarkedYAMLError) else str(error)
        report.add("bad-yaml", at=at, what=what or "")
        return None
    if not reader.done:
        report.add("empty-file", at=(1, 1))
        return None
    return reader.done[0], reader.places


def _events(stream: _Stream) -> Iterator[Event]:
    yield from YAML(typ="safe", pure=True).parse(stream)


def _line_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


class _Reader:
    """Builds the data out of events, without recursion."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.places: dict[Path, tuple[int, int]] = {(): (1, 1)}
        self.done: list[Data] = []
        self.last = (1, 1)
        self._open: list[_Open] = []
        self._count = 0
        self._documents = 0

    def take(self, event: Event) -> None:
        """One event further. _Stop where the file has what we do not take."""
        self.last = (event.start_mark.line + 1, event.start_mark.column + 1)
        self._count += 1
        if self._count > MAX_EVENTS:
            self._refuse("too-many-values", limit=MAX_EVENTS)
        if anchor := getattr(event, "anchor", None):
            self._refuse("alias-forbidden", name=anchor)
        if tag := getattr(event, "tag", None):
            self._refuse("tag-forbidden", tag=tag)
        match event:
            case DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._refuse("several-documents")
            case ScalarEvent():
                self._put(str(event.value))
            case MappingStartEvent():
                self._begin({})
            case SequenceStartEvent():
                self._begin([])
            case MappingEndEvent() | SequenceEndEvent():
                self._open.pop()
            case _:
                pass

    def _begin(self, value: dict[str, Data] | list[Data]) -> None:
        path = self._put(value)
        self._open.append(_Open(value, path))
        if len(self._open) > MAX_DEPTH:
            self._refuse("too-deep", limit=MAX_DEPTH)

    def _put(self, value: Data) -> Path:
        """Place a value where the reading stands; its path."""
        if not self._open:
            self.done.append(value)
            return ()
        top = self._open[-1]
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            self.places[path] = self.last
            top.value.append(value)
            return path
        if top.key is None:
            if not isinstance(value, str):
                self._refuse("key-not-text")
            else:
                self._key(top, value)
            return top.path
        path, top.value[top.key] = (*top.path, top.key), value
        top.key = None
        return path

    def _key(self, top: _Open, key: str) -> None:
        top.key = key
        if key in top.seen:
            self.report.add("duplicate-key", (*top.path, key), at=self.last, key=key, line=top.seen[key])
            return
        top.seen[key] = self.last[0]
        self.places[*top.path, key] = self.last

    def _refuse(self, code: str, **params: object) -> None:
        self.report.add(code, (), self.last, **params)
        raise _Stop
