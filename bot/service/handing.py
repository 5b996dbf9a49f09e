"""Handing a self-assessment to an auditor: the link, who opened it, the lead's word. The way in is `joining.py`'s.

Nothing is handed over before the lead confirmed who it is; that is an entry, as any copy that leaves (DESIGN 6). Must
not know screens, or what becomes of it in an audit (`taking.py`).
"""

from typing import assert_never

from bot.domain.entries import Draft, Exported
from bot.service import joining, membership, offers, others, taking
from bot.service.case import Case
from bot.service.talk import Outcome, Talk
from bot.service.telling import Told, send
from bot.store.values import Invite
from bot.view import basis as say
from bot.view import basis_lines as lines
from bot.view import basis_places as b
from bot.view import members_lines, places
from bot.view.payload import BadPayload


def basis_tap(talk: Talk, tap: b.BasisTap) -> Outcome:
    """BadPayload, Refused."""
    match tap:
        case b.OfferTap(ref, ratings):
            return _offer(talk, ref, ratings)
        case b.UnofferTap(ref, invite):
            return _take_back(talk, ref, invite)
        case b.HandTap(ref, invite):
            return _hand(talk, ref, invite)
        case b.DenyTap(ref, invite):
            return _deny(talk, ref, invite)
        case b.AuditTap(invite):
            return taking.begin(talk, invite)
        case _:
            assert_never(tap)


def _offer(talk: Talk, ref: str, ratings: str) -> Outcome:
    """A link, shown once: only its hash is kept."""
    case = _case(talk, ref)
    if ratings not in {"shown", "hidden"}:
        raise BadPayload
    out = len(offers.out(talk, case))
    token, until = membership.new_link(talk, case, "basis", out, shown=ratings == "shown")
    link = say.link_message(talk.words, ratings, talk.world.bot.username, token, membership.ms(until))
    made = lines.offered(talk.words)
    return Outcome(places.HandOn(ref), line=made, toast=made, said=link)


def _take_back(talk: Talk, ref: str, name: str) -> Outcome:
    """A link nobody used, or what was handed over and no audit began on."""
    case = _case(talk, ref)
    invite = next((one for one in offers.out(talk, case) if one.ref == name), None)
    done = invite is not None and (
        talk.unit.invites.take_back(invite.id, talk.now)
        if invite.settled_at
        else talk.unit.invites.revoke(invite.id, talk.now)
    )
    line = lines.taken_back(talk.words) if done else lines.offer_gone(talk.words)
    return Outcome(places.HandOn(ref), line=line, toast=line)


def _hand(talk: Talk, ref: str, name: str) -> Outcome:
    """The entry and the end of the offer, together. What is handed over is the record up to this moment."""
    case, invite = _asked(talk, ref, name)
    if invite is None:
        return _gone(talk, ref)
    upto = case.state.seq
    ratings = "shown" if invite.shown else "hidden"
    talk.cases.record(case, [Draft(Exported(f"basis-{ratings}", talk.language, upto))], talk.stamp())
    talk.unit.invites.hand(invite.id, upto, talk.now)
    person = talk.unit.people.get(invite.taken_by or "")
    talk.unit.people.stay(person.id)
    organisation = case.seen.header.get("organisation", "")
    place = places.Handed(invite.ref)
    told = Told(person.id, lambda words: say.given(words, organisation), "button.see-handed", place)
    other = others.theirs(talk, person.id)
    if other and other.focus.argument == f"{membership.OFFER}{invite.id}":
        others.tell(other, told.say)
        others.bring(other, place)
    else:
        send(talk, told)
    line = lines.handed(talk.words, person.name)
    return Outcome(places.HandOn(ref), line=line, toast=line)


def _deny(talk: Talk, ref: str, name: str) -> Outcome:
    _, invite = _asked(talk, ref, name)
    if invite is None:
        return _gone(talk, ref)
    person = talk.unit.people.get(invite.taken_by or "")
    talk.unit.invites.settle(invite.id, "refused", talk.now)
    joining.turned_away(talk, person, invite)
    line = lines.denied(talk.words, person.name)
    return Outcome(places.HandOn(ref), line=line, toast=line)


def _case(talk: Talk, ref: str) -> Case:
    """A self-assessment that this person leads. UnknownAssessment, NotAllowed; BadPayload for an audit."""
    case = talk.cases.by_ref(ref)
    membership.may_invite(case)
    if case.state.mode != "self":
        raise BadPayload
    return case


def _asked(talk: Talk, ref: str, name: str) -> tuple[Case, Invite | None]:
    """An offer that somebody asked for and the lead has not answered."""
    case = _case(talk, ref)
    waiting = [one for one in offers.out(talk, case) if one.taken_by and one.settled_at is None]
    return case, next((one for one in waiting if one.ref == name), None)


def _gone(talk: Talk, ref: str) -> Outcome:
    line = members_lines.request_gone(talk.words)
    return Outcome(places.HandOn(ref), line=line, toast=line)
