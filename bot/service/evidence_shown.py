"""What the screens of evidence need, gathered. Must not draw anything itself, or change anything.

Everything comes from what the person may see of the case: the wall of domain/blind.py stands before this.
"""

from collections.abc import Callable, Sequence
from typing import assert_never

from bot.domain.evidence import Evidence, at, bare, caption, hung
from bot.domain.owning import own, provable, tended
from bot.domain.refusals import Refused
from bot.domain.scheme import QuestionId
from bot.service.asking import question_of
from bot.service.case import Case
from bot.service.evidence_files import digest_of
from bot.service.talk import Talk
from bot.view import evidence as view
from bot.view import places
from bot.view.evidence import Piece
from bot.view.evidence_lines import supports
from bot.view.evidence_places import EvidencePlace
from bot.view.screen import Screen

_MANY = 20
"""Pieces with the same bytes that are looked at for one."""


def show(talk: Talk, place: EvidencePlace, line: str) -> Screen:
    """The screen of a place, and the focus on the question that a piece belongs to. UnknownAssessment, BadPayload."""
    words = talk.words
    match place:
        case places.EvidenceList(sheet, question):
            case, mine = talk.cases.by_sheet(sheet)
            asked = question_of(case.scheme, mine, question)
            pieces = _pieces(talk, case, at(case.seen.evidence, mine.id, asked), place.page)
            open_ = not case.state.closed and _allowed(case, lambda: own(case.state, case.actor, mine.id, asked))
            return view.evidence_list(words, case.desk(mine.id), place, pieces, open_=open_, line=line)
        case places.FindingEvidence(assessment, number):
            case = talk.cases.by_ref(assessment)
            finding = case.seen.found.get(number)
            pieces = _pieces(talk, case, hung(case.seen.evidence, number), place.page)
            desk, open_ = case.desk(talk.focus.sheet), may_prove(case, number)
            return view.finding_evidence(words, desk, place, finding, pieces, open_=open_, line=line)
        case places.EvidenceBoard(assessment):
            case = talk.cases.by_ref(assessment)
            pieces = _pieces(talk, case, tuple(case.seen.evidence.values()), place.page)
            return view.evidence_board(words, case.desk(talk.focus.sheet), place, pieces, line)
        case places.EvidenceItem() | places.AskCaption() | places.AskClaimed() | places.AskDiscard():
            case = talk.cases.by_ref(place.assessment)
            found = case.seen.evidence.get(place.seq)
            piece = _piece(talk, case, found) if found else None
            if piece is not None and piece.list_of:
                # What is sent while looking at a piece belongs to the same question.
                talk.refocus(sheet=piece.one.sheet, question=str(piece.one.question))
            desk = case.desk(talk.focus.sheet)
            if isinstance(place, places.EvidenceItem):
                return view.evidence_item(words, desk, piece, line)
            return view.ask(words, desk, place, piece, line)
        case _:
            assert_never(place)


def _pieces(talk: Talk, case: Case, found: Sequence[Evidence], page: int) -> list[Piece]:
    """All of them; where their bytes stand besides is looked up for those on the page."""
    first = min(page, max(0, len(found) - 1) // view.PAGE) * view.PAGE
    shown = range(first, first + view.PAGE)
    return [_piece(talk, case, one, alone=place not in shown) for place, one in enumerate(found)]


def _piece(talk: Talk, case: Case, one: Evidence, *, alone: bool = False) -> Piece:
    mine = one.person == case.person.id
    return Piece(
        one=one,
        caption=caption(case.seen.evidence, one),
        list_of=case.sheets[one.sheet] if mine and one.sheet in case.sheets else "",
        whose="" if mine else case.names.get(one.person) or talk.unit.people.get(one.person).name,
        twins=() if alone else _twins(talk, case, one),
        own=may_tend(case, one),
        shown=bool(digest_of(case, one, original=False)),
        original=bool(digest_of(case, one, original=True)) and (bool(one.clean) or bare(one)),
        bare=bare(one),
    )


def may_tend(case: Case, one: Evidence) -> bool:
    """Whether this person may describe the piece, or take it away."""
    mine = one.person == case.person.id and one.keeping != "removed"
    return mine and _allowed(case, lambda: tended(case.state, case.actor, one))


def may_prove(case: Case, finding: int) -> bool:
    """Whether this person may add evidence to the finding."""
    return _allowed(case, lambda: provable(case.state, case.actor, finding))


def _allowed(case: Case, rule: Callable[[], object]) -> bool:
    if case.actor.role == "viewer":
        return False
    try:
        rule()
    except Refused:
        return False
    return True


def _twins(talk: Talk, case: Case, one: Evidence) -> tuple[str, ...]:
    """Where the same bytes stand besides, as far as this person sees it; beyond its own place for a lead alone.

    Never in an assessment that the person is no member of.
    """
    if one.keeping != "kept" or not one.sha256:
        return ()
    found = talk.unit.fetches.same(case.person.id, one.sha256)[:_MANY]
    lead = case.actor.role == "lead"
    told = (_twin(talk, case, one, *where, lead=lead) for where in found if where != (case.listed.id, one.seq))
    return tuple(text for text in told if text)


def _twin(talk: Talk, case: Case, one: Evidence, assessment: str, seq: int, *, lead: bool) -> str:
    here = assessment == case.listed.id
    if not here and not lead:
        return ""
    other = case if here else talk.cases.by_id(assessment)
    twin = other.seen.evidence.get(seq)
    same_place = here and twin is not None and _place(twin) == _place(one)
    if twin is None or twin.keeping != "kept" or not (lead or same_place):
        return ""
    name = supports(talk.words, other.scheme, other.seen.found, twin)
    kind = talk.words.say(f"evidence.kind-{twin.kind}")
    number = talk.words.say("evidence.item", number=other.number(seq), kind=kind)
    return " · ".join(part for part in ("" if here else other.state.name, number, name) if part)


def _place(one: Evidence) -> tuple[str, QuestionId | None, int]:
    return one.sheet, one.asked, one.finding
