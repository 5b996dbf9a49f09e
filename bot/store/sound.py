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
from bot.store.headers import header_of


def check_entries(rows: Sequence[Row[Any]], assessment: str, after: int, head: tuple[int, str]) -> None:
    """StoreCorrupt unless rows are all entries with a higher number than `after`, in order, up to the head.

    rows: headers with salt and body. head: number and hash of the last entry. A body may be missing only where an
    `erased` entry comes later.
    """
    prev = genesis(assessment) if after == 0 else rows[0].prev if rows else ""
    erased = max((row.seq for row in rows if row.kind == "erased"), default=0)
    for expected, row in enumerate(rows, start=after + 1):
        fault = _fault(row, expected, prev, erased)
        if fault:
            raise StoreCorrupt(f"entry {expected} of {assessment}: {fault}")
        prev = row.hash
    if head[0] > after and (after + len(rows), prev) != head:
        raise StoreCorrupt(f"the record of {assessment} does not end with entry {head[0]}")


def _fault(row: Row[Any], expected: int, prev: str, erased: int) -> str:
    """What is wrong with one entry; '' for nothing."""
    if row.seq != expected or row.prev != prev:
        return "not the next one"
    if entry_hash(header_of(row)) != row.hash:
        return "changed"
    if row.body is None or row.salt is None:
        return "" if row.seq < erased else "without a body"
    try:
        same = body_hash(row.salt, json.loads(row.body)) == row.body_hash
    except (ValueError, TypeError):
        return "its body cannot be read"
    return "" if same else "its body was changed"
