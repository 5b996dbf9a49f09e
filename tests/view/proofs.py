"""Every screen of evidence, with one piece of each kind and fate. For every.py."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.evidence import Evidence, Finding, Keeping
from bot.domain.scheme import QuestionId
from bot.view import evidence as view
from bot.view import places
from bot.view.evidence_lines import KINDS
from bot.view.facts import Desk
from bot.view.screen import Screen
from bot.words import Words
from tests.view.desks import AT

Named = Iterator[tuple[str, Screen]]


def evidence(words: Words, desk: Desk, line: str, text: str) -> Named:
    """Of the sheet in hand and of the whole assessment."""
    ref, question = desk.sheet_ref, desk.scheme.questions[0]
    yield from _of(words, desk, places.EvidenceList(ref, str(question)), (), line)
    yield "evidence item, none", view.evidence_item(words, desk, None, line)
    pieces = tuple(_pieces(desk, question, text))
    for page in (0, 1, 99):
        yield from _of(words, desk, places.EvidenceList(ref, str(question), page), pieces, line)
    for piece in pieces:
        yield "evidence item", view.evidence_item(words, desk, piece, line)
        for kind in (places.AskCaption, places.AskClaimed, places.AskDiscard):
            yield "ask evidence", view.ask(words, desk, kind(desk.ref, piece.one.seq), piece, line)
    yield from _of_finding(words, desk, pieces, line, text)


def _of_finding(words: Words, desk: Desk, pieces: tuple[view.Piece, ...], line: str, text: str) -> Named:
    finding = Finding(90_000, "minor", text, "", "p1", AT)
    desk = replace(desk, state=replace(desk.state, found={finding.seq: finding}))
    hung = tuple(replace(one, list_of="", one=replace(one.one, sheet="", finding=finding.seq)) for one in pieces)
    for found, page in itertools.product((None, finding), (0, 1, 99)):
        place = places.FindingEvidence(desk.ref, finding.seq, page)
        for some, open_ in itertools.product(((), hung), (True, False)):
            screen = view.finding_evidence(words, desk, place, found, some, open_=open_, line=line)
            yield "evidence of a finding", screen
        board = places.EvidenceBoard(desk.ref, page)
        yield "evidence board", view.evidence_board(words, desk, board, hung, line)
    for piece in hung:
        yield "evidence item", view.evidence_item(words, desk, piece, line)
        for kind in (places.AskCaption, places.AskClaimed, places.AskDiscard):
            yield "ask evidence", view.ask(words, desk, kind(desk.ref, piece.one.seq), piece, line)


def _of(words: Words, desk: Desk, place: places.EvidenceList, pieces: tuple[view.Piece, ...], line: str) -> Named:
    for open_ in (True, False):
        yield "evidence", view.evidence_list(words, desk, place, pieces, open_=open_, line=line)
    board = places.EvidenceBoard(desk.ref, place.page)
    yield "evidence board", view.evidence_board(words, desk, board, pieces, line)


def _pieces(desk: Desk, question: QuestionId, text: str) -> Iterator[view.Piece]:
    fates: tuple[tuple[Keeping, str], ...] = (
        *(("coming", ""), ("kept", ""), ("removed", text)),
        *(("lost", reason) for reason in ("too-large", "gone", "refused", "quota")),
    )
    for number, (kind, (keeping, reason)) in enumerate(itertools.product(KINDS, fates), start=90_000):
        one = Evidence(
            *(number, "s1", question, "p1", AT, kind, "AgAC", 20_000_000, "image/jpeg", text[:200], text),
            *("2026-05-01", "-31.230400,-121.473700", "7", 0, keeping, "ab" * 32, "cd" * 32, reason),
        )
        twins = (text,) * 9
        yield view.Piece(one, text, desk.sheet_ref, text[:200], twins, own=True, shown=True, original=True, bare=True)
