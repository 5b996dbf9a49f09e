"""Rows of `assessment` and `membership`, as far as a unit knows them already. Must not know who may see what.

rows.get(id)               rows.member(assessment, person)
rows.change(row, {"seq": 5})    the row as it is then; what is known stays true
"""

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, insert, select

from bot.domain.asking_order import AskOrder
from bot.domain.entries import Mode
from bot.store.known import Kind, replaced
from bot.store.tables import AssessmentRow, MembershipRow
from bot.store.tables.base import table_of
from bot.store.values import Lifecycle, Role
from bot.store.work import Work

ASSESSMENT: Final = table_of(AssessmentRow)
MEMBERSHIP: Final = table_of(MembershipRow)


class Assessment(NamedTuple):
    """A row, column by column."""

    id: str
    ref: str
    scheme_id: str
    scheme_digest: str
    scoring_digest: str
    state: Lifecycle
    name: str
    mode: Mode
    answered: int
    asked: int
    touched_at: datetime
    seq: int
    head: str
    created_at: datetime
    closed_at: datetime | None = None


class Member(NamedTuple):
    """A row, column by column."""

    assessment: str
    person: str
    role: Role
    joined_at: datetime
    archived_at: datetime | None = None
    answered: int | None = None
    asked: int | None = None
    touched_at: datetime | None = None
    ask_order: AskOrder = "clause"


COLUMNS: Final = tuple(ASSESSMENT.c[name] for name in Assessment._fields)
OF_MEMBER: Final = tuple(MEMBERSHIP.c[name] for name in Member._fields)
_GET: Final = select(*COLUMNS).where(ASSESSMENT.c.id == bindparam("which"))
_IS: Final = (MEMBERSHIP.c.assessment == bindparam("which"), MEMBERSHIP.c.person == bindparam("who"))
_MEMBER: Final = select(*OF_MEMBER).where(*_IS)
_ASSESSMENTS: Final = Kind(ASSESSMENT.name, _GET, ("which",), Assessment._make)
_MEMBERS: Final = Kind(MEMBERSHIP.name, _MEMBER, ("which", "who"), Member._make)
_ADD: Final = insert(ASSESSMENT)
_ADD_MEMBER: Final = insert(MEMBERSHIP)


class Rows:
    """The rows that the parts of one unit share."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, assessment: str) -> Assessment | None:
        """An assessment by its id."""
        return self._work.row(_ASSESSMENTS, assessment)

    def member(self, assessment: str, person: str) -> Member | None:
        """A membership."""
        return self._work.row(_MEMBERS, assessment, person)

    def both(self, assessment: str, person: str) -> tuple[Assessment, Member] | None:
        """An assessment with a membership in it, where both are known already."""
        row = self._work.known(_ASSESSMENTS, assessment)
        member = self._work.known(_MEMBERS, assessment, person)
        return None if row is None or member is None else (row, member)

    def know(self, row: Assessment) -> Assessment:
        """It stands there like this."""
        return self._work.know(_ASSESSMENTS, row, row.id)

    def know_member(self, row: Member) -> Member:
        """It stands there like this."""
        return self._work.know(_MEMBERS, row, row.assessment, row.person)

    def add(self, row: Assessment) -> Assessment:
        """A new one."""
        self._work.write(_ADD, row._asdict(), only=(row.id,))
        return self.know(row)

    def add_member(self, row: Member) -> Member:
        """A new one."""
        self._work.write(_ADD_MEMBER, row._asdict(), only=(row.assessment, row.person))
        return self.know_member(row)

    def change(self, row: Assessment, columns: dict[str, Any]) -> Assessment:
        """Change columns of this assessment; the row as it is then. columns are the caller's no more."""
        return self._work.change(_ASSESSMENTS, (row.id,), columns) or replaced(row, columns)

    def change_member(self, row: Member, columns: dict[str, Any]) -> Member:
        """Change columns of this membership; the row as it is then. columns are the caller's no more."""
        return self._work.change(_MEMBERS, (row.assessment, row.person), columns) or replaced(row, columns)
