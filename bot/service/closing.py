"""Closing, deleting, archiving: what is done with a whole assessment. Must not know how a result is worded."""

from typing import assert_never

from bot.domain import commands as c
from bot.domain.refusals import CannotClose, ChangedMeanwhile, EvidenceMissing
from bot.service import files, notices, sealing
from bot.service.case import Case
from bot.service.standing import result_facts
from bot.service.talk import Outcome, Talk
from bot.view import blind_lines, lines, places, result
from bot.view import payload as p
from bot.view.places import Place


def closing_tap(talk: Talk, tap: p.CloseTap | p.DeleteTap | p.ArchiveTap) -> Outcome:
    """What is done with the whole. Refused."""
    match tap:
        case p.CloseTap(assessment, seq):
            return close(talk, assessment, seq)
        case p.DeleteTap(assessment):
            return delete(talk, assessment)
        case p.ArchiveTap(assessment, on):
            return archive(talk, assessment, on=bool(on))
        case _:
            assert_never(tap)


def close(talk: Talk, ref: str, seq: int) -> Outcome:
    """Close what was seen at entry `seq`, and seal it: result, transcript and seal go out as messages of their own."""
    case = talk.cases.by_ref(ref)
    if case.state.closed:
        return Outcome(places.Result(ref), toast=lines.already_closed(talk.words))
    if case.state.seq != seq:
        sentence = talk.words.refusal(ChangedMeanwhile())
        return Outcome(places.ConfirmClose(ref), line=sentence, toast=sentence)
    if case.blind and not any(one.status == "open" for one in case.desk().hidden):
        # A lead who rates closes only what they have seen: their own sheet first, then the others'.
        first = blind_lines.submit_first(talk.words)
        return Outcome(_check(case), line=first, toast=first, alert=True)
    signer = sealing.at_hand(talk)
    try:
        case, _ = talk.cases.act(case, c.Close(), talk.stamp())
    except CannotClose as refusal:
        sentence = talk.words.refusal(refusal)
        return Outcome(_check(case, "open"), line=sentence, toast=sentence, alert=True)
    except EvidenceMissing as refusal:
        sentence = talk.words.refusal(refusal)
        return Outcome(_check(case, "unproven"), line=sentence, toast=sentence, alert=True)
    case = sealing.seal(talk, case, signer)
    notices.text(talk, result.result(talk.words, result_facts(case)).text)
    files.queue(talk, case, "html")
    closed = lines.closed(talk.words)
    return Outcome(places.Head(ref), line=closed, toast=closed, fresh=True)


def _check(case: Case, part: str = "") -> Place:
    """What is still to be done, where the person has a sheet to see it from."""
    sheet = case.desk().sheet_ref
    return places.Check(sheet, part) if sheet else places.Head(case.listed.ref)


def delete(talk: Talk, ref: str) -> Outcome:
    """Delete a draft of the person's own. Refused where others rated in it."""
    case = talk.cases.by_ref(ref)
    erase(talk, case)
    waiting = tuple(item for item in talk.focus.pending if item.sheet not in case.sheets.values())
    talk.refocus(assessment="", sheet="", question="", pending=waiting)
    gone = lines.deleted(talk.words)
    return Outcome(places.Home(), line=gone, toast=gone, files=True)


def erase(talk: Talk, case: Case) -> None:
    """What was written in it goes, also as it came in; the chain of its entries stays (RELIABILITY 6)."""
    case, _ = talk.cases.act(case, c.Erase(), talk.stamp())
    talk.unit.entries.erase_bodies(case.listed.id, case.state.seq)
    talk.unit.fetches.drop(case.listed.id)
    talk.unit.drafts.erase(case.listed.id)
    talk.unit.erasing.raws()


def archive(talk: Talk, ref: str, *, on: bool) -> Outcome:
    """Take an assessment out of the person's list, or put it back."""
    case = talk.cases.by_ref(ref)
    talk.unit.assessments.set_archived(talk.person.id, case.listed.id, talk.now if on else None)
    line = lines.archived(talk.words, on=on)
    return Outcome(places.Home() if on else places.Head(ref), line=line, toast=line)
