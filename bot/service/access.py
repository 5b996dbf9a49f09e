"""Who may use the bot at all (ACCESS), and what everybody else is told. Must not know what anybody did.

A stranger gets the same line for whatever they send, a few times a day, and nothing of theirs is kept but an emptied
row of the inbox (RELIABILITY 4, rows 59 and 99).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.service.events import Event, Reply, Tapped, Who
from bot.service.quota import Quota
from bot.words import Words

if TYPE_CHECKING:
    from bot.store.unit import Unit

ANSWERS, DAY, PACE = 5, 86_400.0, 1.0
"""A stranger is answered five times a day, and not twice within a second."""


@dataclass(frozen=True, slots=True)
class Door:
    """open: anybody may come in. admins: (channel, its id); local: channels of whoever sits at the machine."""

    open: bool = True
    admins: frozenset[tuple[str, str]] = frozenset()
    local: frozenset[str] = frozenset({"terminal"})

    def admits(self, unit: "Unit", who: Who) -> bool:
        """Whether this account may use the bot: an administrator, or a member of any assessment.

        An invitation opens no more than its own question, yes or no: `joining.expected`.
        """
        if self.open or who.channel in self.local or (who.channel, who.external_id) in self.admins:
            return True
        person = unit.people.find(who.channel, who.external_id)
        return person is not None and unit.assessments.takes_part(person.id)


class Strangers:
    """What those who may not come in are told. Counts in memory alone."""

    def __init__(self) -> None:
        self._quota = Quota(ANSWERS, DAY, pace=PACE)

    def reply(self, who: Who, event: Event, now: float) -> Reply:
        """The one line, or silence. It says the same to everybody: no name, no hint of what there is."""
        if not self._quota.take(f"{who.channel}:{who.external_id}", now):
            return Reply(silent=True)
        line = invited_only()
        return Reply(toast=line, alert=True) if isinstance(event, Tapped) else Reply(line=line)


def invited_only() -> str:
    """How to get in, in both languages: nothing is known of a stranger. Plain text, fit for a toast."""
    return "\n".join(Words.of(language).say("access.invited-only") for language in ("zh", "en"))
