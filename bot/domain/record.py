"""The record: canonical JSON, salted bodies, the chain of entry headers.

Must not know what an entry means, where entries are kept, or the time. The form is final from the first migration
(RELIABILITY 6): a body can be erased lawfully, since the chain runs over headers and a header holds the body's hash.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from json.encoder import encode_basestring as _text
from operator import attrgetter
from typing import Any, Final, TypeAlias

VERSION = 1
SALT_BYTES = 16
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
"""What goes in circles ends already where floats are looked for."""

_WHOLE: Final = {int}
"""A truth value is of another class, and is written in another way."""
_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""Nearly every value there is; nothing in them can be a float."""

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


class RecordBroken(Exception):  # noqa: N818  a finding about a record, named as the verifier says it
    """The chain does not hold; seq is the first entry that is wrong, what is 'seq', 'prev', 'hash' or 'body'."""

    def __init__(self, seq: int, what: str) -> None:
        super().__init__(f"entry {seq}: {what}")
        self.seq = seq
        self.what = what


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry came from. Empty strings where there is no such thing (terminal, command line).

    chat: our random id of the person whose private chat it is, so that the record holds no account. Entries written
    before people could be forgotten hold the channel's own number of the chat.
    """

    channel: str
    chat: str = ""
    message: str = ""
    update: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The lasting part of an entry. `at` and `source_date`: UTC in ms; hashes in hex; `sheet`, `question`: '' for none.

    `person` is our random id, never a name. `revision` counts the ratings of the sheet's question, or of the decision.
    """

    v: int
    assessment: str
    seq: int
    prev: str
    at: int
    source_date: int | None
    person: str
    role: str
    kind: str
    sheet: str
    question: str
    revision: int
    scheme: str
    body_hash: str
    source: Source


_OF_HEADER: Final = tuple(field.name for field in fields(Header))
_OF_SOURCE: Final = tuple(field.name for field in fields(Source))
_header_values: Final = attrgetter(*_OF_HEADER)
_source_values: Final = attrgetter(*_OF_SOURCE)


def canonical(value: object) -> bytes:
    """RFC 8785 style: sorted keys, no spaces, UTF-8, integers and strings only. TypeError on a float."""
    _refuse_floats(value)
    return _ENCODER.encode(value).encode()


def digest(value: object) -> str:
    """SHA-256 over the canonical form, hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def body_hash(salt: bytes, body: Mapping[str, Json]) -> str:
    """The salted hash of a body, hex; the salt keeps short answers from being guessed after erasure."""
    return hash_of(salt, canonical(body))


def hash_of(salt: bytes, written: bytes) -> str:
    """The same of a body in its canonical form."""
    return hashlib.sha256(b"gradewalk.body.v1\0" + salt + written).hexdigest()


def entry_hash(header: Header) -> str:
    """The hash of a header, hex: the next entry's `prev`."""
    return hashlib.sha256(b"gradewalk.entry.v1\0" + written(header)).hexdigest()


def written(header: Header) -> bytes:
    """The canonical form of a header. Every tap needs one, and its keys are always the same: they are written here."""
    if {header.v.__class__, header.seq.__class__, header.at.__class__, header.revision.__class__} == _WHOLE:
        try:
            return _written(header, header.source).encode()
        except TypeError:  # a text that is none
            pass
    held = dict(zip(_OF_HEADER, _header_values(header), strict=True))
    held["source"] = dict(zip(_OF_SOURCE, _source_values(header.source), strict=True))
    return canonical(held)


def _written(header: Header, source: Source) -> str:
    """TypeError for a text that is none."""
    date = header.source_date
    if date is not None and date.__class__ is not int:
        raise TypeError("a date that is none")
    return (
        f'{{"assessment":{_text(header.assessment)},"at":{header.at},"body_hash":{_text(header.body_hash)},'
        f'"kind":{_text(header.kind)},"person":{_text(header.person)},"prev":{_text(header.prev)},'
        f'"question":{_text(header.question)},"revision":{header.revision},"role":{_text(header.role)},'
        f'"scheme":{_text(header.scheme)},"seq":{header.seq},"sheet":{_text(header.sheet)},'
        f'"source":{{"channel":{_text(source.channel)},"chat":{_text(source.chat)},'
        f'"message":{_text(source.message)},"update":{_text(source.update)}}},'
        f'"source_date":{"null" if date is None else date},"v":{header.v}}}'
    )


def genesis(assessment: str) -> str:
    """The `prev` of the first entry: it binds the chain to its assessment."""
    return hashlib.sha256(b"gradewalk.genesis.v1\0" + assessment.encode()).hexdigest()


def verify_chain(headers: Iterable[Header], assessment: str) -> str:
    """Check numbering and links of all headers in order; the head's hash. RecordBroken at the first fault."""
    head = genesis(assessment)
    for expected, header in enumerate(headers, start=1):
        if header.seq != expected or header.assessment != assessment:
            raise RecordBroken(expected, "seq")
        if header.prev != head:
            raise RecordBroken(header.seq, "prev")
        head = entry_hash(header)
    return head


def verify_body(header: Header, salt: bytes, body: Mapping[str, Json]) -> None:
    """RecordBroken where the body is not the one that the header names."""
    if body_hash(salt, body) != header.body_hash:
        raise RecordBroken(header.seq, "body")


def header_from(fields_: Mapping[str, object]) -> Header:
    """A header from its exported fields. ValueError where the names are not exactly those of a header and a source."""
    source = _exactly(Source, fields_.get("source"))
    return Header(**{**_exactly(Header, fields_), "source": Source(**source)})


def _exactly(kind: type[Header | Source], values: object) -> dict[str, Any]:
    """The values unchanged: converting one would hide that it was changed."""
    names = {field.name for field in fields(kind)}
    if not isinstance(values, Mapping) or set(values) != names:
        raise ValueError(f"{kind.__name__.lower()} has the fields {', '.join(sorted(names))}")
    return dict(values)


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no canonical form")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError("keys are strings")
            if item.__class__ not in _PLAIN:
                _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            if item.__class__ not in _PLAIN:
                _refuse_floats(item)
