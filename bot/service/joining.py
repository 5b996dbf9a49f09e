"""The way into a panel: a link, consent, the lead's word. Must not know screens, or what a member may do.

Whoever opens a link sees what they would join and nothing of what is in it. The token is looked up by its hash, in the
same way whatever it is, and what is no use gets one and the same answer (RELIABILITY 4, rows 56 and 58).
"""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.cleaning import clean_name
from bot.domain.refusals import AlreadyMember
from bot.service import links, membership, others, taking
from bot.service.case import Case
from bot.service.events import Acted, Event, Ordered, Said, Tapped, Who
from bot.service.talk import Outcome, Talk
from bot.service.telling import Told, send
from bot.service.world import World
from bot.store.values import Invite, Person
from bot.view import basis, basis_lines, places
from bot.view import joining as say
from bot.view import members_lines as lines
from bot.view.basis_places import AuditTap
from bot.view.members_places import AgreeTap, DoorTap
from bot.view.payload import BadPayload, decode
from bot.words import Words

if TYPE_CHECKING:
    from bot.store.unit import Unit

GUESSES = 10
"""Links of no use that one account may open within an hour; after that nothing is looked up, and nothing said."""
NAME = 80


def link_of(event: Event) -> str:
    """What follows /start, '' for nothing."""
    return event.argument if isinstance(event, Ordered) and event.command == "start" else ""


def expected(world: World, unit: "Unit", who: Who, link: str) -> bool:
    """Whether an invitation lets this person in, were it to say no: by its link, or since they opened it."""
    if link and unit.invites.by_token(membership.hashed(link)) is None:
        return False  # the same answer as to one that is over; without it a million guesses take twice as long
    person = unit.people.find(who.channel, who.external_id)
    if link:
        return _found(unit, person, link, world.clock()) is not None
    if person is None:
        return False
    argument = unit.focus.get(person.id, who.channel).argument
    if person.guest and argument.startswith(membership.OFFER):
        return True  # were it to be told that it is over, and to be forgotten
    if membership.standing(unit, person.id, argument, world.clock()) is not None:
        return True
    return bool(taking.waiting(unit, person.id, world.clock()))


def concerns(talk: Talk, event: Acted) -> bool:
    """Whether this is about an invitation: all that one who is not in yet may do."""
    if isinstance(event, Tapped):
        try:
            wanted = DoorTap | places.Consent | places.AskName | places.Handed | AuditTap
            return isinstance(decode(event.payload), wanted)
        except BadPayload:
            return False
    if isinstance(event, Said):
        return talk.focus.expects == "member-name"
    link = link_of(event)
    return bool(link) and _found(talk.unit, talk.person, link, talk.now) is not None


def decide_first(talk: Talk) -> Outcome:
    """Anything else of one who is not in yet: the invitation once more."""
    invite = membership.standing(talk.unit, talk.person.id, talk.focus.argument, talk.now)
    handed = taking.waiting(talk.unit, talk.person.id, talk.now)
    if invite is None and handed:
        line = basis_lines.waits(talk.words)
        return Outcome(places.Handed(handed[0].ref), line=line, toast=line, fresh=True)
    if invite is None:
        return leave_the_door(talk, lines.link_of_no_use(talk.words))
    line = _first(talk, invite)
    return Outcome(places.Consent(invite.ref), line=line, toast=line, fresh=True)


def said_at_the_door(talk: Talk) -> str:
    """What a text at an invitation is answered with; '' where none stands before the person."""
    invite = membership.standing(talk.unit, talk.person.id, talk.focus.argument, talk.now)
    return _first(talk, invite) if invite else ""


def _first(talk: Talk, invite: Invite) -> str:
    return lines.still_waits(talk.words) if invite.taken_by else lines.only_consent(talk.words)


def arrive(talk: Talk, link: str) -> Outcome:
    """A link was opened: what it leads to, or the one answer to all that are of no use."""
    invite = _found(talk.unit, talk.person, link, talk.now)
    case = membership.led(talk.world, talk.unit, invite) if invite else None
    if invite is None or case is None:
        if place := links.place_of(talk, link):
            return Outcome(place, fresh=True)
        return Outcome(places.Home(), line=lines.link_of_no_use(talk.words), fresh=True, stray=True)
    if invite.kind == "basis" and invite.settled_at:
        return Outcome(places.Handed(invite.ref), fresh=True)
    if mine := talk.unit.assessments.find_id(talk.person.id, invite.assessment):
        line = lines.already_belong(talk.words) if invite.free(talk.now) else ""
        return Outcome(places.Head(mine.ref), line=line, fresh=True)
    sweep(talk.unit, talk.now, but=talk.person.id)
    talk.refocus(argument=f"{membership.OFFER}{invite.id}")
    return Outcome(places.Consent(invite.ref), fresh=True)


def door_tap(talk: Talk, tap: DoorTap) -> Outcome:
    """Yes or no. Where the invitation is over meanwhile: the answer to links of no use. BadPayload, AlreadyMember."""
    opened = talk.focus.argument.startswith(membership.OFFER)
    try:
        return agree(talk, tap.invite) if isinstance(tap, AgreeTap) else decline(talk, tap.invite)
    except BadPayload:
        if not opened:
            raise
        return leave_the_door(talk, lines.link_of_no_use(talk.words))


def name(talk: Talk, event: Said) -> Outcome:
    """The name to join by. TextEmpty, TextTooLong."""
    invite = membership.standing(talk.unit, talk.person.id, talk.focus.argument, talk.now)
    if invite is None or talk.unit.assessments.takes_part(talk.person.id):
        raise BadPayload
    talk.person = talk.unit.people.update(talk.person.id, name=clean_name(event.text, NAME))
    line = lines.name_taken_over(talk.words, talk.person.name)
    return Outcome(places.Consent(invite.ref), line=line, fresh=True)


def agree(talk: Talk, ref: str) -> Outcome:
    """Take the invitation: one person can. The lead is told, and has the word."""
    invite = membership.offered(talk, ref)
    if not talk.person.name:
        return Outcome(places.AskName(ref))
    case = membership.led(talk.world, talk.unit, invite)
    if talk.unit.assessments.find_id(talk.person.id, invite.assessment):
        raise AlreadyMember
    if case is None:
        raise BadPayload
    audit = invite.kind == "basis"
    asked = basis_lines.asked(talk.words) if audit else lines.asked_to_join(talk.words)
    if invite.taken_by != talk.person.id:  # else: tapped twice
        terms = basis.TERMS if audit else say.TERMS
        if not talk.unit.invites.take(invite.id, talk.person.id, talk.now, terms):
            raise BadPayload
        _knock(talk, case, invite)
    return Outcome(places.Consent(ref), line=asked, toast=asked)


def decline(talk: Talk, ref: str) -> Outcome:
    """Not to join. Before agreeing the link stays good for somebody else; after it, it is used up."""
    invite = membership.offered(talk, ref)
    words = talk.words
    said = lines.declined(words, known=not talk.person.guest)
    if invite.taken_by:
        talk.unit.invites.settle(invite.id, "declined", talk.now)
        said = lines.withdrawn(words, known=not talk.person.guest)
        case = membership.led(talk.world, talk.unit, invite)
        lead = others.theirs(talk, case.person.id) if case else None
        if case and lead:
            told = basis.withdrew if invite.kind == "basis" else say.withdrew
            others.tell(lead, lambda words: told(words, talk.person.name, case.seen.name))
    return leave_the_door(talk, said)


def leave_the_door(talk: Talk, said: str) -> Outcome:
    """Who belongs somewhere goes home; of a guest nothing is kept once they have read it."""
    if talk.person.guest or not talk.world.door.admits(talk.unit, talk.who):
        return Outcome(line=said, toast=said, parting=True)
    return Outcome(places.Home(), line=said, toast=said)


def turned_away(talk: Talk, person: Person, invite: Invite) -> None:
    """Tell who asked that the lead said no."""
    other = others.theirs(talk, person.id)
    if other is None:
        return
    refused = basis_lines.refused if invite.kind == "basis" else lines.not_admitted
    said = refused(other.words, known=not person.guest)
    if person.guest or not talk.world.door.admits(talk.unit, other.who):
        others.part(other, said)
    elif other.focus.argument == f"{membership.OFFER}{invite.id}":
        others.bring(other, places.Home(), said)
    else:
        others.tell(other, lambda words: refused(words, known=True))


def sweep(unit: "Unit", now: datetime, but: str = "") -> None:
    """Forget guests whose invitation must be over by now, and who never said yes or no."""
    for person in unit.guests.since(now - membership.LIFETIME):
        if person != but:
            unit.guests.forget(person)


def _found(unit: "Unit", person: Person | None, link: str, now: datetime) -> Invite | None:
    """The invitation of a link, where it is of any use to this person."""
    invite = unit.invites.by_token(membership.hashed(link))
    if invite is None:
        return None
    if person is not None and invite.taken_by == person.id and taking.usable(unit, invite, now):
        return invite
    mine = person is not None and unit.assessments.find_id(person.id, invite.assessment) is not None
    taken = invite.outcome == "admitted" and person is not None and invite.taken_by == person.id and mine
    if not taken and not membership.usable(invite, person.id if person else None, now):
        return None
    return invite if unit.invites.lead(invite.id) else None


def _knock(talk: Talk, case: Case, invite: Invite) -> None:
    """Tell the lead who asks, with the way to the list of requests."""
    ref, name = case.listed.ref, case.seen.name

    def asks(words: Words) -> str:
        if invite.kind == "basis":
            return basis.asks(words, talk.person.name, name)
        return say.asks(words, talk.person.name, invite.kind, name)

    if invite.kind == "basis":
        send(talk, Told(case.person.id, asks, "button.see-offers", places.HandOn(ref)))
    else:
        send(talk, Told(case.person.id, asks, "button.see-requests", places.Requests(ref)))
