"""Closing, deleting, archiving: what is done with a whole assessment. Must not know how a result is worded."""

from bot.domain import commands as c
from bot.domain.refusals import CannotClose, ChangedMeanwhile
from bot.service import files, notices
from bot.service.standing import result_facts
from bot.service.talk import Outcome, Talk
from bot.view import lines, places, result


def close(talk: Talk, ref: str, seq: int) -> Outcome:
    """Close what was seen at entry `seq`: the result and the transcript go out as messages of their own."""
    case = talk.cases.by_ref(ref)
    if case.state.closed:
        return Outcome(places.Result(ref), toast=lines.already_closed(talk.words))
    if case.state.seq != seq:
        sentence = talk.words.refusal(ChangedMeanwhile())
        return Outcome(places.ConfirmClose(ref), line=sentence, toast=sentence)
    try:
        case, _ = talk.cases.act(case, c.Close(), talk.stamp())
    except CannotClose as refusal:
        sentence = talk.words.refusal(refusal)
        return Outcome(places.Check(case.desk().sheet_ref, "open"), line=sentence, toast=sentence, alert=True)
    notices.text(talk, result.result(talk.words, result_facts(case)).text)
    files.queue(talk, case, "html")
    closed = lines.closed(talk.words)
    return Outcome(places.Head(ref), line=closed, toast=closed, fresh=True)


def delete(talk: Talk, ref: str) -> Outcome:
    """Delete a draft: what was written in it is erased, the chain of its entries stays (RELIABILITY 6)."""
    case = talk.cases.by_ref(ref)
    case, _ = talk.cases.act(case, c.Erase(), talk.stamp())
    talk.unit.entries.erase_bodies(case.listed.id, case.state.seq)
    waiting = tuple(item for item in talk.focus.pending if item.sheet not in case.sheets.values())
    talk.refocus(assessment="", sheet="", question="", pending=waiting)
    gone = lines.deleted(talk.words)
    return Outcome(places.Home(), line=gone, toast=gone)


def archive(talk: Talk, ref: str, *, on: bool) -> Outcome:
    """Take an assessment out of the person's list, or put it back."""
    case = talk.cases.by_ref(ref)
    talk.unit.assessments.set_archived(talk.person.id, case.listed.id, talk.now if on else None)
    line = lines.archived(talk.words, on=on)
    return Outcome(places.Home() if on else places.Head(ref), line=line, toast=line)
