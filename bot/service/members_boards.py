"""The screens of a panel and of its door. Gathers facts; must not draw anything itself."""

from typing import TypeAlias, assert_never

from bot.service import offers
from bot.service.membership import member_of, offer_facts, offered, panel_facts, reason_held
from bot.service.talk import Talk
from bot.view import basis, joining, members, places
from bot.view.basis_facts import BasisOffer
from bot.view.screen import Screen

DoorPlace: TypeAlias = places.Consent | places.AskName


def door_board(talk: Talk, place: DoorPlace, line: str) -> Screen:
    """What an invited person is shown. BadPayload where no link was opened, or the invitation is over."""
    invite = offered(talk, place.invite)
    if invite.kind == "basis":
        return _basis_door(talk, place, offers.offer_facts(talk, invite), line)
    offer = offer_facts(talk, invite)
    if isinstance(place, places.Consent) or offer.fixed or offer.asked:
        return joining.consent(talk.words, offer, line)
    return joining.ask_name(talk.words, offer, line)


def _basis_door(talk: Talk, place: DoorPlace, offer: BasisOffer, line: str) -> Screen:
    """What an auditor is shown before the lead's word: not whose self-assessment it is."""
    if isinstance(place, places.Consent) or offer.fixed or offer.asked:
        return basis.consent(talk.words, offer, line)
    return joining.ask_name(talk.words, offer, line)


def members_board(talk: Talk, place: places.MemberPlace, line: str) -> Screen:
    """UnknownAssessment; BadPayload for who is no member. The lead's places: `focusing.settled` lets nobody else in."""
    words, facts = talk.words, panel_facts(talk, talk.cases.by_ref(place.assessment))
    match place:
        case places.Members():
            return members.members(words, facts, place, line)
        case places.Member(_, member):
            return members.member(words, facts, member_of(facts, member), line)
        case places.InviteCard():
            return members.invite(words, facts, place, line)
        case places.Requests():
            return members.requests(words, facts, place, line)
        case places.AskRemoval(_, member):
            return members.ask_removal(words, facts, member_of(facts, member), line)
        case places.ConfirmRemoval(_, member):
            return members.confirm_removal(words, facts, member_of(facts, member), reason_held(talk, member), line)
        case places.ConfirmHandOver(_, member):
            return members.confirm_hand_over(words, facts, member_of(facts, member), line)
        case places.ConfirmLeave():
            return members.confirm_leave(words, facts, line)
        case _:
            assert_never(place)
