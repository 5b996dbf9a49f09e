"""Assessments, who may load them, and their sheets. Must not know what was answered, or what a role permits.

A person reaches an assessment through a membership and in no other way (DESIGN 6); a deleted one not at all.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Literal

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from bot.domain.asking_order import AskOrder
from bot.domain.entries import Mode
from bot.domain.record import genesis
from bot.store.tables import AssessmentRow, MembershipRow, RoundRow, SheetRow
from bot.store.values import Lifecycle, Listed, Role, SheetRef


class Assessments:
    """Part of a unit of work: assessments, memberships, rounds and sheets."""

    def __init__(self, session: Session, new_id: Callable[[], str], new_ref: Callable[[], str]) -> None:
        self._session = session
        self._new_id = new_id
        self._new_ref = new_ref

    def create(self, scheme_id: str, digest: str, scoring_digest: str, mode: Mode, person: str, at: datetime) -> Listed:
        """A new assessment without entries, led by this person. The scheme's text must be kept in the same unit."""
        assessment_id = self._new_id()
        row = AssessmentRow(
            id=assessment_id,
            ref=self._free_ref(AssessmentRow),
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
        self._session.add(row)
        self._session.flush()
        lead = MembershipRow(assessment=row.id, person=person, role="lead", joined_at=at)
        self._session.add(lead)
        self._session.flush()
        return _listed(row, lead, archived=False)

    def of(self, person: str, *, archived: bool = False) -> tuple[Listed, ...]:
        """The assessments of a person, last touched first: those in use, or else those that the person archived."""
        shelf = col(MembershipRow.archived_at)
        query = _reachable(person).where(shelf.is_not(None) if archived else shelf.is_(None))
        created = col(AssessmentRow.created_at).desc()
        rows = self._session.exec(query.order_by(created, col(AssessmentRow.id)))
        found = [_listed(row, member, archived=archived) for row, member in rows]
        return tuple(sorted(found, key=lambda one: one.touched_at, reverse=True))

    def find(self, person: str, ref: str) -> Listed | None:
        """The assessment by its short name, where the person is a member of it."""
        return self._one(_reachable(person).where(AssessmentRow.ref == ref))

    def find_id(self, person: str, assessment_id: str) -> Listed | None:
        """The assessment by its id, where the person is a member of it."""
        return self._one(_reachable(person).where(AssessmentRow.id == assessment_id))

    def again(self, person: str, assessment_id: str) -> Listed | None:
        """As find_id, of one that this writing unit holds already: no query."""
        row = self._session.get(AssessmentRow, assessment_id)
        member = self._session.get(MembershipRow, (assessment_id, person))
        if row is None or member is None or row.state == "deleted":
            return None
        return _listed(row, member, archived=member.archived_at is not None)

    def takes_part(self, person: str) -> bool:
        """Whether the person is a member of any assessment, were it deleted: who was let in stays in."""
        query = select(MembershipRow.assessment).where(MembershipRow.person == person).limit(1)
        return self._session.exec(query).first() is not None

    def leads_beside(self, person: str) -> tuple[tuple[str, str], ...]:
        """(name of the assessment, a lead's id) of every open one that the person takes part in, without themselves."""
        lead = aliased(MembershipRow)
        query = (
            _reachable(person)
            .join(lead, col(lead.assessment) == col(AssessmentRow.id))
            .where(lead.role == "lead", lead.person != person, AssessmentRow.state == "open")
            .with_only_columns(col(AssessmentRow.name), col(lead.person))
            .order_by(col(AssessmentRow.created_at), col(AssessmentRow.id), col(lead.person))
        )
        return tuple((name, who) for name, who in self._session.execute(query))

    def for_operator(self, assessment_id: str) -> Listed | None:
        """The assessment by id or short name, whoever asks and whatever its state. For the command line alone."""
        named = or_(col(AssessmentRow.id) == assessment_id, col(AssessmentRow.ref) == assessment_id)
        row = self._session.exec(select(AssessmentRow).where(named)).one_or_none()
        return None if row is None else _listed(row, None, archived=False)

    def all_for_operator(self) -> tuple[Listed, ...]:
        """Every assessment, also the deleted, last touched first. For the command line alone."""
        touched = col(AssessmentRow.touched_at).desc()
        rows = self._session.exec(select(AssessmentRow).order_by(touched, col(AssessmentRow.id)))
        return tuple(_listed(row, None, archived=False) for row in rows)

    def roles(self, assessment_id: str) -> dict[str, Role]:
        """Who belongs to an assessment in hand, and as what: person -> role, the first to join first."""
        query = select(MembershipRow).where(MembershipRow.assessment == assessment_id)
        joined = col(MembershipRow.joined_at)
        return {row.person: row.role for row in self._session.exec(query.order_by(joined, col(MembershipRow.person)))}

    def project_for(self, assessment_id: str, person: str, *, answered: int, asked: int, touched_at: datetime) -> None:
        """Write what this assessor's list shows. LookupError for a non-member."""
        row = self._session.get(MembershipRow, (assessment_id, person))
        if row is None:
            raise LookupError(person)
        row.answered, row.asked, row.touched_at = answered, asked, touched_at
        self._session.flush()

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
        row = self._session.get(AssessmentRow, assessment_id)
        if row is None:
            raise LookupError(assessment_id)
        before = row.touched_at
        row.name, row.answered, row.asked, row.touched_at = name, answered, asked, touched_at
        row.state = state or row.state
        row.closed_at = closed_at or row.closed_at
        self._session.flush()
        return before

    def set_archived(self, person: str, assessment_id: str, at: datetime | None) -> None:
        """Put an assessment away for this person alone; None brings it back. LookupError for a non-member."""
        row = self._session.get(MembershipRow, (assessment_id, person))
        if row is None:
            raise LookupError(assessment_id)
        row.archived_at = at
        self._session.flush()

    def set_order(self, person: str, assessment_id: str, order: AskOrder) -> None:
        """In which order this person's open questions come, for this person alone. LookupError for a non-member."""
        row = self._session.get(MembershipRow, (assessment_id, person))
        if row is None:
            raise LookupError(assessment_id)
        row.ask_order = order
        self._session.flush()

    def open_sheet(self, assessment: str, person: str, round_name: str, covers: tuple[str, ...]) -> SheetRef:
        """A new sheet of this person. round_name: '' for the only round; covers: dimension ids."""
        row = SheetRow(
            id=self._new_id(),
            ref=self._free_ref(SheetRow),
            assessment=assessment,
            person=person,
            round=self._round(assessment, round_name),
            covers=json.dumps(covers, ensure_ascii=False),
            status="open",
        )
        self._session.add(row)
        self._session.flush()
        return _sheet(row)

    def sheet(self, person: str, ref: str) -> SheetRef | None:
        """A sheet, anybody's, of an assessment that the person is a member of. What may be seen of it: not here."""
        mine = _reachable(person).with_only_columns(col(AssessmentRow.id))
        query = select(SheetRow).where(SheetRow.ref == ref, col(SheetRow.assessment).in_(mine))
        row = self._session.exec(query).one_or_none()
        return None if row is None else _sheet(row)

    def sheets(self, assessment: str) -> tuple[SheetRef, ...]:
        """All sheets of an assessment, by id."""
        query = select(SheetRow).where(SheetRow.assessment == assessment).order_by(col(SheetRow.id))
        return tuple(_sheet(row) for row in self._session.exec(query))

    def _one(self, query: Select[AssessmentRow, MembershipRow]) -> Listed | None:
        found = self._session.exec(query).one_or_none()
        if found is None:
            return None
        row, member = found
        return _listed(row, member, archived=member.archived_at is not None)

    def _round(self, assessment_id: str, name: str) -> str:
        query = select(RoundRow).where(RoundRow.assessment == assessment_id, RoundRow.name == name)
        row = self._session.exec(query).one_or_none()
        if row is None:
            row = RoundRow(id=self._new_id(), assessment=assessment_id, name=name)
            self._session.add(row)
            self._session.flush()
        return row.id

    def _free_ref(self, table: type[AssessmentRow | SheetRow]) -> str:
        """A short name that is not taken: eight characters do meet now and then."""
        while True:
            ref = self._new_ref()
            if self._session.exec(select(table.id).where(table.ref == ref)).one_or_none() is None:
                return ref


def _reachable(person: str) -> Select[AssessmentRow, MembershipRow]:
    """The only way to an assessment on a person's behalf."""
    return select(AssessmentRow, MembershipRow).where(
        MembershipRow.assessment == AssessmentRow.id,
        MembershipRow.person == person,
        AssessmentRow.state != "deleted",
    )


def _listed(row: AssessmentRow, member: MembershipRow | None, *, archived: bool) -> Listed:
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
        archived,
        answered,
        asked,
        row.created_at,
        touched_at,
        row.seq,
        row.head,
        member.ask_order if member else "clause",
    )


def _sheet(row: SheetRow) -> SheetRef:
    return SheetRef(row.id, row.ref, row.assessment, row.person)
