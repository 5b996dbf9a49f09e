"""The entries of a transcript: numbers, links, hashes, contents, and what was erased. Must not know what they mean.

A content may be missing only where a later entry says that this very one was erased, by whom and why (RELIABILITY 6).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.record import VERSION, Header, Json, RecordBroken, entry_hash, genesis, header_from, verify_body

Contents = Mapping[int, Mapping[str, Json]]
"""Number of an entry -> its content."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """An entry that erased. of: the note that went, with its revisions; 0: all before it. reason: '' where it went."""

    seq: int
    of: int
    at: int
    person: str
    role: str
    reason: str


def headers_of(rows: Sequence[Any]) -> tuple[Header, ...]:
    """The headers of the rows of a file. ValueError, KeyError, TypeError where they are none."""
    headers = tuple(header_from(row["header"]) for row in rows)
    if any(header.v != VERSION for header in headers):
        raise ValueError("version")
    return headers


def chain(headers: Sequence[Header], assessment: str, rows: Sequence[Any]) -> dict[int, str]:
    """Number -> hash. RecordBroken at the first entry whose number, link or written hash is wrong."""
    last, heads = genesis(assessment), {}
    for expected, (header, row) in enumerate(zip(headers, rows, strict=True), start=1):
        if header.seq != expected or header.assessment != assessment:
            raise RecordBroken(expected, "seq")
        if header.prev != last:
            raise RecordBroken(expected, "prev")
        last = heads[expected] = entry_hash(header)
        if row["hash"] != last:
            raise RecordBroken(expected, "hash")
    return heads


def contents(headers: Sequence[Header], rows: Sequence[Any]) -> dict[int, Mapping[str, Json]]:
    """Each content against the hash in its header. RecordBroken at the first that is another."""
    found: dict[int, Mapping[str, Json]] = {}
    for header, row in zip(headers, rows, strict=True):
        if row["body"] is not None:
            verify_body(header, bytes.fromhex(row["salt"]), row["body"])
            found[header.seq] = row["body"]
        elif row["salt"] is not None:
            raise RecordBroken(header.seq, "body")
    return found


def erasures(headers: Sequence[Header], found: Contents) -> tuple[Erasure, ...]:
    """What was erased, in order. RecordBroken where a content is missing without that, or there in spite of it."""
    done = tuple(_erasures(headers, found))
    whole = max((one.seq for one in done if not one.of), default=0)
    single = {one.of: one.seq for one in done if one.of}
    for header in headers:
        body = found.get(header.seq)
        if header.seq in single and header.kind != "noted":  # what scores is never erased alone
            raise RecordBroken(header.seq, "body")
        if body is None and header.seq >= whole and not _erased_alone(header, single, headers):
            raise RecordBroken(header.seq, "body")
        if body is not None and (header.seq in single or _revises_erased(header, body, single)):
            raise RecordBroken(header.seq, "body")
    return done


def _erasures(headers: Sequence[Header], found: Contents) -> Iterator[Erasure]:
    for header in headers:
        body = found.get(header.seq, {})
        reason = str(body.get("reason", ""))
        if header.kind == "erased":
            yield Erasure(header.seq, 0, header.at, header.person, header.role, reason)
        elif header.kind == "text-erased" and header.seq in found:
            of = body["of"]
            if not isinstance(of, int) or not 0 < of < header.seq:
                raise RecordBroken(header.seq, "body")
            yield Erasure(header.seq, of, header.at, header.person, header.role, reason)


def _erased_alone(header: Header, single: Mapping[int, int], headers: Sequence[Header]) -> bool:
    """Whether a later entry erased this one: itself, or the note that it may have revised."""
    if header.kind != "note-revised":
        return header.seq in single
    notes = [headers[of - 1] for of, by in single.items() if of <= header.seq < by]
    return any(one.seq == header.seq or _same_place(one, header) for one in notes)


def _revises_erased(header: Header, body: Mapping[str, Json], single: Mapping[int, int]) -> bool:
    """Whether this is a revision of a note that was erased after it, and so erased with it."""
    of = body.get("of")
    return header.kind == "note-revised" and isinstance(of, int) and single.get(of, 0) > header.seq


def _same_place(note: Header, revision: Header) -> bool:
    return note.kind == "noted" and (note.sheet, note.question) == (revision.sheet, revision.question)
