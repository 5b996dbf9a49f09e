"""Several sheets of one person: visits, sampled projects; and how many there must be. Must not know any screen."""

from bot.domain import commands as c
from bot.domain.measures import typed_population
from bot.domain.sampling import needed
from bot.service.events import Said
from bot.service.talk import Outcome, Talk
from bot.view import lines, places


def population(talk: Talk, event: Said) -> Outcome:
    """How many units there are in all."""
    case = talk.cases.by_id(talk.focus.assessment)
    count = typed_population(event.text)
    case, _ = talk.cases.act(case, c.SetPopulation(count), talk.stamp(event.message))
    line = lines.population_saved(talk.words, case.scheme, count, needed(case.scheme, case.state) or 0)
    return Outcome(places.Sheets(case.listed.ref), line=line, fresh=True)


def begin(talk: Talk, event: Said) -> Outcome:
    """Another sheet, under the name that was sent; its first question comes next."""
    case = talk.cases.by_id(talk.focus.assessment)
    covers = tuple(talk.focus.argument.split("+"))
    case, ref = talk.cases.open_sheet(case, event.text, covers, talk.stamp(event.message))
    name = next(sheet.round for sheet in case.state.sheets.values() if case.sheets[sheet.id] == ref)
    return Outcome(places.NextOpen(ref), line=lines.sheet_opened(talk.words, name), fresh=True)


def set_aside(talk: Talk, event: Said) -> Outcome:
    """The sheet in hand does not count, for the reason that was sent."""
    case = talk.cases.by_id(talk.focus.assessment)
    talk.cases.act(case, c.SetAside(talk.focus.sheet, event.text), talk.stamp(event.message))
    return Outcome(places.Sheets(case.listed.ref), line=lines.sheet_set_aside(talk.words), fresh=True)
