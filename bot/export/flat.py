"""One line of the flat table: what CSV writes out, and what the lists of an Excel file are made of.

So those two cannot disagree. All text is final: in one language, numbers rounded for display; `exact` is not rounded.
Must not know a file format.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Part: TypeAlias = Literal[
    "head",
    "result",
    "reason",
    "total",
    "decision",
    "measure",
    "sample",
    "section",
    "question",
    "ask",
    "answer",
    "history",
    "mark",
    "note",
    "evidence",
    "reconsideration",
    "basis",
    "carried",
    "finding",
    "member",
    "sheet",
    "demand",
    "reopened",
    "seal",
    "reading",
    "record",
]
"""What a line is about; the same words in files of both languages, for programs (docs/files.md)."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A line; a column that does not apply is ''. at: UTC in ms.

    what: in words. number: of the entry, the finding, the piece of evidence. sheet: its number in the file, assessor
    and round of it. value: as shown; exact: the same unrounded: the ratio 0-1 of an answer, points, a total.
    earned of points: as shown. text: what somebody wrote, or what was asked. by, role: of who made the entry.
    """

    part: Part
    what: str = ""
    number: int | None = None
    clause: str = ""
    title: str = ""
    dimension: str = ""
    sheet: int | None = None
    assessor: str = ""
    round: str = ""
    form: str = ""
    value: str = ""
    exact: Fraction | None = None
    earned: str = ""
    points: str = ""
    text: str = ""
    by: str = ""
    role: str = ""
    at: int | None = None
