"""The person's sheets of an assessment: go on with one, begin another, set one aside; what must be sampled.

Must not know questions, or other people's sheets.
"""

from dataclasses import dataclass

from bot.domain.interview import progress
from bot.domain.sampling import first_covers, needed
from bot.domain.scheme import QuestionId
from bot.domain.state import SheetState
from bot.view import places
from bot.view.blind_places import BeginTap
from bot.view.facts import Desk
from bot.view.parts import Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Button, Screen
from bot.view.values import dimension_names, sheet_title
from bot.words import Words, points

PAGE = 6
_NAME = 60
_LABEL = 18
_REASON = 160
_CHOICES = 5
_ROOM = 44
"""Characters of a payload that are left for dimension ids."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet in the list; number counts the person's sheets in the order they were opened."""

    number: int
    ref: str
    sheet: SheetState
    name: str
    covers: str
    state: str
    done: bool


def sheets(words: Words, desk: Desk, place: places.Sheets, line: str = "") -> Screen:
    """The person's sheets, six a page, unfinished ones first."""
    page = page_of(_lines(words, desk), place.page, PAGE)
    before, after = turn(words, page, lambda number: places.Sheets(desk.ref, number))
    rows = [
        *columns([_go_on(words, desk, one) for one in page.items if one.sheet.status != "set-aside"], 3),
        tuple(
            button(words.say("button.set-aside", n=one.number), places.AskSetAside(one.ref))
            for one in page.items
            if _may_set_aside(desk, one.sheet)
        ),
        _more(words, desk),
        (*before, *_back(words, desk), *after),
    ]
    unit = words.pick(desk.scheme.sampling.unit) if desk.scheme.sampling else ""
    return screen(words, "sheets.j2", rows, line, desk=desk, page=page, unit=unit, sample=sample_line(words, desk))


def ask_round(words: Words, desk: Desk, covers: tuple[str, ...], line: str = "") -> Screen:
    """The next text names a new sheet, and begins it."""
    rules = desk.scheme.sampling
    sampled = rules if rules and set(rules.covers) == set(covers) else None
    title, hint = words.say("asking.round"), words.say("asking.round-hint")
    if sampled:
        unit = words.pick(sampled.unit)
        title, hint = words.say("asking.round-unit", unit=unit), words.say("asking.round-hint-unit", unit=unit)
    return screen(
        words,
        "ask.j2",
        [_cancel(words, desk)],
        line,
        title=title,
        about=[words.say("asking.round-covers", dimensions=dimension_names(words, desk.scheme, covers))],
        hint=hint,
        current="",
    )


def ask_population(words: Words, desk: Desk, line: str = "") -> Screen:
    """The next text is how many units there are in all; what must be rated follows from it (EN-10)."""
    rules, held = desk.scheme.sampling, desk.state.population
    return screen(
        words,
        "ask.j2",
        [_cancel(words, desk)],
        line,
        title=words.say("asking.population", unit=words.pick(rules.unit) if rules else ""),
        about=[],
        hint=words.say("asking.population-hint", factor=points(rules.factor) if rules else ""),
        current=str(held.value) if held else "",
    )


def ask_set_aside(words: Words, desk: Desk, sheet_ref: str, line: str = "") -> Screen:
    """The next text is why this sheet does not count."""
    held = dict(desk.sheets).get(sheet_ref) or desk.own
    return screen(
        words,
        "ask.j2",
        [_cancel(words, desk)],
        line,
        title=words.say("asking.set-aside", name=sheet_title(words, held) if held else ""),
        about=[],
        hint=words.say("asking.set-aside-hint"),
        current="",
    )


def sample_line(words: Words, desk: Desk) -> str:
    """How many units there are, must be rated, and are; '' where nothing is sampled."""
    rules = desk.scheme.sampling
    if rules is None:
        return ""
    unit, have = words.pick(rules.unit), desk.rated_units
    need = needed(desk.scheme, desk.state)
    if need is None or desk.state.population is None:
        return words.say("sheets.sample-open", unit=unit, have=have)
    return words.say("sheets.sample", unit=unit, count=desk.state.population.value, need=need, have=have)


def covers_offered(desk: Desk) -> tuple[tuple[str, ...], ...]:
    """What another sheet may sensibly cover; where units are sampled, the rest only once a person.

    As `check_covers` allows it.
    """
    scheme = desk.scheme
    if scheme.sampling:
        sampled = scheme.sampling.covers
        counted = [sheet for _, sheet in desk.sheets if sheet.status != "set-aside"]
        rests = first_covers(scheme) and all(sheet.covers == frozenset(sampled) for sheet in counted)
        return (sampled, first_covers(scheme)) if rests else (sampled,)
    every = tuple(scheme.dimensions)
    return (every, *((one,) for one in every)) if len(every) > 1 else (every,)


def asked_again(desk: Desk, sheet: SheetState) -> QuestionId | None:
    """The first question of a submitted sheet that the lead wants reconsidered."""
    if sheet.status != "submitted" or desk.state.closed:
        return None
    return next((question for question in desk.scheme.covered(sheet.covers) if question in sheet.asked), None)


def _lines(words: Words, desk: Desk) -> list[SheetLine]:
    found = [_line(words, desk, *one) for one in enumerate(desk.sheets, start=1)]
    return sorted(found, key=lambda one: (one.sheet.status == "set-aside", one.done))


def _line(words: Words, desk: Desk, number: int, named: tuple[str, SheetState]) -> SheetLine:
    ref, sheet = named
    done, asked = progress(desk.scheme, sheet)
    if sheet.status == "set-aside":
        said = words.say("sheet.aside", reason=one_line(sheet.reason, _REASON))
    elif done == asked:
        said = words.say("sheet.complete", asked=asked)
    else:
        said = words.say("sheet.open", done=done, asked=asked, left=asked - done)
    if sheet.status == "submitted":
        said += words.say("form.comma") + words.say("sheet.submitted")
    if sheet.status == "submitted" and sheet.asked and not desk.state.closed:
        said += words.say("form.comma") + words.say("sheet.asked", n=len(sheet.asked))
    name = one_line(sheet_title(words, sheet), _NAME)
    return SheetLine(number, ref, sheet, name, dimension_names(words, desk.scheme, sheet.covers), said, done == asked)


def _go_on(words: Words, desk: Desk, one: SheetLine) -> Button:
    label = words.say("home.entry", number=one.number, name=one_line(one.name, _LABEL))
    if again := asked_again(desk, one.sheet):
        return button(words.say("form.again", label=label), places.Card(one.ref, str(again)), "primary")
    if one.sheet.status != "open":
        return button(label, places.Sections(one.ref))
    return button(words.say("form.ticked", label=label) if one.done else label, places.NextOpen(one.ref))


def _may_set_aside(desk: Desk, sheet: SheetState) -> bool:
    several = desk.panel or len(desk.state.counted) > 1
    return desk.lead and not desk.state.closed and sheet.status == "open" and several


def _more(words: Words, desk: Desk) -> Row:
    """Begin another sheet; say how many units there are."""
    if desk.state.closed or not desk.rates:
        return ()
    offered = [covers for covers in covers_offered(desk) if len("+".join(covers)) <= _ROOM]
    made = [_begin(words, desk, covers) for covers in offered[:_CHOICES]]
    rules = desk.scheme.sampling
    if rules and desk.lead:
        key = "button.population-change" if desk.state.population else "button.population"
        made.append(button(words.say(key, unit=words.pick(rules.unit)), places.AskPopulation(desk.ref)))
    return tuple(made)


def _begin(words: Words, desk: Desk, covers: tuple[str, ...]) -> Button:
    """A sheet beyond the first needs a name, and a unit's always."""
    text = "+".join(covers)
    rules = desk.scheme.sampling
    if rules and covers == rules.covers:
        return button(words.say("button.new-unit", unit=words.pick(rules.unit)), places.AskRound(desk.ref, text))
    first = all(sheet.round for _, sheet in desk.sheets)
    to = BeginTap(desk.ref, text) if first else places.AskRound(desk.ref, text)
    if len(desk.scheme.dimensions) == 1:
        return button(words.say("button.begin-sheet" if first else "button.new-sheet"), to)
    named = dimension_names(words, desk.scheme, covers)
    return button(words.say("button.begin-sheet-of" if first else "button.new-sheet-of", dimensions=named), to)


def _back(words: Words, desk: Desk) -> Row:
    made = [button(words.say("button.head"), places.Head(desk.ref))]
    if desk.own and not desk.state.closed:
        made.append(button(words.say("button.check"), places.Check(desk.sheet_ref)))
    if desk.lead and desk.panel and not desk.state.closed:
        made.append(button(words.say("button.others"), places.Others(desk.ref)))
    return tuple(made)


def _cancel(words: Words, desk: Desk) -> Row:
    return (button(words.say("button.cancel"), places.Sheets(desk.ref)),)
