"""What was decided and counted for the whole assessment: gates, deductions, bonus, rates, sample, sheets.

Must not know how it changes the result, or any file format.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from bot.domain.entries import BonusDecided, FindingsDecided, GateDecided, MeasureSet, PopulationSet, SheetSetAside
from bot.domain.panel_entries import Reopened
from bot.domain.scales import Text
from bot.domain.scheme import Gate
from bot.export.history import Logged
from bot.export.paper_marks import SPACE, Marks, joined, story, typed
from bot.export.paper_parts import Block, Box, Facts, Heading, Items, Line, Para, Run
from bot.export.parts import GatePart, MeasurePart, SamplePart, SheetPart
from bot.words import forms

_Said: TypeAlias = tuple[Line, tuple[Block, ...]]
"""A decision as a line, and what belongs to it."""


def decided(m: Marks) -> Iterator[Block]:
    """The sections that follow the arithmetic; each only where the standard, or the panel, knows of it."""
    report, adjustments = m.report, m.scheme.adjustments
    if report.gates or adjustments:
        yield _title(m, "transcript.decisions")
        yield from (_gate(m, part) for part in report.gates)
        if adjustments and adjustments.deductions:
            yield _agreed(m, m.words.pick(adjustments.deductions.title), [_findings(m, one) for one in report.findings])
        if adjustments and adjustments.bonus:
            yield _agreed(m, m.words.pick(adjustments.bonus.title), [_bonus(m, one) for one in report.bonus])
    if report.measures:
        yield _title(m, "transcript.measures")
        yield Para((Run(m.say("measure.beside")),), "fine")
        yield from (_measure(m, part) for part in report.measures)
    if report.sample:
        yield _title(m, "transcript.sample")
        yield _sample(m, report.sample)
    if len(report.sheets) > 1:
        yield _title(m, "transcript.sheets")
        yield from (_sheet(m, part) for part in report.sheets)


def _title(m: Marks, key: str) -> Heading:
    return Heading((Run(m.say(key)),))


def _card(title: str, *blocks: Block) -> Box:
    return Box((Heading((Run(title),), 3), *blocks))


def _agreed(m: Marks, title: str, told: Sequence[_Said]) -> Box:
    return _card(title, *story(told, m.say("transcript.undecided")))


def _gate(m: Marks, part: GatePart) -> Box:
    gate = part.gate
    told = [(m.after((Run(m.words.pick(_chosen(gate, entry))),), entry), ()) for entry in part.decisions]
    statement = Para((Run(m.words.pick(gate.statement)),), "statement")
    return _card(m.words.pick(gate.title), statement, *story(told, m.say("transcript.undecided")))


def _chosen(gate: Gate, entry: Logged) -> Text:
    return gate.if_met if isinstance(entry.body, GateDecided) and entry.body.met else gate.if_not


def _findings(m: Marks, entry: Logged) -> _Said:
    if not isinstance(entry.body, FindingsDecided):
        return m.after((m.gone(),), entry), ()
    texts = entry.body.findings
    listed = (Items(tuple((typed(text),) for text in texts), numbered=True),) if texts else ()
    return m.after((Run(m.say("transcript.findings", n=len(texts))),), entry), listed


def _bonus(m: Marks, entry: Logged) -> _Said:
    if not isinstance(entry.body, BonusDecided):
        return m.after((m.gone(),), entry), ()
    reason = (Para((typed(entry.body.reason),)),) if entry.body.reason else ()
    return m.after((Run(m.say("transcript.bonus", value=forms.points(entry.body.value))),), entry), reason


def _measure(m: Marks, part: MeasurePart) -> Box:
    """The rate with its month, counts and target; each time it was counted anew."""
    told: list[_Said] = []
    for entry in part.counts:
        said = Run(m.words.rate(part.measure, entry.body)) if isinstance(entry.body, MeasureSet) else m.gone()
        told.append((m.after((said,), entry), ()))
    title = f"{part.measure.indicator} {m.words.pick(part.measure.title)}"
    return _card(title, *story(told, m.say("transcript.not-counted")))


def _sample(m: Marks, part: SamplePart) -> Box:
    told: list[_Said] = []
    for entry in part.counts:
        said = Run(_population(m, part, entry.body.count)) if isinstance(entry.body, PopulationSet) else m.gone()
        told.append((m.after((said,), entry), ()))
    blocks = story(told, m.say("transcript.undecided"))
    if not part.needed:
        return Box(blocks)
    count = (Run(m.say("transcript.sampled", needed=part.needed, have=len(part.visited))),)
    return Box((*blocks, Para(joined([count, *((typed(name),) for name in part.visited)]))))


def _population(m: Marks, part: SamplePart, count: int) -> str:
    return m.say("transcript.population", unit=m.words.pick(part.unit), count=count)


def _sheet(m: Marks, part: SheetPart) -> Box:
    """Whose it is, what became of it, and its own totals: exact beside them where they were rounded."""
    entries = (Box((Para(m.after(_event(m, entry), entry)),), "quiet") for entry in part.story)
    status = (Run(m.say(f"transcript.status.{part.status}")),)
    why = (SPACE, typed(part.reason)) if part.reason else ()
    titles = ((name, m.words.pick(m.scheme.dimensions[name].title)) for name in part.covers)
    totals = ((title, _own_total(m, part.totals.get(name))) for name, title in titles)
    pairs = ((m.say("transcript.status"), (*status, *why)), *totals)
    return Box((Heading(m.sheet(part), 3), *entries, Facts(pairs, "sums")))


def _event(m: Marks, entry: Logged) -> Line:
    said = (Run(m.say(f"transcript.kind.{entry.kind}")),)
    return (*said, SPACE, typed(entry.body.reason)) if isinstance(entry.body, SheetSetAside | Reopened) else said


def _own_total(m: Marks, total: Fraction | None) -> Line:
    if total is None:
        return (Run(m.say("transcript.not-yet")),)
    shown = forms.total(total)
    return (Run(shown), Run(f" {total}", "soft")) if shown != str(total) else (Run(shown),)
