"""The hub of insight: where it stands in a few lines, and the ways to look closer. Must not compute any of it."""

from bot.domain.grading import standing_of
from bot.domain.margin import Margin
from bot.view import places
from bot.view.asking_order import order_button
from bot.view.facts import ResultFacts
from bot.view.insight_lines import decisive_items, margin_line, open_count, outcome_line, own_view, rated, settled
from bot.view.outlook import outlook
from bot.view.parts import Block, Page, Row, button, columns, one_line, screen
from bot.view.path import ways_on
from bot.view.screen import Button, Screen
from bot.view.undone import sample_lacks, undone
from bot.words import Words

_NAME = 80
_ONE: Page[Block] = Page((), 0, 1)


def insight(words: Words, facts: ResultFacts, line: str = "") -> Screen:
    """While open the bounds and how many questions can still decide; then the outcome, its margin, what it hangs on."""
    desk = facts.desk
    said = _complete(words, facts, facts.margin) if facts.margin and settled(facts) else _open(words, facts)
    home = words.say("button.result" if desk.state.closed else "button.standing")
    rows: list[Row] = [
        _closer(words, facts),
        *columns(ways_beyond(words, facts), 3)[:2],
        order_button(words, desk),
        (
            button(words.say("button.before", clause=home), places.Result(desk.ref)),
            button(words.say("button.head"), places.Head(desk.ref)),
        ),
    ]
    return screen(
        words,
        "insight.j2",
        rows,
        line,
        title=words.say("insight.title"),
        about=[one_line(desk.state.name, _NAME), words.pick(desk.scheme.short)],
        blocks=[Block("", "\n".join(said))] if said else [],
        page=_ONE,
        foot=own_view(words, desk) if settled(facts) or not rated(desk) else "",
    )


def ways_beyond(words: Words, facts: ResultFacts) -> list[Button]:
    """Ways to what others made of the same answers, each a button: at most six, in two rows.

    The way to a grade (PathPlace), trying answers (what-if), comparing two assessments stand here.
    """
    compare = button(words.say("button.compare"), places.Compare(facts.desk.ref))
    return [*ways_on(words, facts.desk), compare]


def _closer(words: Words, facts: ResultFacts) -> Row:
    """Why; and what can still decide while open, the margin once complete. A raised veto leaves nothing to decide."""
    ref = facts.desk.ref
    why = button(words.say("button.why"), places.Why(ref))
    if settled(facts) and facts.margin and not facts.card.vetoed:
        return why, button(words.say("button.margin"), places.MarginPlace(ref))
    return why, button(words.say("button.deciding"), places.Decisive(ref))


def _open(words: Words, facts: ResultFacts) -> list[str]:
    desk = facts.desk
    none = "insight.none-yet-own" if desk.blind else "insight.none-yet"
    said = [outlook(words, desk, facts.bounds)] if rated(desk) else [words.say(none)]
    said += sample_lacks(words, desk)
    if facts.card.vetoed:
        return said
    asked = open_count(facts)
    if not asked and desk.lead:
        return [*said, *(text for text in undone(words, facts).texts if text not in said)]
    if not asked:
        return said
    found = len(decisive_items(facts))
    key = "insight.decisive-all" if found == asked else "insight.decisive" if found else "insight.undecisive"
    return [*said, words.say(key, n=asked, found=found)]


def _complete(words: Words, facts: ResultFacts, found: Margin) -> list[str]:
    outcome, said = found.outcome, [outcome_line(words, facts)]
    if not facts.desk.state.closed:
        said.append(words.say("result.not-closed"))
    if line := margin_line(words, facts):
        said.append(line)
    standing = standing_of(facts.card)
    if outcome.id == facts.desk.scheme.otherwise.id or standing is None:
        return said
    count = sum(one.question.dimension in facts.desk.scheme.dimensions for one in found.fragile)
    key = "insight.fragile" if count else "insight.sturdy"
    return [*said, words.say(key, n=count, outcome=words.pick(outcome.title))]
