"""What the screens need while a self-assessment is handed to an auditor. Changes nothing.

Must not know who may hand it over (`handing.py`), or what was handed over (`taking.py`).
"""

from bot.service import membership, taking
from bot.service.case import Case
from bot.service.talk import Talk
from bot.store.values import Invite
from bot.view.basis_facts import BasisOffer, HandOnFacts, OfferLine


def facts(talk: Talk, case: Case) -> HandOnFacts:
    """What is out: who waits for the lead first, then what was handed over, then links."""
    found = sorted(out(talk, case), key=lambda one: (one.taken_by is None, one.settled_at is not None))
    return HandOnFacts(
        desk=case.desk(talk.focus.sheet),
        offers=tuple(_line(talk, number, one) for number, one in enumerate(found, start=1)),
        linked=bool(talk.world.bot.username),
    )


def offer_facts(talk: Talk, invite: Invite) -> BasisOffer:
    """What an auditor is told before the lead's word: nothing of the assessment."""
    return BasisOffer(
        ref=invite.ref,
        ratings="shown" if invite.shown else "hidden",
        expires_at=membership.ms(invite.expires_at),
        name=talk.person.name,
        fixed=talk.unit.assessments.takes_part(talk.person.id),
        asked=invite.taken_by == talk.person.id,
    )


def out(talk: Talk, case: Case) -> list[Invite]:
    """Offers that did not end: links, requests, and what was handed over and not used yet."""
    invites = talk.unit.invites
    unsettled = [one for one in invites.unsettled(case.listed.id) if one.kind == "basis"]
    handed = [one for one in invites.handed(assessment=case.listed.id) if taking.usable(talk.unit, one, talk.now)]
    return [*(one for one in unsettled if one.taken_by or one.free(talk.now)), *handed]


def _line(talk: Talk, number: int, one: Invite) -> OfferLine:
    return OfferLine(
        number=number,
        ref=one.ref,
        ratings="shown" if one.shown else "hidden",
        name=membership.name_of(talk, one.taken_by),
        asked=one.taken_by is not None,
        handed=one.settled_at is not None,
        at=membership.ms(one.settled_at or one.taken_at or one.made_at),
        expires_at=membership.ms(one.expires_at),
    )
