"""Evidence as people bring it: put to a question or a finding, described, dated, taken away. Each is an entry at once.

The bytes follow: see `fetching.py`. Must not know how a channel hands out files, or what a screen looks like.
"""

from typing import Literal, TypeAlias, assert_never

from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain.entries import Draft
from bot.domain.evidence import Evidence, beside
from bot.domain.refusals import NothingToRevise
from bot.service.case import Case
from bot.service.events import Attachment, Said, Sent
from bot.service.evidence_targets import focused, replied
from bot.service.talk import Outcome, Talk
from bot.store.disk import Room
from bot.view import evidence_lines as lines
from bot.view import places

LARGEST = 20 << 20
"""Bytes of a file that Telegram hands to a bot."""
TOGETHER = 2.0
"""Seconds in which the other pictures of an album arrive: they get one answer."""
_KINDS: tuple[v.EvidenceKind, ...] = lines.KINDS


def attach(talk: Talk, event: Sent, found: Attachment) -> Outcome:
    """What was sent belongs to the question or finding that it answers, else to the one in focus. Refused."""
    kind = next(kind for kind in _KINDS if kind == event.kind)
    target = replied(talk, event) or focused(talk)
    if target is None:
        return Outcome(line=lines.no_question(talk.words), fresh=True)
    if target.gone:
        return Outcome(line=lines.no_finding(talk.words), fresh=True)
    if kind != "location" and talk.world.store.vault.room is not Room.PLENTY:
        return Outcome(line=lines.no_room(talk.words), fresh=True)
    received = v.EvidenceReceived(
        kind, found.file, found.size, found.mime, found.name, event.caption, found.album, place=found.place
    )
    case, _ = talk.cases.act(target.case, target.command(received), talk.stamp(event.message))
    one = case.state.evidence[case.state.seq]
    where = lines.where(talk.words, case.state.found, one)
    if kind == "location":
        return Outcome(line=lines.place_saved(talk.words, where), fresh=True, files=True)
    if found.size > LARGEST:
        lost = Draft(v.EvidenceLost(one.seq, "too-large"), one.sheet, one.asked)
        talk.cases.record(case, [lost], talk.stamp())
        return Outcome(line=lines.too_large(talk.words, where), fresh=True, files=True)
    talk.unit.fetches.add(talk.who.channel, talk.who.chat, case.listed.id, one.seq, found.file)
    line = lines.received(talk.words, where, _together(case, one))
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
    place: places.Place = places.FindingEvidence(case.listed.ref, one.finding)
    if one.sheet:
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
    found = beside(case.state.evidence, one)
    return tuple(other for other in found if (other.album, other.person) == (one.album, one.person))
