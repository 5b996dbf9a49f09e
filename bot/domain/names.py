"""What notes, evidence and findings are called where the number of an entry would tell how busy all were (DESIGN 6).

A person counts what may be known to them at any time: their own, and what is everybody's, findings and the evidence on
those. Only what may be known moves the count. Must not know who is shown which name.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

from bot.domain import entries as e
from bot.domain import evidence_entries as v

Names: TypeAlias = Mapping[int, str]
"""Number of the entry -> whose it is, '' for everybody's; in the order of the entries."""
NAMED: Final = (e.Noted, v.EvidenceReceived, v.FindingRecorded)


def name(names: Names, entry: e.Entry) -> Names:
    """With the next one."""
    body = entry.body
    shared = isinstance(body, v.FindingRecorded) or (isinstance(body, v.EvidenceReceived) and not entry.sheet)
    return {**names, entry.seq: "" if shared else entry.person}


def name_again(names: Names, of: int, whose: str) -> Names:
    """With the name of an erased note, which is not folded any more once its text is gone: none moves by that."""
    return names if of in names else dict(sorted({**names, of: whose}.items()))


def of(names: Names, person: str) -> Names:
    """Those that this person counts."""
    return {seq: whose for seq, whose in names.items() if whose in {"", person}}


def called(names: Names, person: str) -> Mapping[int, int]:
    """Number of the entry -> what this person calls it, counted from 1."""
    return {seq: number for number, seq in enumerate(of(names, person), start=1)}
