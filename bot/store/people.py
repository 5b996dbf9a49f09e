"""People and their accounts. Must not know which channels there are, or what a person takes part in."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlmodel import Session, col, select

from bot.store.tables import AccountRow, PersonRow
from bot.store.values import Person


class People:
    """Part of a unit of work: who somebody is."""

    def __init__(self, session: Session, new_id: Callable[[], str]) -> None:
        self._session = session
        self._new_id = new_id

    def find(self, channel: str, external_id: str) -> Person | None:
        """Whom the channel means by this id; None: not registered."""
        account = (AccountRow.channel == channel, AccountRow.external_id == external_id)
        query = select(PersonRow).where(AccountRow.person == PersonRow.id, *account)
        row = self._session.exec(query).one_or_none()
        return None if row is None else _person(row)

    def get(self, person_id: str) -> Person:
        """The person of our random id. LookupError where there is none."""
        return _person(self._row(person_id))

    def names(self, people: Collection[str]) -> dict[str, str]:
        """Person id -> name, of those that there are: what the command line recorded is nobody's."""
        query = select(PersonRow.id, PersonRow.name).where(col(PersonRow.id).in_(people))
        return dict(self._session.exec(query).all())

    def register(
        self,
        channel: str,
        external_id: str,
        name: str,
        language: str,
        timezone: str,
        at: datetime,
        *,
        guest: bool = False,
    ) -> Person:
        """A new person with this account. StoreConflict where the account has one already.

        guest: until they `stay`, they can be forgotten without a trace.
        """
        row = PersonRow(id=self._new_id(), name=name, language=language, timezone=timezone, created_at=at, guest=guest)
        self._session.add(row)
        self._session.flush()
        self._session.add(AccountRow(channel=channel, external_id=external_id, person=row.id))
        self._session.flush()
        return _person(row)

    def update(
        self, person_id: str, *, name: str | None = None, language: str | None = None, timezone: str | None = None
    ) -> Person:
        """Change what is given and leave the rest; the person as changed. LookupError where there is none."""
        row = self._row(person_id)
        row.name = row.name if name is None else name
        row.language = row.language if language is None else language
        row.timezone = row.timezone if timezone is None else timezone
        self._session.flush()
        return _person(row)

    def wish(self, person_id: str, *, reminders: bool | None = None, quiet: tuple[str, str] | None = None) -> Person:
        """Whether they are reminded, and from when to when not; what is not given stays. LookupError."""
        row = self._row(person_id)
        row.reminders = row.reminders if reminders is None else reminders
        row.quiet_from, row.quiet_to = (row.quiet_from, row.quiet_to) if quiet is None else quiet
        self._session.flush()
        return _person(row)

    def stay(self, person_id: str) -> None:
        """A guest no more: they joined, or began something of their own. LookupError."""
        self._row(person_id).guest = False
        self._session.flush()

    def _row(self, person_id: str) -> PersonRow:
        row = self._session.get(PersonRow, person_id)
        if row is None:
            raise LookupError(person_id)
        return row


def _person(row: PersonRow) -> Person:
    wishes = (row.reminders, row.quiet_from, row.quiet_to)
    return Person(row.id, row.name, row.language, row.timezone, row.created_at, row.guest, *wishes)
