"""Where something that was sent belongs: to a question, or to a finding. Must not record anything."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain.entries import Entry
from bot.domain.scheme import QuestionId
from bot.domain.state import SheetState
from bot.service.asking import question_of
from bot.service.case import Case
from bot.service.events import Sent
from bot.service.talk import Talk
from bot.view import places
from bot.view.card import heading
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Target:
    """A question of a sheet, else a finding by its number."""

    case: Case
    sheet: str = ""
    question: QuestionId | None = None
    finding: int = 0

    @property
    def gone(self) -> bool:
        """A finding that stands no more."""
        one = self.case.seen.found.get(self.finding)
        return self.question is None and (one is None or bool(one.withdrawn))

    def command(self, received: v.EvidenceReceived) -> k.AttachEvidence | k.ProveFinding:
        """What is asked for."""
        if self.question is None:
            return k.ProveFinding(self.finding, received)
        return k.AttachEvidence(self.sheet, self.question, received)


def focused(talk: Talk) -> Target | None:
    """The finding on which the person stands, else the question in focus. UnknownAssessment where it is not theirs."""
    found = _standing(talk, talk.place())
    if found is not None or not talk.focus.question:
        return found
    case = talk.cases.by_id(talk.focus.assessment)
    sheet = case.state.sheets[talk.focus.sheet]
    return Target(case, sheet.id, question_of(case.scheme, sheet, talk.focus.question))


def _standing(talk: Talk, place: places.Place) -> Target | None:
    match place:
        case (
            places.FindingItem(ref, number)
            | places.FindingEvidence(ref, number)
            | places.AskFindingField(ref, number)
            | places.ConfirmWithdraw(ref, number)
            | places.AskWithdraw(ref, number)
        ):
            return Target(talk.cases.by_ref(ref), finding=number)
        case (
            places.EvidenceItem(ref, seq)
            | places.AskCaption(ref, seq)
            | places.AskClaimed(ref, seq)
            | places.AskDiscard(ref, seq)
        ):
            case = talk.cases.by_ref(ref)
            one = case.seen.evidence.get(seq)
            return Target(case, finding=one.finding) if one and not one.sheet else None
        case _:
            return None


def replied(talk: Talk, event: Sent) -> Target | None:
    """What the message that it answers was about: one of theirs that gave an answer, a note, a photo; or a card."""
    if not event.reply_to:
        return None
    caused = talk.unit.entries.caused_by(talk.person.id, talk.who.channel, talk.who.chat, event.reply_to)
    if caused is None:
        return _of_card(talk, event.card)
    case = talk.cases.by_id(caused)
    entry = case.state.messages.get((talk.person.id, event.reply_to))
    if entry is None:
        return None
    if entry.question is None or entry.sheet not in case.state.sheets:
        number = _finding_of(entry)
        return Target(case, finding=number) if number else None
    return Target(case, entry.sheet, entry.question)


def _finding_of(entry: Entry) -> int:
    """The finding that this entry is about; 0 for none."""
    match entry.body:
        case v.FindingRecorded():
            return entry.seq
        case v.FindingChanged(of):
            return of
        case v.EvidenceReceived(finding=finding):
            return finding
        case _:
            return 0


def _of_card(talk: Talk, text: str) -> Target | None:
    """The question of an older card, where its text leaves no doubt: one assessment by that standard, one sheet."""
    here = focused(talk)
    if here is None or not text:
        return None
    case = here.case
    mine = [one for one in case.state.sheets.values() if one.person == talk.person.id]
    alike = [one for one in talk.cases.listed() if one.scheme_id == case.scheme.id]
    if len(mine) != 1 or len(alike) > 1:
        return None
    found = list(_named(case, mine[0], text))
    return Target(case, mine[0].id, found[0]) if len(found) == 1 else None


def _named(case: Case, sheet: SheetState, text: str) -> Iterator[QuestionId]:
    """The questions whose heading stands in the text, in either language."""
    said = set(text.splitlines())
    for question in case.scheme.covered(sheet.covers):
        for words in map(Words.of, ("zh", "en")):
            name, *dimension = heading(words, case.scheme, question)
            if name in said and all(any(one.startswith(part) for one in said) for part in dimension):
                yield question
                break
