"""The session of a writing unit: it holds every row that it has loaded. Must not know tables.

SQLAlchemy's identity map is weak: a row that nobody holds between two uses is loaded again, and one tap uses the
same few rows many times. Only for short transactions: a long read would hold all that it passes.
"""

from sqlalchemy import event
from sqlmodel import Session


class HoldingSession(Session):
    """Rows that were loaded or stored stay until the session is closed."""


_HELD = "held"


@event.listens_for(HoldingSession, "loaded_as_persistent")
@event.listens_for(HoldingSession, "pending_to_persistent")
def _hold(session: HoldingSession, row: object) -> None:
    session.info.setdefault(_HELD, []).append(row)
