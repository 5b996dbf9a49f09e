"""What a button sends: `1:op:field:field...`, ASCII, at most 64 bytes, and back. Must not know what is done with it.

A Place is a screen to go to; a Tap changes something, and carries what the person had seen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import ClassVar, TypeAlias

from bot.view.basis_places import BasisTap
from bot.view.blind_places import BlindTap
from bot.view.chart_places import ChartTap
from bot.view.compare_places import CarryTap
from bot.view.evidence_places import ShowTap
from bot.view.findings_places import FindingTap
from bot.view.insight_places import InsightTap
from bot.view.life_places import LifeTap
from bot.view.members_places import DoorTap, MemberTap
from bot.view.path_places import PathTap, TryTaps
from bot.view.places import Place

VERSION = "1"
LIMIT = 64
"""Bytes that Telegram takes in callback_data."""


class BadPayload(ValueError):  # noqa: N818  an answer to a forgery, not an error of ours
    """The text is no payload of ours: forged, or of a version that is gone."""


@dataclass(frozen=True, slots=True)
class AnswerTap:
    """value: a ratio as '17/20', a level as 'l4', a veto row as 'v0' or 'v1' (raised). revision: answers seen."""

    op: ClassVar[str] = "a"
    sheet: str
    question: str
    value: str
    revision: int


@dataclass(frozen=True, slots=True)
class LaterTap:
    """Postpone (1) or not (0)."""

    op: ClassVar[str] = "p"
    sheet: str
    question: str
    on: int


@dataclass(frozen=True, slots=True)
class FlagTap:
    """Flag for review (1) or not (0)."""

    op: ClassVar[str] = "f"
    sheet: str
    question: str
    on: int


@dataclass(frozen=True, slots=True)
class KeepTap:
    """Save the waiting texts as notes (1), or drop them (0)."""

    op: ClassVar[str] = "b"
    on: int


@dataclass(frozen=True, slots=True)
class EmptyTap:
    """Empty a field of the head."""

    op: ClassVar[str] = "E"
    assessment: str
    field: str


@dataclass(frozen=True, slots=True)
class CloseTap:
    """Close, as seen at entry `seq`: anything newer asks again."""

    op: ClassVar[str] = "C"
    assessment: str
    seq: int


@dataclass(frozen=True, slots=True)
class DeleteTap:
    """Delete the draft."""

    op: ClassVar[str] = "D"
    assessment: str


@dataclass(frozen=True, slots=True)
class ArchiveTap:
    """Put out of the list (1) or back (0)."""

    op: ClassVar[str] = "A"
    assessment: str
    on: int


@dataclass(frozen=True, slots=True)
class LanguageTap:
    """Speak this language."""

    op: ClassVar[str] = "L"
    language: str


@dataclass(frozen=True, slots=True)
class ZoneTap:
    """Show times in this zone."""

    op: ClassVar[str] = "Z"
    zone: str


@dataclass(frozen=True, slots=True)
class GateTap:
    """Confirm (1) or refuse (0) a gate; revision: decisions on it seen so far."""

    op: ClassVar[str] = "c"
    assessment: str
    gate: str
    met: int
    revision: int


@dataclass(frozen=True, slots=True)
class NoFindingsTap:
    """There are no special deductions; revision: decisions on them seen so far."""

    op: ClassVar[str] = "l"
    assessment: str
    revision: int


@dataclass(frozen=True, slots=True)
class NoBonusTap:
    """No bonus is given; revision: decisions on it seen so far."""

    op: ClassVar[str] = "P"
    assessment: str
    revision: int


@dataclass(frozen=True, slots=True)
class ExportTap:
    """Hand out a file of this format."""

    op: ClassVar[str] = "F"
    assessment: str
    format: str


Tap: TypeAlias = (
    AnswerTap
    | LaterTap
    | FlagTap
    | KeepTap
    | EmptyTap
    | CloseTap
    | DeleteTap
    | ArchiveTap
    | LanguageTap
    | ZoneTap
    | GateTap
    | NoFindingsTap
    | NoBonusTap
    | ExportTap
    | MemberTap
    | BlindTap
    | FindingTap
    | BasisTap
    | DoorTap
    | ShowTap
    | LifeTap
    | PathTap
    | TryTaps
    | InsightTap
    | ChartTap
    | CarryTap
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is known of a kind of payload before there is one: its head '1:op', its fields, and which are numbers.

    values: gives those of one payload. defaults: of each field; MISSING where it has none, which equals no value.
    most: how many fields there are. whole: the places of those that are numbers.
    """

    kind: type[Place | Tap]
    head: str
    values: Callable[[Place | Tap], tuple[object, ...]]
    defaults: tuple[object, ...]
    most: int
    whole: tuple[int, ...]


_EMPTY = frozenset({"", "0"})


def _shape(kind: type[Place | Tap]) -> _Shape:
    named = fields(kind)
    names = [field.name for field in named]
    return _Shape(
        kind,
        f"{VERSION}:{kind.op}",
        attrgetter(*names) if len(names) > 1 else lambda payload: tuple(getattr(payload, name) for name in names),
        tuple(field.default for field in named),
        len(named),
        tuple(place for place, field in enumerate(named) if field.type is int),
    )


_SHAPES: Mapping[type[Place | Tap], _Shape] = {kind: _shape(kind) for kind in (*Place.__args__, *Tap.__args__)}
"""Asking a dataclass for its fields takes longer than all the rest of a button."""
_KINDS: Mapping[str, _Shape] = {shape.kind.op: shape for shape in _SHAPES.values()}


def encode(payload: Place | Tap) -> str:
    """The text of a payload. AssertionError where it would not fit: schemes are checked for that when they load."""
    shape = _SHAPES[type(payload)]
    values, texts = shape.values(payload), [shape.head]
    texts += map(str, values)
    while texts[-1] in _EMPTY and values[len(texts) - 2] == shape.defaults[len(texts) - 2]:
        texts.pop()
    text = ":".join(texts)
    assert text.isascii() and len(text) <= LIMIT, text  # noqa: S101, PT018  a defect of a scheme check, not of input
    return text


def decode(text: str) -> Place | Tap:
    """The payload of a text that anybody may have made up. BadPayload where it is none."""
    version, _, rest = text.partition(":")
    op, *values = rest.split(":")
    shape = _KINDS.get(op)
    if version != VERSION or shape is None or len(values) > shape.most or len(text) > LIMIT or not text.isascii():
        raise BadPayload
    given: list[str | int] = [*values]
    try:
        for place in shape.whole:
            if place < len(values):
                given[place] = _whole(values[place])
        return shape.kind(*given)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadPayload from None


def _whole(value: str) -> int:
    if not value.isdigit():
        raise ValueError(value)
    return int(value)
