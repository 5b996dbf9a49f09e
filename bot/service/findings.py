"""Findings as people record them: added, worded anew, followed up, withdrawn; and when evidence is demanded.

Must not know how a finding is shown, or what it does to a grade.
"""

from fractions import Fraction
from typing import get_args
from zoneinfo import ZoneInfo

from bot.domain import panel_commands as k
from bot.domain.days import typed_day
from bot.domain.entries import Entry
from bot.domain.evidence import Finding, deductions
from bot.domain.evidence_entries import FINDING_KINDS, FINDING_STATES, FindingChanged, FindingField, FindingKind
from bot.domain.refusals import NothingToRevise
from bot.service.case import Case
from bot.service.events import Edited, Said
from bot.service.jump import clause_of
from bot.service.talk import Outcome, Talk
from bot.view import findings_lines, lines, places
from bot.view.demand import OFF, thresholds
from bot.view.findings_places import DemandTap, FindingEmptyTap, FindingStateTap, FindingTap
from bot.view.payload import BadPayload

FIELDS: tuple[FindingField, ...] = get_args(FindingField)


def finding_tap(talk: Talk, tap: FindingTap) -> Outcome:
    """What became of a finding, a field emptied, evidence demanded. BadPayload, Refused."""
    case = talk.cases.by_ref(tap.assessment)
    match tap:
        case FindingStateTap(_, number, state):
            if state not in FINDING_STATES:
                raise BadPayload
            return _changed(talk, case, k.ChangeFinding(number, "state", state), "")
        case FindingEmptyTap(_, number, field):
            if field not in {"clause", "action", "due"}:
                raise BadPayload
            return _changed(talk, case, k.ChangeFinding(number, _field(field), ""), "")
        case DemandTap(_, above):
            return _demand(talk, case, above)


def record(talk: Talk, event: Said) -> Outcome:
    """A new finding: its kind and clause were chosen before. Without a kind: a special deduction, from their card."""
    case = talk.cases.by_id(talk.focus.assessment)
    kind, _, clause = talk.focus.argument.partition(":")
    chosen: FindingKind = next((one for one in FINDING_KINDS if one == kind), "deduction")
    case, _ = talk.cases.act(case, k.RecordFinding(chosen, event.text, clause), talk.stamp(event.message))
    if not kind:
        line = lines.finding_added(talk.words, len(deductions(case.state.found)))
        return Outcome(places.FindingsCard(case.listed.ref), line=line, fresh=True)
    line = findings_lines.recorded(talk.words, case.scheme, chosen)
    return Outcome(places.FindingItem(case.listed.ref, list(case.state.found)[-1]), line=line, fresh=True)


def change(talk: Talk, event: Said) -> Outcome:
    """The field that was asked for. DateNotUnderstood, UnknownClause, TextEmpty."""
    case = talk.cases.by_id(talk.focus.assessment)
    number, _, field = talk.focus.argument.partition(":")
    command = understood(talk, case, int(number), _field(field), event.text)
    outcome = _changed(talk, case, command, event.text, event.message)
    return Outcome(outcome.place, line=outcome.line, fresh=True)


def withdraw(talk: Talk, event: Said) -> Outcome:
    """The finding does not stand, for the reason that was sent."""
    case = talk.cases.by_id(talk.focus.assessment)
    one = _seen(case, int(talk.focus.argument))
    talk.cases.act(case, k.WithdrawFinding(one.seq, event.text), talk.stamp(event.message))
    back = places.FindingsCard(case.listed.ref) if one.kind == "deduction" else places.Findings(case.listed.ref)
    return Outcome(back, line=findings_lines.withdrawn(talk.words), fresh=True)


def revise(talk: Talk, case: Case, entry: Entry, event: Edited) -> Outcome:
    """The message that gave a finding, or a field of one, was changed. NothingToRevise where it stands no more."""
    match entry.body:
        case FindingChanged(of, field):
            command = understood(talk, case, of, field, event.text)
        case _:  # the finding itself; once, a list of deductions that named it last
            command = k.ChangeFinding(entry.seq, "text", event.text)
    outcome = _changed(talk, case, command, event.text, event.message)
    return Outcome(line=outcome.line, fresh=True)


def understood(talk: Talk, case: Case, of: int, field: FindingField, text: str) -> k.ChangeFinding:
    """What a text means as this field: a day as people type it, a clause by its printed number."""
    match field:
        case "due":
            today = talk.now.astimezone(ZoneInfo(talk.person.timezone or talk.world.zone)).date()
            return k.ChangeFinding(of, field, typed_day(text, today).isoformat())
        case "clause":
            return k.ChangeFinding(of, field, clause_of(talk, case.scheme, text.strip().removeprefix("#")))
        case _:
            return k.ChangeFinding(of, field, text)


def _changed(talk: Talk, case: Case, command: k.ChangeFinding, typed: str, message: str = "") -> Outcome:
    here = places.FindingItem(case.listed.ref, _seen(case, command.of).seq)
    case, recorded = talk.cases.act(case, command, talk.stamp(message))
    if not recorded:
        line = lines.unchanged(talk.words)
        return Outcome(here, line=line, toast=line)
    line = findings_lines.changed(talk.words, case.state.found[command.of], command.field, typed)
    return Outcome(here, line=line, toast=line)


def _seen(case: Case, number: int) -> Finding:
    """NothingToRevise where there is none that this person may see."""
    one = case.seen.found.get(number)
    if one is None:
        raise NothingToRevise
    return one


def _field(name: str) -> FindingField:
    """NothingToRevise where a forged button named it."""
    found = next((field for field in FIELDS if field == name), None)
    if found is None:
        raise NothingToRevise
    return found


def _demand(talk: Talk, case: Case, above: str) -> Outcome:
    """One of the values that are offered: what anybody may have made up is compared as text, and never read."""
    offered: dict[str, Fraction | None] = {str(one): one for one in thresholds(case.scheme)} | {OFF: None}
    if above not in offered:
        raise BadPayload
    case, recorded = talk.cases.act(case, k.DemandEvidence(offered[above]), talk.stamp())
    line = findings_lines.demanded(talk.words, on=above != OFF) if recorded else lines.unchanged(talk.words)
    return Outcome(places.Demand(case.listed.ref), line=line, toast=line)
