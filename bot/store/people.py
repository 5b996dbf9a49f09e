"""People and their accounts. Must not know which channels there are, or what a person takes part in."""

from collections.abc import Callable, Collection
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update

from bot.store.known import Kind
from bot.store.tables import AccountRow, PersonRow
from bot.store.tables.base import table_of
from bot.store.values import Person
from bot.store.work import Work

_PERSON: Final = table_of(PersonRow)
_ACCOUNT: Final = table_of(AccountRow)
_NAMES: Final = tuple(field.name for field in fields(Person))
_ALL: Final = select(*(_PERSON.c[name] for name in _NAMES))
_GET: Final = _ALL.where(_PERSON.c.id == bindparam("who"))
_FIND: Final = _ALL.join_from(_ACCOUNT, _PERSON, _ACCOUNT.c.person == _PERSON.c.id).where(
    _ACCOUNT.c.channel == bindparam("channel"), _ACCOUNT.c.external_id == bindparam("external")
)
_PEOPLE: Final = Kind(_PERSON.name, _GET, ("who",), lambda row: Person(*row))
_WHOSE: Final = select(_ACCOUNT.c.person).where(
    _ACCOUNT.c.channel == bindparam("channel"), _ACCOUNT.c.external_id == bindparam("external")
)
_ACCOUNTS: Final = Kind(_ACCOUNT.name, _WHOSE, ("channel", "external"), lambda row: str(row[0]))
_CALLED: Final = select(_PERSON.c.id, _PERSON.c.name).where(_PERSON.c.id.in_(bindparam("people", expanding=True)))
_ADD: Final = insert(_PERSON)
_ADD_ACCOUNT: Final = insert(_ACCOUNT)
_CHANGE: Final = (
    update(_PERSON)
    .where(_PERSON.c.id == bindparam("who"))
    .values({name: bindparam(name) for name in _NAMES if name not in {"id", "created_at"}})
)


class People:
    """Part of a unit of work: who somebody is."""

    def __init__(self, work: Work, new_id: Callable[[], str]) -> None:
        self._work = work
        self._new_id = new_id

    def find(self, channel: str, external_id: str) -> Person | None:
        """Whom the channel means by this id; None: not registered."""
        known = self._work.known(_ACCOUNTS, channel, external_id)
        if known is not None:
            return self.get(known)
        row = self._work.read(_FIND, {"channel": channel, "external": external_id}).one_or_none()
        if row is None:
            return None
        person = Person(*row)
        self._work.know(_ACCOUNTS, person.id, channel, external_id)
        return self._know(person)

    def get(self, person_id: str) -> Person:
        """The person of our random id. LookupError where there is none."""
        found = self._work.row(_PEOPLE, person_id)
        if found is None:
            raise LookupError(person_id)
        return found

    def names(self, people: Collection[str]) -> dict[str, str]:
        """Person id -> name, of those that there are: what the command line recorded is nobody's."""
        return dict(self._work.pairs(_CALLED, {"people": list(people)}))

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
        person = Person(self._new_id(), name, language, timezone, at, guest=guest)
        self._work.write(_ADD, {name: getattr(person, name) for name in _NAMES}, only=(person.id,))
        account = {"channel": channel, "external_id": external_id, "person": person.id}
        self._work.write(_ADD_ACCOUNT, account, only=(channel, external_id))
        return person

    def update(
        self, person_id: str, *, name: str | None = None, language: str | None = None, timezone: str | None = None
    ) -> Person:
        """Change what is given and leave the rest; the person as changed. LookupError where there is none."""
        given = {"name": name, "language": language, "timezone": timezone}
        return self._change(person_id, **{key: value for key, value in given.items() if value is not None})

    def wish(self, person_id: str, *, reminders: bool | None = None, quiet: tuple[str, str] | None = None) -> Person:
        """Whether they are reminded, and from when to when not; what is not given stays. LookupError."""
        hours = {} if quiet is None else {"quiet_from": quiet[0], "quiet_to": quiet[1]}
        return self._change(person_id, **hours, **({} if reminders is None else {"reminders": reminders}))

    def stay(self, person_id: str) -> None:
        """A guest no more: they joined, or began something of their own. LookupError."""
        self._change(person_id, guest=False)

    def _know(self, person: Person) -> Person:
        return self._work.know(_PEOPLE, person, person.id)

    def _change(self, person_id: str, **changes: Any) -> Person:  # noqa: ANN401  of many types
        person = replace(self.get(person_id), **changes)
        columns = {name: getattr(person, name) for name in _NAMES if name not in {"id", "created_at"}}
        self._work.write(_CHANGE, {"who": person_id, **columns}, only=(person_id,))
        return self._know(person)
