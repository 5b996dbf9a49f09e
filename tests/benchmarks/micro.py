"""What the parts of a tap, and of a report, cost by themselves, in the largest of the standards: 86 questions.

CPU time, best and median of many batches: the best says what the code costs, the median what this hour adds.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from pathlib import Path

from bot.domain import commands as c
from bot.domain.answers import Rated
from bot.domain.commands import Actor
from bot.domain.grading import verdict
from bot.domain.insight import bounds
from bot.domain.interview import decide
from bot.domain.record import body_hash, entry_hash
from bot.domain.scheme import QuestionId
from bot.domain.scoring import score
from bot.domain.state import fold
from bot.domain.written import encode
from bot.export import FORMATS
from bot.library.load import load
from bot.view.card import card
from bot.view.facts import CardFacts
from bot.words import Words
from tests.export.story import LEAD, Story
from tests.view.desks import desk_of, limits

_SCHEME = Path(__file__).parents[2] / "schemes" / "jccqb-037.yaml"
_BATCHES, _SECONDS = 15, 0.02


def story(*, finished: bool) -> Story:
    """Everything answered, or nothing yet."""
    loaded, problems = load(_SCHEME)
    assert loaded, problems
    told = Story(loaded.scheme, loaded.text)
    told.begin()
    sampling = loaded.scheme.sampling
    if finished:
        told.fill(Fraction(4, 5))
        if sampling is not None:
            told.do(c.SetPopulation(1))
            told.do(c.OpenSheet("s-2", "Made-up site", sampling.covers))
            told.fill(Fraction(4, 5), "s-2")
    return told


def cases() -> Iterator[tuple[str, Callable[[], object]]]:
    """What is timed, by name."""
    told = story(finished=True)
    scheme, state, words = told.scheme, told.state, Words.of("en")
    sheet = next(iter(state.sheets.values()))
    question: QuestionId = next(iter(sheet.given))
    answer = c.GiveAnswer(sheet.id, question, Rated(Fraction(2, 5), "level"))
    drafts = decide(scheme, state, Actor(LEAD, "lead"), answer)
    entry = told.records[-1]
    sheets, decisions = [one.sheet() for one in state.counted], state.decisions
    found = score(scheme, sheets, decisions)
    desk = desk_of(scheme, state)
    facts = CardFacts(desk, question, "", limits(desk))
    body = encode(drafts[0].body)

    def chained() -> None:
        body_hash(b"s" * 16, body)
        entry_hash(entry.header)

    yield "decide an answer", lambda: decide(scheme, state, Actor(LEAD, "lead"), answer)
    yield "chain an entry", chained
    yield "score", lambda: score(scheme, sheets, decisions)
    yield "verdict", lambda: verdict(scheme, found)
    yield "bounds", lambda: bounds(scheme, sheets, decisions)
    yield "fold nothing new", lambda: fold(state, [])
    yield "card as JSON", lambda: card(words, facts).to_json()
    yield (
        "decide, bounds, card",
        lambda: (
            decide(scheme, state, Actor(LEAD, "lead"), answer),
            card(words, CardFacts(desk, question, "", limits(desk))).to_json(),
        ),
    )
    yield "report", partial(told.report, "en")
    report = told.report("en")
    for name, form in FORMATS.items():
        if not form.enclosed:  # that needs bytes of evidence and a key
            yield f"file: {name}", partial(form.render, report)


def timed(call: Callable[[], object]) -> Mapping[str, float]:
    """Microseconds of CPU."""
    since = time.perf_counter()
    call()
    once = max(time.perf_counter() - since, 1e-7)
    times = max(1, int(_SECONDS / once))
    found = []
    for _ in range(_BATCHES if once < 1 else 3):
        before = time.process_time()
        for _ in range(times):
            call()
        found.append((time.process_time() - before) / times * 1e6)
    return {"best": min(found), "median": statistics.median(found)}


def main() -> None:
    """The table; what cannot be made here is said and left out."""
    print(f"{_SCHEME.stem}; us of CPU")
    print(f"{'what':<24}{'best':>12}{'median':>12}")
    for name, call in cases():
        try:
            got = timed(call)
        except (ImportError, ValueError, LookupError) as error:
            print(f"{name:<24}{'-':>12}  {type(error).__name__}")
            continue
        print(f"{name:<24}{got['best']:>12.1f}{got['median']:>12.1f}", flush=True)
