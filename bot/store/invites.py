"""Invitations: offers by link to join an assessment. Must not know a link's token, only its hash; or what it allows.

An invitation goes one way: made, then taken once by one person, then settled; or revoked, or past its time.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Update, update
from sqlmodel import col, select

from bot.store.tables import AssessmentRow, InviteRow, MembershipRow
from bot.store.values import Invite, InviteKind, InviteOutcome
from bot.store.work import Work


class Invites:
    """Part of a unit of work: invitations."""

    def __init__(self, work: Work, new_id: Callable[[], str]) -> None:
        self._work = work
        self._new_id = new_id

    def make(
        self,
        assessment: str,
        kind: InviteKind,
        token_hash: str,
        by: str,
        at: datetime,
        until: datetime,
        *,
        shown: bool = False,
    ) -> Invite:
        """A new one, good until `until`; shown: a basis with its ratings. StoreConflict where the hash is taken."""
        row = InviteRow(
            id=self._new_id(),
            token_hash=token_hash,
            assessment=assessment,
            kind=kind,
            shown=shown,
            made_by=by,
            made_at=at,
            expires_at=until,
        )
        self._work.session.add(row)
        self._work.session.flush()
        return _invite(row)

    def by_token(self, token_hash: str) -> Invite | None:
        """Whatever became of it; None: there never was such a link."""
        row = self._work.session.exec(select(InviteRow).where(InviteRow.token_hash == token_hash)).one_or_none()
        return None if row is None else _invite(row)

    def get(self, invite_id: str) -> Invite | None:
        """By our random id."""
        row = self._work.session.get(InviteRow, invite_id)
        return None if row is None else _invite(row)

    def take(self, invite_id: str, person: str, at: datetime, terms: str) -> bool:
        """This person agreed to `terms` and asks to join. False where it is not to be had any more: one takes it."""
        free = (
            col(InviteRow.id) == invite_id,
            col(InviteRow.taken_by).is_(None),
            col(InviteRow.settled_at).is_(None),
            col(InviteRow.expires_at) > at,
        )
        taken = update(InviteRow).where(*free).values(taken_by=person, taken_at=at, terms=terms)
        return self._changed(taken)

    def settle(self, invite_id: str, outcome: InviteOutcome, at: datetime) -> bool:
        """How it ended. False where it had ended before."""
        open_ = (col(InviteRow.id) == invite_id, col(InviteRow.settled_at).is_(None))
        return self._changed(update(InviteRow).where(*open_).values(outcome=outcome, settled_at=at))

    def revoke(self, invite_id: str, at: datetime) -> bool:
        """The link is good for nothing any more. False where somebody has taken it, or it had ended."""
        free = (
            col(InviteRow.id) == invite_id,
            col(InviteRow.taken_by).is_(None),
            col(InviteRow.settled_at).is_(None),
        )
        return self._changed(update(InviteRow).where(*free).values(outcome="revoked", settled_at=at))

    def unsettled(self, assessment: str) -> tuple[Invite, ...]:
        """All of an assessment that have not ended, the oldest first; also those past their time."""
        query = select(InviteRow).where(InviteRow.assessment == assessment, col(InviteRow.settled_at).is_(None))
        rows = self._work.session.exec(query.order_by(col(InviteRow.made_at), col(InviteRow.id)))
        return tuple(_invite(row) for row in rows)

    def awaited(self, person: str) -> tuple[Invite, ...]:
        """What this person has asked for and was not answered yet, the newest first."""
        query = select(InviteRow).where(InviteRow.taken_by == person, col(InviteRow.settled_at).is_(None))
        rows = self._work.session.exec(query.order_by(col(InviteRow.taken_at).desc(), col(InviteRow.id)))
        return tuple(_invite(row) for row in rows)

    def hand(self, invite_id: str, upto: int, at: datetime) -> bool:
        """The lead gives a basis to who asked for it, as of entry `upto`. False where it had ended before."""
        open_ = (col(InviteRow.id) == invite_id, col(InviteRow.settled_at).is_(None))
        return self._changed(update(InviteRow).where(*open_).values(outcome="admitted", settled_at=at, upto=upto))

    def handed(self, *, person: str = "", assessment: str = "") -> tuple[Invite, ...]:
        """Every basis that was handed to this person, or given out of this assessment; the newest first."""
        whose = InviteRow.taken_by == person if person else InviteRow.assessment == assessment
        query = select(InviteRow).where(whose, InviteRow.kind == "basis", InviteRow.outcome == "admitted")
        rows = self._work.session.exec(query.order_by(col(InviteRow.settled_at).desc(), col(InviteRow.id)))
        return tuple(_invite(row) for row in rows)

    def take_back(self, invite_id: str, at: datetime) -> bool:
        """A basis that was handed over is to be used no more. False where an audit began on it."""
        unused = (
            col(InviteRow.id) == invite_id,
            col(InviteRow.outcome) == "admitted",
            col(InviteRow.led_to).is_(None),
        )
        return self._changed(update(InviteRow).where(*unused).values(outcome="revoked", settled_at=at))

    def lead_to(self, invite_id: str, audit: str) -> bool:
        """This audit began on it. False where one had begun, or it was taken back."""
        unused = (
            col(InviteRow.id) == invite_id,
            col(InviteRow.outcome) == "admitted",
            col(InviteRow.led_to).is_(None),
        )
        return self._changed(update(InviteRow).where(*unused).values(led_to=audit))

    def lead(self, invite_id: str) -> str | None:
        """Who leads the assessment of an invitation now; None where it is deleted."""
        query = select(MembershipRow.person).where(
            InviteRow.id == invite_id,
            MembershipRow.assessment == InviteRow.assessment,
            MembershipRow.role == "lead",
            AssessmentRow.id == InviteRow.assessment,
            AssessmentRow.state != "deleted",
        )
        return self._work.session.exec(query).first()

    def _changed(self, statement: Update) -> bool:
        """Whether it changed its one row. Asked and done in one statement, so that of two one is first."""
        return bool(self._work.session.exec(statement.execution_options(synchronize_session="fetch")).rowcount)


def _invite(row: InviteRow) -> Invite:
    return Invite(
        row.id,
        row.assessment,
        row.kind,
        row.shown,
        row.made_by,
        row.made_at,
        row.expires_at,
        row.taken_by,
        row.taken_at,
        row.terms,
        row.settled_at,
        row.outcome,
        row.upto,
        row.led_to,
    )
