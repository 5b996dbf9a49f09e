"""People and their accounts. Must not know which channels there are, or what a person takes part in."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, select

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

    def register(self, channel: str, external_id: str, name: str, language: str, timezone: str, at: datetime) -> Person:
        """A new person with this account. StoreConflict where the account has one already."""
        row = PersonRow(id=self._new_id(), name=name, language=language, timezone=timezone, created_at=at)
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

    def _row(self, person_id: str) -> PersonRow:
        row = self._session.get(PersonRow, person_id)
        if row is None:
            raise LookupError(person_id)
        return row


def _person(row: PersonRow) -> Person:
    return Person(row.id, row.name, row.language, row.timezone, row.created_at)
