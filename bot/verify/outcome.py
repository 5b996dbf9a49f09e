"""The score once more, from the answers of a transcript: against what each closing says. Must not know signatures."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.entries import Closed
from bot.domain.grading import verdict
from bot.domain.scoring import score
from bot.domain.state import AssessmentState, fold
from bot.verify import form
from bot.verify.findings import Check, broken, ok, unknown
from bot.verify.transcript import Transcript, written_checks


def score_checks(file: Transcript, *, signed: bool) -> Iterator[Check]:
    """Computed again: all that is written in the file, and grade and totals of every closing.

    signed: the file stands in a bundle, under its manifest.
    """
    card = score(file.scheme, [sheet.sheet() for sheet in file.state.counted], file.state.decisions)
    found = form.result(file.scheme, file.state, card, verdict(file.scheme, card))
    if file.state.erased:
        yield unknown("not-scored")
    else:
        yield from _compared(file, found)
    yield from written_checks(file, found, signed=signed)


def _compared(file: Transcript, found: Mapping[str, Any]) -> Iterator[Check]:
    written = file.file["result"]
    for part in ("dimensions", "outcome", "grade"):
        if not isinstance(written, dict) or written.get(part) != found[part]:
            yield broken("score", "grade" if part == "grade" else "result")
            return
    totals = {name: one["exact"] for name, one in found["dimensions"].items() if one["exact"] is not None}
    shown = ", ".join(f"{name} {value}" for name, value in totals.items()) or "–"
    yield ok("score", outcome=found["outcome"]["id"], totals=shown)
    closings = 0
    for seq, body, state in _closings(file):
        outcome, exact = _standing(file, state)
        if body.outcome != outcome or dict(body.totals) != exact:
            yield broken("closing", f"{seq}")
            return
        closings += 1
    if closings:
        yield ok("closing", closings=closings)


def _closings(file: Transcript) -> Iterator[tuple[int, Closed, AssessmentState]]:
    """Every closing, with all that was known then."""
    state = AssessmentState()
    for entry in file.entries:
        state = fold(state, (entry,))
        if isinstance(entry.body, Closed):
            yield entry.seq, entry.body, state


def _standing(file: Transcript, state: AssessmentState) -> tuple[str, dict[str, str]]:
    """Outcome and exact totals, as a closing records them."""
    card = score(file.scheme, [sheet.sheet() for sheet in state.counted], state.decisions)
    outcome = verdict(file.scheme, card).outcome
    exact = {name: str(part.total) for name, part in card.dimensions.items() if part.total is not None}
    return outcome.id if outcome else "incomplete", exact
