"""What the lead does with a panel, and how a member leaves it. Must not know how anybody got in (`joining.py`).

Rights are checked by the domain (`rights.py`); whoever is concerned hears of it in their own chat.
"""

from typing import assert_never

from bot.domain import panel_commands as k
from bot.domain.cleaning import clean_text
from bot.domain.panel_entries import Role
from bot.domain.refusals import AlreadyMember, ReasonMissing
from bot.service import joining, membership, others
from bot.service.case import Case
from bot.service.events import Said
from bot.service.talk import Outcome, Talk
from bot.service.telling import Told, send
from bot.store.values import Invite
from bot.view import joining as say
from bot.view import members_lines as lines
from bot.view import members_places as m
from bot.view import places
from bot.view.members import ROLES
from bot.view.payload import BadPayload


def member_tap(talk: Talk, tap: m.MemberTap) -> Outcome:
    """BadPayload, Refused."""
    match tap:
        case m.InviteTap(ref, role):
            return _invite(talk, ref, role)
        case m.RevokeTap(ref, invite):
            return _revoke(talk, ref, invite)
        case m.AdmitTap(ref, invite):
            return _admit(talk, ref, invite)
        case m.RefuseTap(ref, invite):
            return _refuse(talk, ref, invite)
        case m.RemoveTap(ref, member):
            return _remove(talk, ref, member)
        case m.HandOverTap(ref, member):
            return _hand_over(talk, ref, member)
        case m.LeaveTap(ref):
            return _leave(talk, ref)
        case _:
            assert_never(tap)


def reason(talk: Talk, event: Said) -> Outcome:
    """Why a member is removed: it is asked once more, with the reason in sight. TextEmpty, TextTooLong."""
    case = talk.cases.by_id(talk.focus.assessment)
    member = talk.focus.argument.partition(":")[0]
    talk.refocus(argument=f"{member}:{clean_text(event.text)}")
    return Outcome(places.ConfirmRemoval(case.listed.ref, member), fresh=True)


def _invite(talk: Talk, ref: str, role: str) -> Outcome:
    """A link, shown once: only its hash is kept, so it can be made again but never read again."""
    case = talk.cases.by_ref(ref)
    membership.may_invite(case)
    kind = next((one for one in ROLES if one == role), None)
    if kind is None:
        raise BadPayload
    out = sum(one.free(talk.now) for one in talk.unit.invites.unsettled(case.listed.id))
    token, until = membership.new_link(talk, case, "assessor" if kind == "assessor" else "viewer", out)
    link = say.link(talk.words, kind, talk.world.bot.username, token, membership.ms(until))
    made = lines.link_made(talk.words)
    return Outcome(places.InviteCard(ref), line=made, toast=made, said=link)


def _revoke(talk: Talk, ref: str, name: str) -> Outcome:
    case, invite = _of_lead(talk, ref, name)
    if invite is not None and invite.taken_by:
        late = lines.too_late_to_revoke(talk.words)
        return Outcome(places.Requests(case.listed.ref), line=late, toast=late)
    if invite is not None:
        talk.unit.invites.revoke(invite.id, talk.now)
    line = lines.revoked(talk.words)
    return Outcome(places.InviteCard(case.listed.ref), line=line, toast=line)


def _admit(talk: Talk, ref: str, name: str) -> Outcome:
    """The entry, the membership and the end of the invitation, together."""
    case, invite = _asked(talk, ref, name)
    if invite is None:
        return _request_gone(talk, case)
    person = talk.unit.people.get(invite.taken_by or "")
    role: Role = "assessor" if invite.kind == "assessor" else "viewer"
    try:
        case, _ = talk.cases.act(case, k.Admit(person.id, role, invite.terms), talk.stamp())
    except AlreadyMember:
        talk.unit.invites.settle(invite.id, "refused", talk.now)
        raise
    talk.unit.invites.settle(invite.id, "admitted", talk.now)
    talk.unit.people.stay(person.id)
    told = Told(person.id, lambda words: say.admitted(words, role, case.seen.name), "button.head", places.Head(ref))
    other = others.theirs(talk, person.id)
    if other and other.focus.argument == f"{membership.OFFER}{invite.id}":
        others.tell(other, told.say)
        others.bring(other, told.place)
    else:
        send(talk, told)
    line = lines.admitted(talk.words, person.name)
    return Outcome(places.Members(ref), line=line, toast=line)


def _refuse(talk: Talk, ref: str, name: str) -> Outcome:
    case, invite = _asked(talk, ref, name)
    if invite is None:
        return _request_gone(talk, case)
    person = talk.unit.people.get(invite.taken_by or "")
    talk.unit.invites.settle(invite.id, "refused", talk.now)
    joining.turned_away(talk, person, invite)
    line = lines.refused(talk.words, person.name)
    return Outcome(places.Members(ref), line=line, toast=line)


def _remove(talk: Talk, ref: str, member: str) -> Outcome:
    case = talk.cases.by_ref(ref)
    why = membership.reason_held(talk, member)
    if not why:
        return Outcome(places.AskRemoval(ref, member), toast=talk.words.refusal(ReasonMissing()))
    case, _ = talk.cases.act(case, k.Remove(member, why), talk.stamp())
    other = others.theirs(talk, member)
    if other:
        said = lines.belongs_no_more(other.words)
        others.tell(other, lambda words: say.removed(words, case.seen.name, why))
        others.take_away(other, case.listed.id, said, lines.belongs_no_more)
    line = lines.removed(talk.words, membership.name_of(talk, member))
    return Outcome(places.Members(ref), line=line, toast=line)


def _hand_over(talk: Talk, ref: str, to: str) -> Outcome:
    case = talk.cases.by_ref(ref)
    case, recorded = talk.cases.act(case, k.HandOver(to), talk.stamp())
    if not recorded:
        return Outcome(places.Members(ref), toast=lines.you_lead(talk.words))
    send(talk, Told(to, lambda words: say.leads(words, case.seen.name), "button.members", places.Members(ref)))
    line = lines.handed_over(talk.words, membership.name_of(talk, to))
    return Outcome(places.Members(ref), line=line, toast=line)


def _leave(talk: Talk, ref: str) -> Outcome:
    case = talk.cases.by_ref(ref)
    case, _ = talk.cases.act(case, k.Leave(), talk.stamp())
    leads = [person for person, role in case.state.members.items() if role == "lead"]
    for lead in filter(None, (others.theirs(talk, person) for person in leads)):
        others.tell(lead, lambda words: say.left(words, talk.person.name, case.seen.name))
    sheets = set(case.sheets.values())
    waiting = tuple(item for item in talk.focus.pending if item.sheet not in sheets)
    talk.refocus(assessment="", sheet="", question="", pending=waiting)
    return joining.leave_the_door(talk, lines.left(talk.words))


def _of_lead(talk: Talk, ref: str, name: str) -> tuple[Case, Invite | None]:
    """One of the assessment's invitations that did not end, by its public name. NotAllowed for who does not lead."""
    case = talk.cases.by_ref(ref)
    membership.may_invite(case)
    waiting = talk.unit.invites.unsettled(case.listed.id)
    return case, next((one for one in waiting if one.ref == name and one.kind != "basis"), None)


def _asked(talk: Talk, ref: str, name: str) -> tuple[Case, Invite | None]:
    """An invitation that somebody took and the lead has not answered."""
    case, invite = _of_lead(talk, ref, name)
    return case, invite if invite is not None and invite.taken_by else None


def _request_gone(talk: Talk, case: Case) -> Outcome:
    line = lines.request_gone(talk.words)
    return Outcome(places.Requests(case.listed.ref), line=line, toast=line)
