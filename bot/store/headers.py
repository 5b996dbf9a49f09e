"""Between the domain's headers and entries and the columns they are kept in. Must not know sessions or queries."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Row

from bot.domain import entries as e
from bot.domain.record import VERSION, Header, Source
from bot.domain.scheme import QuestionId
from bot.domain.written import decode
from bot.store.values import Meta

_PLAIN: Final = tuple(field.name for field in fields(Header) if field.name != "source")
NAMES: Final = (*_PLAIN, "source_channel", "source_chat", "source_message", "source_update", "hash")
"""The columns of `entry`."""
_plain: Final = attrgetter(*_PLAIN)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = 86_400
"""Seconds."""


def milliseconds(at: datetime) -> int:
    """A time as records hold it: UTC in ms, cut off. ValueError for a time without zone."""
    if at.utcoffset() is None:
        raise ValueError("a time without zone")
    since = at - _EPOCH
    return (since.days * _DAY + since.seconds) * 1000 + since.microseconds // 1000


def new_header(assessment: str, seq: int, prev: str, draft: e.Draft, meta: Meta, body_hash: str) -> Header:
    """The header of an entry about to be stored."""
    question = draft.question
    return Header(
        v=VERSION,
        assessment=assessment,
        seq=seq,
        prev=prev,
        at=milliseconds(meta.at),
        source_date=None if meta.source_date is None else milliseconds(meta.source_date),
        person=meta.person,
        role=meta.role,
        kind=draft.kind,
        sheet=draft.sheet,
        question="" if question is None else str(question),
        revision=draft.revision,
        scheme=meta.scheme_digest,
        body_hash=body_hash,
        source=meta.source,
    )


def values_of(header: Header, head: str) -> tuple[object, ...]:
    """What a row of `entry` holds of a header with this hash, in the order of `NAMES`."""
    source = header.source
    return (*_plain(header), source.channel, source.chat, source.message, source.update, head)


def header_of(row: Row[Any]) -> Header:
    """The header that a row of `entry` holds."""
    return Header(
        v=row.v,
        assessment=row.assessment,
        seq=row.seq,
        prev=row.prev,
        at=row.at,
        source_date=row.source_date,
        person=row.person,
        role=row.role,
        kind=row.kind,
        sheet=row.sheet,
        question=row.question,
        revision=row.revision,
        scheme=row.scheme,
        body_hash=row.body_hash,
        source=Source(row.source_channel, row.source_chat, row.source_message, row.source_update),
    )


def entry_of(row: Row[Any]) -> e.Entry:
    """The entry that a row of `entry` and its body make; without a body, an `erased` one that gives no reason."""
    body = e.Erased("") if row.body is None else decode(row.kind, json.loads(row.body))
    question = QuestionId.parse(row.question) if row.question else None
    return e.Entry(row.seq, row.at, row.person, body, row.sheet, question, row.revision, row.source_message)
