"""An assessment as one person has it open, and how they act on it. The only way to load one: through membership.

Must not know screens or channels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.commands import Actor, Command, OpenSheet
from bot.domain.entries import Draft, Mode, SheetOpened
from bot.domain.interview import begin, decide, open_questions, progress
from bot.domain.record import Source
from bot.domain.refusals import UnknownAssessment
from bot.domain.sampling import first_covers
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, SheetState, fold
from bot.service.timekeeping import warn_of_step_back
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Lifecycle, Listed, Meta, Person
from bot.view.facts import Desk


@dataclass(frozen=True, slots=True)
class Case:
    """One assessment, loaded for one person. sheets: sheet id -> its public name."""

    listed: Listed
    person: Person
    scheme: Scheme
    state: AssessmentState
    sheets: dict[str, str]

    @property
    def actor(self) -> Actor:
        return Actor(self.person.id, "viewer" if self.listed.role == "operator" else self.listed.role)

    def desk(self, sheet: str = "") -> Desk:
        """What screens need; `sheet`: the one in hand, where it is the person's own; else the one to go on with."""
        mine = [one for one in self.state.sheets.values() if one.person == self.person.id]
        own = next((one for one in mine if one.id == sheet), None) or self._to_go_on(mine)
        return Desk(
            ref=self.listed.ref,
            scheme=self.scheme,
            state=self.state,
            sheet_ref=self.sheets[own.id] if own else "",
            own=own,
            lead=self.listed.role == "lead",
            seq=self.state.seq,
            archived=self.listed.archived,
            sheets=tuple((self.sheets[one.id], one) for one in mine),
        )

    def _to_go_on(self, mine: list[SheetState]) -> SheetState | None:
        """The first open sheet with an open question, else the newest open one, else the newest."""
        asking = (one for one in mine if one.status == "open" and open_questions(self.scheme, one))
        return next(asking, self.state.sheet_of(self.person.id))


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and from where the entries of one event come."""

    at: datetime
    source: Source
    source_date: datetime | None = None


class Cases:
    """The person's assessments within one transaction."""

    def __init__(self, world: World, unit: Unit, person: Person) -> None:
        self._world = world
        self._unit = unit
        self._person = person

    def by_ref(self, ref: str) -> Case:
        """UnknownAssessment where there is none, or none of this person's."""
        return self._open(self._unit.assessments.find(self._person.id, ref))

    def by_id(self, assessment: str) -> Case:
        """As by_ref, by the inner id."""
        return self._open(self._unit.assessments.find_id(self._person.id, assessment))

    def by_sheet(self, ref: str) -> tuple[Case, SheetState]:
        """The case of one of the person's own sheets. UnknownAssessment for anybody else's."""
        found = self._unit.assessments.sheet(self._person.id, ref)
        if found is None or found.person != self._person.id:
            raise UnknownAssessment
        case = self.by_id(found.assessment)
        return case, case.state.sheets[found.id]

    def listed(self, *, archived: bool = False) -> tuple[Listed, ...]:
        return self._unit.assessments.of(self._person.id, archived=archived)

    def open(self, listed: Listed) -> Case:
        """The case of an entry of the person's own list."""
        return self._open(listed)

    def start(self, scheme: Scheme, mode: Mode, organisation: str, stamp: Stamp) -> Case:
        """Begin an assessment. TextEmpty, TextTooLong."""
        drafts = begin(scheme, mode, organisation, sheet="")
        self._unit.schemes.keep(scheme.digest, scheme.id, self._world.library.text(scheme.digest))
        listed = self._unit.assessments.create(
            scheme.id, scheme.digest, scheme.scoring_digest, mode, self._person.id, stamp.at
        )
        sheet = self._unit.assessments.open_sheet(listed.id, self._person.id, "", first_covers(scheme))
        case = Case(listed, self._person, scheme, AssessmentState(), {sheet.id: sheet.ref})
        return self.record(case, [replace(d, sheet=sheet.id) if d.kind == "sheet-opened" else d for d in drafts], stamp)

    def act(self, case: Case, command: Command, stamp: Stamp) -> tuple[Case, bool]:
        """Decide and record; the case as it is now, and whether anything was recorded (a double tap: nothing)."""
        drafts = decide(case.scheme, case.state, case.actor, command)
        return (self.record(case, drafts, stamp), True) if drafts else (case, False)

    def open_sheet(self, case: Case, name: str, covers: tuple[str, ...], stamp: Stamp) -> tuple[Case, str]:
        """Begin another sheet of the person's own; the case and the sheet's public name. RoundTaken, NotAllowed."""
        bodies = [draft.body for draft in decide(case.scheme, case.state, case.actor, OpenSheet("new", name, covers))]
        # The name as it was cleaned: no database keeps NUL.
        round_ = next(body.round for body in bodies if isinstance(body, SheetOpened))
        sheet = self._unit.assessments.open_sheet(case.listed.id, self._person.id, round_, covers)
        case = replace(case, sheets={**case.sheets, sheet.id: sheet.ref})
        case, _ = self.act(case, OpenSheet(sheet.id, name, covers), stamp)
        return case, sheet.ref

    def record(self, case: Case, drafts: Sequence[Draft], stamp: Stamp) -> Case:
        """Append what was decided, and bring the list's figures up to date."""
        warn_of_step_back(case.listed.touched_at, stamp.at)
        meta = Meta(
            at=stamp.at,
            person=self._person.id,
            role=case.listed.role,
            scheme_digest=case.scheme.digest,
            source=stamp.source,
            source_date=stamp.source_date,
        )
        state = fold(case.state, self._unit.entries.append(case.listed.id, drafts, meta))
        counts = [progress(case.scheme, sheet) for sheet in state.counted]
        status: Lifecycle = "deleted" if state.erased else "closed" if state.closed else "open"
        self._unit.assessments.project(
            case.listed.id,
            name="" if state.erased else state.name,
            answered=sum(answered for answered, _ in counts),
            asked=sum(asked for _, asked in counts),
            touched_at=stamp.at,
            state=status,
            closed_at=stamp.at if state.closed and not case.state.closed else None,
        )
        return replace(case, state=state)

    def _open(self, listed: Listed | None) -> Case:
        if listed is None:
            raise UnknownAssessment
        scheme = self._world.library.pinned(listed.scheme_digest, self._unit.schemes.text)
        sheets = {sheet.id: sheet.ref for sheet in self._unit.assessments.sheets(listed.id)}
        return Case(listed, self._person, scheme, self._world.folds.state(self._unit, listed), sheets)
