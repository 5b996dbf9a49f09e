"""Who in a panel hears of what another did: a message that is never dropped, and a fresh card with the way there.

Only members are told, each in their language, and nothing that they may not see. Must not know how it is worded.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain import entries as e
from bot.domain import panel_entries as p
from bot.domain.blind import visible
from bot.domain.commands import Actor
from bot.domain.refusals import UnknownAssessment
from bot.domain.scheme import QuestionId
from bot.domain.state import SheetState
from bot.service.cases import News
from bot.service.events import Delivery, Who
from bot.service.notices import queue_text
from bot.service.reach import words_for
from bot.service.show import show
from bot.service.talk import Outcome, Talk
from bot.store.values import ChatState, Role
from bot.view import blind_post as post
from bot.view import places
from bot.view.demand import rating
from bot.view.parts import MOST_ROWS, button
from bot.view.payload import BadPayload
from bot.view.places import Place
from bot.view.screen import Screen
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Told:
    """One message for one member. say: the text in small HTML; label: of the button to `place`."""

    person: str
    say: Callable[[Words], str]
    label: str
    place: Place


def tell(talk: Talk) -> None:
    """Everybody whom what was recorded in this transaction concerns; never the person who did it."""
    for news in talk.cases.news:
        if news.after.state.members.keys() <= {talk.person.id}:
            continue  # alone: only members are told
        for told in _told(talk, news):
            if told.person != talk.person.id:
                send(talk, told)


def _told(talk: Talk, news: News) -> Iterator[Told]:
    if any(isinstance(draft.body, e.Closed | p.MemberRemoved) for draft in news.drafts):
        return  # who closes or goes submits their own by it, and that is told in its own way; not by name after /forget
    roles = news.after.state.members
    leads = [person for person, role in roles.items() if role == "lead"]
    for draft in news.drafts:
        yield from _to_all(talk, news, draft.body, roles)
        sheet = news.after.state.sheets.get(draft.sheet)
        if sheet is None:
            continue
        if isinstance(draft.body, p.ReconsiderationAsked | e.SheetSetAside):
            yield from _to_assessor(news, draft, sheet) if sheet.person in roles else ()
        else:
            for lead in leads:
                yield from _to_lead(talk, news, draft, sheet, lead)


def _to_all(talk: Talk, news: News, body: e.Body, roles: Mapping[str, Role]) -> Iterator[Told]:
    """Reopened: everybody, since the result that they were sent stands no more. Evidence demanded: who rates."""
    case, name, who = news.after, news.after.state.name, talk.person.name
    place = places.Head(case.listed.ref)
    match body:
        case p.Reopened(reason):

            def reopened(words: Words) -> str:
                return post.reopened(words, name, who, reason)

            yield from (Told(person, reopened, "button.head", place) for person in roles)
        case p.EvidenceDemanded(Fraction() as above):

            def demanded(words: Words) -> str:
                return post.demanded(words, name, rating(words, case.scheme, above))

            raters = (person for person, role in roles.items() if role == "assessor")
            yield from (Told(person, demanded, "button.head", place) for person in raters)
        case _:
            return


def _to_assessor(news: News, draft: e.Draft, sheet: SheetState) -> Iterator[Told]:
    case, name = news.after, news.after.state.name
    match draft.body, draft.question:
        case p.ReconsiderationAsked(reason), QuestionId() as question:

            def asked(words: Words) -> str:
                return post.asked(words, case.scheme, name, question, reason)

            yield Told(sheet.person, asked, "button.look-again", places.Card(case.sheets[sheet.id], str(question)))
        case e.SheetSetAside(reason), _:

            def aside(words: Words) -> str:
                return post.set_aside(words, name, sheet, reason)

            yield Told(sheet.person, aside, "button.sheets", places.Sheets(case.listed.ref))
        case _:
            return


def _to_lead(talk: Talk, news: News, draft: e.Draft, sheet: SheetState, lead: str) -> Iterator[Told]:
    case, name, who = news.after, news.after.state.name, talk.person.name
    before = news.before.state.sheets.get(sheet.id)
    place = places.Others(case.listed.ref)
    match draft.body, draft.question:
        case e.SheetSubmitted(), _:
            left = sum(1 for one in case.state.counted if one.status == "open")

            def submitted(words: Words) -> str:
                return post.submitted(words, name, who, sheet, left)

            yield Told(lead, submitted, "button.others", place)
        case p.RatingUpheld(reason), QuestionId() as question:

            def upheld(words: Words) -> str:
                return post.upheld(words, case.scheme, name, who, question, reason)

            yield Told(lead, upheld, "button.others", places.Difference(case.listed.ref, str(question)))
        case e.AnswerGiven(answer), QuestionId() as question if before and before.status == "submitted":
            seen = sheet.id in visible(case.state, Actor(lead, "lead")).sheets
            new = answer if seen else None

            def rated(words: Words) -> str:
                return post.reconsidered(words, case.scheme, name, who, question, new)

            yield Told(lead, rated, "button.others", places.Difference(case.listed.ref, str(question)))
        case _:
            return


def send(talk: Talk, told: Told) -> None:
    """In the chat where the person was seen last; who never was in this channel finds it in their list."""
    channel = talk.who.channel
    state = next(iter(talk.unit.chats.of(channel, told.person)), None)
    if state is None:
        return
    words = words_for(talk.world, talk.unit, channel, state.chat)
    queue_text(talk.unit, channel, state.chat, told.say(words), talk.now)
    screen = _card(talk, state, told)
    if screen is not None:
        talk.unit.chats.want(channel, state.chat, screen.to_json(), fresh=True)


def _card(talk: Talk, state: ChatState, told: Told) -> Screen | None:
    """What they have before them, anew below the message, with the way there; where they stand does not change."""
    who = Who(talk.who.channel, "", state.chat, "", state.hint)
    theirs = Talk(talk.world, talk.unit, who, Delivery(), talk.unit.people.get(told.person))
    try:
        screen = show(theirs, theirs.place(), Outcome())
    except (UnknownAssessment, BadPayload):
        return None
    way = button(theirs.words.say(told.label), told.place, "primary")
    if any(way.payload == one.payload for row in screen.rows for one in row):
        return screen
    if len(screen.rows) < MOST_ROWS:
        return replace(screen, rows=((way,), *screen.rows))
    return replace(screen, rows=(*screen.rows[:-1], (way, *screen.rows[-1])))
