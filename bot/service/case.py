"""An assessment as one person has it open, and how they act on it. The only way to load one: through membership.

Must not know screens or channels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain import names
from bot.domain.blind import counted, counts_of, moved, outlines, visible
from bot.domain.commands import Actor, Command, OpenSheet
from bot.domain.entries import Draft, Mode, SheetOpened
from bot.domain.interview import begin, decide, open_questions
from bot.domain.kept import once
from bot.domain.record import Source
from bot.domain.refusals import UnknownAssessment
from bot.domain.sampling import first_covers, visited
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, SheetState, fold
from bot.service.timekeeping import warn_of_step_back
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Lifecycle, Listed, Meta, Person
from bot.view.facts import Desk


@dataclass(frozen=True)
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
        in_hand = [one for one in mine if one.id == sheet]
        own = in_hand[0] if in_hand else self._to_go_on(mine)
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
            units=len(visited(self.scheme, self.state if lead else seen)),
            counts=(self.listed.answered, self.listed.asked),
            names=self.names,
            numbers=names.called(self.state.named, me) if self.counts_own else {},
            order=self.listed.ask_order,
        )

    def _to_go_on(self, mine: list[SheetState]) -> SheetState | None:
        """The first open sheet with an open question, else the newest open one, else the newest."""
        asking = (one for one in mine if one.status == "open" and open_questions(self.scheme, one))
        return next(asking, self.seen.sheet_of(self.person.id))


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and from where the entries of one event come."""

    at: datetime
    source: Source
    source_date: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What one act recorded: for those who are to be told of it."""

    before: Case
    after: Case
    drafts: tuple[Draft, ...]


class Cases:
    """The person's assessments within one transaction. news: what was recorded in it, in order.

    What was loaded is remembered: one tap asks for the same case many times. It is held against the rows of this
    transaction each time, and loaded anew where an entry or a membership came or went beside it.
    """

    def __init__(self, world: World, unit: Unit, person: Person) -> None:
        self.news: list[News] = []
        self._world = world
        self._unit = unit
        self._person = person
        self._known: dict[str, Case] = {}
        self._rested: dict[str, tuple[Case, SheetState]] | None = None
        self._named: dict[str, str] = {}

    def by_ref(self, ref: str) -> Case:
        """UnknownAssessment where there is none, or none of this person's."""
        known = next((case.listed.id for case in self._known.values() if case.listed.ref == ref), "")
        return self.by_id(known) if known else self._open(self._unit.assessments.find(self._person.id, ref))

    def by_id(self, assessment: str) -> Case:
        """As by_ref, by the inner id."""
        return self._open(self._unit.assessments.find_id(self._person.id, assessment))

    def rest(self) -> None:
        """Until something is recorded again nothing changes under us: a sheet is looked for once."""
        self._rested = {}

    def by_sheet(self, ref: str) -> tuple[Case, SheetState]:
        """The case of one of the person's own sheets. UnknownAssessment for anybody else's."""
        if self._rested is None:
            return self._by_sheet(ref)
        if ref not in self._rested:
            self._rested[ref] = self._by_sheet(ref)
        return self._rested[ref]

    def _by_sheet(self, ref: str) -> tuple[Case, SheetState]:
        for known in self._known.values():
            for inner, name in known.sheets.items():
                if name == ref:
                    case, sheet = self.by_id(known.listed.id), known.state.sheets[inner]
                    if sheet.person != self._person.id:
                        raise UnknownAssessment
                    return case, case.state.sheets[inner]
        found = self._unit.assessments.sheet(self._person.id, ref)
        if found is None or found.person != self._person.id:
            raise UnknownAssessment
        case = self.by_id(found.assessment)
        return case, case.state.sheets[found.id]

    @property
    def states(self) -> dict[str, AssessmentState]:
        """What is known of assessments now, by id."""
        return {assessment: case.state for assessment, case in self._known.items()}

    def listed(self, *, archived: bool = False) -> tuple[Listed, ...]:
        return self._unit.assessments.of(self._person.id, archived=archived)

    def open(self, listed: Listed) -> Case:
        """The case of an entry of the person's own list."""
        return self._open(listed)

    def start(self, scheme: Scheme, mode: Mode, organisation: str, stamp: Stamp, text: str = "") -> Case:
        """Begin an assessment. text: the scheme's own, where it is not on offer any more. TextEmpty, TextTooLong."""
        drafts = begin(scheme, mode, organisation, sheet="")
        self._unit.schemes.keep(scheme.digest, scheme.id, text or self._world.library.text(scheme.digest))
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
        self._rested = None
        meta = Meta(
            at=stamp.at,
            person=self._person.id,
            role=case.listed.role,
            scheme_digest=case.scheme.digest,
            source=stamp.source,
            source_date=stamp.source_date,
        )
        state = fold(case.state, self._unit.entries.append(case.listed.id, drafts, meta))
        after = Case(case.listed, case.person, case.scheme, state, case.sheets, case.names)
        self._known[case.listed.id] = after
        self._project(case, after, stamp.at)
        self.news.append(News(case, after, tuple(drafts)))
        return after

    def _project(self, before: Case, after: Case, at: datetime) -> None:
        """What lists show: of the whole for the operator, and for each member what that member may know (DESIGN 6)."""
        state, listed = after.state, after.listed.id
        status: Lifecycle = "deleted" if state.erased else "closed" if state.closed else "open"
        answered, asked = counted(after.scheme, state)
        last = self._unit.assessments.project(
            listed,
            name="" if state.erased else state.name,
            answered=answered,
            asked=asked,
            touched_at=at,
            state=status,
            closed_at=at if state.closed and not before.state.closed else None,
        )
        warn_of_step_back(last, at)
        # An assessor's figures come from their own sheets: they move with what that assessor can see, or not at all.
        assessors = [
            person
            for person, role in state.members.items()
            if role == "assessor" and (person == self._person.id or moved(before.state, state, Actor(person, role)))
        ]
        if not assessors:
            return
        for person, (done, due) in counts_of(after.scheme, state, dict.fromkeys(assessors, "assessor")).items():
            self._unit.assessments.project_for(listed, person, answered=done, asked=due, touched_at=at)

    def _open(self, listed: Listed | None) -> Case:
        if listed is None:
            raise UnknownAssessment
        known = self._known.get(listed.id)
        if known is None or known.state.seq != listed.seq:
            state = self._world.folds.state(self._unit, listed)
            sheets = self._world.folds.sheets(self._unit, listed.id, state)
        elif same := known.relisted(listed):
            self._known[listed.id] = same
            return same
        else:
            sheets, state = known.sheets, known.state
        scheme = self._world.library.pinned(listed.scheme_digest, self._unit.schemes.text)
        case = Case(listed, self._person, scheme, state, sheets)
        case = self._known[listed.id] = replace(case, names=self._names(case)) if case.panel else case
        return case

    def _names(self, case: Case) -> dict[str, str]:
        """Of those whose sheets this person sees, or is told of."""
        told = {one.person for one in outlines(case.scheme, case.state, case.actor)}
        people = told | {sheet.person for sheet in case.seen.sheets.values()}
        others = people - {self._person.id}
        if others - self._named.keys():
            self._named |= self._unit.people.names(sorted(others))
        named = {who: name for who, name in self._named.items() if who in others}
        mine = {self._person.id: self._unit.people.get(self._person.id).name} if len(others) < len(people) else {}
        return {**named, **mine}
