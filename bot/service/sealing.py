"""Sealing a closed record: the head is signed, and the code goes to every member, out of our reach (RELIABILITY 6).

Whoever has database and key could rewrite a record; not the messages that its members were sent. Must not know how a
signature is made, or how a message is worded.
"""

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.entries import Draft
from bot.domain.panel_entries import Sealed
from bot.domain.refusals import SigningKeyGone
from bot.service.case import Case
from bot.service.notices import queue_text
from bot.service.reach import words_for
from bot.service.standing import result_facts
from bot.service.talk import Talk
from bot.service.world import World
from bot.verify.keyfile import KeyMissing, KeyUnreadable
from bot.verify.signing import SEAL, Signer, fingerprint, seal_code, sealed
from bot.view.seals import closed_notice

if TYPE_CHECKING:
    from bot.store.unit import Unit

log = logging.getLogger(__name__)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def signer(world: World, unit: "Unit") -> Signer | None:
    """What this bot signs with, made at first need; None where it has no key at all (tests).

    SigningKeyGone: there were seals, and now there is no key, or none that can be read.
    """
    if world.keys is None:
        return None
    try:
        return world.keys.signer(lambda: not unit.entries.any_of("sealed"))
    except (KeyMissing, KeyUnreadable):
        raise SigningKeyGone from None


def at_hand(talk: Talk) -> Signer | None:
    """The same, before anything is recorded that needs it; whoever runs the bot reads in the log that it failed."""
    try:
        return signer(talk.world, talk.unit)
    except SigningKeyGone:
        log.error("the signing key is gone or cannot be read: nothing can be closed; see `gradewalk doctor`")  # noqa: TRY400  a traceback says no more
        raise


def seal(talk: Talk, case: Case, with_: Signer | None) -> Case:
    """Seal the entry that was just recorded, its closing, and tell every member. Without a key it is told all the same.

    with_: taken from `at_hand` before anything was recorded, so that nothing is closed without its seal.
    """
    signed = None if with_ is None else _signed(talk, case, with_)
    if signed is not None:
        case = talk.cases.record(case, [Draft(signed)], talk.stamp())
    _tell(talk, case, signed)
    return case


def _signed(talk: Talk, case: Case, with_: Signer) -> Sealed:
    now = talk.unit.assessments.find_id(talk.person.id, case.listed.id)
    if now is None or now.seq != case.state.seq:
        raise LookupError(case.listed.id)
    at = (talk.now - _EPOCH) // timedelta(milliseconds=1)
    signature = with_.sign(SEAL, sealed(now.id, now.seq, now.head, at))
    return Sealed(now.seq, now.head, at, with_.key, signature)


def _tell(talk: Talk, case: Case, signed: Sealed | None) -> None:
    """Every member in every chat of theirs, in their language. Who closed it has the result already."""
    facts = result_facts(case)
    code, key = (seal_code(signed.upto, signed.head), fingerprint(signed.key)) if signed else ("", "")
    for person in sorted(case.state.members):
        if signed is None and person == talk.person.id:
            continue
        for chat in talk.unit.chats.everywhere(person):
            words = words_for(talk.world, talk.unit, chat.channel, chat.chat)
            text = closed_notice(words, facts, code, key, signed.upto if signed else 0)
            queue_text(talk.unit, chat.channel, chat.chat, text, talk.now)
