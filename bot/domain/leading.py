"""What only the lead may do: the head, the decisions, setting sheets aside, closing, deleting.

Must not know screens, storage, time.
Decisions belong to the assessment: agreed once, never averaged. The same again is no entry.
"""

from typing import TypeAlias, assert_never

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import Veto
from bot.domain.cleaning import NAME_LIMIT, NOTE_LIMIT, clean_name, clean_text
from bot.domain.commands import Actor
from bot.domain.entries import Drafts
from bot.domain.evidence import deductions
from bot.domain.grading import verdict
from bot.domain.measures import check_measure, check_population
from bot.domain.owning import unsupported
from bot.domain.refusals import (
    CannotClose,
    ChangedMeanwhile,
    EvidenceMissing,
    NotAllowed,
    OthersRated,
    OutOfRange,
    ReasonMissing,
    SheetClosed,
    SheetsOpen,
    TextEmpty,
    VetoStands,
)
from bot.domain.sampling import check_sample
from bot.domain.scheme import Scheme
from bot.domain.scoring import score
from bot.domain.state import AssessmentState, Decided

LeadCommand: TypeAlias = (
    c.SetHeader
    | c.DecideGate
    | c.DecideFindings
    | c.DecideBonus
    | c.SetMeasure
    | c.SetPopulation
    | c.SetAside
    | c.Close
    | c.Erase
)


def lead(
    scheme: Scheme,
    state: AssessmentState,
    actor: Actor,
    command: LeadCommand,
) -> Drafts:
    """The entries that a lead's command makes; a Refused says why not."""
    match command:
        case c.SetHeader(field, value):
            return _head(state, field, value)
        case c.DecideGate(gate, met, revision):
            if gate not in scheme.gates:
                raise NotAllowed
            return _once(state.gates.get(gate), met, revision, e.GateDecided(gate, met))
        case c.DecideFindings(findings, revision):
            if not scheme.adjustments or not scheme.adjustments.deductions:
                raise NotAllowed
            texts = tuple(clean_text(text) for text in findings)
            if texts != deductions(state.found):
                raise ChangedMeanwhile  # it counts findings that are recorded, and no others
            return _once(state.findings, texts, revision, e.FindingsDecided(texts))
        case c.DecideBonus(value, reason, revision):
            rules = scheme.adjustments and scheme.adjustments.bonus
            if not rules or value not in rules.values:
                raise OutOfRange(typed=str(value), form="bonus")
            if value and not reason.strip():
                raise ReasonMissing
            kept = clean_text(reason) if reason.strip() else ""
            return _once(state.bonus, value, revision, e.BonusDecided(value, kept), changed=_reason(state.bonus, kept))
        case c.SetMeasure(measure, month, numerator, denominator):
            return _measure(scheme, state, e.MeasureSet(measure, month, numerator, denominator))
        case c.SetPopulation(count):
            if scheme.sampling is None:
                raise NotAllowed
            check_population(count)
            return _once(state.population, count, None, e.PopulationSet(count))
        case c.SetAside(sheet, reason):
            return _set_aside(state, sheet, reason)
        case c.Close():
            return _close(scheme, state, actor)
        case c.Erase():
            if any(sheet.person != actor.person for sheet in state.sheets.values()):
                raise OthersRated
            return (e.Draft(e.Erased("draft-deleted")),)
        case _:
            assert_never(command)


def _head(state: AssessmentState, field: e.HeaderField, value: str) -> Drafts:
    limit = NAME_LIMIT if field in {"name", "organisation"} else NOTE_LIMIT
    if value.strip():
        value = clean_name(value, limit)
    elif field == "organisation":
        raise TextEmpty
    else:
        value = ""
    return () if state.header.get(field, "") == value else (e.Draft(e.HeaderSet(field, value)),)


def _once(
    held: Decided[object] | None, value: object, seen: int | None, body: e.Body, *, changed: bool = False
) -> Drafts:
    """A decision of the whole assessment: the same again is no entry; one made on an older view is refused."""
    revision = held.revision if held else 0
    if held and held.value == value and not changed:
        return ()
    if seen is not None and seen != revision:
        raise ChangedMeanwhile
    return (e.Draft(body, revision=revision + 1),)


def _reason(held: Decided[object] | None, reason: str) -> bool:
    return held is not None and held.reason != reason


def _measure(scheme: Scheme, state: AssessmentState, counts: e.MeasureSet) -> Drafts:
    if counts.measure not in {measure.id for measure in scheme.measures}:
        raise NotAllowed
    check_measure(counts.month, counts.numerator, counts.denominator)
    return _once(state.measures.get(counts.measure), counts, None, counts)


def _set_aside(state: AssessmentState, sheet: str, reason: str) -> Drafts:
    found = state.sheets.get(sheet)
    if found is None:
        raise NotAllowed
    if found.status == "set-aside" or (found.status == "submitted" and found.person in state.members):
        raise SheetClosed
    if any(isinstance(given.answer, Veto) and given.answer.raised for given in found.given.values()):
        raise VetoStands
    if not reason.strip():
        raise ReasonMissing
    return (e.Draft(e.SheetSetAside(clean_text(reason)), sheet),)


def _close(scheme: Scheme, state: AssessmentState, actor: Actor) -> Drafts:
    others = [s for s in state.counted if s.status == "open" and s.person != actor.person]
    if others:
        raise SheetsOpen(open=len(others))
    if bare := sum(len(unsupported(state, sheet)) for sheet in state.counted):
        raise EvidenceMissing(open=bare)
    card = score(scheme, [sheet.sheet() for sheet in state.counted], state.decisions)
    found = verdict(scheme, card)
    if found.outcome is None:
        raise CannotClose(open=len(card.open))
    if not card.vetoed:
        check_sample(scheme, state)
    totals = {name: str(part.total) for name, part in card.dimensions.items() if part.total is not None}
    submitted = tuple(e.Draft(e.SheetSubmitted(), sheet.id) for sheet in state.counted if sheet.status == "open")
    return (*submitted, e.Draft(e.Closed(found.outcome.id, totals)))
