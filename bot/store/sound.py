"""Is what was read what was written? A flipped bit in an answer must not become a score (RELIABILITY row 87).

SQLite looks after its own pages only where the damage breaks their form; what entries say is held against their
hashes here. Must not know sessions or queries.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from bot.domain.record import body_hash, entry_hash, genesis
from bot.store.errors import StoreCorrupt
from bot.store.gaps import TEXT_ERASED, Gaps, Place, of
from bot.store.headers import header_of


def check_entries(rows: Sequence[Row[Any]], assessment: str, after: int, head: tuple[int, str]) -> None:
    """StoreCorrupt unless rows are all entries with a higher number than `after`, in order, up to the head.

    rows: headers with salt and body. head: number and hash of the last entry. A body may be missing only where a
    later entry says that it was erased.
    """
    prev = genesis(assessment) if after == 0 else rows[0].prev if rows else ""
    gaps = Gaps(_place(row) for row in rows)
    for expected, row in enumerate(rows, start=after + 1):
        fault = _fault(row, expected, prev, gaps)
        if fault:
            raise StoreCorrupt(f"entry {expected} of {assessment}: {fault}")
        prev = row.hash
    if head[0] > after and (after + len(rows), prev) != head:
        raise StoreCorrupt(f"the record of {assessment} does not end with entry {head[0]}")


def _place(row: Row[Any]) -> Place:
    try:
        named = of(row.kind, json.loads(row.body)) if row.kind == TEXT_ERASED and row.body else 0
    except ValueError:  # its own fault is told when its turn comes
        named = 0
    return Place(row.seq, row.kind, row.sheet, row.question, named)


def _fault(row: Row[Any], expected: int, prev: str, gaps: Gaps) -> str:
    """What is wrong with one entry; '' for nothing."""
    if row.seq != expected or row.prev != prev:
        return "not the next one"
    if entry_hash(header_of(row)) != row.hash:
        return "changed"
    if row.body is None or row.salt is None:
        return "" if gaps.lawful(_place(row)) else "without a body"
    try:
        same = body_hash(row.salt, json.loads(row.body)) == row.body_hash
    except (ValueError, TypeError):
        return "its body cannot be read"
    return "" if same else "its body was changed"
