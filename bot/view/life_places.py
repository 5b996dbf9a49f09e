"""Places and taps of what goes on around an assessment: settings, notes' texts to erase, being forgotten.

Must not know what they look like.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Zones:
    """The time zones to choose from."""

    op: ClassVar[str] = "lz"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When not to be reminded; the next text may say it too."""

    op: ClassVar[str] = "lq"


@dataclass(frozen=True, slots=True)
class AskOwnName:
    """The next text is the name under which files show the person from now on."""

    op: ClassVar[str] = "ln"


@dataclass(frozen=True, slots=True)
class Forget:
    """/forget: what goes, what stays and why."""

    op: ClassVar[str] = "lf"


@dataclass(frozen=True, slots=True)
class ConfirmForget:
    """Be forgotten, or not; notes: with the text of all notes (1). The safe choice comes first."""

    op: ClassVar[str] = "lc"
    notes: int = 0


@dataclass(frozen=True, slots=True)
class NoteBooks:
    """The assessments in which the person wrote notes."""

    op: ClassVar[str] = "la"
    page: int = 0


@dataclass(frozen=True, slots=True)
class Texts:
    """The notes that the person may erase, four a page; question: of this one alone, '' for all."""

    op: ClassVar[str] = "lt"
    assessment: str
    question: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmErase:
    """Erase what the note of entry `of` says, or not: one button a reason. The safe choice comes first."""

    op: ClassVar[str] = "le"
    assessment: str
    of: int


LifePlace: TypeAlias = Zones | QuietHours | AskOwnName | Forget | ConfirmForget | NoteBooks | Texts | ConfirmErase


@dataclass(frozen=True, slots=True)
class RemindTap:
    """Be reminded (1) or not (0)."""

    op: ClassVar[str] = "lr"
    on: int


@dataclass(frozen=True, slots=True)
class QuietTap:
    """Not to be reminded from one time to another: '2200', '0700'."""

    op: ClassVar[str] = "lh"
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class ForgetTap:
    """Be forgotten; notes: with the text of all notes (1). seen: a sign of what the card said would become of what."""

    op: ClassVar[str] = "lx"
    notes: int
    seen: str


@dataclass(frozen=True, slots=True)
class EraseTap:
    """Erase what the note of entry `of` says, for this reason."""

    op: ClassVar[str] = "lw"
    assessment: str
    of: int
    reason: str


LifeTap: TypeAlias = RemindTap | QuietTap | ForgetTap | EraseTap
