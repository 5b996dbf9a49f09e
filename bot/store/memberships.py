"""Memberships as the record says them: who joined, was removed, leads. Written with the entry that says so.

Must not know who may do that, or that anybody was invited.
"""

from datetime import datetime
from typing import Final, assert_never

from sqlalchemy import bindparam, delete

from bot.domain.panel_entries import LeadHandedOver, MemberJoined, MemberRemoved
from bot.store import drafts
from bot.store.assessment_rows import MEMBERSHIP, Member, Rows
from bot.store.values import Role
from bot.store.work import Work

_REMOVE: Final = delete(MEMBERSHIP).where(
    MEMBERSHIP.c.assessment == bindparam("which"), MEMBERSHIP.c.person == bindparam("who")
)


def repeat(
    work: Work, assessment: str, actor: str, at: datetime, body: MemberJoined | MemberRemoved | LeadHandedOver
) -> None:
    """The rows that follow from an entry by `actor`. LookupError where the lead or the next one is no member."""
    match body:
        case MemberJoined(member, role):
            join(work, Member(assessment, member, role, at))
        case MemberRemoved(member):
            work.write(_REMOVE, {"which": assessment, "who": member})
            drafts.erase(work, person=member, assessment=assessment)
        case LeadHandedOver(to):
            _become(work, assessment, actor, "assessor")
            _become(work, assessment, to, "lead")
        case _:
            assert_never(body)


def join(work: Work, member: Member) -> None:
    """A membership from now on, whatever one of the same person said before."""
    rows = Rows(work)
    before = rows.member(member.assessment, member.person)
    if before is None:
        rows.add_member(member)
    else:
        rows.change_member(before, dict(list(member._asdict().items())[2:]))


def _become(work: Work, assessment: str, person: str, role: Role) -> None:
    rows = Rows(work)
    member = rows.member(assessment, person)
    if member is None:
        raise LookupError(person)
    rows.change_member(member, {"role": role})
