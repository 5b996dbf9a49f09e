"""Every screen of insight of an assessment, and the chain of why, for the tests of them."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.answers import Veto
from bot.domain.given import Given
from bot.domain.scheme import VETO
from bot.view import places
from bot.view.facts import Desk, ResultFacts
from bot.view.insight import insight
from bot.view.insight_deciding import deciding
from bot.view.insight_margin import margin
from bot.view.insight_parts import why_dimension, why_section
from bot.view.insight_question import why_question
from bot.view.insight_why import why
from bot.view.payload import decode
from bot.view.screen import Screen
from bot.words import Words
from tests.view.desks import insight_facts, rate

ZH = Words.of("zh")
ROOT_WHY = places.Why("a123456789")
"""The grade, of the assessment that tests/view/desks.py makes."""


def insights(words: Words, desk: Desk, line: str) -> Iterator[tuple[str, Screen]]:
    facts, ref, scheme = insight_facts(desk), desk.ref, desk.scheme
    yield "insight", insight(words, facts, line)
    yield "why", why(words, facts, line)
    for page in (0, 1, 99):
        yield "decisive", deciding(words, facts, places.Decisive(ref, page), line)
        yield "margin", margin(words, facts, places.MarginPlace(ref, page), line)
        for name in scheme.dimensions:
            yield "why dimension", why_dimension(words, facts, places.Why(ref, "d", name, page), line)
        for section, parts in scheme.parts.items():
            for name in parts:
                yield "why section", why_section(words, facts, places.Why(ref, "s", f"{section}/{name}", page), line)
        for question in scheme.questions:
            yield "why question", why_question(words, facts, places.Why(ref, "q", str(question), page), line)


def shown_at(facts: ResultFacts, place: places.Why, words: Words = ZH) -> Screen:
    match place.part:
        case "":
            return why(words, facts)
        case "d":
            return why_dimension(words, facts, place)
        case "s":
            return why_section(words, facts, place)
        case _:
            return why_question(words, facts, place)


def links(facts: ResultFacts, place: places.Why) -> list[places.Why]:
    """Every why that a screen leads to, over all its pages."""
    found: dict[places.Why, None] = {}
    waiting = [place]
    for page in waiting:
        sent = [decode(button.payload) for row in shown_at(facts, page).rows for button in row]
        ways = [one for one in sent if isinstance(one, places.Why)]
        waiting += [one for one in ways if one == replace(page, page=page.page + 1)]
        found.update(dict.fromkeys(one for one in ways if replace(one, page=0) != place))
    return list(found)


def walked(facts: ResultFacts) -> Iterator[tuple[places.Why, places.Why]]:
    """All of the chain from the grade down: (above, below)."""
    seen, waiting = {ROOT_WHY}, [ROOT_WHY]
    while waiting:
        place = waiting.pop()
        for below in links(facts, place):
            if below not in seen:
                seen.add(below)
                waiting.append(below)
                yield place, below


def two_sheets(at: Desk, value: str = "0.9") -> Desk:
    """A second assessor's whole sheet beside the first."""
    mine = at.state.sheets["s1"]
    given = {}
    for number, question in enumerate(at.scheme.covered(frozenset(at.scheme.dimensions)), start=100):
        one = rate(question.indicator, value).answer if question.dimension != VETO else Veto(raised=False)
        given[question] = Given(one, 1, "p2", 0, number)
    other = replace(mine, id="s2", person="p2", given=given, notes={}, status="submitted")
    return replace(at, state=replace(at.state, sheets={"s1": mine, "s2": other}))
