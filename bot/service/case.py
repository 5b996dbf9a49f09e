"""An assessment as one person has it open: what may be seen of it, and what screens need. `cases.py` loads it.

Must not know screens or channels, or how anything is recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain import names
from bot.domain.blind import outlines, visible
from bot.domain.commands import Actor
from bot.domain.interview import open_questions
from bot.domain.kept import once
from bot.domain.sampling import visited
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, SheetState
from bot.store.values import Listed, Person
from bot.view.facts import Desk


@dataclass(frozen=True, init=False)
class Case:
    """One assessment, loaded for one person. sheets: sheet id -> its public name; names: person id -> name.

    state is whole: for deciding and recording, and nothing else. What is shown is made from `seen`, the one wall
    between members (domain/blind.py); `desk` gives that alone.
    """

    listed: Listed
    person: Person
    scheme: Scheme
    state: AssessmentState
    sheets: dict[str, str]
    names: Mapping[str, str] = field(default_factory=dict)

    def __init__(
        self,
        listed: Listed,
        person: Person,
        scheme: Scheme,
        state: AssessmentState,
        sheets: dict[str, str],
        names: Mapping[str, str] | None = None,
    ) -> None:
        # All at once: every tap makes one, and the way of a frozen dataclass takes several times as long.
        self.__dict__.update(listed=listed, person=person, scheme=scheme, state=state, sheets=sheets, names=names or {})

    @once
    def actor(self) -> Actor:
        return Actor(self.person.id, "viewer" if self.listed.role == "operator" else self.listed.role)

    @once
    def seen(self) -> AssessmentState:
        """What this person may see. How many entries there are tells who does not lead how busy others were."""
        found = visible(self.state, self.actor)
        return found if found is self.state or self.actor.role == "lead" else replace(found, seq=0)

    @property
    def blind(self) -> bool:
        """Whether anything is hidden from this person still."""
        return self.seen is not self.state

    @once
    def panel(self) -> bool:
        """Whether others rate too, or may: a sheet is then submitted by itself. One alone submits by closing."""
        if self.actor.role == "assessor":
            return True
        me, state = self.person.id, self.state
        if [sheet for sheet in state.sheets.values() if sheet.person != me]:
            return True
        return "assessor" in [role for person, role in state.members.items() if person != me]

    def relisted(self, listed: Listed) -> "Case | None":
        """The same by what its row says now, with what was made of it; None where that may differ too."""
        old = self.listed
        if old.touched_at == listed.touched_at and old == listed:  # all columns take longer than nearly always the one
            return self
        if self.panel or self.names or old.role != listed.role or old.scheme_digest != listed.scheme_digest:
            return None
        case = object.__new__(Case)
        case.__dict__.update(self.__dict__)
        case.__dict__["listed"] = listed
        return case

    def after(self, state: AssessmentState) -> "Case":
        """The same once more was recorded. Who rates is asked anew only where a sheet or a member came or went."""
        case = object.__new__(Case)
        made = case.__dict__
        made.update(self.__dict__)
        made["state"] = state
        made.pop("seen", None)
        if state.members is not self.state.members or len(state.sheets) != len(self.state.sheets):
            made.pop("panel", None)
        return case

    @property
    def counts_own(self) -> bool:
        """Whether numbers of entries would tell this person how busy others were."""
        return self.actor.role == "assessor" and self.blind

    def number(self, seq: int) -> int:
        """What a piece of evidence is called before this person: the number of its entry, or counted by itself."""
        return names.called(self.state.named, self.person.id).get(seq, seq) if self.counts_own else seq

    def desk(self, sheet: str = "") -> Desk:
        """What screens need; `sheet`: the one in hand, where it is the person's own; else the one to go on with."""
        seen, me, lead = self.seen, self.person.id, self.listed.role == "lead"
        blind = seen is not self.state
        mine = [one for one in seen.sheets.values() if one.person == me]
        own = seen.sheets.get(sheet)
        if own is None or own.person != me:
            own = self._to_go_on(mine)
        return Desk(
            ref=self.listed.ref,
            scheme=self.scheme,
            state=seen,
            sheet_ref=self.sheets[own.id] if own else "",
            own=own,
            lead=lead,
            seq=self.state.seq if lead else 0,
            archived=self.listed.archived,
            sheets=tuple([(self.sheets[one.id], one) for one in mine]),
            rates=self.listed.role in {"lead", "assessor"},
            panel=self.panel,
            blind=blind,
            hidden=outlines(self.scheme, self.state, self.actor) if blind else (),
            units=len(visited(self.scheme, self.state)) if lead and blind else None,
            counts=(self.listed.answered, self.listed.asked),
            names=self.names,
            numbers=names.called(self.state.named, me) if blind and self.counts_own else {},
            order=self.listed.ask_order,
        )

    def _to_go_on(self, mine: list[SheetState]) -> SheetState | None:
        """The first open sheet with an open question, else the newest open one, else the newest."""
        asking = (one for one in mine if one.status == "open" and open_questions(self.scheme, one))
        return next(asking, self.seen.sheet_of(self.person.id))
