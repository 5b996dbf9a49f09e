"""What a report says of a panel: members, reconsiderations, evidence, findings, seals, basis, origin. Frozen values.

Must not know file formats or words. Where a report shows a part of the record, the entries behind a value may not be
in it: then there is None, or nothing, in their place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.domain.carrying import Fate
from bot.domain.evidence import Evidence, Finding
from bot.domain.panel_entries import BasisRow, BasisTaken, CarriedOver, CarriedRow, Role, Sealed
from bot.domain.scheme import QuestionId
from bot.export.history import Logged

Outcome: TypeAlias = Literal["changed", "upheld", "asked-again", "waiting"]


@dataclass(frozen=True, slots=True)
class MemberPart:
    """One stay of a person in the panel. roles: each with the entry that gave it; left: the entry that ended it."""

    person: str
    name: str
    roles: tuple[tuple[Role, Logged], ...]
    left: Logged | None = None

    @property
    def role(self) -> Role:
        """The role now, or when they left."""
        return self.roles[-1][0]


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A reconsideration that the lead asked for, and what came of it. by: the entry that answered it."""

    sheet: str
    question: QuestionId
    asked: Logged
    outcome: Outcome
    by: Logged | None = None


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """A piece of evidence as it stands, and the entries about it, oldest first. number: counts from 1 in the file."""

    number: int
    item: Evidence
    name: str
    entries: tuple[Logged, ...]


@dataclass(frozen=True, slots=True)
class FindingPart:
    """A finding as it reads now, and the entries about it, oldest first. number: counts from 1 in the file."""

    number: int
    item: Finding
    name: str
    entries: tuple[Logged, ...]
    evidence: tuple[EvidencePart, ...]


@dataclass(frozen=True, slots=True)
class SealPart:
    """A seal. code: what every member was sent; fingerprint: of the key that signed."""

    sealed: Sealed
    code: str
    fingerprint: str
    entry: Logged | None


@dataclass(frozen=True, slots=True)
class BasisPart:
    """The assessment that this one looks at. entry: None where the report shows a part of the record."""

    taken: BasisTaken
    entry: Logged | None

    @property
    def rows(self) -> tuple[BasisRow, ...]:
        return self.taken.rows

    def of(self, question: QuestionId) -> BasisRow | None:
        return next((row for row in self.rows if row.question == question), None)


@dataclass(frozen=True, slots=True)
class CarriedPart:
    """The older assessment that this one began from. fates: what became of each carried answer; entry as in BasisPart.

    What was carried and not confirmed counts nowhere.
    """

    over: CarriedOver
    fates: Mapping[QuestionId, Fate]
    entry: Logged | None

    def of(self, question: QuestionId) -> CarriedRow | None:
        return next((row for row in self.over.rows if row.question == question), None)

    def count(self, fate: Fate) -> int:
        """How many carried answers came to this."""
        return sum(one == fate for one in self.fates.values())


@dataclass(frozen=True, slots=True)
class PanelPart:
    """All of it. demands: what evidence was demanded, oldest first; reopenings: entries, oldest first."""

    members: tuple[MemberPart, ...] = ()
    asked: tuple[AskedPart, ...] = ()
    evidence: tuple[EvidencePart, ...] = ()
    findings: tuple[FindingPart, ...] = ()
    demands: tuple[Logged, ...] = ()
    seals: tuple[SealPart, ...] = ()
    reopenings: tuple[Logged, ...] = ()
    basis: BasisPart | None = None
    carried: CarriedPart | None = None

    @property
    def together(self) -> bool:
        """More than one person ever belonged to it."""
        return len({one.person for one in self.members}) > 1

    def asked_at(self, sheet: str, question: QuestionId) -> Sequence[AskedPart]:
        return [one for one in self.asked if (one.sheet, one.question) == (sheet, question)]

    def evidence_at(self, sheet: str, question: QuestionId) -> Sequence[EvidencePart]:
        return [one for one in self.evidence if (one.item.sheet, one.item.question) == (sheet, question)]
