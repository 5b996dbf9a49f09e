"""What can still decide: the range of each total with the lines in it, the open questions, greatest stake first.

Must not know how a stake is found. Assumes what the bounds assume, and says it.
"""

from typing import TypeGuard

from bot.domain.scheme import Condition, DeductionsBelow
from bot.domain.stakes import needed
from bot.view import places
from bot.view.asking_order import order_button
from bot.view.facts import Desk, ResultFacts
from bot.view.insight_lines import Item, decisive_items, open_count, own_view, settled
from bot.view.outlook import outlook
from bot.view.parts import Block, Row, button, columns, one_line, page_of, screen, turn
from bot.view.scores import sheet_name
from bot.view.screen import Button, Screen
from bot.view.undone import sample_lacks, undone
from bot.view.values import question_short, raised, row_name, sheets_label
from bot.words import Words, points, shown_total, total

PAGE = 6
_ROW = 70


def deciding(words: Words, facts: ResultFacts, place: places.Decisive, line: str = "") -> Screen:
    """Six questions a page, each with a way to its card; where nothing can change it any more: that, and why."""
    desk = facts.desk
    items = decisive_items(facts)
    page = page_of(items, place.page, PAGE)
    before, after = turn(words, page, lambda number: places.Decisive(desk.ref, number))
    back = button(words.say("button.before", clause=words.say("button.insight")), places.Insight(desk.ref))
    several = len(desk.sheets) > 1 or len(desk.scheme.dimensions) > 1
    jumps = [made for one in page.items if (made := _jump(words, desk, one))]
    blocks = [Block(words.say("deciding.ranges"), "\n".join(_ranges(words, facts)))]
    if items:
        listed = "\n".join(_line(words, facts, one) for one in page.items)
        blocks.append(Block(words.say("deciding.questions", n=len(items)), listed))
    else:
        blocks.append(Block(words.say("deciding.nothing"), "\n".join(_why_none(words, facts))))
    rows: list[Row] = [
        *columns(_once(jumps), 2 if several else 3),
        order_button(words, desk),
        (*before, back, *_margin_way(words, facts), *after),
    ]
    about = [outlook(words, desk, facts.bounds) or own_view(words, desk)]
    return screen(
        words,
        "insight.j2",
        rows,
        line,
        title=words.say("deciding.title"),
        about=[text for text in about if text],
        blocks=blocks,
        page=page,
        foot="",
    )


def _line(words: Words, facts: ResultFacts, item: Item) -> str:
    sheet, question, one = item
    name = one_line(row_name(words, facts.desk.scheme.by_id[question.indicator]), _ROW)
    state = next((held for held in facts.desk.state.counted if held.id == sheet), None)
    if state is not None and len(facts.desk.state.counted) > 1:
        name = f"{name} · {one_line(sheet_name(words, facts, state), _ROW)}"
    if one is None:
        return words.say("deciding.veto", name=name, outcome=words.pick(facts.desk.scheme.otherwise.title))
    title = words.pick(facts.desk.scheme.dimensions[question.dimension].title)
    return words.say("deciding.stake", name=name, dimension=title, points=points(one.stake))


def _jump(words: Words, desk: Desk, item: Item) -> Button | None:
    """To the card on the person's own open sheet; to their sheets, where none covers it yet."""
    sheet, question, _ = item
    for ref, held in desk.sheets:
        if held.id == sheet and held.status == "open":
            label = question_short(words, desk.scheme, question, held)
            if len(desk.sheets) > 1 and held.round:
                label = f"{label} · {held.round}"
            return button(label, places.Card(ref, str(question)))
    return button(sheets_label(words, desk), places.Sheets(desk.ref)) if not sheet and desk.rates else None


def _once(made: list[Button]) -> list[Button]:
    return list({one.payload: one for one in made}.values())


def _ranges(words: Words, facts: ResultFacts) -> list[str]:
    """'Service: 55 to 92.5', then the lines of the grades: where none lies between, nothing can change."""
    scheme, found = facts.desk.scheme, []
    for name, dimension in scheme.dimensions.items():
        least, most = facts.bounds.least[name], facts.bounds.most[name]
        ends = {"least": shown_total(scheme, name, least), "most": shown_total(scheme, name, most)}
        key = "deciding.fixed" if least == most else "deciding.range"
        found.append(words.say(key, dimension=words.pick(dimension.title), **ends))
        lines = [
            words.say("deciding.line", grade=words.pick(grade.title), needed=total(line))
            for grade in scheme.grades
            if (line := needed(scheme, grade).get(name)) is not None
        ]
        found.append(words.say("deciding.lines", lines=words.say("form.comma").join(lines)))
    return found


def _why_none(words: Words, facts: ResultFacts) -> list[str]:
    desk = facts.desk
    if clauses := raised(desk):
        return [words.say("deciding.because-veto", clauses=words.say("form.comma").join(clauses))]
    if not open_count(facts) and not desk.hidden:
        left = undone(words, facts).texts if desk.lead else ()
        return [words.say("deciding.answered"), *left]
    found = [
        words.say("deciding.because-gate", gate=words.pick(gate.title))
        for gate in desk.scheme.gates.values()
        if gate.id in desk.state.gates and not desk.state.gates[gate.id].value
    ]
    least = max((c.count for grade in desk.scheme.grades for c in grade.conditions if _counts(c)), default=0)
    deducted = desk.state.decisions.deductions or 0
    if least and deducted >= least:
        found.append(words.say("deciding.because-deductions", count=deducted))
    return found or [*sample_lacks(words, desk), words.say("deciding.because-lines")]


def _counts(condition: Condition) -> TypeGuard[DeductionsBelow]:
    return isinstance(condition, DeductionsBelow)


def _margin_way(words: Words, facts: ResultFacts) -> Row:
    """Once complete, what is asked for here has become the margin."""
    if not (settled(facts) and facts.margin) or facts.card.vetoed:
        return ()
    return (button(words.say("button.margin"), places.MarginPlace(facts.desk.ref)),)
