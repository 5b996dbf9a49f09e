"""Where people stand, one row per person and channel. Must not know what a place looks like."""

import json
from dataclasses import asdict, fields

from sqlmodel import Session

from bot.domain.focus import Focus, Pending
from bot.store.tables import FocusRow


class Foci:
    """Part of a unit of work: the focus of each person in each channel."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, person: str, channel: str) -> Focus:
        """Where the person stands; at home where nothing was put yet."""
        row = self._session.get(FocusRow, (person, channel))
        if row is None:
            return Focus()
        columns = {field.name: getattr(row, field.name) for field in fields(Focus) if field.name != "pending"}
        return Focus(**columns, pending=tuple(Pending(**one) for one in json.loads(row.pending)))

    def put(self, person: str, channel: str, focus: Focus) -> None:
        """Replace where the person stands."""
        columns = asdict(focus)
        # With ASCII escapes, since nobody reads the column and a typed text may hold anything.
        pending = json.dumps(columns.pop("pending"))
        self._session.merge(FocusRow(person=person, channel=channel, **columns, pending=pending))
        self._session.flush()
