"""Every screen of comparing, and of starting from an older assessment, for the tests that hold for all screens."""

from collections.abc import Iterator

from bot.domain import panel_commands as k
from bot.domain.basis import basis_of
from bot.domain.basis_side import from_basis
from bot.domain.carrying import Source, carried_of
from bot.domain.compare import Side, compare
from bot.view import begin_from, carried, places
from bot.view import compare as view
from bot.view import compare_parts as parts
from bot.view.compare_facts import BeginFacts, CompareFacts, OtherLine, SideFacts
from bot.view.compare_places import BASIS
from bot.view.facts import Desk
from bot.view.screen import Screen
from bot.words import Words
from tests.view.desks import AT, answers, desk, desk_of, state_of

Named = Iterator[tuple[str, Screen]]


def facts_of(left: Desk, right: Desk) -> CompareFacts:
    """Both sides as one sees them who sees all."""
    sides = [
        Side(one.scheme, [sheet.sheet() for sheet in one.state.counted], one.state.decisions) for one in (left, right)
    ]
    return CompareFacts(SideFacts(left, AT, hidden=False), SideFacts(right, AT + 9, hidden=False), compare(*sides))


def facts_of_basis(older: Desk, audit: Desk) -> CompareFacts:
    """The older one as it was handed over with ratings, and the audit on it."""
    taken = basis_of(older.state, "a0", older.state.seq, "ab" * 32, "shown")
    side = Side(audit.scheme, [sheet.sheet() for sheet in audit.state.counted], audit.state.decisions)
    made = from_basis(taken, side)
    left = Desk(BASIS, audit.scheme, made.state, sheet_ref="", own=None, lead=False, seq=0)
    sides = SideFacts(left, AT, hidden=False), SideFacts(audit, AT, hidden=False)
    return CompareFacts(*sides, made.found, basis=True, untold=made.untold)


def from_older(older: Desk) -> Desk:
    """A new one begun from it, in which nothing is answered."""
    over = carried_of(older.state, older.scheme, "p1", Source("a0", older.state.seq, "ab" * 32))
    return desk_of(older.scheme, state_of(older.scheme, [k.CarryOver(over)]))


def compares(words: Words, at: Desk, line: str, text: str) -> Named:
    yield from _older(words, at, line, text)
    other = desk(at.scheme, *answers(at.scheme, "0.6", skip=[at.scheme.indicators[1].id]))
    for left, right, made in ((at, other, facts_of), (other, at, facts_of), (at, other, facts_of_basis)):
        facts = made(left, right)
        yield "compared", view.summary(words, facts, line)
        assert facts.found
        for part in ("s", "q", "o", "u"):
            for page in (0, 1, 99):
                place = places.Compared(*facts.ends, part, page=page)
                yield "compared part", parts.part(words, facts, facts.found, place, line)
        for section in at.scheme.sections:
            place = places.Compared(*facts.ends, "s", section.id, 99)
            yield "compared section", parts.part(words, facts, facts.found, place, line)
        for question in at.scheme.questions[:8]:
            asked = places.ComparedQuestion(*facts.ends, str(question))
            yield "compared question", parts.question(words, facts, facts.found, asked, line)
    hidden = CompareFacts(SideFacts(at, AT, hidden=True), SideFacts(other, AT, hidden=False), None)
    yield "compared hidden", view.summary(words, hidden, line)


def _older(words: Words, at: Desk, line: str, text: str) -> Named:
    others = [
        OtherLine(f"a{n}23456789", text, "audit", AT, AT if n % 2 else 0, text[:40] if n % 2 else "", archived=n == 3)
        for n in range(7)
    ]
    for page in (0, 1, 9):
        yield "pick other", view.pick_other(words, at, places.Compare(at.ref, page), others, line)
        yield "pick older", begin_from.pick_older(words, places.PickOlder(at.scheme.id, "self", page), others, line)
    yield "pick other, none", view.pick_other(words, at, places.Compare(at.ref), [], line)
    yield "pick older, none", begin_from.pick_older(words, places.PickOlder(at.scheme.id, "audit"), [], line)
    over = carried_of(at.state, at.scheme, "p1", Source("a0", 9, "ab" * 32))
    fields = (("organisation", text), ("scope", text), ("sites", text), ("participants", text))
    for mode in ("", "self"):
        for blind in (False, True):
            told = BeginFacts(at, at.scheme, over, fields, blind)
            yield "begin from", begin_from.begin_from(words, told, places.BeginFrom(at.ref, mode), line)
    gone = BeginFacts(at, None, over, fields, blind=False)
    yield "begin from, gone", begin_from.begin_from(words, gone, places.BeginFrom(at.ref), line)
    new = from_older(at)
    for page in (0, 1, 99):
        yield "carried list", carried.carried_list(words, new, places.CarriedList(new.sheet_ref, page), line)
