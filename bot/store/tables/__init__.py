"""All tables. A change here needs a migration beside it; a test holds both against each other.

Rows stay inside the store. Must not know use cases, or the channel behind an id.
"""

from bot.store.tables.assessment import AssessmentRow, MembershipRow, RoundRow, SchemeTextRow, SheetRow
from bot.store.tables.base import metadata
from bot.store.tables.people import AccountRow, ChatRow, FocusRow, PersonRow
from bot.store.tables.record import EntryBodyRow, EntryRow
from bot.store.tables.traffic import InboxRow, LeaseRow, NoticeRow

__all__ = [
    "AccountRow",
    "AssessmentRow",
    "ChatRow",
    "EntryBodyRow",
    "EntryRow",
    "FocusRow",
    "InboxRow",
    "LeaseRow",
    "MembershipRow",
    "NoticeRow",
    "PersonRow",
    "RoundRow",
    "SchemeTextRow",
    "SheetRow",
    "metadata",
]
