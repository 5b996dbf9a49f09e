"""What a person could be reminded of now. Everything is loaded through their membership, as they may see it.

Must not know when they want to hear of it, or how it is worded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from bot.domain.panel_entries import ReconsiderationAsked
from bot.service.case import Case
from bot.service.cases import Cases
from bot.service.world import World
from bot.view.reminder import Action, Asked, Item, Knocks, Open

if TYPE_CHECKING:
    from bot.store.unit import Unit
    from bot.store.values import Person

Kind: TypeAlias = Literal["open", "action", "asked", "knocks"]
UNTOUCHED, AGAIN = timedelta(days=3), timedelta(days=7)
"""An open assessment is reminded of after three days, then every seven."""
AHEAD = timedelta(days=3)
"""So long before it is due, a corrective action is reminded of; then every seven days."""
WAITED, WAITS_ON = timedelta(days=1), timedelta(days=3)
"""What somebody waits for is reminded of after a day, then every three: they were told at once."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be reminded of: kind, assessment and subject name it, for not doing so again too soon."""

    kind: Kind
    assessment: str
    subject: str
    item: Item


def due(world: World, unit: "Unit", person: "Person", now: datetime, today: date) -> list[Due]:
    """All of it, the newest assessment first. today: by the person's clock. Archived ones: their actions alone."""
    cases = Cases(world, unit, person)
    look = _Look(unit, person.id, now, today)
    found: list[Due] = []
    for listed in cases.listed():
        case = cases.open(listed)
        found += [*look.open(case), *look.asked(case), *look.knocks(case), *look.actions(case)]
    for listed in cases.listed(archived=True):
        found += look.actions(cases.open(listed))
    return found


@dataclass(frozen=True, slots=True)
class _Look:
    unit: "Unit"
    person: str
    now: datetime
    today: date

    def open(self, case: Case) -> Iterator[Due]:
        """An open assessment in which the person has something to do, and did nothing for days."""
        listed = case.listed
        mine = [sheet for sheet in case.state.sheets.values() if sheet.person == self.person]
        works = case.actor.role == "lead" or any(sheet.status == "open" for sheet in mine)
        if listed.state != "open" or not works or self.now - listed.touched_at < UNTOUCHED:
            return
        last = self._last("open", case, "")
        if last is None or last < listed.touched_at or self.now - last >= AGAIN:
            days = (self.now - listed.touched_at).days
            yield self._due("open", case, "", Open(case.seen.name, listed.answered, listed.asked, days))

    def actions(self, case: Case) -> Iterator[Due]:
        """Corrective actions that are due, for the lead and for whoever recorded the finding."""
        for finding in case.seen.found.values():
            concerned = case.actor.role == "lead" or finding.person == self.person
            if not concerned or finding.withdrawn or finding.state != "open" or not finding.due:
                continue
            left = date.fromisoformat(finding.due) - self.today
            if left <= AHEAD and self._again("action", case, str(finding.seq), AGAIN):
                item = Action(case.seen.name, finding.text, finding.due, left.days)
                yield self._due("action", case, str(finding.seq), item)

    def asked(self, case: Case) -> Iterator[Due]:
        """Ratings of the person's that the lead wants reconsidered."""
        mine = [one for one in case.state.sheets.values() if one.person == self.person and one.status == "submitted"]
        if case.state.closed or not any(one.asked for one in mine):
            return
        since = {
            (entry.sheet, entry.question): entry.at
            for entry in self.unit.entries.after(case.listed.id, 0)
            if isinstance(entry.body, ReconsiderationAsked)
        }
        for sheet in mine:
            for question in sheet.asked:
                at = _EPOCH + timedelta(milliseconds=since[sheet.id, question])
                subject = f"{sheet.id}:{question}"
                if self.now - at >= WAITED and self._again("asked", case, subject, WAITS_ON):
                    yield self._due("asked", case, subject, Asked(case.seen.name, question.indicator))

    def knocks(self, case: Case) -> Iterator[Due]:
        """People who ask the lead to be let in."""
        if case.actor.role != "lead":
            return
        for invite in self.unit.invites.unsettled(case.listed.id):
            if invite.taken_by is None or invite.taken_at is None or invite.kind == "basis":
                continue
            if self.now - invite.taken_at >= WAITED and self._again("knocks", case, invite.id, WAITS_ON):
                who = self.unit.people.get(invite.taken_by).name
                yield self._due("knocks", case, invite.id, Knocks(case.seen.name, who))

    def _again(self, kind: Kind, case: Case, subject: str, rest: timedelta) -> bool:
        last = self._last(kind, case, subject)
        return last is None or self.now - last >= rest

    def _last(self, kind: Kind, case: Case, subject: str) -> datetime | None:
        return self.unit.reminders.last(self.person, kind, case.listed.id, subject)

    def _due(self, kind: Kind, case: Case, subject: str, item: Item) -> Due:
        return Due(kind, case.listed.id, subject, item)
