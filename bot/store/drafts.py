"""What a person marks for the way to a grade, and what they try without saving it. Must not know what becomes of it.

Theirs alone: it goes when they leave an assessment, are removed or forgotten, and with the assessment.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import col, delete, select

from bot.domain.record import Json
from bot.store.tables import TriedRow, WishRow
from bot.store.work import Work


@dataclass(frozen=True, slots=True)
class Try:
    """Something tried. sheet: its id, '' for a decision of the whole; content: as the record would say it.

    revision: how many answers, or decisions, there were when it was tried.
    """

    sheet: str
    question: str
    content: Mapping[str, Json]
    revision: int


class Drafts:
    """Part of a unit of work: the drafts of one person in one assessment at a time."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def wishes(self, person: str, assessment: str) -> Mapping[str, Fraction | None]:
        """Indicator -> what a step costs; None: it cannot be raised. In the order in which they were marked."""
        mine = (WishRow.person == person, WishRow.assessment == assessment)
        rows = self._work.session.exec(select(WishRow).where(*mine).order_by(col(WishRow.at), col(WishRow.indicator)))
        return {row.indicator: Fraction(row.cost) if row.cost else None for row in rows}

    def wish(self, person: str, assessment: str, indicator: str, cost: Fraction | None, at: datetime) -> None:
        """Mark an indicator; None: it cannot be raised."""
        text = "" if cost is None else str(cost)
        row = WishRow(person=person, assessment=assessment, indicator=indicator, cost=text, at=at)
        self._work.session.merge(row)
        self._work.session.flush()

    def unwish(self, person: str, assessment: str, indicator: str = "") -> None:
        """Take a mark away; '' all of them. Nothing where there is none."""
        mine = [col(WishRow.person) == person, col(WishRow.assessment) == assessment]
        if indicator:
            mine.append(col(WishRow.indicator) == indicator)
        self._work.session.exec(delete(WishRow).where(*mine))
        self._work.session.flush()

    def tries(self, person: str, assessment: str) -> tuple[Try, ...]:
        """In the order in which they were tried."""
        mine = (TriedRow.person == person, TriedRow.assessment == assessment)
        order = (col(TriedRow.at), col(TriedRow.sheet), col(TriedRow.question))
        rows = self._work.session.exec(select(TriedRow).where(*mine).order_by(*order))
        return tuple(Try(row.sheet, row.question, json.loads(row.answer), row.revision) for row in rows)

    def attempt(self, person: str, assessment: str, one: Try, at: datetime) -> None:
        """Try it; it takes the place of what was tried there before."""
        row = TriedRow(
            person=person,
            assessment=assessment,
            sheet=one.sheet,
            question=one.question,
            answer=json.dumps(one.content),
            revision=one.revision,
            at=at,
        )
        self._work.session.merge(row)
        self._work.session.flush()

    def drop(self, person: str, assessment: str, sheet: str, question: str) -> None:
        """Try it no more. Nothing where it was not tried."""
        mine = (col(TriedRow.person) == person, col(TriedRow.assessment) == assessment)
        what = (col(TriedRow.sheet) == sheet, col(TriedRow.question) == question)
        self._work.session.exec(delete(TriedRow).where(*mine, *what))
        self._work.session.flush()

    def drop_all(self, person: str, assessment: str) -> None:
        """Try nothing any more."""
        mine = (col(TriedRow.person) == person, col(TriedRow.assessment) == assessment)
        self._work.session.exec(delete(TriedRow).where(*mine))
        self._work.session.flush()

    def erase(self, assessment: str) -> None:
        """Everybody's, with the assessment."""
        erase(self._work, assessment=assessment)


def erase(work: Work, *, person: str = "", assessment: str = "") -> None:
    """The drafts of a person, of an assessment, or of a person in one. Nothing where neither is named."""
    for table in (WishRow, TriedRow):
        mine = [col(table.person) == person] if person else []
        if assessment:
            mine.append(col(table.assessment) == assessment)
        if mine:
            work.session.exec(delete(table).where(*mine))
    work.session.flush()
