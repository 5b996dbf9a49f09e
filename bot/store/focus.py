"""Where people stand, one row per person and channel. Must not know what a place looks like."""

import json
from dataclasses import asdict
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update

from bot.domain.focus import Focus, Pending
from bot.store.known import Kind
from bot.store.tables import FocusRow
from bot.store.tables.base import table_of
from bot.store.work import Work

_FOCUS: Final = table_of(FocusRow)
_NAMES: Final = tuple(name for name in Focus._fields if name != "pending")
_stands: Final = attrgetter(*_NAMES)
_HERE: Final = (_FOCUS.c.person == bindparam("who"), _FOCUS.c.channel == bindparam("where"))
_GET: Final = select(*(_FOCUS.c[name] for name in _NAMES), _FOCUS.c.pending).where(*_HERE)
_PUT: Final = update(_FOCUS).where(*_HERE).values({name: bindparam(name) for name in (*_NAMES, "pending")})
_PUT_NAMES: Final = (*_NAMES, "pending", "who", "where")
_BEGIN: Final = insert(_FOCUS)
_BEGIN_NAMES: Final = (*_NAMES, "pending", "person", "channel")


class Foci:
    """Part of a unit of work: the focus of each person in each channel."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, person: str, channel: str) -> Focus:
        """Where the person stands; at home where nothing was put yet."""
        return self._work.row(_STANDS, person, channel) or Focus()

    def put(self, person: str, channel: str, focus: Focus) -> None:
        """Replace where the person stands."""
        if self._work.known(_STANDS, person, channel) == focus:
            return
        # With ASCII escapes, since nobody reads the column and a typed text may hold anything.
        pending = json.dumps([asdict(one) for one in focus.pending]) if focus.pending else "[]"
        key = (person, channel)
        values = (*_stands(focus), pending, *key)
        if not self._work.put(_PUT, _PUT_NAMES, values, key).rowcount:
            self._work.put(_BEGIN, _BEGIN_NAMES, values, key)
        self._work.know(_STANDS, focus, *key)


def _focus(row: Any) -> Focus:  # noqa: ANN401  a row of `_GET`
    columns = dict(zip(_NAMES, row, strict=False))
    return Focus(**columns, pending=tuple(Pending(**one) for one in json.loads(row.pending)))


_STANDS: Final = Kind(_FOCUS.name, _GET, ("who", "where"), _focus)
