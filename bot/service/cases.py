"""How a person acts on assessments within one transaction. The only way to load one: through membership.

Must not know screens or channels.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.domain.blind import counted, counts_of, moved, outlines
from bot.domain.commands import Actor, Command, OpenSheet
from bot.domain.entries import Draft, Mode, SheetOpened
from bot.domain.interview import begin, decide
from bot.domain.record import Source
from bot.domain.refusals import UnknownAssessment
from bot.domain.sampling import first_covers
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, SheetState, fold
from bot.service.case import Case
from bot.service.timekeeping import warn_of_step_back
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Lifecycle, Listed, Meta, Person


class Stamp(NamedTuple):
    """When and from where the entries of one event come."""

    at: datetime
    source: Source
    source_date: datetime | None = None


class News(NamedTuple):
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
        self._where: dict[str, tuple[str, str]] = {}
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
        rested = self._rested
        if rested is None:
            return self._by_sheet(ref)
        found = rested.get(ref)
        if found is None:
            found = rested[ref] = self._by_sheet(ref)
        return found

    def _by_sheet(self, ref: str) -> tuple[Case, SheetState]:
        where = self._where.get(ref)
        if where is None:
            where = self._where[ref] = self._belongs(ref)
        case = self.by_id(where[0])
        return case, case.state.sheets[where[1]]

    def _belongs(self, ref: str) -> tuple[str, str]:
        """The ids of the assessment and of the sheet, which is this person's own: that never changes."""
        for known in self._known.values():
            for inner, name in known.sheets.items():
                if name == ref:
                    if known.state.sheets[inner].person != self._person.id:
                        raise UnknownAssessment
                    return known.listed.id, inner
        found = self._unit.assessments.sheet(self._person.id, ref)
        if found is None or found.person != self._person.id:
            raise UnknownAssessment
        return found.assessment, found.id

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
        after = case.after(state)
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
