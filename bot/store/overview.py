"""Counts for whoever runs the bot, and what is old enough to be deleted. No name, no text. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import SQLModel, col, select

from bot.store.gaps import ERASED, TEXT_ERASED
from bot.store.tables import (
    AssessmentRow,
    BlobRow,
    ChatRow,
    EntryRow,
    FetchRow,
    MembershipRow,
    NoticeRow,
    PersonRow,
    PresenceRow,
    SheetRow,
)
from bot.store.work import Work

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figures:
    """erased: people who were; assessments: (scheme, state) -> how many; evidence: files that are kept; size: bytes.

    coming: files still to be fetched. beats: when each channel was last in touch. erased_at: when anything of the
    record or of a person was last erased, None for never.
    """

    people: int
    erased: int
    reminded: int
    assessments: Mapping[tuple[str, str], int]
    entries: int
    sheets: int
    evidence: int
    size: int
    coming: int
    notices: int
    unreachable: int
    beats: Mapping[str, datetime]
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class Expired:
    """An assessment that was closed, or left by everybody, before some time. left: nobody is there any more."""

    ref: str
    scheme: str
    since: datetime
    left: bool


class Overview:
    """Part of a unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def figures(self) -> Figures:
        """All of them, as of now."""
        grouped = select(AssessmentRow.scheme_id, AssessmentRow.state, func.count()).group_by(
            col(AssessmentRow.scheme_id), col(AssessmentRow.state)
        )
        kept = self._work.session.exec(select(func.sum(BlobRow.size)))
        return Figures(
            people=self._count(PersonRow, col(PersonRow.erased_at).is_(None)),
            erased=self._count(PersonRow, col(PersonRow.erased_at).is_not(None)),
            reminded=self._count(PersonRow, col(PersonRow.reminders).is_(True)),
            assessments={(scheme, state): n for scheme, state, n in self._work.session.exec(grouped)},
            entries=self._count(EntryRow),
            sheets=self._count(SheetRow),
            evidence=self._count(BlobRow),
            size=kept.one() or 0,
            coming=self._count(FetchRow, col(FetchRow.state) == "waiting"),
            notices=self._count(NoticeRow, col(NoticeRow.state) == "waiting"),
            unreachable=self._count(ChatRow, col(ChatRow.unreachable_at).is_not(None)),
            beats={row.channel: row.beat_at for row in self._work.session.exec(select(PresenceRow))},
            erased_at=self._erased_at(),
        )

    def expired(self, before: datetime) -> tuple[Expired, ...]:
        """Closed before that time; or open, untouched since before it, with nobody there who was not erased."""
        here = select(MembershipRow.assessment).where(
            MembershipRow.assessment == AssessmentRow.id,
            MembershipRow.person == PersonRow.id,
            col(PersonRow.erased_at).is_(None),
        )
        one = sa_select(col(AssessmentRow.ref), col(AssessmentRow.scheme_id))
        closed = one.add_columns(col(AssessmentRow.closed_at)).where(
            col(AssessmentRow.state) == "closed", col(AssessmentRow.closed_at) < before
        )
        left = one.add_columns(col(AssessmentRow.touched_at)).where(
            col(AssessmentRow.state) == "open", col(AssessmentRow.touched_at) < before
        )
        session = self._work.session
        found = [Expired(ref, scheme, at, left=False) for ref, scheme, at in session.execute(closed)]
        rest = session.execute(left.where(~here.exists()))
        found += [Expired(ref, scheme, at, left=True) for ref, scheme, at in rest]
        return tuple(sorted(found, key=lambda one: (one.since, one.ref)))

    def _erased_at(self) -> datetime | None:
        kinds = col(EntryRow.kind).in_((ERASED, TEXT_ERASED))
        at = self._work.session.exec(select(func.max(EntryRow.at)).where(kinds)).one()
        people = self._work.session.exec(select(func.max(PersonRow.erased_at))).one()
        return max((one for one in (_moment(at), people) if one is not None), default=None)

    def _count(self, table: type[SQLModel], *wanted: object) -> int:
        return self._work.session.exec(select(func.count()).select_from(table).where(*wanted)).one()  # type: ignore[arg-type]


def _moment(at: int | None) -> datetime | None:
    return None if at is None else _EPOCH + timedelta(milliseconds=at)
