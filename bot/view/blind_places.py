"""Places and taps of blind rating: submitting, others' sheets, where they disagree. Must not know what they look like.

sheet: one of the person's own; other: anybody's, by its public name, which opens what the person may see of it.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ConfirmSubmit:
    """Submit the sheet, or not: what is open, flagged or unsupported. The safe choice comes first."""

    op: ClassVar[str] = "bs"
    sheet: str


@dataclass(frozen=True, slots=True)
class AskUphold:
    """The next text is why the person stays with a rating that is to be reconsidered."""

    op: ClassVar[str] = "bu"
    sheet: str
    question: str


@dataclass(frozen=True, slots=True)
class Others:
    """The others' sheets, for the lead: whose, how far, and what of them may be seen."""

    op: ClassVar[str] = "bo"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmAside:
    """Have a sheet count no longer, or not. The safe choice comes first."""

    op: ClassVar[str] = "bc"
    assessment: str
    other: str


@dataclass(frozen=True, slots=True)
class AskAside:
    """The next text is why that sheet does not count."""

    op: ClassVar[str] = "ba"
    assessment: str
    other: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Where submitted sheets disagree, worst effect on the grade first."""

    op: ClassVar[str] = "bd"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """One question: every sheet's rating and notes, and whom to ask to look again."""

    op: ClassVar[str] = "bq"
    assessment: str
    question: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskReconsider:
    """The next text is why that sheet's rating is to be reconsidered."""

    op: ClassVar[str] = "br"
    assessment: str
    other: str
    question: str


OwnPlace: TypeAlias = ConfirmSubmit | AskUphold
"""Those of a sheet of the person's own."""
LeadPlace: TypeAlias = Others | ConfirmAside | AskAside | Differences | Difference | AskReconsider
"""Those of an assessment, for its lead alone."""
BlindPlace: TypeAlias = OwnPlace | LeadPlace


@dataclass(frozen=True, slots=True)
class BeginTap:
    """Begin a sheet of one's own that needs no name. covers: dimension ids joined by '+'."""

    op: ClassVar[str] = "bb"
    assessment: str
    covers: str


@dataclass(frozen=True, slots=True)
class SubmitTap:
    """Submit the sheet."""

    op: ClassVar[str] = "bt"
    sheet: str


BlindTap: TypeAlias = BeginTap | SubmitTap
