"""The person changed a message of theirs: what it had said is revised; the old reading stays in the record.

Must not know how a channel reports an edit.
"""

from dataclasses import replace

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import Answer, NotApplicable
from bot.domain.cleaning import clean_text
from bot.domain.evidence_entries import EvidenceReceived, FindingChanged, FindingRecorded
from bot.domain.measures import typed_counts, typed_population
from bot.domain.refusals import AssessmentClosed, NothingToRevise
from bot.domain.typed import Ambiguous, NoRating
from bot.service import evidence, findings
from bot.service.case import Case
from bot.service.events import Edited
from bot.service.meaning import meaning
from bot.service.talk import Outcome, Talk
from bot.view import evidence_lines, lines
from bot.view.places import Card


def edited(talk: Talk, event: Edited) -> Outcome:
    """The person changed a message of theirs: the answer, note or field that it gave is revised. NothingToRevise."""
    if any(item.message == event.message for item in talk.focus.pending):
        text = clean_text(event.text)
        changed = (replace(i, text=text) if i.message == event.message else i for i in talk.focus.pending)
        talk.refocus(pending=tuple(changed))
        return Outcome(line=lines.waiting_text_changed(talk.words), fresh=True)
    caused = talk.unit.entries.caused_by(talk.person.id, talk.who.channel, talk.who.chat, event.message)
    if caused is None:
        raise NothingToRevise
    case = talk.cases.by_id(caused)
    entry = case.state.messages.get((talk.person.id, event.message))
    if case.state.closed and not (entry and isinstance(entry.body, EvidenceReceived)):  # what came after may be said
        raise AssessmentClosed
    if entry is None:
        raise NothingToRevise
    return _revise(talk, case, entry, event)


def _revise(talk: Talk, case: Case, entry: e.Entry, event: Edited) -> Outcome:
    stamp = talk.stamp(event.message)
    match entry.body:
        case e.Noted():
            _, changed = talk.cases.act(case, c.ReviseNote(entry.seq, event.text), stamp)
            line = lines.note_revised(talk.words, entry.question) if changed else lines.unchanged(talk.words)
        case e.HeaderSet(field, _):
            talk.cases.act(case, c.SetHeader(field, event.text), stamp)
            line = lines.field_saved(talk.words, field)
        case e.Created():
            talk.cases.act(case, c.SetHeader("organisation", event.text), stamp)
            line = lines.field_saved(talk.words, "organisation")
        case e.AnswerGiven(answer):
            return _revise_answer(talk, case, entry, answer, event)
        case FindingRecorded() | FindingChanged() | e.FindingsDecided():
            return findings.revise(talk, case, entry, event)
        case e.MeasureSet() | e.PopulationSet() | e.BonusDecided():
            changed = talk.cases.act(case, _decision(entry.body, event.text), stamp)[1]
            line = lines.decision_revised(talk.words) if changed else lines.unchanged(talk.words)
        case EvidenceReceived(size=size):
            changed = evidence.recaptioned(talk, case, entry.seq, event.text, event.message)
            line = evidence_lines.captioned(talk.words) if changed else lines.unchanged(talk.words)
            if size and event.size not in {0, size}:  # the name of a file may change, its size does not
                line = evidence_lines.exchanged(talk.words)
        case _:
            raise NothingToRevise
    return Outcome(line=line, fresh=True)


def _decision(body: e.Body, text: str) -> c.Command:
    """What the message would decide now."""
    match body:
        case e.MeasureSet(measure):
            return c.SetMeasure(measure, *typed_counts(text))
        case e.PopulationSet():
            return c.SetPopulation(typed_population(text))
        case e.BonusDecided(value, _):
            return c.DecideBonus(value, text)
        case _:
            raise NothingToRevise


def _revise_answer(talk: Talk, case: Case, entry: e.Entry, answer: object, event: Edited) -> Outcome:
    question = entry.question
    if question is None:
        raise NothingToRevise
    new: Answer
    if isinstance(answer, NotApplicable):
        new = NotApplicable(event.text)
    else:
        meant = meaning(case.scheme, question, event.text)
        if isinstance(meant, Ambiguous):
            place = Card(case.sheets[entry.sheet], str(question))
            return Outcome(place, line=lines.which(talk.words), fresh=True, choices=meant.ratings)
        if isinstance(meant, NoRating):
            return Outcome(line=lines.edit_not_understood(talk.words, question), fresh=True)
        new = meant.rating
    _, changed = talk.cases.act(case, c.GiveAnswer(entry.sheet, question, new), talk.stamp(event.message))
    line = lines.answer_revised(talk.words, case.scheme, question, new) if changed else lines.unchanged(talk.words)
    return Outcome(line=line, fresh=True)
