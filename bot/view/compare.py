"""Comparing two assessments: choosing the other, and the summary. Must not know questions (`compare_parts.py`).

Left is the older one unless they were swapped; every change is right less left.
"""

from collections.abc import Sequence

from bot.domain.basis_side import rated
from bot.domain.compare import Change, Comparison
from bot.view import places
from bot.view.begin_from import other_line
from bot.view.compare_facts import CompareFacts, OtherLine, SideFacts
from bot.view.compare_lines import arrow, decided, signed, unanswered
from bot.view.compare_places import BASIS, Compare, Compared
from bot.view.facts import Desk
from bot.view.insight_lines import own_view
from bot.view.parts import Block, Page, Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Screen
from bot.words import Words, shown_total

PAGE = 6
_NAME = 60
_ONE: Page[Block] = Page((), 0, 1)


def pick_other(words: Words, desk: Desk, place: Compare, others: Sequence[OtherLine], line: str = "") -> Screen:
    """The person's other assessments by this standard, the newest first, six a page; the older one goes left.

    What this one looks at comes before them, where it was handed over with ratings; where without, that is said.
    """
    page = page_of(others, place.page, PAGE)
    first = page.number * PAGE + 1
    before, after = turn(words, page, lambda number: Compare(desk.ref, number))
    entries = [
        button(
            words.say("home.entry", number=number, name=one.name),
            Compared(one.ref, desk.ref) if one.older and one.ref != BASIS else Compared(desk.ref, one.ref),
        )
        for number, one in enumerate(page.items, first)
    ]
    ways = (
        button(words.say("button.before", clause=words.say("button.insight")), places.Insight(desk.ref)),
        button(words.say("button.head"), places.Head(desk.ref)),
    )
    unrated = [words.say("compare.basis-unrated")] if desk.state.basis and not rated(desk.state.basis) else []
    handed = [words.say("compare.basis-first")] if rated(desk.state.basis) else []
    standard = words.pick(desk.scheme.short)
    return screen(
        words,
        "pick_older.j2",
        [*columns(entries, 2), (*before, *ways, *after)],
        line,
        title=words.say("compare.pick", name=one_line(desk.state.name, _NAME)),
        why="\n".join([words.say("compare.pick-why", standard=standard), *handed, *unrated]),
        empty="\n".join([*unrated, words.say("compare.none", standard=standard)]),
        listed=[
            (number, one_line(one.name, _NAME), other_line(words, one)) for number, one in enumerate(page.items, first)
        ],
        page=page,
    )


def summary(words: Words, facts: CompareFacts, line: str = "") -> Screen:
    """Outcomes, totals with the sum that made their change, and the ways to what differs."""
    left, right = facts.left.desk, facts.right.desk
    swap = () if facts.basis else (button(words.say("button.swap"), Compared(right.ref, left.ref)),)
    rows: list[Row] = [(*swap, *_home(words, facts))]
    blocks = [Block(words.say("compare.left"), side_text(words, facts.left))]
    blocks.append(Block(words.say("compare.right"), side_text(words, facts.right)))
    if facts.found:
        rows[:0] = [_ways(words, facts, facts.found)]
        blocks.append(Block(words.say("compare.outcome"), _outcomes(words, facts, facts.found)))
        totals = [_total(words, facts, name, one) for name, one in facts.found.dimensions.items()]
        blocks.append(Block(words.say("compare.totals"), "\n".join(totals)))
    about = [words.pick(right.scheme.short)]
    if left.scheme.digest != right.scheme.digest:
        about.append(words.say("compare.editions"))
    return screen(
        words,
        "insight.j2",
        rows,
        line,
        title=words.say("compare.title"),
        about=about,
        blocks=blocks,
        page=_ONE,
        foot=_foot(words, facts, facts.found) if facts.found else "",
    )


def _foot(words: Words, facts: CompareFacts, found: Comparison) -> str:
    """What the figures assume."""
    said = [words.say("compare.foot")]
    if any(verdict.outcome is None for verdict in found.verdicts[facts.basis :]):
        said.append(words.say("compare.assumed"))
    if facts.basis:
        said.append(words.say("compare.basis-foot"))
        scheme = facts.left.desk.scheme
        lacking = [words.say("compare.basis-gates")] if scheme.gates else []
        lacking += [words.say("compare.basis-adjustments")] if scheme.adjustments else []
        said += [*lacking, words.say("compare.basis-decisions")] if lacking else []
    return "\n".join(said + ([words.say("compare.basis-untold")] if facts.untold else []))


def side_text(words: Words, side: SideFacts) -> str:
    """'Example Ltd · Self-assessment · 2025-11-02 · Four-star', and what of it this person does not see."""
    desk = side.desk
    closed = desk.state.closed
    outcomes = (*desk.scheme.grades, desk.scheme.otherwise)
    outcome = next((words.pick(one.title) for one in outcomes if closed and one.id == closed.outcome), "")
    line = OtherLine(desk.ref, desk.state.name, desk.state.mode, side.began, desk.state.closed_at, outcome)
    said = [f"{one_line(line.name, _NAME)} · {other_line(words, line)}"]
    if side.hidden:
        said.append(words.say("compare.hidden"))
    elif own := own_view(words, desk):
        said.append(own)
    return "\n".join(said)


def _ways(words: Words, facts: CompareFacts, found: Comparison) -> Row:
    """By section, by effect; the rest only where there is something."""
    counts = {
        "q": len(decided(facts, found)),
        "o": len(found.only_left) + len(found.only_right),
        "u": len(unanswered(facts)),
    }
    made = [button(words.say("button.compare-s"), Compared(*facts.ends, "s"))]
    made += [
        button(words.say(f"button.compare-{part}", n=n), Compared(*facts.ends, part)) for part, n in counts.items() if n
    ]
    return tuple(made)


def _home(words: Words, facts: CompareFacts) -> Row:
    newer = (facts.right if facts.basis else max(facts.left, facts.right, key=lambda one: one.began)).desk
    return (
        button(words.say("button.compare-other"), Compare(newer.ref)),
        button(words.say("button.head"), places.Head(newer.ref)),
    )


def _outcomes(words: Words, facts: CompareFacts, found: Comparison) -> str:
    said = []
    for side, verdict, bounds in zip((facts.left, facts.right), found.verdicts, found.bounds, strict=True):
        if facts.basis and side is facts.left:
            title = words.pick(verdict.outcome.title) if verdict.outcome else ""
            said.append(words.say("compare.by-answers" if title else "compare.no-outcome", outcome=title))
        elif side.desk.state.closed and verdict.outcome:
            said.append(words.pick(verdict.outcome.title))
        elif verdict.outcome:
            said.append(words.say("compare.would-be", outcome=words.pick(verdict.outcome.title)))
        elif bounds.lowest.id == bounds.highest.id:
            said.append(words.say("compare.only-possible", outcome=words.pick(bounds.lowest.title)))
        else:
            low, high = words.pick(bounds.lowest.title), words.pick(bounds.highest.title)
            said.append(words.say("compare.between", low=low, high=high))
    one, other = found.verdicts
    same = one.outcome is not None and other.outcome is not None and one.outcome.id == other.outcome.id
    return words.say("compare.same" if same else "compare.from-to", left=said[0], right=said[1])


def _total(words: Words, facts: CompareFacts, name: str, one: Change) -> str:
    """'Total: 72.5 → 78.3 (+5.8, up)', and the four parts that add up to the change."""
    sides = (facts.left.desk.scheme, facts.right.desk.scheme)
    title = words.pick(sides[1].dimensions[name].title)
    if facts.basis and one.left is None:
        after = words.say("compare.unfinished") if one.right is None else shown_total(sides[1], name, one.right)
        lacks = words.say("compare.untold" if name in facts.untold else "compare.unfinished")
        return words.say("compare.total-basis", title=title, left=lacks, right=after)
    shown = [
        words.say("compare.unfinished") if total is None else shown_total(scheme, name, total)
        for scheme, total in zip(sides, (one.left, one.right), strict=True)
    ]
    if one.change is None:
        return words.say("compare.total-open", title=title, left=shown[0], right=shown[1])
    said = words.say("compare.total", title=title, left=shown[0], right=shown[1], change=arrow(words, one.change))
    parts = (
        ("differences", one.differences),
        ("rescaled", one.rescaled),
        ("one-sided", one.one_sided),
        ("adjusted", one.adjusted),
    )
    terms = [words.say(f"compare.part-{key}", change=signed(value)) for key, value in parts if value]
    if not terms:
        return said
    return f"{said}\n{words.say('compare.sum', change=signed(one.change), terms=words.say('compare.plus').join(terms))}"
