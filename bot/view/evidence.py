"""The screens of evidence: of a question, one piece, all of an assessment, and what is asked for a piece as text.

Must not know where bytes are, how they came, or whether something may be seen: what is given here may.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.evidence import MOST_BYTES, MOST_FILES, Evidence, Finding
from bot.domain.scheme import QuestionId
from bot.view import places
from bot.view.evidence_lines import size_text, summary, supports
from bot.view.evidence_places import EvidenceAsk, ShowTap
from bot.view.facts import Desk
from bot.view.parts import Page, Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Button, Screen
from bot.view.values import question_name
from bot.words import Words

PAGE = 8
_NAME, _CAPTION, _LONG, _DIGEST, _TWIN, _TWINS = 30, 60, 500, 16, 50, 6


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence as this person has it before them.

    caption: its own, or that of its album. list_of: the public name of the own sheet that it stands on, ''. whose: the
    name of who brought it, '' for the person. twins: where the same bytes stand besides. own: it may be changed.
    shown, original: its clean copy, or the bytes as they came, may be sent. bare: a picture without a clean copy.
    """

    one: Evidence
    caption: str = ""
    list_of: str = ""
    whose: str = ""
    twins: tuple[str, ...] = ()
    own: bool = False
    shown: bool = False
    original: bool = False
    bare: bool = False


def evidence_list(
    words: Words, desk: Desk, place: places.EvidenceList, pieces: Sequence[Piece], *, open_: bool, line: str = ""
) -> Screen:
    """What supports this question; what is sent from here on does too. open_: more may be sent."""
    question = QuestionId.parse(place.question)
    page = page_of(pieces, place.page, PAGE)
    rows = _numbers(words, desk, page)
    before, after = turn(words, page, lambda n: places.EvidenceList(place.sheet, place.question, n))
    back = button(words.say("button.back"), places.Card(place.sheet, place.question))
    return screen(
        words,
        "evidence_list.j2",
        [*rows, (*before, back, *after)],
        line,
        title=words.say("evidence.title"),
        about=question_name(words, desk.scheme, question),
        summary=summary(words, [piece.one for piece in pieces]),
        entries=[_entry(words, desk, piece, named=False) for piece in page.items],
        hint=words.say("evidence.hint") if open_ else "",
        empty=words.say("evidence.none"),
        page=page,
    )


def finding_evidence(
    words: Words,
    desk: Desk,
    place: places.FindingEvidence,
    finding: Finding | None,
    pieces: Sequence[Piece],
    *,
    open_: bool,
    line: str = "",
) -> Screen:
    """The same of a finding; None: there is none, or none that may be seen."""
    back = button(words.say("button.back"), places.FindingItem(desk.ref, place.number))
    if finding is None:
        return evidence_item(words, desk, None, line)
    page = page_of(pieces, place.page, PAGE)
    before, after = turn(words, page, lambda n: places.FindingEvidence(desk.ref, place.number, n))
    return screen(
        words,
        "evidence_list.j2",
        [*_numbers(words, desk, page), (*before, back, *after)],
        line,
        title=words.say("evidence.title"),
        about=one_line(finding.text, _CAPTION),
        summary=summary(words, [piece.one for piece in pieces]),
        entries=[_entry(words, desk, piece, named=False) for piece in page.items],
        hint=words.say("evidence.hint-finding") if open_ else "",
        empty=words.say("evidence.none"),
        page=page,
    )


def evidence_board(
    words: Words, desk: Desk, place: places.EvidenceBoard, pieces: Sequence[Piece], line: str = ""
) -> Screen:
    """All evidence that the person may see, in the order it came, and how much more there may be."""
    page = page_of(pieces, place.page, PAGE)
    standing = [piece.one for piece in pieces if piece.one.stands]
    held = sum(one.size for one in standing)
    before, after = turn(words, page, lambda n: places.EvidenceBoard(place.assessment, n))
    back = button(words.say("button.head"), places.Head(desk.ref))
    room = words.say("evidence.room", held=size_text(held), files=MOST_FILES, megabytes=MOST_BYTES // 10**6)
    return screen(
        words,
        "evidence_list.j2",
        [*_numbers(words, desk, page), (*before, back, *_demand(words, desk), *after)],
        line,
        title=words.say("evidence.board"),
        about=desk.state.name,
        summary=summary(words, standing),
        entries=[_entry(words, desk, piece, named=True) for piece in page.items],
        hint=room if standing else "",
        empty=words.say("evidence.none-at-all"),
        page=page,
    )


def _demand(words: Words, desk: Desk) -> Row:
    """The lead says above which rating some is needed."""
    if not desk.lead or desk.state.closed:
        return ()
    return (button(words.say("button.demand"), places.Demand(desk.ref)),)


def evidence_item(words: Words, desk: Desk, piece: Piece | None, line: str = "") -> Screen:
    """One piece with all that is known of it. None: there is none, or none that may be seen."""
    if piece is None:
        back = (button(words.say("button.head"), places.Head(desk.ref)),)
        return screen(
            words, "evidence_item.j2", [back], line, title=words.say("evidence.not-there"), about="", entries=()
        )
    one = piece.one
    return screen(
        words,
        "evidence_item.j2",
        [*_showing(words, desk, piece), _changing(words, desk, piece), _back(words, desk, piece)],
        line,
        title=words.say("evidence.item", number=desk.number(one.seq), kind=words.say(f"evidence.kind-{one.kind}")),
        about=supports(words, desk.scheme, desk.state.found, one),
        entries=_facts(words, piece),
    )


def ask(words: Words, desk: Desk, place: EvidenceAsk, piece: Piece | None, line: str = "") -> Screen:
    """The next text is the caption, the day, or the reason for taking it away."""
    if piece is None or not piece.own:
        return evidence_item(words, desk, piece, line)
    key, current = {
        places.AskCaption: ("caption", piece.one.caption),
        places.AskClaimed: ("day", piece.one.claimed),
        places.AskDiscard: ("removal", ""),
    }[type(place)]
    number = desk.number(piece.one.seq)
    about = words.say("evidence.item", number=number, kind=words.say(f"evidence.kind-{piece.one.kind}"))
    return screen(
        words,
        "ask.j2",
        [(button(words.say("button.cancel"), places.EvidenceItem(desk.ref, piece.one.seq)),)],
        line,
        title=words.say(f"evidence.ask-{key}"),
        about=[about, supports(words, desk.scheme, desk.state.found, piece.one)],
        hint=words.say(f"evidence.hint-{key}"),
        current=one_line(current, _LONG),
    )


def _entry(words: Words, desk: Desk, piece: Piece, *, named: bool) -> tuple[str, str]:
    """(heading, text) of a piece in a list."""
    one = piece.one
    parts = [words.say(f"evidence.kind-{one.kind}"), one_line(one.name, _NAME)]
    if one.size and one.kind != "location":
        parts.append(size_text(one.size))
    head = f"{desk.number(one.seq)}. " + " · ".join(part for part in parts if part)
    where = supports(words, desk.scheme, desk.state.found, one) if named else ""
    said = [one_line(where, _TWIN), one_line(piece.whose, _NAME), _status(words, piece, short=True)]
    twins = words.say("evidence.twins", n=len(piece.twins)) if piece.twins else ""
    text = " · ".join(part for part in (*said, twins) if part)
    return head, "\n".join(part for part in (text, one_line(piece.caption, _CAPTION)) if part)


def _facts(words: Words, piece: Piece) -> list[tuple[str, str]]:
    """(what, value), what is not known left out."""
    one = piece.one
    found = [
        ("caption", one_line(piece.caption, _LONG)),
        ("name", one_line(one.name, 200)),
        ("place", one.place),
        ("size", size_text(one.size) if one.size and one.kind != "location" else ""),
        ("at", words.when(one.at)),
        ("day", one.claimed),
        ("whose", one_line(piece.whose, 100)),
        ("state", _status(words, piece)),
        ("digest", one.sha256[:_DIGEST]),
        ("copy", words.say("evidence.copy-clean") if one.clean and one.keeping == "kept" else ""),
        ("copy", words.say("evidence.copy-none") if piece.bare and one.keeping == "kept" else ""),
        ("same", "\n".join(one_line(twin, _TWIN) for twin in piece.twins[:_TWINS])),
    ]
    return [(words.say(f"evidence.field-{key}"), value) for key, value in found if value]


def _status(words: Words, piece: Piece, *, short: bool = False) -> str:
    one = piece.one
    if one.keeping == "lost":
        return words.say(f"evidence.state-lost-{one.reason}")
    if one.keeping == "removed" and not short:
        return words.say("evidence.removed-because", reason=one_line(one.reason, _LONG))
    return words.say(f"evidence.state-{one.keeping}")


def _numbers(words: Words, desk: Desk, page: Page[Piece]) -> list[Row]:
    made: list[Button] = []
    for piece in page.items:
        label = f"{desk.number(piece.one.seq)} {words.say(f'evidence.kind-{piece.one.kind}')}"
        made.append(button(label, places.EvidenceItem(desk.ref, piece.one.seq)))
    return columns(made, 4)


def _showing(words: Words, desk: Desk, piece: Piece) -> list[Row]:
    """A row each: on a phone the one to the original takes a whole one."""
    made = []
    if piece.shown:
        made.append(button(words.say("button.evidence-show"), ShowTap(desk.ref, piece.one.seq), "primary"))
    if piece.original:
        made.append(button(words.say("button.evidence-original"), ShowTap(desk.ref, piece.one.seq, 1)))
    return columns(made, 1)


def _changing(words: Words, desk: Desk, piece: Piece) -> Row:
    if not piece.own:
        return ()
    ref, seq = desk.ref, piece.one.seq
    return (
        button(words.say("button.evidence-caption"), places.AskCaption(ref, seq)),
        button(words.say("button.evidence-day"), places.AskClaimed(ref, seq)),
        button(words.say("button.evidence-remove"), places.AskDiscard(ref, seq), "danger"),
    )


def _back(words: Words, desk: Desk, piece: Piece) -> Row:
    board = button(words.say("evidence.board"), places.EvidenceBoard(desk.ref))
    if not piece.one.sheet:
        return (button(words.say("button.back"), places.FindingEvidence(desk.ref, piece.one.finding)), board)
    if not piece.list_of:
        return (board,)
    question = str(piece.one.question)
    return (button(words.say("button.back"), places.EvidenceList(piece.list_of, question)), board)
