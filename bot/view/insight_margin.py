"""Margin and fragility: how far above and below, and which single answers hold the outcome up.

Must not know how any of it is found. Figures here are exact, or marked and rounded to the safe side.
"""

from fractions import Fraction

from bot.domain.margin import Distance, Fragile, Margin
from bot.domain.scheme import VETO, DeductionsBelow, LevelAtLeast
from bot.view import places
from bot.view.facts import ResultFacts
from bot.view.insight_lines import asked, outcome_line, own_view, settled, threshold_of
from bot.view.parts import Block, Page, Row, button, columns, one_line, page_of, screen, turn
from bot.view.scores import sheet_name
from bot.view.screen import Screen
from bot.view.values import question_name, question_short
from bot.words import Words, points, total
from bot.words.forms import apart, exact, nearest

PAGE = 6
_ROW, _NAME = 60, 30


def margin(words: Words, facts: ResultFacts, place: places.MarginPlace, line: str = "") -> Screen:
    """The room in each dimension, deductions that are still borne, single answers; before completion, that it comes."""
    desk, found = facts.desk, facts.margin
    back = button(words.say("button.before", clause=words.say("button.insight")), places.Insight(desk.ref))
    if found is None or not settled(facts) or facts.card.vetoed:
        return _later(words, facts, line)
    ratings = [one for one in found.fragile if one.question.dimension != VETO]
    page = page_of(ratings, place.page, PAGE)
    before, after = turn(words, page, lambda number: places.MarginPlace(desk.ref, number))
    several = len(desk.state.counted) > 1
    jumps = [
        button(question_short(words, desk.scheme, one.question), places.Why(desk.ref, "q", str(one.question)))
        for one in page.items
    ]
    blocks = [*_rooms(words, facts, found), *_singles(words, facts, found, page, several=several)]
    once = list({one.payload: one for one in jumps}.values())
    return screen(
        words,
        "insight.j2",
        [*columns(once, 3), (*before, back, *after)],
        line,
        title=words.say("margin.title"),
        about=[text for text in (outcome_line(words, facts), own_view(words, desk)) if text],
        blocks=blocks,
        page=page,
        foot=words.say("margin.step") if ratings else "",
    )


def _later(words: Words, facts: ResultFacts, line: str) -> Screen:
    desk = facts.desk
    rows: list[Row] = [
        (button(words.say("button.deciding"), places.Decisive(desk.ref), "primary"),),
        (button(words.say("button.before", clause=words.say("button.insight")), places.Insight(desk.ref)),),
    ]
    key = "margin.vetoed" if facts.card.vetoed else "margin.later"
    page: Page[Fragile] = Page((), 0, 1)
    title, about = words.say("margin.title"), [words.say(key)]
    return screen(words, "insight.j2", rows, line, title=title, about=about, blocks=[], page=page, foot="")


def _rooms(words: Words, facts: ResultFacts, found: Margin) -> list[Block]:
    """Per dimension what holds, then what lacks; then deductions, and what else the next grade asks for."""
    scheme, blocks = facts.desk.scheme, []
    for name, dimension in scheme.dimensions.items():
        part = facts.card.dimensions[name]
        if part.total is None:
            raise AssertionError(name)
        shown = exact(part.total, nearest(scheme, name, part.total))
        title = words.say("margin.dimension", dimension=words.pick(dimension.title), total=shown)
        lines = [
            _distance(words, facts, one, words.pick(found.outcome.title)) for one in found.held if one.dimension == name
        ]
        if found.next:
            lines += [
                _distance(words, facts, one, words.pick(found.next.title))
                for one in found.lacks
                if one.dimension == name
            ]
        blocks.append(Block(title, "\n".join(lines) or words.say("margin.no-line")))
    others = _deductions(words, facts, found)
    if found.next:
        grade = words.pick(found.next.title)
        missing = [one for one in found.lacks if one.dimension is None and not one.checked.holds]
        needs = [asked(words, facts, one.checked.condition) for one in missing]
        others += [words.say("margin.lacks", grade=grade, what=text) for text in needs]
    if not found.next:
        others.append(words.say("margin.top"))
    return [*blocks, Block("", "\n".join(others))] if others else blocks


def _distance(words: Words, facts: ResultFacts, one: Distance, grade: str) -> str:
    """'Three-star needs 60: 22.35 above', 'Four-star needs Level 4 (80): 3.8 short'."""
    condition, name = one.checked.condition, one.dimension or ""
    least, value = threshold_of(facts.desk.scheme, condition), facts.card.dimensions[name].total
    if least is None or value is None:
        raise AssertionError(condition)
    line = total(least)
    if isinstance(condition, LevelAtLeast):
        line = words.say("margin.level", level=words.level(None, condition.level), total=line)
    key = "margin.holds" if one.checked.holds else "margin.misses"
    return words.say(key, grade=grade, line=line, points=_apart(facts, name, value, least))


def _apart(facts: ResultFacts, name: str, value: Fraction, least: Fraction) -> str:
    """Between the line and the total as it stands above it: the two add up, here and on every other screen."""
    shown = exact(value, nearest(facts.desk.scheme, name, value))
    said = apart(value, least, shown.removeprefix("≈"))
    return said if said.startswith("≈") or not shown.startswith("≈") else f"≈{said}"


def _deductions(words: Words, facts: ResultFacts, found: Margin) -> list[str]:
    """How many more special deductions the outcome bears: by their number, and by what each takes off the total."""
    rules = facts.desk.scheme.adjustments
    if rules is None or rules.deductions is None or found.outcome.id == facts.desk.scheme.otherwise.id:
        return []
    room = [one.room for one in found.held if isinstance(one.checked.condition, DeductionsBelow)]
    spare = found.spare.get(rules.dimension)
    if spare and isinstance(spare.room, Fraction):
        room.append(spare.room // rules.deductions.each)
    borne = min((int(one) for one in room if one is not None), default=None)
    if borne is None:
        return []
    title, each = words.pick(rules.deductions.title), points(rules.deductions.each)
    key = "margin.bears" if borne else "margin.bears-none"
    return [words.say(key, title=title, n=borne, each=each, outcome=words.pick(found.outcome.title))]


def _singles(words: Words, facts: ResultFacts, found: Margin, page: Page[Fragile], *, several: bool) -> list[Block]:
    scheme = facts.desk.scheme
    outcome = words.pick(found.outcome.title)
    if found.outcome.id == scheme.otherwise.id:
        return []
    blocks = []
    if page.items:
        count = sum(one.question.dimension != VETO for one in found.fragile)
        lines = [_single(words, facts, one, several=several) for one in page.items]
        blocks.append(Block(words.say("margin.fragile", n=count, outcome=outcome), "\n".join(lines)))
    else:
        blocks.append(Block("", words.say("insight.sturdy", outcome=outcome)))
    rows = dict.fromkeys(one.question.indicator for one in found.fragile if one.question.dimension == VETO)
    if rows:
        clauses, left = words.say("form.comma").join(rows), words.pick(scheme.otherwise.title)
        blocks.append(Block("", words.say("margin.veto", clauses=clauses, outcome=left)))
    return blocks


def _single(words: Words, facts: ResultFacts, one: Fragile, *, several: bool) -> str:
    """'4.2.1 Hotline · A: 70% → 60%, leaves Two-star'."""
    scheme = facts.desk.scheme
    name = one_line(question_name(words, scheme, one.question), _ROW)
    sheet = next(held for held in facts.desk.state.counted if held.id == one.sheet)
    if several:
        name = f"{name} · {one_line(sheet_name(words, facts, sheet), _NAME)}"
    before, after = (words.answer(scheme, one.question, answer) for answer in (one.held, one.lower))
    return words.say("margin.single", name=name, before=before, after=after, outcome=words.pick(one.becomes.title))
