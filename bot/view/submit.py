"""Submitting a sheet, and standing by a rating. Must not know whose other sheets there are."""

from bot.domain.answers import Veto
from bot.domain.interview import open_questions
from bot.domain.owning import unsupported
from bot.domain.scheme import QuestionId
from bot.domain.state import SheetState
from bot.view import places
from bot.view.blind_places import SubmitTap
from bot.view.facts import Desk
from bot.view.parts import button, clip, one_line, screen
from bot.view.screen import Screen
from bot.view.values import answered, bare, question_name, standard_name
from bot.words import Words

_ANSWER = 160
_REASON = 1500


def may_submit(desk: Desk) -> bool:
    """The sheet in hand is whole, or raises a veto, and has what evidence is asked for."""
    own = desk.own
    if own is None or own.status != "open" or not desk.panel or desk.state.closed:
        return False
    return (not open_questions(desk.scheme, own) or _vetoed(own)) and not unsupported(desk.state, own)


def confirm_submit(words: Words, desk: Desk, line: str = "") -> Screen:
    """What is open, flagged or unsupported; the safe choice comes first."""
    own = desk.own
    rows = [(button(words.say("button.submit-later"), places.Check(desk.sheet_ref), "primary"),)]
    if may_submit(desk):
        rows.append((button(words.say("button.submit-for-good"), SubmitTap(desk.sheet_ref), "danger"),))
    return screen(
        words,
        "submit.j2",
        rows,
        line,
        desk=desk,
        standard=standard_name(words, desk),
        ready=may_submit(desk),
        vetoed=own is not None and _vetoed(own),
        open=len(open_questions(desk.scheme, own)) if own else 0,
        flagged=len(own.flagged) if own else 0,
        bare=len(bare(desk.scheme, own, desk.state.evidence)) if own else 0,
        unsupported=len(unsupported(desk.state, own)) if own else 0,
    )


def ask_uphold(words: Words, desk: Desk, question: QuestionId, line: str = "") -> Screen:
    """The next text is why the rating stays as it is."""
    own = desk.own
    about = [question_name(words, desk.scheme, question, own)]
    if own and question in own.given:
        rating = one_line(answered(words, desk.scheme, own, question), _ANSWER)
        about.append(words.say("card.current", answer=rating))
    if own and question in own.asked:
        about.append(words.say("card.asked", reason=clip(own.asked[question], _REASON)))
    return screen(
        words,
        "ask.j2",
        [(button(words.say("button.cancel"), places.Card(desk.sheet_ref, str(question))),)],
        line,
        title=words.say("asking.uphold"),
        about=about,
        hint=words.say("asking.uphold-hint"),
        current="",
    )


def _vetoed(sheet: SheetState) -> bool:
    return any(given.answer == Veto(raised=True) for given in sheet.given.values())
