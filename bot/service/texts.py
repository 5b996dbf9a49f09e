"""What a text does: a rating, a note, a reason, a field of the head, a name.

Must not know how a text came, or how its understanding is worded.
"""

from typing import Literal, assert_never

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import NotApplicable
from bot.domain.cleaning import clean_text
from bot.domain.entries import HEADER_FIELDS
from bot.domain.focus import Pending
from bot.domain.refusals import AssessmentClosed, UnknownAssessment
from bot.domain.scheme import QuestionId
from bot.domain.typed import Ambiguous, NoRating, Understood
from bot.service import (
    deciding,
    evidence,
    findings,
    joining,
    members,
    reconsidering,
    reopening,
    rounds,
    submitting,
    trying,
    wishes,
)
from bot.service.asking import after_answer, question_of
from bot.service.draft_jump import draft_jump
from bot.service.events import Said, Sent
from bot.service.jump import jump
from bot.service.meaning import meaning
from bot.service.talk import Outcome, Talk
from bot.view import lines, places
from bot.view.parts import units
from bot.view.places import Card

CLIENT_SPLITS_AT = 4000
"""UTF-16 units: a text near Telegram's 4096 was cut by the client, and the next one is its rest."""


def said(talk: Talk, event: Said) -> Outcome:
    """A text, by what the focus expects. Refused where it cannot be that."""
    match talk.focus.expects:
        case "new-organisation":
            return _begin(talk, event)
        case "header":
            return _field(talk, event)
        case "note":
            return _note(talk, event)
        case "na-reason":
            return _reason(talk, event)
        case "rating":
            return _rating(talk, event)
        case "finding":
            return findings.record(talk, event)
        case "finding-field":
            return findings.change(talk, event)
        case "finding-withdrawal":
            return findings.withdraw(talk, event)
        case "reopen-reason":
            return reopening.reopen(talk, event)
        case "bonus-reason":
            return deciding.bonus_reason(talk, event)
        case "measure":
            return deciding.measure(talk, event)
        case "population":
            return rounds.population(talk, event)
        case "round":
            return rounds.begin(talk, event)
        case "set-aside-reason":
            return rounds.set_aside(talk, event)
        case "uphold-reason":
            return submitting.uphold(talk, event)
        case "reconsider-reason":
            return reconsidering.ask(talk, event)
        case "aside-reason":
            return reconsidering.set_aside(talk, event)
        case "removal-reason":
            return members.reason(talk, event)
        case "member-name":
            return joining.name(talk, event)
        case "evidence-caption" | "evidence-day" | "evidence-removal":
            return evidence.described(talk, event, talk.focus.expects)
        case "quiet-hours" | "own-name":
            return wishes.said(talk, event, talk.focus.expects)
        case "path-cost" | "try-rating" | "try-reason":
            return _draft(talk, event, talk.focus.expects)
        case _:
            assert_never(talk.focus.expects)


def _draft(talk: Talk, event: Said, expects: Literal["path-cost", "try-rating", "try-reason"]) -> Outcome:
    """What is only tried; `#4.2.1` leads to the same for that clause, a reason may begin with anything."""
    text = clean_text(event.text)
    if expects != "try-reason" and text.startswith(("#", "＃")):
        return draft_jump(talk, text[1:].strip())
    return trying.draft_said(talk, event, expects)


def sent(talk: Talk, event: Sent) -> Outcome:
    """Something that is no text: evidence, or told that it is none; its caption is then offered as a note."""
    if event.attachment is not None:
        return evidence.attach(talk, event, event.attachment)
    line = lines.not_taken(talk.words, event.kind)
    if event.caption.strip() and talk.focus.question:
        return _offer(talk, event.caption, event.message)._replace(line=line)
    return Outcome(line=line, fresh=True)


def _begin(talk: Talk, event: Said) -> Outcome:
    scheme_id, _, mode = talk.focus.argument.partition(":")
    scheme = talk.world.library.get(scheme_id)
    if scheme is None:
        raise UnknownAssessment
    kind: e.Mode = "audit" if mode == "audit" else "self"
    case = talk.cases.start(scheme, kind, event.text, talk.stamp(event.message))
    return Outcome(places.Head(case.listed.ref), line=lines.begun(talk.words), fresh=True)


def _field(talk: Talk, event: Said) -> Outcome:
    case = talk.cases.by_id(talk.focus.assessment)
    field = next(field for field in HEADER_FIELDS if field == talk.focus.argument)
    talk.cases.act(case, c.SetHeader(field, event.text), talk.stamp(event.message))
    return Outcome(places.Head(case.listed.ref), line=lines.field_saved(talk.words, field), fresh=True)


def _note(talk: Talk, event: Said) -> Outcome:
    case = talk.cases.by_id(talk.focus.assessment)
    question = QuestionId.parse(talk.focus.question)
    command = c.WriteNote(talk.focus.sheet, question, event.text)
    case, _ = talk.cases.act(case, command, talk.stamp(event.message))
    ref = case.sheets[talk.focus.sheet]
    more = units(event.text) >= CLIENT_SPLITS_AT
    place = places.AskNote(ref, str(question)) if more else Card(ref, str(question))
    return Outcome(place, line=lines.notes_saved(talk.words, question, 1), fresh=True)


def _reason(talk: Talk, event: Said) -> Outcome:
    case = talk.cases.by_id(talk.focus.assessment)
    sheet = case.state.sheets[talk.focus.sheet]
    question = QuestionId.parse(talk.focus.question)
    answer = NotApplicable(event.text)
    case, _ = talk.cases.act(case, c.GiveAnswer(sheet.id, question, answer), talk.stamp(event.message))
    line = lines.saved_answer(talk.words, case.scheme, question, answer)
    return Outcome(after_answer(case, sheet, question), line=line, fresh=True)


def _rating(talk: Talk, event: Said) -> Outcome:
    text = clean_text(event.text)
    if text.startswith(("#", "＃")):
        return jump(talk, text[1:].strip())
    if not talk.focus.question:
        line = joining.said_at_the_door(talk) or lines.not_asked(talk.words)
        return Outcome(line=line, fresh=True)
    case = talk.cases.by_id(talk.focus.assessment)
    sheet = case.state.sheets[talk.focus.sheet]
    question = question_of(case.scheme, sheet, talk.focus.question)
    meant = meaning(case.scheme, question, text)
    match meant:
        case Understood(rating):
            command = c.GiveAnswer(sheet.id, question, rating)
            case, recorded = talk.cases.act(case, command, talk.stamp(event.message))
            word = lines.saved_answer if recorded else lines.already_saved
            line = word(talk.words, case.scheme, question, rating)
            return Outcome(after_answer(case, sheet, question), line=line, fresh=True)
        case Ambiguous(ratings):
            place = Card(case.sheets[sheet.id], str(question))
            return Outcome(place, line=lines.which(talk.words), fresh=True, choices=ratings)
        case NoRating():
            return _offer(talk, event.text, event.message)


def _offer(talk: Talk, text: str, message: str) -> Outcome:
    """Keep the text waiting, with the question it was typed at: 'save as a note?'. TextEmpty, TextTooLong."""
    case = talk.cases.by_id(talk.focus.assessment)
    if case.state.closed:
        raise AssessmentClosed
    item = Pending(clean_text(text), case.sheets[talk.focus.sheet], talk.focus.question, message)
    talk.refocus(pending=(*talk.focus.pending, item))
    return Outcome(Card(item.sheet, item.question), line=lines.no_rating(talk.words), fresh=True)
