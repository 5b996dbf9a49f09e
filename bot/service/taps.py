"""What a tap does: go to a place, or change something. Must not know what buttons look like.

Authority comes from membership alone: a payload is text that anybody may have made up (RELIABILITY 4).
"""

from bot.domain import commands as c
from bot.domain.entries import HEADER_FIELDS
from bot.domain.focus import Pending
from bot.domain.refusals import ChangedMeanwhile, Refused
from bot.domain.scheme import QuestionId
from bot.service import (
    carrying,
    charting,
    closing,
    deciding,
    evidence_files,
    files,
    findings,
    handing,
    insight,
    joining,
    meaning,
    members,
    submitting,
    trying,
)
from bot.service.asking import after_answer, question_of
from bot.service.events import Tapped
from bot.service.life_taps import life_tap
from bot.service.numbers import inward
from bot.service.talk import Outcome, Talk
from bot.view import lines, places
from bot.view import payload as p
from bot.view.basis_places import AuditTap, DenyTap, HandTap, OfferTap, UnofferTap
from bot.view.blind_places import BeginTap, SubmitTap
from bot.view.chart_places import ChartsTap
from bot.view.compare_places import ConfirmTap, StartTap
from bot.view.evidence_places import ShowTap
from bot.view.findings_places import DemandTap, FindingEmptyTap, FindingStateTap
from bot.view.insight_places import OrderTap
from bot.view.life_places import EraseTap, ForgetTap, QuietTap, RemindTap
from bot.view.members_places import (
    AdmitTap,
    AgreeTap,
    DeclineTap,
    HandOverTap,
    InviteTap,
    LeaveTap,
    RefuseTap,
    RemoveTap,
    RevokeTap,
)
from bot.view.path_places import PathTap, TryTaps
from bot.view.payload import BadPayload, decode
from bot.words.zones import is_zone


def tapped(talk: Talk, event: Tapped) -> Outcome:
    """BadPayload, Refused."""
    if not event.payload.isprintable():
        raise BadPayload  # it may become the focus, and no database keeps NUL
    payload = inward(talk, decode(event.payload))
    if isinstance(payload, p.AnswerTap):  # most taps are
        return _answer(talk, payload)
    if isinstance(payload, PathTap | TryTaps):
        return trying.draft_tap(talk, payload)
    match payload:
        case p.LaterTap(sheet, question, on):
            return _later(talk, sheet, question, on=bool(on))
        case p.FlagTap(sheet, question, on):
            return _flag(talk, sheet, question, on=bool(on))
        case p.KeepTap(on):
            return _keep(talk, on=bool(on))
        case p.EmptyTap(assessment, field):
            return _empty(talk, assessment, field)
        case p.CloseTap() | p.DeleteTap() | p.ArchiveTap():
            return closing.closing_tap(talk, payload)
        case p.ExportTap(assessment, format_):
            return files.order(talk, assessment, format_)
        case ChartsTap():
            return charting.charts(talk, payload)
        case p.GateTap() | p.NoFindingsTap() | p.NoBonusTap():
            return deciding.decision_tap(talk, payload)
        case BeginTap():
            return submitting.begin(talk, payload)
        case SubmitTap():
            return submitting.submit(talk, payload)
        case AgreeTap() | DeclineTap():
            return joining.door_tap(talk, payload)
        case InviteTap() | RevokeTap() | AdmitTap() | RefuseTap() | RemoveTap() | HandOverTap() | LeaveTap():
            return members.member_tap(talk, payload)
        case OfferTap() | UnofferTap() | HandTap() | DenyTap() | AuditTap():
            return handing.basis_tap(talk, payload)
        case FindingStateTap() | FindingEmptyTap() | DemandTap():
            return findings.finding_tap(talk, payload)
        case ShowTap():
            return evidence_files.show(talk, payload)
        case p.LanguageTap() | p.ZoneTap():
            return _settings(talk, payload)
        case StartTap() | ConfirmTap():
            return carrying.carry_tap(talk, payload)
        case OrderTap():
            return insight.ordered(talk, payload)
        case RemindTap() | QuietTap() | ForgetTap() | EraseTap():
            return life_tap(talk, payload)
        case _:
            return Outcome(payload)


def _settings(talk: Talk, tap: p.LanguageTap | p.ZoneTap) -> Outcome:
    if isinstance(tap, p.LanguageTap):
        talk.speak("en" if tap.language == "en" else "zh")
        return Outcome(places.Settings(), toast=lines.language_set(talk.words))
    if not is_zone(tap.zone):
        raise BadPayload
    talk.live_in(tap.zone)
    return Outcome(places.Settings(), toast=lines.zone_set(talk.words, tap.zone))


def _answer(talk: Talk, tap: p.AnswerTap) -> Outcome:
    case, sheet = talk.cases.by_sheet(tap.sheet)
    question = question_of(case.scheme, sheet, tap.question)
    answer = meaning.value(case.scheme, question, tap.value)
    try:
        case, recorded = talk.cases.act(case, c.GiveAnswer(sheet.id, question, answer, tap.revision), talk.stamp())
    except ChangedMeanwhile as refusal:
        sentence = talk.words.refusal(refusal)
        return Outcome(places.Card(tap.sheet, tap.question), line=sentence, toast=sentence)
    here = talk.focus.question == tap.question
    # Asked for a note, and answered from another screen: the note that is being typed is still one on this question.
    place = None if here and talk.focus.expects == "note" else after_answer(case, sheet, question)
    if not recorded:
        saved = lines.already_saved(talk.words, case.scheme, question, answer)
        return Outcome(place, saved, saved) if here else Outcome(toast=saved)
    saved = lines.saved_answer(talk.words, case.scheme, question, answer)
    return Outcome(place, line=saved, toast=saved)


def _later(talk: Talk, ref: str, question_text: str, *, on: bool) -> Outcome:
    case, sheet = talk.cases.by_sheet(ref)
    question = question_of(case.scheme, sheet, question_text)
    case, _ = talk.cases.act(case, c.Postpone(sheet.id, question, on), talk.stamp())
    line = lines.postponed(talk.words, question, on=on)
    place = after_answer(case, sheet, question) if on else places.Card(ref, question_text)
    return Outcome(place, line=line, toast=line)


def _flag(talk: Talk, ref: str, question_text: str, *, on: bool) -> Outcome:
    case, sheet = talk.cases.by_sheet(ref)
    question = question_of(case.scheme, sheet, question_text)
    talk.cases.act(case, c.Flag(sheet.id, question, on), talk.stamp())
    return Outcome(places.Card(ref, question_text), toast=lines.flagged(talk.words, question, on=on))


def _keep(talk: Talk, *, on: bool) -> Outcome:
    """Save or drop the texts that wait. One that cannot be saved any more goes on waiting, and the person is told."""
    waiting = talk.focus.pending
    if not waiting:
        return Outcome(toast=lines.nothing_waits(talk.words))
    if not on:
        talk.refocus(pending=())
        dropped = lines.dropped(talk.words, len(waiting))
        return Outcome(line=dropped, toast=dropped)
    kept: list[Pending] = []
    refusal: Refused | None = None
    for item in waiting:
        try:
            case, sheet = talk.cases.by_sheet(item.sheet)
            question = question_of(case.scheme, sheet, item.question)
            talk.cases.act(case, c.WriteNote(sheet.id, question, item.text), talk.stamp(item.message))
            kept.append(item)
        except Refused as refused:
            refusal = refused
    talk.refocus(pending=tuple(item for item in waiting if item not in kept))
    told = [lines.notes_saved(talk.words, QuestionId.parse(kept[-1].question), len(kept))] if kept else []
    told += [talk.words.refusal(refusal)] if refusal else []
    return Outcome(line="\n".join(told), toast="\n".join(told))


def _empty(talk: Talk, ref: str, name: str) -> Outcome:
    field = next((field for field in HEADER_FIELDS if field == name), None)
    if field is None:
        raise BadPayload
    talk.cases.act(talk.cases.by_ref(ref), c.SetHeader(field, ""), talk.stamp())
    return Outcome(places.Head(ref), toast=lines.field_emptied(talk.words, field))
