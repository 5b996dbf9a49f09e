"""All tables. A change here needs a migration beside it; a test holds both against each other.

Rows stay inside the store. Must not know use cases, or the channel behind an id.
"""

from bot.store.tables.assessment import AssessmentRow, MembershipRow, RoundRow, SchemeTextRow, SheetRow
from bot.store.tables.base import metadata
from bot.store.tables.insight import TriedRow, WishRow
from bot.store.tables.panel import BlobRow, FetchRow, InviteRow, ReminderRow
from bot.store.tables.people import AccountRow, ChatRow, FocusRow, PersonRow, StrayRow
from bot.store.tables.record import EntryBodyRow, EntryRow
from bot.store.tables.traffic import InboxRow, LeaseRow, NoticeRow, PresenceRow

__all__ = [
    "AccountRow",
    "AssessmentRow",
    "BlobRow",
    "ChatRow",
    "EntryBodyRow",
    "EntryRow",
    "FetchRow",
    "FocusRow",
    "InboxRow",
    "InviteRow",
    "LeaseRow",
    "MembershipRow",
    "NoticeRow",
    "PersonRow",
    "PresenceRow",
    "ReminderRow",
    "RoundRow",
    "SchemeTextRow",
    "SheetRow",
    "StrayRow",
    "TriedRow",
    "WishRow",
    "metadata",
]
