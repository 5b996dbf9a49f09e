"""What notes, evidence and findings are called where the number of an entry would tell how busy all were (DESIGN 6).

A person's own are counted, and findings, which are everybody's, together: only what may be known moves the count.
Must not know who is shown which name.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

from bot.domain import entries as e
from bot.domain import evidence_entries as v

Names: TypeAlias = Mapping[int, tuple[str, int]]
"""Number of the entry -> whose ('' for a finding), and the how manieth of theirs; in the order of the entries."""
NAMED: Final = (e.Noted, v.EvidenceReceived, v.FindingRecorded)


def name(names: Names, entry: e.Entry) -> Names:
    """With the next one."""
    whose = "" if isinstance(entry.body, v.FindingRecorded) else entry.person
    before = next((number for who, number in reversed([*names.values()]) if who == whose), 0)
    return {**names, entry.seq: (whose, before + 1)}


def name_again(names: Names, of: int, whose: str) -> Names:
    """With the name of an erased note, which is not folded any more once its text is gone: none moves by that."""
    if of in names:
        return names
    theirs = 1 + sum(1 for seq, (who, _) in names.items() if who == whose and seq < of)
    moved = {seq: (who, number + (who == whose and seq > of)) for seq, (who, number) in names.items()}
    return dict(sorted({**moved, of: (whose, theirs)}.items()))
