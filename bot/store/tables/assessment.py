"""Assessments with their members, rounds and sheets, and the scheme texts they are pinned to.

What was answered stands in the record, not here.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.asking_order import AskOrder
from bot.domain.entries import Mode
from bot.domain.state import Status
from bot.store.columns import PlainText
from bot.store.tables.base import Row
from bot.store.values import Lifecycle, Role


class SchemeTextRow(Row, table=True):
    """The text of a scheme, kept for as long as anything was rated by it."""

    __tablename__ = "scheme_text"

    digest: str = Field(primary_key=True, sa_type=PlainText)
    scheme_id: str = Field(sa_type=PlainText)
    text: str = Field(sa_type=PlainText)


class AssessmentRow(Row, table=True):
    """An assessment: its chain's end (seq, head) and what lists show, written with the entries it follows from."""

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'closed', 'deleted')", name="state"),
        # Deferred: within one unit, the text may be kept after the assessment is created.
        ForeignKeyConstraint(["scheme_digest"], ["scheme_text.digest"], deferrable=True, initially="DEFERRED"),
    )

    id: str = Field(primary_key=True, sa_type=PlainText)
    ref: str = Field(unique=True, sa_type=PlainText)
    scheme_id: str = Field(sa_type=PlainText)
    scheme_digest: str = Field(sa_type=PlainText)
    scoring_digest: str = Field(sa_type=PlainText)
    state: Lifecycle = Field(sa_type=PlainText)
    name: str = Field(sa_type=PlainText)
    mode: Mode = Field(sa_type=PlainText)
    answered: int
    asked: int
    touched_at: datetime
    seq: int
    head: str = Field(sa_type=PlainText)
    created_at: datetime
    closed_at: datetime | None = None


class MembershipRow(Row, table=True):
    """Who may load an assessment, and as what.

    answered, asked, touched_at: the figures of this member's own list, None before any were written.
    ask_order: in which order their open questions come, by clause or what can still decide first.
    """

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("role IN ('lead', 'assessor', 'viewer')", name="role"),
        CheckConstraint("ask_order IN ('clause', 'deciding')", name="ask_order"),
    )

    assessment: str = Field(primary_key=True, foreign_key="assessment.id", sa_type=PlainText)
    person: str = Field(primary_key=True, foreign_key="person.id", index=True, sa_type=PlainText)
    role: Role = Field(sa_type=PlainText)
    joined_at: datetime
    archived_at: datetime | None = None
    answered: int | None = None
    asked: int | None = None
    touched_at: datetime | None = None
    ask_order: AskOrder = Field(
        default="clause", sa_type=PlainText, sa_column_kwargs={"server_default": text("'clause'")}
    )


class RoundRow(Row, table=True):
    """A visit or a sampled project; '' names the only one."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("assessment", "name"),)

    id: str = Field(primary_key=True, sa_type=PlainText)
    assessment: str = Field(foreign_key="assessment.id", sa_type=PlainText)
    name: str = Field(sa_type=PlainText)


class SheetRow(Row, table=True):
    """What one person rates in one round. covers: dimension ids as a JSON list; status follows the entries."""

    __tablename__ = "sheet"
    __table_args__ = (CheckConstraint("status IN ('open', 'submitted', 'set-aside')", name="status"),)

    id: str = Field(primary_key=True, sa_type=PlainText)
    ref: str = Field(unique=True, sa_type=PlainText)
    assessment: str = Field(foreign_key="assessment.id", index=True, sa_type=PlainText)
    person: str = Field(foreign_key="person.id", sa_type=PlainText)
    round: str = Field(foreign_key="round.id", sa_type=PlainText)
    covers: str = Field(sa_type=PlainText)
    status: Status = Field(sa_type=PlainText)
