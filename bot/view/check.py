"""Before closing: what is open, flagged, unsupported; and closing itself. Must not know how a grade is found."""

from bot.domain.interview import open_questions
from bot.domain.scheme import QuestionId
from bot.domain.scoring import OpenAdjustment, OpenDimension, OpenGate, Scorecard
from bot.view import payload, places
from bot.view.facts import Desk, ResultFacts
from bot.view.outlook import outlook
from bot.view.parts import Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Screen
from bot.view.values import answered, bare, question_name, question_short, raised
from bot.words import Words

PAGE = 8
PARTS = ("open", "flagged", "bare")
_ROW = 80


def check(words: Words, facts: ResultFacts, place: places.Check, line: str = "") -> Screen:
    """The overview, or one of its lists, whose entries jump there."""
    if place.part in PARTS:
        return _list(words, facts, place, line)
    desk = facts.desk
    found = {part: len(_questions(desk, part)) for part in PARTS}
    jumps = tuple(
        button(words.say(f"check.button-{part}", n=found[part]), places.Check(place.sheet, part))
        for part in PARTS
        if found[part]
    )
    closing: Row = ()
    if _can_close(facts):
        closing = (button(words.say("button.close"), places.ConfirmClose(desk.ref), "primary"),)
    answering: Row = ()
    if found["open"]:
        answering = (button(words.say("button.go-on"), places.NextOpen(desk.sheet_ref), "" if closing else "primary"),)
    ways = (
        button(words.say("button.head"), places.Head(desk.ref)),
        button(words.say("button.sections"), places.Sections(desk.sheet_ref)),
        button(words.say("button.standing"), places.Result(desk.ref)),
    )
    return screen(
        words,
        "check.j2",
        [closing, answering, jumps, ways],
        line,
        desk=desk,
        counts=found,
        others=_other_sheets(desk),
        undecided=_undecided(words, desk, facts.card),
        outcome=facts.verdict.outcome,
        raised=words.say("form.comma").join(raised(desk)),
        outlook=outlook(words, desk, facts.bounds),
        can_close=_can_close(facts),
    )


def confirm_close(words: Words, facts: ResultFacts, line: str = "") -> Screen:
    """Close for good, or not; the safe choice comes first."""
    desk = facts.desk
    rows = [(button(words.say("button.not-yet"), places.Check(desk.sheet_ref), "primary"),)]
    if _can_close(facts):
        rows.append((button(words.say("button.close-for-good"), payload.CloseTap(desk.ref, desk.seq), "danger"),))
    return screen(
        words,
        "confirm_close.j2",
        rows,
        line,
        desk=desk,
        outcome=facts.verdict.outcome,
        counts={part: len(_questions(desk, part)) for part in PARTS},
        raised=words.say("form.comma").join(raised(desk)),
    )


def _list(words: Words, facts: ResultFacts, place: places.Check, line: str) -> Screen:
    desk = facts.desk
    page = page_of(_questions(desk, place.part), place.page, PAGE)
    before, after = turn(words, page, lambda number: places.Check(place.sheet, place.part, number))
    buttons = [
        button(question_short(words, desk.scheme, question), places.Card(place.sheet, str(question)))
        for question in page.items
    ]
    rows: list[Row] = [
        *columns(buttons, 4),
        (*before, button(words.say("button.check"), places.Check(place.sheet)), *after),
    ]
    return screen(
        words,
        "check_list.j2",
        rows,
        line,
        part=place.part,
        page=page,
        total_count=len(_questions(desk, place.part)),
        name=lambda question: one_line(question_name(words, desk.scheme, question), _ROW),
        given=lambda question: answered(words, desk.scheme, desk.own, question) if desk.own else "",
    )


def _questions(desk: Desk, part: str) -> tuple[QuestionId, ...]:
    if desk.own is None:
        return ()
    match part:
        case "open":
            return open_questions(desk.scheme, desk.own)
        case "flagged":
            return tuple(q for q in desk.scheme.covered(desk.own.covers) if q in desk.own.flagged)
        case _:
            return bare(desk.scheme, desk.own)


def _can_close(facts: ResultFacts) -> bool:
    desk = facts.desk
    return desk.lead and not desk.state.closed and facts.verdict.outcome is not None and not _other_sheets(desk)


def _other_sheets(desk: Desk) -> int:
    """Sheets of other people that are still being worked on."""
    mine = desk.own.person if desk.own else ""
    return sum(sheet.status == "open" and sheet.person != mine for sheet in desk.state.counted)


def _undecided(words: Words, desk: Desk, card: Scorecard) -> list[str]:
    """What is open besides questions: gates, adjustments, dimensions that nobody rates."""
    scheme, found = desk.scheme, []
    for one in card.open:
        match one:
            case OpenGate(gate):
                found.append(words.say("check.undecided-gate", gate=words.pick(scheme.gates[gate].title)))
            case OpenAdjustment(which):
                found.append(words.say(f"check.adjust-{which}"))
            case OpenDimension(dimension):
                title = words.pick(scheme.dimensions[dimension].title)
                found.append(words.say("check.undecided-dimension", dimension=title))
            case _:
                pass
    return found
