"""Comparing, below the summary: sections, questions by effect, on one side, unanswered; one question in full.

Each line leads to its question. Must not know the totals (`compare.py`).
"""

from collections.abc import Sequence
from fractions import Fraction

from bot.domain.compare import Comparison, Difference
from bot.domain.scheme import VETO, QuestionId, Section
from bot.view import places
from bot.view.compare import side_text
from bot.view.compare_facts import CompareFacts, SideFacts
from bot.view.compare_lines import arrow, decided, named, said_text, sheets_of, unanswered
from bot.view.compare_places import Compared, ComparedQuestion
from bot.view.parts import Block, Page, Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Button, Screen
from bot.view.values import dimension_name, question_short, section_name, section_short, top_sections, within
from bot.words import Words
from bot.words.forms import percent

PAGE = 8
_NAME, _ROW, _NOTE, _NOTES = 60, 100, 200, 2
_SHEETS = 6
_WIDE, _SHORT = 4, 12
"""Buttons in a row, and the characters of one that a phone shows of so many."""
_ONE: Page[Block] = Page((), 0, 1)


def part(words: Words, facts: CompareFacts, found: Comparison, place: Compared, line: str = "") -> Screen:
    """Part 's': sections, or with a name the questions of one; 'q', 'o', 'u': lists of questions."""
    if place.part == "s" and not place.name:
        return _sections(words, facts, found, place, line)
    questions = _questions(facts, found, place)
    page = page_of(questions, place.page, PAGE)
    jumps = [_jump(words, facts, one) for one in page.items]
    said = [_line(words, facts, found, one) for one in page.items]
    return _listed(words, facts, place, page, jumps, said, line)


def question(words: Words, facts: CompareFacts, found: Comparison, place: ComparedQuestion, line: str = "") -> Screen:
    """What both sides say to it, sheet by sheet, with the last notes; what the difference does."""
    one = QuestionId.parse(place.question)
    blocks = [
        _side(words, facts.left, one, words.say("compare.left")),
        _side(words, facts.right, one, words.say("compare.right")),
    ]
    difference = next((each for each in decided(facts, found) if each.question == one), None)
    if difference:
        blocks.append(Block(words.say("compare.effect"), _effect(words, facts, difference)))
    ways = tuple(
        button(words.say(key), places.Why(side.desk.ref, "q", place.question))
        for key, side in (("compare.to-left", facts.left), ("compare.to-right", facts.right))
        if one in side.desk.scheme.questions and not (facts.basis and side is facts.left)
    )
    back = button(words.say("button.before", clause=words.say("button.compare")), _to(facts, "q"))
    return screen(
        words,
        "insight.j2",
        [ways, (back,)],
        line,
        title=named(words, facts, one),
        about=[words.pick(facts.right.desk.scheme.short)],
        blocks=blocks,
        page=_ONE,
        foot="",
    )


def _questions(facts: CompareFacts, found: Comparison, place: Compared) -> list[QuestionId]:
    match place.part:
        case "q":
            return [one.question for one in decided(facts, found)]
        case "o":
            return [*found.only_left, *found.only_right]
        case "u":
            return unanswered(facts)
        case _:
            left, right = facts.left.desk.scheme, facts.right.desk.scheme
            sides = ((right, right.questions), (left, tuple(found.only_left)))
            inside = [within(one, place.name, asked) for one, asked in sides if place.name in one.section_by_id]
            return [question for some in inside for question in some]


def _line(words: Words, facts: CompareFacts, found: Comparison, one: QuestionId) -> str:
    """'4.2.1 Title: 75% → 85%; +0.6 pts', and that it alone would change the outcome."""
    name = named(words, facts, one)
    if one in found.only_left or one in found.only_right:
        here = one in found.only_left
        side = facts.left if here else facts.right
        said = said_text(words, side.desk, one, (found.only_left if here else found.only_right)[one])
        return words.say("compare.only-left" if here else "compare.only-right", name=name, said=one_line(said, _ROW))
    left, right = found.questions[one]
    texts = [said_text(words, facts.left.desk, one, left), said_text(words, facts.right.desk, one, right)]
    difference = next((each for each in decided(facts, found) if each.question == one), None)
    if difference is None and texts[0] == texts[1]:
        return words.say("compare.row-same", name=name, said=one_line(texts[0], _ROW))
    row = words.say("compare.row", name=name, left=one_line(texts[0], _ROW), right=one_line(texts[1], _ROW))
    return f"{row}{words.say('form.semicolon')}{_effect(words, facts, difference)}" if difference else row


def _effect(words: Words, facts: CompareFacts, one: Difference) -> str:
    """What it moves its total by, and the outcome where it alone decides."""
    said = []
    if one.question.dimension in facts.untold:
        return words.say("compare.effect-untold")
    if one.question.dimension != VETO:
        scheme = facts.right.desk.scheme
        change = arrow(words, one.effect)
        if len(scheme.dimensions) > 1:
            name = dimension_name(words, scheme, one.question)
            said.append(words.say("compare.moves-dimension", dimension=name, change=change))
        else:
            said.append(words.say("compare.moves", change=change))
    if one.decides and one.alone:
        said.append(words.say("compare.decides", outcome=words.pick(one.alone.title)))
    return words.say("form.semicolon").join(said) or words.say("compare.no-points")


def _sections(words: Words, facts: CompareFacts, found: Comparison, place: Compared, line: str) -> Screen:
    """Chapters with both percents, eight a page; a button lists the questions of one."""
    left, right = facts.left.desk.scheme, facts.right.desk.scheme
    known = {one.id for one in right.sections}
    chapters = [*top_sections(right), *(one for one in top_sections(left) if one.id not in known)]
    page = page_of([one for one in chapters if _scored(found, one)], place.page, PAGE)
    jumps = [button(section_short(words, one), _to(facts, "s", one.id)) for one in page.items]
    said = [_section(words, facts, found, one) for one in page.items]
    return _listed(words, facts, place, page, jumps, said, line)


def _scored(found: Comparison, section: Section) -> bool:
    return any(name == section.id for name, _ in found.sections)


def _section(words: Words, facts: CompareFacts, found: Comparison, section: Section) -> str:
    """'4.2 Title: 75% → 80% (+5, up)', for each dimension of several."""
    scheme = facts.right.desk.scheme
    lines = []
    for (name, dimension), tallies in found.sections.items():
        if name != section.id:
            continue
        open_ = [tally is not None and tally.open > 0 for tally in (tallies.left, tallies.right)]
        texts = [_percent(words, value, open_=is_open) for value, is_open in zip(tallies.percents, open_, strict=True)]
        one, other = tallies.percents
        change = ""
        if one is not None and other is not None and not any(open_):
            change = words.say("compare.in-brackets", change=arrow(words, other - one))
        several = len(scheme.dimensions) > 1 and dimension in scheme.dimensions
        title = words.pick(scheme.dimensions[dimension].title) if several else ""
        named_ = " · ".join(text for text in (one_line(section_name(words, section), _NAME), title) if text)
        lines.append(words.say("compare.section", name=named_, left=texts[0], right=texts[1]) + change)
    return "\n".join(lines)


def _percent(words: Words, value: Fraction | None, *, open_: bool) -> str:
    if value is None:
        return words.say("compare.nothing")
    return words.say("compare.so-far", percent=percent(value / 100)) if open_ else percent(value / 100)


def _side(words: Words, side: SideFacts, one: QuestionId, title: str) -> Block:
    """Every counted sheet's answer with its last notes; that this edition does not ask it."""
    desk = side.desk
    lines = [side_text(words, side)]
    if one not in desk.scheme.questions:
        return Block(title, "\n".join([*lines, words.say("compare.not-asked")]))
    sheets = sheets_of(desk, one)
    for sheet in sheets[:_SHEETS]:
        given = sheet.given.get(one)
        said = words.answer(desk.scheme, one, given.answer) if given else words.say("sections.unanswered")
        who = " · ".join(text for text in (desk.names.get(sheet.person, ""), sheet.round) if text)
        prefix = f"{one_line(who, _NAME)}{words.say('form.colon')}" if who and len(sheets) > 1 else ""
        lines.append(f"{prefix}{one_line(said, _NOTE)}")
        notes = sheet.notes.get(one, ())[-_NOTES:]
        lines += [words.say("compare.note", note=one_line(note.text, _NOTE)) for note in notes]
    if not sheets:
        lines.append(words.say("sections.unanswered"))
    elif len(sheets) > _SHEETS:
        lines.append(words.say("compare.more-sheets", n=len(sheets) - _SHEETS))
    return Block(title, "\n".join(lines))


def _listed(
    words: Words,
    facts: CompareFacts,
    place: Compared,
    page: Page[QuestionId] | Page[Section],
    jumps: Sequence[Button],
    said: Sequence[str],
    line: str,
) -> Screen:
    before, after = turn(words, page, lambda number: _to(facts, place.part, place.name, number))  # type: ignore[misc]
    up = _to(facts, "s") if place.name else _to(facts, "")
    key = "button.compare-s" if place.name else "button.compare"
    back = button(words.say("button.before", clause=words.say(key)), up)
    wide = _WIDE if all(len(one.text) <= _SHORT for one in jumps) else _WIDE // 2
    rows: list[Row] = [*columns(jumps, wide), (*before, back, *after)]
    blocks = [Block("", text) for text in said] or [Block("", words.say("compare.nothing-here"))]
    sides = (facts.right.desk.scheme, facts.left.desk.scheme)
    section = next((one.section_by_id[place.name] for one in sides if place.name in one.section_by_id), None)
    return screen(
        words,
        "insight.j2",
        rows,
        line,
        title=section_name(words, section) if section else words.say(f"compare.title-{place.part}"),
        about=[words.say("compare.sides")],
        blocks=blocks,
        page=Page((), page.number, page.count),
        foot=words.say(f"compare.foot-{place.part}") if said else "",
    )


def _jump(words: Words, facts: CompareFacts, one: QuestionId) -> Button:
    sides = (facts.right.desk.scheme, facts.left.desk.scheme)
    label = question_short(words, next(scheme for scheme in sides if one in scheme.questions), one)
    return button(label, ComparedQuestion(*facts.ends, str(one)))


def _to(facts: CompareFacts, name: str, section: str = "", page: int = 0) -> Compared:
    return Compared(*facts.ends, name, section, page)
