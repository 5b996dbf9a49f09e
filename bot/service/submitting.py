"""Beginning and submitting a sheet of one's own in a panel; standing by a rating. Must not know any screen."""

from bot.domain import panel_commands as k
from bot.domain.scheme import QuestionId
from bot.service.asking import after_asked
from bot.service.events import Said
from bot.service.talk import Outcome, Talk
from bot.view import blind_lines, lines, places
from bot.view.blind_places import BeginTap, SubmitTap


def begin(talk: Talk, tap: BeginTap) -> Outcome:
    """The person's main sheet; its first question comes next. Tapped twice, it goes on. RoundTaken, NotAllowed."""
    case = talk.cases.by_ref(tap.assessment)
    covers = tuple(tap.covers.split("+"))
    mine = (one for one in case.state.counted if one.person == talk.person.id and not one.round)
    held = next((one for one in mine if one.covers == frozenset(covers)), None)
    if held is not None:
        return Outcome(places.NextOpen(case.sheets[held.id]), toast=blind_lines.sheet_begun_already(talk.words))
    _, ref = talk.cases.open_sheet(case, "", covers, talk.stamp())
    line = lines.sheet_opened(talk.words, "")
    return Outcome(places.NextOpen(ref), line=line, toast=line)


def submit(talk: Talk, tap: SubmitTap) -> Outcome:
    """It counts from now on. Tapped twice, it says so."""
    case, sheet = talk.cases.by_sheet(tap.sheet)
    lead = case.actor.role == "lead"
    after = places.Others(case.listed.ref) if lead else places.Head(case.listed.ref)
    if sheet.status == "submitted":
        return Outcome(after, toast=blind_lines.already_submitted(talk.words))
    case, _ = talk.cases.act(case, k.Submit(sheet.id), talk.stamp())
    line = blind_lines.sheet_submitted(talk.words)
    others = any(one.person == talk.person.id and one.status == "open" for one in case.state.counted)
    return Outcome(places.Sheets(case.listed.ref) if others else after, line=line, toast=line)


def uphold(talk: Talk, event: Said) -> Outcome:
    """The rating stays, for the reason that was sent."""
    case = talk.cases.by_id(talk.focus.assessment)
    question = QuestionId.parse(talk.focus.question)
    case, _ = talk.cases.act(case, k.Uphold(talk.focus.sheet, question, event.text), talk.stamp(event.message))
    line = blind_lines.rating_upheld(talk.words, question)
    return Outcome(after_asked(case, talk.focus.sheet), line=line, fresh=True)
