"""Handing a self-assessment to an auditor, and what an audit shows of it. Must not know who may do what.

`TERMS` names the sentences that an auditor agreed to: other sentences need another name, as in `joining.py`.
"""

from html import escape

from bot.domain.basis import row_of
from bot.domain.panel_entries import BasisRow
from bot.domain.scheme import QuestionId, Scheme
from bot.view import basis_places as b
from bot.view import places
from bot.view.basis_facts import BasisOffer, HandedFacts, HandOnFacts, OfferLine
from bot.view.facts import Desk
from bot.view.members_places import AgreeTap, DeclineTap
from bot.view.parts import Block, Row, block_pages, button, clip, one_line, page_of, screen, turn
from bot.view.screen import Screen
from bot.view.values import question_name
from bot.words import Words

TERMS = "basis-1"
SENTENCES = ("name", "copied", "care", "later")
"""Those of TERMS, as `terms.basis-1.<name>`."""
PAGE = 3
_NAME = 80
_FIELD = 300
_ON_CARD = 160


def hand_on(words: Words, facts: HandOnFacts, place: b.HandOn, line: str = "") -> Screen:
    """With or without ratings; below, who asked and what is out, three a page."""
    ref = facts.desk.ref
    page = page_of(facts.offers, place.page, PAGE)
    before, after = turn(words, page, lambda number: b.HandOn(ref, number))
    choices: Row = ()
    if facts.linked:
        choices = tuple(
            button(words.say(f"button.offer-{ratings}"), b.OfferTap(ref, ratings)) for ratings in ("shown", "hidden")
        )
    back = button(words.say("button.head"), places.Head(ref))
    rows = [choices, *(_ways(words, ref, one) for one in page.items), (*before, back, *after)]
    named = [(one, one_line(one.name, _NAME) or words.say("member.nameless")) for one in page.items]
    return screen(words, "hand_on.j2", rows, line, facts=facts, named=named, page=page)


def consent(words: Words, offer: BasisOffer, line: str = "") -> Screen:
    """What an auditor agrees to, and no more: whose it is they see once the lead confirmed. The safe choice first."""
    decline = words.say("button.withdraw-request" if offer.asked else "button.decline")
    rows: list[Row] = [(button(decline, DeclineTap(offer.ref)),)]
    if not offer.asked:
        if offer.name:
            rows.append((button(words.say("button.agree-basis"), AgreeTap(offer.ref)),))
        if not offer.fixed:
            key = "button.other-name" if offer.name else "button.say-name"
            rows.append((button(words.say(key), places.AskName(offer.ref)),))
    return screen(
        words,
        "basis_consent.j2",
        rows,
        line,
        offer=offer,
        name=one_line(offer.name, _NAME),
        terms=[words.say(f"terms.{TERMS}.{name}") for name in SENTENCES],
    )


def handed(words: Words, facts: HandedFacts, line: str = "") -> Screen:
    """Whose it is and what is in it; the audit begins by a button."""
    begin = button(words.say("button.begin-audit"), b.AuditTap(facts.ref), "primary")
    if facts.audit:
        begin = button(words.say("button.open-audit"), places.Head(facts.audit), "primary")
    return screen(
        words,
        "handed.j2",
        [(begin,), (button(words.say("button.home"), places.Home()),)],
        line,
        facts=facts,
        organisation=one_line(facts.organisation, _NAME),
        fields=[(field, clip(value, _FIELD)) for field, value in facts.fields if value],
    )


def basis(words: Words, desk: Desk, question: QuestionId, page: int = 0, line: str = "") -> Screen:
    """All answers and notes of the basis on a question."""
    row = row_of(desk.state.basis, question)
    rated = _answers(words, desk.scheme, row) if row else []
    blocks = [Block(words.say("basis.rated"), answer) for answer in rated]
    blocks += [Block(words.say("basis.note"), note) for note in (row.notes if row else ())]
    shown = block_pages(blocks or [Block("", words.say("basis.nothing"))], page)
    before, after = turn(words, shown, lambda number: b.BasisCard(desk.sheet_ref, str(question), number))
    back = button(words.say("button.back"), places.Card(desk.sheet_ref, str(question)))
    held = desk.state.basis
    return screen(
        words,
        "basis.j2",
        [(*before, back, *after)],
        line,
        heading=[question_name(words, desk.scheme, question)],
        organisation=one_line(held.organisation if held else "", _NAME),
        page=shown,
    )


def on_card(words: Words, desk: Desk, question: QuestionId) -> str:
    """What the basis says, on one line of the question's card; '' where it says nothing."""
    row = row_of(desk.state.basis, question)
    if row is None:
        return ""
    note = one_line(row.notes[-1], _ON_CARD) if row.notes else ""
    if not row.answers:
        return words.say("card.basis-note", n=len(row.notes), note=note)
    answers = one_line(words.say("form.comma").join(_answers(words, desk.scheme, row)), _ON_CARD)
    return words.say("card.basis-noted" if note else "card.basis", answers=answers, n=len(row.notes), note=note)


def link_message(words: Words, ratings: str, username: str, token: str, until: int) -> str:
    """The message with the link for an auditor, plain: it can be forwarded as it is. It says nothing of whose it is."""
    address = f"https://t.me/{username}?start={token}"
    shown = words.say(f"hand-on.with-{ratings}")
    return words.say("hand-on.message", ratings=shown, link=address, until=words.when(until))


def asks(words: Words, name: str, assessment: str) -> str:
    """To the lead: somebody opened the link, and asks for the self-assessment."""
    who = one_line(name, _NAME) or words.say("member.nameless")
    return escape(words.say("post.basis-asks", name=who, assessment=one_line(assessment, _NAME)), quote=False)


def withdrew(words: Words, name: str, assessment: str) -> str:
    """To the lead: who asked asks no more."""
    who = one_line(name, _NAME) or words.say("member.nameless")
    return escape(words.say("post.basis-withdrew", name=who, assessment=one_line(assessment, _NAME)), quote=False)


def given(words: Words, organisation: str) -> str:
    """To the auditor: the lead confirmed."""
    return escape(words.say("post.basis-handed", organisation=one_line(organisation, _NAME)), quote=False)


def _ways(words: Words, ref: str, one: OfferLine) -> Row:
    """What the lead can do with an offer."""
    if one.asked and not one.handed:
        return (
            button(words.say("button.hand-it-over", n=one.number), b.HandTap(ref, one.ref)),
            button(words.say("button.deny", n=one.number), b.DenyTap(ref, one.ref)),
        )
    return (button(words.say("button.revoke", n=one.number), b.UnofferTap(ref, one.ref)),)


def _answers(words: Words, scheme: Scheme, row: BasisRow) -> list[str]:
    return [words.answer(scheme, row.question, answer) for answer in row.answers]
