"""Assessments, who may load them, and their sheets. Must not know what was answered, or what a role permits.

A person reaches an assessment through a membership and in no other way (DESIGN 6); a deleted one not at all.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import ColumnElement, Row, bindparam, insert, or_, select

from bot.domain.asking_order import AskOrder
from bot.domain.entries import Mode
from bot.domain.record import genesis
from bot.store.assessment_rows import (
    ASSESSMENT,
    COLUMNS,
    MEMBERSHIP,
    OF_MEMBER,
    Assessment,
    Member,
    Rows,
)
from bot.store.known import Kind
from bot.store.memberships import join
from bot.store.tables import RoundRow, SheetRow
from bot.store.tables.base import table_of
from bot.store.values import Lifecycle, Listed, Role, SheetRef
from bot.store.work import Asked, Work

_SHEET: Final = table_of(SheetRow)
_ROUND: Final = table_of(RoundRow)
_REF: Final = (_SHEET.c.id, _SHEET.c.ref, _SHEET.c.assessment, _SHEET.c.person)
_MINE: Final = (
    MEMBERSHIP.c.assessment == ASSESSMENT.c.id,
    MEMBERSHIP.c.person == bindparam("who"),
    ASSESSMENT.c.state != "deleted",
)
"""The only way to an assessment on a person's behalf."""


class _Reached(NamedTuple):
    """What goes that way. All give an assessment with the membership; by_sheet a sheet of it too."""

    by_ref: Asked
    by_id: Asked
    by_sheet: Asked
    in_use: Asked
    archived: Asked


def _reached(*mine: ColumnElement[bool]) -> _Reached:
    whole = select(*COLUMNS, *OF_MEMBER).where(*mine)
    sheet = (_SHEET.c.ref == bindparam("ref"), _SHEET.c.assessment == ASSESSMENT.c.id)
    shelf = whole.order_by(ASSESSMENT.c.created_at.desc(), ASSESSMENT.c.id)
    return _Reached(
        by_ref=whole.where(ASSESSMENT.c.ref == bindparam("ref")),
        by_id=whole.where(ASSESSMENT.c.id == bindparam("which")),
        by_sheet=whole.add_columns(*_REF).where(*sheet),
        in_use=shelf.where(MEMBERSHIP.c.archived_at.is_(None)),
        archived=shelf.where(MEMBERSHIP.c.archived_at.is_not(None)),
    )


_REACHED = _reached(*_MINE)
_TAKES_PART: Final = select(MEMBERSHIP.c.assessment).where(MEMBERSHIP.c.person == bindparam("who")).limit(1)
_LEAD: Final = MEMBERSHIP.alias("lead")
_LEADS: Final = (
    select(ASSESSMENT.c.name, _LEAD.c.person)
    .where(*_MINE, _LEAD.c.assessment == ASSESSMENT.c.id, _LEAD.c.role == "lead")
    .where(_LEAD.c.person != bindparam("who"), ASSESSMENT.c.state == "open")
    .order_by(ASSESSMENT.c.created_at, ASSESSMENT.c.id, _LEAD.c.person)
)
_NAMED: Final = select(*COLUMNS).where(or_(ASSESSMENT.c.id == bindparam("name"), ASSESSMENT.c.ref == bindparam("name")))
_EVERY: Final = select(*COLUMNS).order_by(ASSESSMENT.c.touched_at.desc(), ASSESSMENT.c.id)
_ROLES: Final = (
    select(MEMBERSHIP.c.person, MEMBERSHIP.c.role)
    .where(MEMBERSHIP.c.assessment == bindparam("which"))
    .order_by(MEMBERSHIP.c.joined_at, MEMBERSHIP.c.person)
)
_SHEETS: Final = select(*_REF).where(_SHEET.c.assessment == bindparam("which")).order_by(_SHEET.c.id)
_ADD_SHEET: Final = insert(_SHEET)
_NAMED_SO: Final = select(*_REF).where(_SHEET.c.ref == bindparam("ref"))
_SHEET_NAMED: Final = Kind(_SHEET.name, _NAMED_SO, ("ref",), lambda row: SheetRef(*row))
_ROUND_OF: Final = select(_ROUND.c.id).where(
    _ROUND.c.assessment == bindparam("which"), _ROUND.c.name == bindparam("name")
)
_ADD_ROUND: Final = insert(_ROUND)
_TAKEN: Final = {
    table.name: select(table.c.id).where(table.c.ref == bindparam("ref")) for table in (ASSESSMENT, _SHEET)
}


class Assessments:
    """Part of a unit of work: assessments, memberships, rounds and sheets."""

    def __init__(self, work: Work, new_id: Callable[[], str], new_ref: Callable[[], str]) -> None:
        self._work = work
        self._rows = Rows(work)
        self._new_id = new_id
        self._new_ref = new_ref

    def create(self, scheme_id: str, digest: str, scoring_digest: str, mode: Mode, person: str, at: datetime) -> Listed:
        """A new assessment without entries, led by this person. The scheme's text must be kept in the same unit."""
        assessment_id = self._new_id()
        row = Assessment(
            id=assessment_id,
            ref=self._free_ref(ASSESSMENT.name),
            scheme_id=scheme_id,
            scheme_digest=digest,
            scoring_digest=scoring_digest,
            state="open",
            name="",
            mode=mode,
            answered=0,
            asked=0,
            touched_at=at,
            seq=0,
            head=genesis(assessment_id),
            created_at=at,
        )
        lead = Member(row.id, person, "lead", at)
        self._rows.add(row)
        join(self._work, lead)
        return _listed(row, lead)

    def of(self, person: str, *, archived: bool = False) -> tuple[Listed, ...]:
        """The assessments of a person, last touched first: those in use, or else those that the person archived."""
        rows = self._work.read(_REACHED.archived if archived else _REACHED.in_use, {"who": person})
        found = [_listed(*_split(row)) for row in rows]
        return tuple(sorted(found, key=lambda one: one.touched_at, reverse=True))

    def find(self, person: str, ref: str) -> Listed | None:
        """The assessment by its short name, where the person is a member of it."""
        return self._one(_REACHED.by_ref, who=person, ref=ref)

    def find_id(self, person: str, assessment_id: str) -> Listed | None:
        """The assessment by its id, where the person is a member of it."""
        known = self._rows.both(assessment_id, person)
        if known is None:
            return self._one(_REACHED.by_id, who=person, which=assessment_id)
        return None if known[0].state == "deleted" else _listed(*known)

    def takes_part(self, person: str) -> bool:
        """Whether the person is a member of any assessment, were it deleted: who was let in stays in."""
        return self._work.read(_TAKES_PART, {"who": person}).first() is not None

    def leads_beside(self, person: str) -> tuple[tuple[str, str], ...]:
        """(name of the assessment, a lead's id) of every open one that the person takes part in, without themselves."""
        return tuple((name, who) for name, who in self._work.read(_LEADS, {"who": person}))

    def for_operator(self, assessment_id: str) -> Listed | None:
        """The assessment by id or short name, whoever asks and whatever its state. For the command line alone."""
        row = self._work.read(_NAMED, {"name": assessment_id}).one_or_none()
        return None if row is None else _listed(Assessment._make(row), None)

    def all_for_operator(self) -> tuple[Listed, ...]:
        """Every assessment, also the deleted, last touched first. For the command line alone."""
        return tuple(_listed(Assessment._make(row), None) for row in self._work.read(_EVERY))

    def roles(self, assessment_id: str) -> dict[str, Role]:
        """Who belongs to an assessment in hand, and as what: person -> role, the first to join first."""
        return dict(self._work.pairs(_ROLES, {"which": assessment_id}))

    def project_for(self, assessment_id: str, person: str, *, answered: int, asked: int, touched_at: datetime) -> None:
        """Write what this assessor's list shows. LookupError for a non-member."""
        row = self._rows.member(assessment_id, person)
        if row is None:
            raise LookupError(person)
        self._rows.change_member(row, {"answered": answered, "asked": asked, "touched_at": touched_at})

    def project(
        self,
        assessment_id: str,
        *,
        name: str,
        answered: int,
        asked: int,
        touched_at: datetime,
        state: Lifecycle | None = None,
        closed_at: datetime | None = None,
    ) -> datetime:
        """Write what lists show, as folded from the entries; state and closed_at stay where not given. LookupError.

        Gives touched_at as it was before.
        """
        row = self._rows.get(assessment_id)
        if row is None:
            raise LookupError(assessment_id)
        columns: dict[str, Any] = {"answered": answered, "touched_at": touched_at}
        if (name, asked) != (row.name, row.asked):
            columns |= {"name": name, "asked": asked}
        if state or closed_at:
            columns |= {"state": state or row.state, "closed_at": closed_at or row.closed_at}
        self._rows.change(row, columns)
        return row.touched_at

    def set_archived(self, person: str, assessment_id: str, at: datetime | None) -> None:
        """Put an assessment away for this person alone; None brings it back. LookupError for a non-member."""
        row = self._rows.member(assessment_id, person)
        if row is None:
            raise LookupError(assessment_id)
        self._rows.change_member(row, {"archived_at": at})

    def set_order(self, person: str, assessment_id: str, order: AskOrder) -> None:
        """In which order this person's open questions come, for this person alone. LookupError for a non-member."""
        row = self._rows.member(assessment_id, person)
        if row is None:
            raise LookupError(assessment_id)
        self._rows.change_member(row, {"ask_order": order})

    def open_sheet(self, assessment: str, person: str, round_name: str, covers: tuple[str, ...]) -> SheetRef:
        """A new sheet of this person. round_name: '' for the only round; covers: dimension ids."""
        sheet = SheetRef(self._new_id(), self._free_ref(_SHEET.name), assessment, person)
        named = {"id": sheet.id, "ref": sheet.ref, "assessment": assessment, "person": person}
        covered = json.dumps(covers, ensure_ascii=False)
        round_ = self._round(assessment, round_name)
        columns = {**named, "round": round_, "covers": covered, "status": "open"}
        self._work.write(_ADD_SHEET, columns, only=(sheet.ref,))
        return sheet

    def sheet(self, person: str, ref: str) -> SheetRef | None:
        """A sheet, anybody's, of an assessment that the person is a member of. What may be seen of it: not here."""
        known = self._work.known(_SHEET_NAMED, ref)
        both = known and self._rows.both(known.assessment, person)
        if known and both:
            return None if both[0].state == "deleted" else known
        row = self._work.read(_REACHED.by_sheet, {"who": person, "ref": ref}).one_or_none()
        if row is None:
            return None
        self._know(row)
        return self._work.know(_SHEET_NAMED, SheetRef(*row[-len(_REF) :]), ref)

    def sheets(self, assessment: str) -> tuple[SheetRef, ...]:
        """All sheets of an assessment, by id."""
        return tuple(SheetRef(*row) for row in self._work.read(_SHEETS, {"which": assessment}))

    def _one(self, statement: Asked, **params: object) -> Listed | None:
        row = self._work.read(statement, params).one_or_none()
        return None if row is None else _listed(*self._know(row))

    def _know(self, row: Row[*tuple[Any, ...]]) -> tuple[Assessment, Member]:
        found, member = _split(row)
        return self._rows.know(found), self._rows.know_member(member)

    def _round(self, assessment_id: str, name: str) -> str:
        found = self._work.read(_ROUND_OF, {"which": assessment_id, "name": name}).scalar()
        if found is not None:
            return str(found)
        made = self._new_id()
        self._work.write(_ADD_ROUND, {"id": made, "assessment": assessment_id, "name": name})
        return made

    def _free_ref(self, table: str) -> str:
        """A short name that is not taken: eight characters do meet now and then."""
        while True:
            ref = self._new_ref()
            if self._work.read(_TAKEN[table], {"ref": ref}).first() is None:
                return ref


def _split(row: Row[*tuple[Any, ...]]) -> tuple[Assessment, Member]:
    """The columns of `_REACHED`, whatever comes after them."""
    return Assessment._make(row[: len(COLUMNS)]), Member._make(row[len(COLUMNS) : len(COLUMNS) + len(OF_MEMBER)])


def _listed(row: Assessment, member: Member | None) -> Listed:
    """As this member's list shows it; None: as the operator sees it.

    An assessor's own figures say nothing of others' work, also before any were written; who leads or looks on sees
    those of the whole, whatever was written while they were an assessor.
    """
    role: Role | Literal["operator"] = member.role if member else "operator"
    answered, asked, touched_at = row.answered, row.asked, row.touched_at
    if member and member.role == "assessor":
        answered, asked = member.answered or 0, member.asked or 0
        touched_at = member.touched_at or member.joined_at
    return Listed(
        row.id,
        row.ref,
        row.scheme_id,
        row.scheme_digest,
        row.scoring_digest,
        row.name,
        row.mode,
        row.state,
        role,
        member is not None and member.archived_at is not None,
        answered,
        asked,
        row.created_at,
        touched_at,
        row.seq,
        row.head,
        member.ask_order if member else "clause",
    )
