"""Evidence as people bring it: attached to a question, described, dated, taken away. Each is an entry at once.

The bytes follow: see `fetching.py`. Must not know how a channel hands out files, or what a screen looks like.
"""

from collections.abc import Iterator
from typing import Literal, TypeAlias, assert_never

from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain.entries import Draft
from bot.domain.evidence import Evidence, caption
from bot.domain.refusals import NothingToRevise
from bot.domain.scheme import QuestionId
from bot.domain.state import SheetState
from bot.service.asking import question_of
from bot.service.case import Case
from bot.service.events import Attachment, Said, Sent
from bot.service.talk import Outcome, Talk
from bot.store.disk import Room
from bot.view import evidence_lines as lines
from bot.view import places
from bot.view.card import heading
from bot.words import Words

LARGEST = 20 << 20
"""Bytes of a file that Telegram hands to a bot."""
TOGETHER = 2.0
"""Seconds in which the other pictures of an album arrive: they get one answer."""
_KINDS: tuple[v.EvidenceKind, ...] = lines.KINDS
Target = tuple[Case, SheetState, QuestionId]


def attach(talk: Talk, event: Sent, found: Attachment) -> Outcome:
    """What was sent belongs to the question that it answers, else to the one in focus. Refused."""
    kind = next(kind for kind in _KINDS if kind == event.kind)
    target = _replied(talk, event) or _focused(talk)
    if target is None:
        return Outcome(line=lines.no_question(talk.words), fresh=True)
    case, sheet, question = target
    if kind != "location" and talk.world.store.vault.room is not Room.PLENTY:
        return Outcome(line=lines.no_room(talk.words), fresh=True)
    received = v.EvidenceReceived(
        kind, found.file, found.size, found.mime, found.name, event.caption, found.album, place=found.place
    )
    case, _ = talk.cases.act(case, k.AttachEvidence(sheet.id, question, received), talk.stamp(event.message))
    seq = case.state.seq
    if kind == "location":
        return Outcome(line=lines.place_saved(talk.words, question), fresh=True, files=True)
    if found.size > LARGEST:
        lost = Draft(v.EvidenceLost(seq, "too-large"), sheet.id, question)
        talk.cases.record(case, [lost], talk.stamp())
        return Outcome(line=lines.too_large(talk.words, question), fresh=True, files=True)
    talk.unit.fetches.add(talk.who.channel, talk.who.chat, case.listed.id, seq, found.file)
    line = lines.received(talk.words, question, _together(case, case.state.evidence[seq]))
    return Outcome(line=line, fresh=True, files=True, hold=TOGETHER if found.album else 0.0)


Described: TypeAlias = Literal["evidence-caption", "evidence-day", "evidence-removal"]


def described(talk: Talk, event: Said, expects: Described) -> Outcome:
    """The text is what was asked of the piece in focus. Refused."""
    match expects:
        case "evidence-caption":
            return captioned(talk, event)
        case "evidence-day":
            return dated(talk, event)
        case "evidence-removal":
            return discarded(talk, event)
        case _:
            assert_never(expects)


def captioned(talk: Talk, event: Said) -> Outcome:
    """The text is the caption of the piece in focus."""
    case, one = _asked(talk)
    talk.cases.act(case, k.CaptionEvidence(one.seq, event.text, one.claimed), talk.stamp(event.message))
    return _back(talk, case, one)


def dated(talk: Talk, event: Said) -> Outcome:
    """The text is the day that the piece in focus is from. DateNotUnderstood."""
    case, one = _asked(talk)
    talk.cases.act(case, k.CaptionEvidence(one.seq, one.caption, event.text), talk.stamp(event.message))
    return _back(talk, case, one)


def discarded(talk: Talk, event: Said) -> Outcome:
    """The text is why the piece in focus is taken away: its bytes go, its entries stay."""
    case, one = _asked(talk)
    talk.cases.act(case, k.RemoveEvidence(one.seq, event.text), talk.stamp(event.message))
    talk.unit.fetches.removed(case.listed.id, one.seq)
    place = places.EvidenceList(case.sheets[one.sheet], str(one.question))
    return Outcome(place, line=lines.removed(talk.words), fresh=True, files=True)


def recaptioned(talk: Talk, case: Case, seq: int, text: str, message: str) -> bool:
    """The caption was edited where it was sent; whether that changed anything. Refused."""
    one = _piece(case, seq)
    return talk.cases.act(case, k.CaptionEvidence(seq, text, one.claimed), talk.stamp(message))[1]


def _asked(talk: Talk) -> tuple[Case, Evidence]:
    case = talk.cases.by_id(talk.focus.assessment)
    return case, _piece(case, int(talk.focus.argument))


def _piece(case: Case, seq: int) -> Evidence:
    """NothingToRevise where there is none that this person may see."""
    one = case.seen.evidence.get(seq)
    if one is None:
        raise NothingToRevise
    return one


def _back(talk: Talk, case: Case, one: Evidence) -> Outcome:
    return Outcome(places.EvidenceItem(case.listed.ref, one.seq), line=lines.captioned(talk.words), fresh=True)


def _together(case: Case, one: Evidence) -> tuple[Evidence, ...]:
    """The piece, with what came before it in its album."""
    if not one.album:
        return (one,)
    found = case.state.evidence.values()
    return tuple(e for e in found if (e.album, e.person, e.question) == (one.album, one.person, one.question))


def _focused(talk: Talk) -> Target | None:
    """The question in focus. UnknownAssessment where it is not the person's any more."""
    if not talk.focus.question:
        return None
    case = talk.cases.by_id(talk.focus.assessment)
    sheet = case.state.sheets[talk.focus.sheet]
    return case, sheet, question_of(case.scheme, sheet, talk.focus.question)


def _replied(talk: Talk, event: Sent) -> Target | None:
    """The question of the message that it answers: one of theirs that gave an answer, a note, a photo; or a card."""
    if not event.reply_to:
        return None
    caused = talk.unit.entries.caused_by(talk.person.id, talk.who.channel, talk.who.chat, event.reply_to)
    if caused is None:
        return _of_card(talk, event.card)
    case = talk.cases.by_id(caused)
    entry = case.state.messages.get((talk.person.id, event.reply_to))
    if entry is None or entry.question is None or entry.sheet not in case.state.sheets:
        return None
    return case, case.state.sheets[entry.sheet], entry.question


def _of_card(talk: Talk, text: str) -> Target | None:
    """The question of an older card, where its text leaves no doubt: one assessment by that standard, one sheet."""
    focused = _focused(talk)
    if focused is None or not text:
        return None
    case, sheet, _ = focused
    mine = [one for one in case.state.sheets.values() if one.person == talk.person.id]
    alike = [one for one in talk.cases.listed() if one.scheme_id == case.scheme.id]
    if len(mine) > 1 or len(alike) > 1:
        return None
    found = list(_named(case, sheet, text))
    return (case, sheet, found[0]) if len(found) == 1 else None


def _named(case: Case, sheet: SheetState, text: str) -> Iterator[QuestionId]:
    """The questions whose heading stands in the text, in either language."""
    said = set(text.splitlines())
    for question in case.scheme.covered(sheet.covers):
        for words in map(Words.of, ("zh", "en")):
            name, *dimension = heading(words, case.scheme, question)
            if name in said and all(any(one.startswith(part) for one in said) for part in dimension):
                yield question
                break


def text_of(case: Case, one: Evidence) -> str:
    """Its caption, or that of its album."""
    return caption(case.seen.evidence, one)
