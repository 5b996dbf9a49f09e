"""One event of one person, inside its transaction: who they are, where they stand, what they have open.

Must not know what any event means (`respond.py`) or what any screen looks like (`show.py`).
"""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.domain.cleaning import NAME_LIMIT, clean_name
from bot.domain.focus import Focus
from bot.domain.record import Source
from bot.domain.refusals import TextRefused
from bot.domain.scales import Language
from bot.service.cases import Cases, Stamp
from bot.service.events import Delivery, Who
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Person
from bot.view.payload import BadPayload, decode
from bot.view.places import Home, Place
from bot.words import Words


class Outcome(NamedTuple):
    """What an event leads to: the place to show, a line on top of it, and the toast of a tap.

    fresh: a new card at the bottom of the chat instead of an edit. place None: stay where the person is.
    said: a plain message of its own, said at once and kept nowhere. parting: the line is the last that the person
    hears, on a card without buttons. stray: a link was opened that is of no use; such are counted.
    files, hold: as in events.Reply.
    """

    place: Place | None = None
    line: str = ""
    toast: str = ""
    alert: bool = False
    fresh: bool = False
    choices: tuple[object, ...] = ()
    said: str = ""
    parting: bool = False
    stray: bool = False
    files: bool = False
    hold: float = 0.0


class Talk:
    """The context of one event. `focus` is replaced as the event is worked on and stored at its end."""

    def __init__(
        self,
        world: World,
        unit: Unit,
        who: Who,
        delivery: Delivery,
        person: Person | None = None,
        *,
        guest: bool = False,
        now: datetime | None = None,
    ) -> None:
        """person: who they are, where that is known without their account. guest: one who is new came by a link.

        now: when the event is worked on; None: at this moment.
        """
        self.world = world
        self.unit = unit
        self.who = who
        self.now = now or world.clock()
        self._delivery = delivery
        self._worded: tuple[Person, Words] | None = None
        self.person = person or self._known(guest=guest)
        self.focus: Focus = unit.focus.get(self.person.id, who.channel)
        self.cases = Cases(world, unit, self.person)

    @property
    def language(self) -> Language:
        """The person's choice, else what their client speaks, else the default."""
        return language_for(self.person.language, self.who.hint, self.world.language)

    @property
    def words(self) -> Words:
        """Those of the person as they are now."""
        worded = self._worded
        if worded is None or worded[0] is not self.person:
            worded = self._worded = self.person, Words.of(self.language, self.person.timezone or self.world.zone)
        return worded[1]

    def stamp(self, message: str = "") -> Stamp:
        """message: the person's own message that caused what is recorded; '' for a tap."""
        # A private chat is a person's account: in the record, which nobody can change, it goes by our id of them.
        source = Source(self.who.channel, self.person.id, message, self._delivery.update)
        return Stamp(self.now, source, self._delivery.sent_at)

    @property
    def row(self) -> int:
        """The row of the inbox that this event came from; 0: none."""
        return self._delivery.inbox

    def refocus(self, **changes: object) -> None:
        self.focus = self.focus._replace(**changes)  # type: ignore[arg-type]

    def place(self) -> Place:
        """Where the person is; home where that is nowhere any more."""
        try:
            place = decode(self.focus.place) if self.focus.place else Home()
        except BadPayload:
            return Home()
        return place if isinstance(place, Place) else Home()

    def speak(self, language: Language) -> None:
        self.unit.people.update(self.person.id, language=language)
        self.person = replace(self.person, language=language)

    def live_in(self, zone: str) -> None:
        self.unit.people.update(self.person.id, timezone=zone)
        self.person = replace(self.person, timezone=zone)

    def stay(self) -> None:
        """A guest no more: what they do is their own."""
        self.unit.people.stay(self.person.id)
        self.person = replace(self.person, guest=False)

    def _known(self, *, guest: bool) -> Person:
        who, people = self.who, self.unit.people
        found = people.find(who.channel, who.external_id)
        if found is not None:
            return found
        name = _shown_name(who.name)
        return people.register(who.channel, who.external_id, name, "", "", self.now, guest=guest)


def _shown_name(name: str) -> str:
    """A display name fit for reports: people may call themselves anything; '' where nothing of it can be shown."""
    try:
        return clean_name(name[:NAME_LIMIT])
    except TextRefused:
        return ""


def language_for(chosen: str, hint: str, default: Language) -> Language:
    """What was chosen, else what the client's language code says, else the default."""
    wanted = chosen or hint
    if not wanted:
        return default
    return "zh" if wanted.lower().startswith("zh") else "en"
