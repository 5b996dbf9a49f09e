"""Every screen of findings, demanded evidence and reopening, with findings of each kind and fate. For every.py."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from bot.domain.evidence import Evidence, Finding
from bot.domain.evidence_entries import FINDING_KINDS, FINDING_STATES
from bot.view import actions, demand, places, reopening
from bot.view import findings as view
from bot.view.facts import Desk
from bot.view.findings_facts import ActionLine, FindingFacts, FindingsFacts
from bot.view.screen import Screen
from bot.words import Words
from tests.view.desks import AT

Named = Iterator[tuple[str, Screen]]


def findings(words: Words, desk: Desk, line: str, text: str) -> Named:
    """Of an assessment; to be done over many; evidence demanded; a closed one reopened."""
    clause = desk.scheme.questions[0].indicator
    every = tuple(_findings(desk, clause, text))
    for found, of, page in itertools.product(((), every), ("", clause), (0, 1, 99)):
        facts = FindingsFacts(desk, found, adds=bool(found), card=str(desk.scheme.questions[0]) if desk.own else "")
        yield "findings of all kinds", view.findings(words, facts, places.Findings(desk.ref, page, of), line)
    for of in ("", clause, desk.scheme.sections[0].id):
        yield "pick kind", view.pick_kind(words, desk, places.PickKind(desk.ref, of), line)
        for kind in ("", *view.kinds_offered(desk)):
            yield "ask finding", view.ask_finding(words, desk, places.AskFinding(desk.ref, kind, of), line)
    yield "finding, none", view.finding(words, desk, None, line)
    for facts_ in every:
        yield from _one(words, desk, facts_, line)
    todo = [ActionLine(desk.ref, text or "示例", one) for one in every]
    for lines, page in itertools.product(([], todo), (0, 1, 99)):
        yield "actions", actions.actions(words, lines, places.Actions(page), line)
    for above in (None, *demand.thresholds(desk.scheme), Fraction(1, 7)):
        asked = replace(desk, state=replace(desk.state, demanded=above))
        for missing in (0, 1, 320):
            yield "demand", demand.demand(words, asked, missing, line)
    yield "confirm reopen", reopening.confirm_reopen(words, desk, line)
    yield "ask reopen", reopening.ask_reopen(words, desk, line)


def _one(words: Words, desk: Desk, facts: FindingFacts, line: str) -> Named:
    yield "finding", view.finding(words, desk, facts, line)
    yield "confirm withdraw", view.confirm_withdraw(words, desk, facts, line)
    yield "ask withdraw", view.ask_withdraw(words, desk, facts, line)
    for field in view.FIELDS:
        place = places.AskFindingField(desk.ref, facts.one.seq, field)
        yield "ask field", view.ask_field(words, desk, place, facts, line)


def _findings(desk: Desk, clause: str, text: str) -> Iterator[FindingFacts]:
    card = str(desk.scheme.questions[0]) if desk.own else ""
    piece = Evidence(9, "s1", desk.scheme.questions[0], "p1", AT, "photo", "AgAC", 1, "image/jpeg", "", "", "", "", "")
    for number, (kind, state) in enumerate(itertools.product(FINDING_KINDS, FINDING_STATES), start=90_000):
        one = Finding(number, kind, text, clause, "p1", AT, text, "2026-12-31", state)
        hung, more = (replace(piece, sheet="", finding=number),) * 3, {"nearby": (piece,) * 3, "overdue": True}
        yield FindingFacts(one, text[:200], hung, may=True, follows=True, proves=True, card=card, **more)  # type: ignore[arg-type]
        bare = replace(one, clause="", action="", due="")
        yield FindingFacts(bare, follows=True)
        yield FindingFacts(replace(bare, withdrawn=text))
