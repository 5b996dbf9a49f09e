"""Memberships as the record says them: who joined, was removed, leads. Written with the entry that says so.

Must not know who may do that, or that anybody was invited.
"""

from datetime import datetime
from typing import assert_never

from sqlmodel import Session

from bot.domain.panel_entries import LeadHandedOver, MemberJoined, MemberRemoved
from bot.store import drafts
from bot.store.tables import MembershipRow
from bot.store.values import Role


def repeat(
    session: Session, assessment: str, actor: str, at: datetime, body: MemberJoined | MemberRemoved | LeadHandedOver
) -> None:
    """The rows that follow from an entry by `actor`. LookupError where the lead or the next one is no member."""
    match body:
        case MemberJoined(member, role):
            session.merge(MembershipRow(assessment=assessment, person=member, role=role, joined_at=at))
        case MemberRemoved(member):
            row = session.get(MembershipRow, (assessment, member))
            if row is not None:
                session.delete(row)
            drafts.erase(session, person=member, assessment=assessment)
        case LeadHandedOver(to):
            _become(session, assessment, actor, "assessor")
            _become(session, assessment, to, "lead")
        case _:
            assert_never(body)
    session.flush()


def _become(session: Session, assessment: str, person: str, role: Role) -> None:
    row = session.get(MembershipRow, (assessment, person))
    if row is None:
        raise LookupError(person)
    row.role = role
