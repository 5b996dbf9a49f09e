"""What an invited person reads and agrees to, and what is said while somebody joins or leaves. Must not know ratings.

`TERMS` names the sentences that people agreed to: other sentences need another name, since the record keeps the name.
"""

from html import escape

from bot.view.basis_facts import BasisOffer
from bot.view.members_facts import OfferFacts
from bot.view.members_places import AgreeTap, AskName, Consent, DeclineTap
from bot.view.parts import Row, button, one_line, screen
from bot.view.screen import Screen
from bot.words import Words

TERMS = "join-1"
SENTENCES = ("recorded", "number", "lasting", "seen", "leaving")
"""Those of TERMS, as `terms.join-1.<name>`."""
_NAME = 80


def consent(words: Words, offer: OfferFacts, line: str = "") -> Screen:
    """What one joins, and what is recorded; once agreed, that the lead has the word. The safe choice comes first."""
    decline = words.say("button.withdraw-request" if offer.asked else "button.decline")
    rows: list[Row] = [(button(decline, DeclineTap(offer.ref)),)]
    if not offer.asked:
        if offer.name:
            rows.append((button(words.say("button.agree"), AgreeTap(offer.ref)),))
        if not offer.fixed:
            key = "button.other-name" if offer.name else "button.say-name"
            rows.append((button(words.say(key), AskName(offer.ref)),))
    return screen(
        words,
        "consent.j2",
        rows,
        line,
        offer=offer,
        inviter=one_line(offer.inviter, _NAME) or words.say("member.nameless"),
        organisation=one_line(offer.organisation, _NAME),
        name=one_line(offer.name, _NAME),
        terms=[words.say(f"terms.{TERMS}.{name}") for name in SENTENCES],
    )


def ask_name(words: Words, offer: OfferFacts | BasisOffer, line: str = "") -> Screen:
    """The next text is the name to join by."""
    cancel = (button(words.say("button.cancel"), Consent(offer.ref)),)
    return screen(
        words,
        "ask.j2",
        [cancel],
        line,
        title=words.say("asking.member-name"),
        about=[],
        hint=words.say("asking.member-name-hint"),
        current=one_line(offer.name, _NAME),
    )


def farewell(words: Words, line: str) -> Screen:
    """The last card of somebody who does not join, or belongs no more: without buttons."""
    return screen(words, "farewell.j2", [], line)


def link(words: Words, role: str, username: str, token: str, until: int) -> str:
    """The message with the link, plain: it can be forwarded as it is."""
    address = f"https://t.me/{username}?start={token}"
    return words.say("invite.link", role=words.say(f"role.{role}"), link=address, until=words.when(until))


def asks(words: Words, name: str, role: str, assessment: str) -> str:
    """To the lead: somebody agreed, and asks to join."""
    who = one_line(name, _NAME) or words.say("member.nameless")
    return _html(words.say("post.asks", name=who, role=words.say(f"role.{role}"), assessment=_short(assessment)))


def withdrew(words: Words, name: str, assessment: str) -> str:
    """To the lead: who asked to join asks no more."""
    who = one_line(name, _NAME) or words.say("member.nameless")
    return _html(words.say("post.withdrew", name=who, assessment=_short(assessment)))


def admitted(words: Words, role: str, assessment: str) -> str:
    """To the new member."""
    return _html(words.say(f"post.admitted-{role}", assessment=_short(assessment)))


def removed(words: Words, assessment: str, reason: str) -> str:
    """To who was removed."""
    return _html(words.say("post.removed", assessment=_short(assessment), reason=one_line(reason, 400)))


def left(words: Words, name: str, assessment: str) -> str:
    """To the lead: a member left."""
    who = one_line(name, _NAME) or words.say("member.nameless")
    return _html(words.say("post.left", name=who, assessment=_short(assessment)))


def leads(words: Words, assessment: str) -> str:
    """To who leads from now on."""
    return _html(words.say("post.leads", assessment=_short(assessment)))


def _short(name: str) -> str:
    return one_line(name, _NAME)


def _html(text: str) -> str:
    return escape(text, quote=False)
