"""What stands in the way of closing besides the questions of the sheet in hand, each with a way to it.

Must not know how a screen lists it.
"""

from dataclasses import dataclass

from bot.domain.interview import open_questions
from bot.domain.sampling import needed
from bot.domain.scoring import OpenAdjustment, OpenDimension, OpenGate, Scorecard
from bot.domain.state import SheetState
from bot.view import places
from bot.view.agreed import open_buttons
from bot.view.facts import Desk, ResultFacts
from bot.view.parts import Row, button, one_line
from bot.view.unproven import lacking
from bot.view.values import sheet_title, sheets_label
from bot.words import Words

_NAME = 18


@dataclass(frozen=True, slots=True)
class Undone:
    """Sentences, one per thing, and the buttons that lead there: at most a row."""

    texts: tuple[str, ...]
    ways: Row


def undone(words: Words, facts: ResultFacts) -> Undone:
    """Decisions, dimensions, the sample, the person's other sheets; who does not lead minds their own sheets alone."""
    desk = facts.desk
    if desk.panel and not desk.lead:
        return _own_sheets(words, desk)
    texts = [*_decisions(words, desk, facts.card), *_dimensions(words, desk, facts.card), *sample_lacks(words, desk)]
    others = _other_sheets(desk)
    if others:
        texts.append(words.say("check.other-sheets", n=sum(count for _, _, count in others)))
    return Undone(tuple(texts), (*open_buttons(words, desk), *_sheet_ways(words, facts, others)))


def _own_sheets(words: Words, desk: Desk) -> Undone:
    others = _other_sheets(desk)
    texts = (words.say("check.other-sheets", n=sum(count for _, _, count in others)),) if others else ()
    waiting = sum(sheet.status == "open" for _, sheet in desk.sheets) > (
        desk.own is not None and desk.own.status == "open"
    )
    return Undone(texts, (button(sheets_label(words, desk), places.Sheets(desk.ref)),) if waiting else ())


def may_close(facts: ResultFacts) -> bool:
    """All is there: the lead may close. A raised veto decides at once, whatever was sampled (BK-01)."""
    desk = facts.desk
    if not desk.lead or desk.state.closed or facts.verdict.outcome is None or desk.blind:
        return False
    return not undersampled(facts) and not lacking(desk)


def short_sample(desk: Desk) -> bool:
    """Too few units are rated, or nobody said how many there are: what the answers give is no result yet (EN-10)."""
    if desk.scheme.sampling is None:
        return False
    need = needed(desk.scheme, desk.state)
    return need is None or desk.rated_units < need


def undersampled(facts: ResultFacts) -> bool:
    """No outcome may be shown yet, whatever the answers give; a raised veto needs no sample (BK-01)."""
    return short_sample(facts.desk) and not facts.card.vetoed and not facts.desk.state.closed


def members_open(desk: Desk) -> int:
    """Other people who still work on a sheet, each once, as far as the person may know of them."""
    return len({one.person for one in desk.hidden if one.status == "open"})


def _decisions(words: Words, desk: Desk, card: Scorecard) -> list[str]:
    found = []
    for one in card.open:
        match one:
            case OpenGate(gate):
                found.append(words.say("check.undecided-gate", gate=words.pick(desk.scheme.gates[gate].title)))
            case OpenAdjustment(which):
                found.append(words.say(f"check.adjust-{which}"))
            case _:
                pass
    return found


def _dimensions(words: Words, desk: Desk, card: Scorecard) -> list[str]:
    """Dimensions that no sheet rates, or whose questions all do not apply."""
    found = []
    for one in card.open:
        if isinstance(one, OpenDimension):
            rated = any(one.dimension in sheet.covers for sheet in desk.state.counted)
            key = "check.dimension-na" if rated else "check.undecided-dimension"
            found.append(words.say(key, dimension=words.pick(desk.scheme.dimensions[one.dimension].title)))
    return found


def sample_lacks(words: Words, desk: Desk) -> list[str]:
    """What the sample lacks, in a sentence; nothing where it is large enough or nothing is sampled."""
    rules = desk.scheme.sampling
    if rules is None:
        return []
    unit, need = words.pick(rules.unit), needed(desk.scheme, desk.state)
    if need is None:
        return [words.say("check.population", unit=unit)]
    have = desk.rated_units
    return [words.say("check.sample", unit=unit, need=need, have=have)] if have < need else []


def _other_sheets(desk: Desk) -> list[tuple[str, SheetState, int]]:
    """The person's counted sheets besides the one in hand that have open questions: ref, sheet, how many."""
    own = desk.own.id if desk.own else ""
    found = [(ref, one, len(open_questions(desk.scheme, one))) for ref, one in desk.sheets if one.status == "open"]
    return [(ref, sheet, count) for ref, sheet, count in found if count and sheet.id != own]


def _sheet_ways(words: Words, facts: ResultFacts, others: list[tuple[str, SheetState, int]]) -> Row:
    """To the total asked for, to the one other sheet, or to the list of them."""
    desk, made = facts.desk, []
    rules = desk.scheme.sampling
    if rules and desk.lead and desk.state.population is None:
        label = words.say("button.population", unit=words.pick(rules.unit))
        made.append(button(label, places.AskPopulation(desk.ref)))
    if len(others) == 1:
        ref, sheet, count = others[0]
        label = words.say("sections.row", name=one_line(sheet_title(words, sheet), _NAME), open=count)
        made.append(button(label, places.NextOpen(ref)))
    lacking = any(isinstance(one, OpenDimension) for one in facts.card.open) or short_sample(desk)
    if lacking or len(others) > 1:
        made.append(button(sheets_label(words, desk), places.Sheets(desk.ref)))
    return tuple(made)
