"""A card that shows a piece of evidence, brought up to date once its bytes came or were lost.

Only where the person still looks at it: nothing that they do meanwhile is disturbed. Must not know how bytes come.
"""

from bot.domain.evidence import Evidence, beside
from bot.service.case import Case
from bot.service.events import Delivery, Who
from bot.service.evidence_shown import show
from bot.service.numbers import outward
from bot.service.talk import Talk
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import ChatState
from bot.view import places
from bot.view.evidence_lines import summary
from bot.view.screen import Screen


def refresh(world: World, unit: Unit, channel: str, chat: str, before: Case, after: Case, seq: int) -> None:
    """The chat's screen, where it is of this piece, its question or its finding. Never as a new message."""
    state = unit.chats.state(channel, chat)
    if state is None or state.wanted_screen is None or state.person != after.state.evidence[seq].person:
        return
    talk = Talk(world, unit, Who(channel, "", chat, "", state.hint), Delivery(), unit.people.get(state.person))
    one = after.state.evidence[seq]
    place = talk.place()
    if not _before(talk, place, after, one):
        return
    if isinstance(place, places.EvidenceList | places.FindingEvidence | places.EvidenceItem):
        screen: Screen | None = outward(talk, show(talk, place, ""))
    else:
        screen = _card(talk, state, before, after, seq)
    if screen is not None:
        unit.chats.want(channel, chat, screen.to_json(), fresh=False)


def _before(talk: Talk, place: places.Place, case: Case, one: Evidence) -> bool:
    """Whether the person still looks at it, or at what it supports."""
    if one.sheet:
        return (talk.focus.sheet, talk.focus.question) == (one.sheet, str(one.question))
    match place:
        case places.FindingItem(ref, number) | places.FindingEvidence(ref, number):
            return (ref, number) == (case.listed.ref, one.finding)
        case places.EvidenceItem(ref, seq):
            return (ref, seq) == (case.listed.ref, one.seq)
        case _:
            return False


def _card(talk: Talk, state: ChatState, before: Case, after: Case, seq: int) -> Screen | None:
    """The screen with its one line about evidence exchanged: what else stands on it may be said nowhere else."""
    one = after.state.evidence[seq]
    old, new = (summary(talk.words, beside(case.state.evidence, one)) for case in (before, after))
    screen = Screen.from_json(state.wanted_screen or "{}")
    if not old or old not in screen.text:
        return None
    return Screen(screen.text.replace(old, new, 1), screen.rows)
