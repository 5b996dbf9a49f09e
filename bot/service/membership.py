"""What the screens of a panel need: members, links, requests, what an invited person may be told. Changes nothing.

A link's token is a secret: only its hash is ever stored, so it can be shown once, by whoever makes it.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from bot.domain import panel_commands as k
from bot.domain.blind import Outline, outlines
from bot.domain.interview import progress
from bot.domain.refusals import InvitesFull, UnknownAssessment
from bot.domain.rights import check
from bot.service.case import Case
from bot.service.cases import Cases
from bot.service.talk import Talk
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Invite, InviteKind
from bot.view.links import PREFIX
from bot.view.members_facts import InviteLine, MemberLine, OfferFacts, PanelFacts, RequestLine
from bot.view.payload import BadPayload

TOKEN_BYTES = 24
LIFETIME = timedelta(hours=72)
OUT = 20
"""Links of an assessment that may be out at a time, of each sort: into the panel, and for an auditor."""
OFFER = "invite:"
"""Before the id of an invitation in the focus of a person who opened its link."""
_ORDER = {"lead": 0, "assessor": 1, "viewer": 2}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_token() -> str:
    """192 random bits, that never begin as a link to an indicator does: what follows /start is the one or the other."""
    while (token := secrets.token_urlsafe(TOKEN_BYTES)).startswith(PREFIX):
        pass
    return token


def new_link(talk: Talk, case: Case, kind: InviteKind, out: int, *, shown: bool = False) -> tuple[str, datetime]:
    """A new invitation's token, shown once, and until when it is good. out: how many of its like are open.

    InvitesFull. BadPayload where no links can be made here.
    """
    if not talk.world.bot.username:
        raise BadPayload
    if out >= OUT:
        raise InvitesFull(limit=OUT)
    token, until = new_token(), talk.now + LIFETIME
    talk.unit.invites.make(case.listed.id, kind, hashed(token), talk.person.id, talk.now, until, shown=shown)
    return token, until


def hashed(token: str) -> str:
    """What is kept of a token; takes any text."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def panel_facts(talk: Talk, case: Case) -> PanelFacts:
    """The panel as this person may see it: links and requests are the lead's."""
    lead = case.actor.role == "lead"
    waiting = talk.unit.invites.unsettled(case.listed.id) if lead else ()
    out = [one for one in waiting if one.kind != "basis" and one.free(talk.now)]
    asked = [one for one in waiting if one.kind != "basis" and one.taken_by]
    return PanelFacts(
        desk=case.desk(talk.focus.sheet),
        members=_members(talk, case),
        invites=tuple(
            InviteLine(number, one.ref, one.kind, ms(one.made_at), ms(one.expires_at))
            for number, one in enumerate(out, start=1)
        ),
        requests=tuple(
            RequestLine(number, one.ref, name_of(talk, one.taken_by), one.kind, ms(one.taken_at))
            for number, one in enumerate(asked, start=1)
        ),
        linked=bool(talk.world.bot.username),
    )


def member_of(facts: PanelFacts, person: str) -> MemberLine:
    """BadPayload where the person is no member."""
    found = next((one for one in facts.members if one.person == person), None)
    if found is None:
        raise BadPayload
    return found


def may_invite(case: Case) -> None:
    """Who may admit may invite. NotAllowed, AssessmentClosed."""
    check(case.state, case.actor, k.Admit("", "viewer", ""))


def offered(talk: Talk, ref: str) -> Invite:
    """The invitation whose link this person opened, or which they have taken. BadPayload where it is over."""
    invite = standing(talk.unit, talk.person.id, talk.focus.argument, talk.now)
    if invite is None or invite.ref != ref:
        raise BadPayload
    return invite


def standing(unit: Unit, person: str, argument: str, now: datetime) -> Invite | None:
    """The invitation that a focus names, while this person can still take it or waits for an answer."""
    if not argument.startswith(OFFER):
        return None
    invite = unit.invites.get(argument.removeprefix(OFFER))
    return invite if invite is not None and usable(invite, person, now) else None


def usable(invite: Invite, person: str | None, now: datetime) -> bool:
    """Whether it can be taken; or whether it was by this person, who waits for an answer."""
    return invite.free(now) or (person is not None and invite.taken_by == person and invite.settled_at is None)


def offer_facts(talk: Talk, invite: Invite) -> OfferFacts:
    """What an invited person is told. BadPayload where the assessment is gone."""
    case = led(talk.world, talk.unit, invite)
    if case is None:
        raise BadPayload
    return OfferFacts(
        ref=invite.ref,
        scheme=case.scheme,
        organisation=case.seen.header.get("organisation", ""),
        mode=case.seen.mode,
        inviter=case.person.name,
        role=invite.kind,
        expires_at=ms(invite.expires_at),
        name=talk.person.name,
        fixed=talk.unit.assessments.takes_part(talk.person.id),
        asked=invite.taken_by == talk.person.id,
    )


def led(world: World, unit: Unit, invite: Invite) -> Case | None:
    """The assessment of an invitation, as its lead has it; None where it is deleted."""
    lead = unit.invites.lead(invite.id)
    if lead is None:
        return None
    try:
        return Cases(world, unit, unit.people.get(lead)).by_id(invite.assessment)
    except UnknownAssessment:
        return None


def name_of(talk: Talk, person: str | None) -> str:
    """'' for nobody, or without a name."""
    try:
        return talk.unit.people.get(person or "").name
    except LookupError:
        return ""


def reason_held(talk: Talk, member: str) -> str:
    """The reason that was sent for removing this member; '' for none."""
    held, _, text = talk.focus.argument.partition(":")
    return text if held == member else ""


def ms(at: datetime | None) -> int:
    """UTC in ms; 0 for never."""
    return 0 if at is None else (at - _EPOCH) // timedelta(milliseconds=1)


def _members(talk: Talk, case: Case) -> tuple[MemberLine, ...]:
    """The lead first; each with the sheets of which this person may know how far they are."""
    seen = case.seen
    known = [Outline(one.id, one.person, one.round, one.status, *progress(case.scheme, one)) for one in seen.counted]
    known += outlines(case.scheme, case.state, case.actor)
    ordered = sorted(seen.members.items(), key=lambda one: _ORDER[one[1]])
    return tuple(
        MemberLine(
            number,
            person,
            name_of(talk, person),
            role,
            person == talk.person.id,
            tuple(one for one in known if one.person == person),
        )
        for number, (person, role) in enumerate(ordered, start=1)
    )
