"""A person's drafts beside an assessment: marks for the way to a grade, answers that are only tried.

Nothing of it is in the record, in a result or a file, or is seen by anybody else.
"""

from datetime import datetime

from sqlmodel import Field

from bot.store.columns import PlainText
from bot.store.tables.base import Aside


class WishRow(Aside, table=True):
    """What raising an indicator costs this person. cost: '' for impossible, else an exact number as '3/2'."""

    __tablename__ = "wish"

    person: str = Field(primary_key=True, foreign_key="person.id", sa_type=PlainText)
    assessment: str = Field(primary_key=True, foreign_key="assessment.id", index=True, sa_type=PlainText)
    indicator: str = Field(primary_key=True, sa_type=PlainText)
    cost: str = Field(sa_type=PlainText)
    at: datetime


class TriedRow(Aside, table=True):
    """An answer that is tried. sheet: its id, '' for a decision of the whole assessment, which `question` then names.

    answer: as in the record (`domain/written.py`). revision: how many answers the question had when it was tried.
    """

    __tablename__ = "tried"

    person: str = Field(primary_key=True, foreign_key="person.id", sa_type=PlainText)
    assessment: str = Field(primary_key=True, foreign_key="assessment.id", index=True, sa_type=PlainText)
    sheet: str = Field(primary_key=True, sa_type=PlainText)
    question: str = Field(primary_key=True, sa_type=PlainText)
    answer: str = Field(sa_type=PlainText)
    revision: int
    at: datetime
