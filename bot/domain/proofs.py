"""Findings and evidence: what becomes of a command about them. Must not know screens, storage, time, files.

Special deductions are findings too, and the agreed list of their texts follows each change (DN-09).
"""

from dataclasses import replace
from datetime import date
from typing import TypeAlias, assert_never

from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain.cleaning import clean_name, clean_text
from bot.domain.commands import Actor
from bot.domain.entries import Drafts
from bot.domain.evidence import MOST_BYTES, MOST_FILES, Evidence, Finding, deductions, found, full
from bot.domain.owning import own, own_finding, provable, tended
from bot.domain.refusals import (
    AssessmentClosed,
    DateNotUnderstood,
    EvidenceFull,
    NotAllowed,
    NothingToRevise,
    ReasonMissing,
    TextEmpty,
)
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState

Proof: TypeAlias = (
    k.RecordFinding
    | k.ChangeFinding
    | k.WithdrawFinding
    | k.AttachEvidence
    | k.ProveFinding
    | k.CaptionEvidence
    | k.RemoveEvidence
)
_FOLLOWED: frozenset[v.FindingField] = frozenset({"action", "due", "state"})
"""What may still be said of a finding after closing: none of it scores."""


def prove(scheme: Scheme, state: AssessmentState, actor: Actor, command: Proof) -> Drafts:
    """The entries that the command makes; a Refused says why not."""
    match command:
        case k.RecordFinding(kind, text, clause):
            return _record(scheme, state, actor, v.FindingRecorded(kind, clean_text(text), clause))
        case k.ChangeFinding():
            return _change(scheme, state, actor, command)
        case k.WithdrawFinding(of, reason):
            one = own_finding(state, actor, of)
            return _again(state, one, v.FindingWithdrawn(of, _reason(reason)))
        case k.AttachEvidence(sheet, question, evidence):
            if evidence.finding or question not in scheme.covered(own(state, actor, sheet, question).covers):
                raise NotAllowed
            _check_room(state, evidence)
            return (e.Draft(_cleaned(evidence), sheet, question),)
        case k.ProveFinding(of, evidence):
            provable(state, actor, of)
            _check_room(state, evidence)
            return (e.Draft(replace(_cleaned(evidence), finding=of)),)
        case k.CaptionEvidence(of, caption, claimed):
            one_ = _evidence(state, actor, of)
            caption, claimed = _caption(caption), _day(claimed)
            same = (one_.caption, one_.claimed) == (caption, claimed)
            return () if same else (e.Draft(v.EvidenceCaptioned(of, caption, claimed), one_.sheet, one_.asked),)
        case k.RemoveEvidence(of, reason):
            one_ = _evidence(state, actor, of)
            return (e.Draft(v.EvidenceRemoved(of, _reason(reason)), one_.sheet, one_.asked),)
        case _:
            assert_never(command)


def _record(scheme: Scheme, state: AssessmentState, actor: Actor, body: v.FindingRecorded) -> Drafts:
    known = not body.clause or body.clause in scheme.section_by_id or body.clause in scheme.by_id
    deducts = bool(scheme.adjustments and scheme.adjustments.deductions)
    if not known or (body.kind == "deduction" and (actor.role != "lead" or not deducts)):
        raise NotAllowed
    if body.kind != "deduction":
        return (e.Draft(body),)
    texts = (*deductions(state.found), body.text)
    return e.Draft(body), _decision(state, texts)


def _change(scheme: Scheme, state: AssessmentState, actor: Actor, command: k.ChangeFinding) -> Drafts:
    one = own_finding(state, actor, command.of)
    if state.closed and command.field not in _FOLLOWED:
        raise AssessmentClosed
    value = _value(scheme, command)
    if getattr(one, command.field) == value:
        return ()
    return _again(state, one, v.FindingChanged(command.of, command.field, value))


def _value(scheme: Scheme, command: k.ChangeFinding) -> str:
    """The field's new value as it is kept."""
    value = command.value.strip()
    match command.field:
        case "text":
            return clean_text(value)
        case "action":
            return clean_text(value) if value else ""
        case "due":
            return _day(value)
        case "state":
            if value not in v.FINDING_STATES:
                raise NotAllowed
            return value
        case "clause":
            if value and value not in scheme.section_by_id and value not in scheme.by_id:
                raise NotAllowed
            return value
        case _:
            assert_never(command.field)


def _again(state: AssessmentState, one: Finding, body: v.FindingChanged | v.FindingWithdrawn) -> Drafts:
    """The change, and the agreed list of deductions anew where it reads differently then."""
    texts = deductions(found(state.found, body))
    if one.kind != "deduction" or texts == deductions(state.found):
        return (e.Draft(body),)
    return e.Draft(body), _decision(state, texts)


def _decision(state: AssessmentState, texts: tuple[str, ...]) -> e.Draft:
    revision = state.findings.revision if state.findings else 0
    return e.Draft(e.FindingsDecided(texts), revision=revision + 1)


def _evidence(state: AssessmentState, actor: Actor, of: int) -> Evidence:
    """A piece of the person's own that may be described, or taken away."""
    one = state.evidence.get(of)
    if one is None or one.person != actor.person or one.keeping == "removed":
        raise NothingToRevise
    tended(state, actor, one)
    return one


def _check_room(state: AssessmentState, evidence: v.EvidenceReceived) -> None:
    if evidence.kind != "location" and full(state.evidence):
        raise EvidenceFull(files=MOST_FILES, megabytes=MOST_BYTES // 10**6)


def _cleaned(evidence: v.EvidenceReceived) -> v.EvidenceReceived:
    return replace(
        evidence, name=_name(evidence.name), caption=_caption(evidence.caption), claimed=_day(evidence.claimed)
    )


def _name(name: str) -> str:
    """A file's own name is shown, never used: without what could spoof a reader. '' where nothing of it is left."""
    try:
        return clean_name(name[:200])
    except TextEmpty:
        return ""


def _caption(text: str) -> str:
    """A photo is not refused for a caption of nothing but invisible signs."""
    try:
        return clean_text(text)
    except TextEmpty:
        return ""


def _day(text: str) -> str:
    """'2026-12-31' or ''. DateNotUnderstood."""
    if not text.strip():
        return ""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise DateNotUnderstood(typed=text.strip()) from None


def _reason(text: str) -> str:
    if not text.strip():
        raise ReasonMissing
    return clean_text(text)
