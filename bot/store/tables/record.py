"""The record: headers of entries, and their bodies in a table of their own so that these can be erased.

The triggers that guard both stand in the migrations: no model can say them.
"""

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, text
from sqlmodel import Field

from bot.store.columns import PlainText
from bot.store.tables.base import Row

_ANSWER = text("kind = 'answered'")
_DECISION = text("kind IN ('findings-decided', 'bonus-decided')")


class EntryRow(Row, table=True):
    """The header of an entry, field by field, and its hash. Append-only.

    The indexes say that a revision is given once. Gates are not in the second one: which gate it is stands in the body.
    """

    __tablename__ = "entry"
    __table_args__ = (
        Index(
            "uq_entry_answer",
            *("sheet", "question", "revision"),
            unique=True,
            sqlite_where=_ANSWER,
            postgresql_where=_ANSWER,
        ),
        Index(
            "uq_entry_decision",
            *("assessment", "kind", "question", "revision"),
            unique=True,
            sqlite_where=_DECISION,
            postgresql_where=_DECISION,
        ),
        Index("ix_entry_source", "source_channel", "source_chat", "source_message"),
    )

    assessment: str = Field(primary_key=True, foreign_key="assessment.id", sa_type=PlainText)
    seq: int = Field(primary_key=True)
    v: int
    prev: str = Field(sa_type=PlainText)
    at: int = Field(sa_type=BigInteger)
    source_date: int | None = Field(sa_type=BigInteger)
    person: str = Field(sa_type=PlainText)
    role: str = Field(sa_type=PlainText)
    kind: str = Field(sa_type=PlainText)
    sheet: str = Field(sa_type=PlainText)
    question: str = Field(sa_type=PlainText)
    revision: int
    scheme: str = Field(sa_type=PlainText)
    body_hash: str = Field(sa_type=PlainText)
    source_channel: str = Field(sa_type=PlainText)
    source_chat: str = Field(sa_type=PlainText)
    source_message: str = Field(sa_type=PlainText)
    source_update: str = Field(sa_type=PlainText)
    hash: str = Field(sa_type=PlainText)


class EntryBodyRow(Row, table=True):
    """The erasable part of an entry: canonical JSON and the salt of its hash."""

    __tablename__ = "entry_body"
    __table_args__ = (ForeignKeyConstraint(["assessment", "seq"], ["entry.assessment", "entry.seq"]),)

    assessment: str = Field(primary_key=True, sa_type=PlainText)
    seq: int = Field(primary_key=True)
    salt: bytes
    body: str = Field(sa_type=PlainText)
