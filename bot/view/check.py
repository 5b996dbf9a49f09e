"""Before closing: what is open, flagged, unsupported; and closing itself. Must not know how a grade is found."""

from bot.domain.interview import open_questions
from bot.domain.scheme import Grade, QuestionId
from bot.domain.state import SheetState
from bot.view import payload, places
from bot.view.carried import count_line, list_button
from bot.view.facts import Desk, ResultFacts
from bot.view.outlook import outlook
from bot.view.parts import Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Screen
from bot.view.submit import may_submit
from bot.view.undone import may_close, members_open, undersampled, undone
from bot.view.unproven import lacking, way_to
from bot.view.values import answered, bare, own_aside, question_name, question_short, raised, sheet_title, standard_name
from bot.words import Words

PAGE = 8
PARTS = ("open", "unproven", "flagged", "bare")
_ROW = 80


def check(words: Words, facts: ResultFacts, place: places.Check, line: str = "") -> Screen:
    """The overview, or one of its lists, whose entries jump there."""
    if place.part in PARTS:
        return _list(words, facts, place, line)
    desk = facts.desk
    rest = undone(words, facts)
    found = {part: len(_questions(desk, part)) for part in PARTS}
    jumps = tuple(
        button(words.say(f"check.button-{part}", n=found[part]), places.Check(place.sheet, part))
        for part in PARTS
        if found[part]
    )
    closing: Row = ()
    if may_submit(desk):
        closing = (button(words.say("button.submit"), places.ConfirmSubmit(desk.sheet_ref), "primary"),)
    elif may_close(facts):
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
        [closing, answering, (*jumps, *list_button(words, desk)), rest.ways, ways],
        line,
        desk=desk,
        standard=standard_name(words, desk),
        counts=found,
        carried=count_line(words, desk),
        others=members_open(desk),
        undecided=rest.texts,
        outcome=_outcome(facts),
        raised=words.say("form.comma").join(raised(desk)),
        outlook=outlook(words, desk, facts.bounds),
        can_close=may_close(facts),
        can_submit=may_submit(desk),
        submits=desk.panel and desk.own is not None and desk.own.status == "open",
        aside=own_aside(desk),
    )


def confirm_close(words: Words, facts: ResultFacts, line: str = "") -> Screen:
    """Close for good, or not; the safe choice comes first."""
    desk = facts.desk
    back = places.Check(desk.sheet_ref) if desk.own else places.Head(desk.ref)
    rows = [(button(words.say("button.not-yet"), back, "primary"),)]
    if may_close(facts):
        rows.append((button(words.say("button.close-for-good"), payload.CloseTap(desk.ref, desk.seq), "danger"),))
    return screen(
        words,
        "confirm_close.j2",
        rows,
        line,
        desk=desk,
        outcome=_outcome(facts),
        undecided=undone(words, facts).texts,
        counts={part: len(_questions(desk, part)) for part in PARTS},
        raised=words.say("form.comma").join(raised(desk)),
        asked=sum(len(sheet.asked) for sheet in desk.state.counted),
    )


def _outcome(facts: ResultFacts) -> Grade | None:
    """What closing now would give; nothing while too few units are rated."""
    return None if undersampled(facts) else facts.verdict.outcome


def _list(words: Words, facts: ResultFacts, place: places.Check, line: str) -> Screen:
    desk = facts.desk
    if place.part == "unproven":
        return _unproven(words, desk, place, line)
    page = page_of(_questions(desk, place.part), place.page, PAGE)
    before, after = turn(words, page, lambda number: places.Check(place.sheet, place.part, number))
    buttons = [
        button(question_short(words, desk.scheme, question, desk.own), places.Card(place.sheet, str(question)))
        for question in page.items
    ]
    rest = undone(words, facts) if place.part == "open" else None
    back = button(words.say("button.before", clause=words.say("button.check")), places.Check(place.sheet))
    rows: list[Row] = [
        *columns(buttons, 4),
        rest.ways if rest else (),
        (*before, back, *after),
    ]
    return screen(
        words,
        "check_list.j2",
        rows,
        line,
        part=place.part,
        page=page,
        undecided=rest.texts if rest else (),
        total_count=len(_questions(desk, place.part)),
        name=lambda question: one_line(question_name(words, desk.scheme, question, desk.own), _ROW),
        given=lambda question: answered(words, desk.scheme, desk.own, question) if desk.own else "",
    )


def _unproven(words: Words, desk: Desk, place: places.Check, line: str) -> Screen:
    """The person's own ratings on whatever sheet, and for the lead others' too: each leads to where it can be added."""
    found = lacking(desk)
    page = page_of(found, place.page, PAGE)
    before, after = turn(words, page, lambda number: places.Check(place.sheet, place.part, number))
    several = len({sheet.id for sheet, _ in found} | ({desk.own.id} if desk.own else set())) > 1
    buttons = [
        button(question_short(words, desk.scheme, question, sheet), way_to(desk, sheet, question))
        for sheet, question in page.items
    ]
    back = button(words.say("button.before", clause=words.say("button.check")), places.Check(place.sheet))

    def named(one: tuple[SheetState, QuestionId]) -> str:
        sheet, question = one
        name = one_line(question_name(words, desk.scheme, question, sheet), _ROW)
        whose = " · ".join(part for part in (desk.names.get(sheet.person, ""), sheet_title(words, sheet)) if part)
        return f"{name} · {one_line(whose, _ROW)}" if several else name

    return screen(
        words,
        "check_list.j2",
        [*columns(buttons, 4), (*before, back, *after)],
        line,
        part=place.part,
        page=page,
        undecided=(),
        total_count=len(found),
        name=named,
        given=lambda one: answered(words, desk.scheme, one[0], one[1]),
    )


def _questions(desk: Desk, part: str) -> tuple[QuestionId, ...]:
    if part == "unproven":
        return tuple(question for _, question in lacking(desk))
    if desk.own is None or own_aside(desk):
        return ()
    match part:
        case "open":
            return open_questions(desk.scheme, desk.own)
        case "flagged":
            return tuple(q for q in desk.scheme.covered(desk.own.covers) if q in desk.own.flagged)
        case _:
            return bare(desk.scheme, desk.own, desk.state.evidence)
