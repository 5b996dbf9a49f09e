"""Starting from an older assessment, and confirming what it said. Must not know what any of it looks like.

Only what this person may see, of an assessment that they belong to; and while something of it is hidden from them,
nothing: how many entries it has would tell how busy others were (DESIGN 6).
"""

from typing import assert_never

from bot.domain import commands as c
from bot.domain import panel_commands as k
from bot.domain.carrying import Source, carried_of, offered, row_of
from bot.domain.entries import HeaderField, Mode
from bot.domain.panel_entries import CarriedOver
from bot.domain.refusals import ChangedMeanwhile, NotAllowed, StandardGone, UnknownAssessment
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.state import SheetState
from bot.service.asking import after_answer, question_of
from bot.service.case import Case
from bot.service.comparing import others
from bot.service.talk import Outcome, Talk
from bot.view import begin_from, carried, carried_lines, lines, places
from bot.view.compare_facts import BeginFacts
from bot.view.compare_places import BeginFrom, CarriedList, CarryPlace, CarryTap, ConfirmTap, PickOlder, StartTap
from bot.view.payload import BadPayload
from bot.view.screen import Screen

COPIED: tuple[HeaderField, ...] = ("scope", "sites", "participants")
"""Fields of the head that are the same next time; the period is another, and so is the name."""
_MODES: dict[str, Mode] = {"self": "self", "audit": "audit"}


def carry_board(talk: Talk, place: CarryPlace, line: str) -> Screen:
    """The screen of a place. UnknownAssessment, BadPayload."""
    words = talk.words
    match place:
        case PickOlder(name, mode):
            if talk.world.library.get(name) is None or mode not in _MODES:
                raise BadPayload
            return begin_from.pick_older(words, place, others(talk, name), line)
        case BeginFrom(ref):
            case = talk.cases.by_ref(ref)
            scheme = talk.world.library.get(case.listed.scheme_id)
            over = _over(case, scheme or case.scheme)
            header = {} if case.blind else case.seen.header
            fields = tuple((name, header.get(name, "")) for name in ("organisation", *COPIED))
            facts = BeginFacts(case.desk(), scheme, over, fields, case.blind)
            return begin_from.begin_from(words, facts, place, line)
        case CarriedList(ref):
            case, own = talk.cases.by_sheet(ref)
            return carried.carried_list(words, case.desk(own.id), place, line)
        case _:
            assert_never(place)


def carry_tap(talk: Talk, tap: CarryTap) -> Outcome:
    """BadPayload, Refused."""
    match tap:
        case StartTap(ref, mode):
            if mode not in _MODES:
                raise BadPayload
            return _start(talk, ref, _MODES[mode])
        case ConfirmTap():
            return _confirm(talk, tap)
        case _:
            assert_never(tap)


def last_note(talk: Talk, case: Case, sheet: SheetState, question: QuestionId) -> str:
    """What the last note on it says in the older assessment today; '' where it is gone, or not this person's to see."""
    held = case.seen.carried
    row = row_of(held, sheet, question)
    if held is None or row is None or not row.note or held.person != talk.person.id:
        return ""
    try:
        old = talk.cases.by_id(held.over.assessment).seen
    except UnknownAssessment:
        return ""
    notes = (note for one in old.sheets.values() for note in one.notes.get(question, ()))
    return next((note.text for note in notes if note.seq == row.note), "")


def _start(talk: Talk, ref: str, mode: Mode) -> Outcome:
    """A new assessment with the old head, and what the old one said beside it. NotAllowed, StandardGone."""
    old = talk.cases.by_ref(ref)
    if old.blind:
        raise NotAllowed
    scheme = talk.world.library.get(old.listed.scheme_id)
    if scheme is None:
        raise StandardGone
    if begun := _untouched(talk, old, mode):
        line = carried_lines.begun_from_before(talk.words)
        return Outcome(places.Head(begun), line=line, toast=line)
    over = _over(old, scheme)
    case = talk.cases.start(scheme, mode, over.organisation, talk.stamp())
    for field in COPIED:
        if value := old.seen.header.get(field, ""):
            case, _ = talk.cases.act(case, c.SetHeader(field, value), talk.stamp())
    case, _ = talk.cases.act(case, k.CarryOver(over), talk.stamp())
    line = carried_lines.begun_from(talk.words)
    return Outcome(places.Head(case.listed.ref), line=line, toast=line)


def _untouched(talk: Talk, old: Case, mode: Mode) -> str:
    """One that this person began from it just so, and nobody answered anything in: a second tap begins no second."""
    for listed in talk.cases.listed():
        if listed.scheme_id != old.listed.scheme_id or listed.mode != mode or listed.answered:
            continue
        state = talk.cases.open(listed).state
        held = state.carried
        mine = held is not None and held.person == talk.person.id and held.over.assessment == old.listed.id
        if mine and held and held.over.upto == old.listed.seq and not any(one.given for one in state.sheets.values()):
            return listed.ref
    return ""


def _over(old: Case, scheme: Scheme) -> CarriedOver:
    source = Source(old.listed.id, old.listed.seq, old.listed.head)
    return carried_of(old.seen, scheme, old.person.id, source)


def _confirm(talk: Talk, tap: ConfirmTap) -> Outcome:
    """What was carried over becomes an ordinary answer; one that was given meanwhile stays."""
    case, sheet = talk.cases.by_sheet(tap.sheet)
    question = question_of(case.scheme, sheet, tap.question)
    answer = offered(case.seen.carried, sheet, question)
    if answer is None:
        changed = talk.words.refusal(ChangedMeanwhile())
        return Outcome(places.Card(tap.sheet, tap.question), line=changed, toast=changed)
    case, _ = talk.cases.act(case, c.GiveAnswer(sheet.id, question, answer, tap.revision), talk.stamp())
    saved = lines.saved_answer(talk.words, case.scheme, question, answer)
    return Outcome(after_answer(case, sheet, question), line=saved, toast=saved)
