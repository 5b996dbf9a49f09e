"""Decisions, sheets, readings and the record, as lines; and all lines in order. Must not know file formats."""

from collections.abc import Iterator
from fractions import Fraction

from bot.domain.entries import BonusDecided, FindingsDecided, GateDecided, MeasureSet, PopulationSet
from bot.export.flat import Flat
from bot.export.flat_answers import answer_lines, asked_lines
from bot.export.flat_panel import finding_lines, panel_lines
from bot.export.flat_result import breakdown_lines, head_lines, result_lines
from bot.export.flat_words import Saying, joined
from bot.export.history import Logged
from bot.export.parts import SheetPart
from bot.words import forms


def lines(saying: Saying) -> Iterator[Flat]:
    """The whole report, line by line; of an erased assessment what is kept."""
    yield from head_lines(saying)
    if not saying.report.erased:
        yield from result_lines(saying)
        yield from decision_lines(saying)
        yield from sheet_lines(saying)
        yield from breakdown_lines(saying)
        yield from answer_lines(saying)
        yield from finding_lines(saying)
        yield from panel_lines(saying)
    yield from reading_lines(saying)
    yield from record_lines(saying)


def decision_lines(saying: Saying) -> Iterator[Flat]:
    """What was decided once for the whole assessment, with earlier decisions; rates and the sample."""
    report, scheme, say, pick = saying.report, saying.report.scheme, saying.say, saying.words.pick
    undecided = say("transcript.undecided")
    for part in report.gates:
        label = pick(part.gate.title)
        yield Flat("decision", label, text=pick(part.gate.statement))
        for entry in part.decisions:
            met = entry.body.met if isinstance(entry.body, GateDecided) else False
            value = pick(part.gate.if_met if met else part.gate.if_not)
            yield Flat("decision", label, entry.header.seq, value=value, **saying.by(entry))
        if not part.decisions:
            yield Flat("decision", label, value=undecided)
    rules = scheme.adjustments
    if rules and rules.deductions:
        yield from _deductions(saying, pick(rules.deductions.title))
    if rules and rules.bonus:
        yield from _bonus(saying, pick(rules.bonus.title))
    for rated in report.measures:
        label = pick(rated.measure.title)
        for entry in rated.counts:
            if isinstance(entry.body, MeasureSet):
                value = saying.words.rate(rated.measure, entry.body)
                clause = rated.measure.indicator
                yield Flat("measure", label, entry.header.seq, clause=clause, value=value, **saying.by(entry))
        if not rated.counts:
            none = say("transcript.not-counted")
            yield Flat("measure", label, value=none, clause=rated.measure.indicator)
    yield from _sample(saying)


def _deductions(saying: Saying, label: str) -> Iterator[Flat]:
    say = saying.say
    for entry in saying.report.findings:
        number, by = entry.header.seq, saying.by(entry)
        if isinstance(entry.body, FindingsDecided):
            n = len(entry.body.findings)
            yield Flat("decision", label, number, value=say("transcript.findings", n=n), exact=Fraction(n), **by)
            for text in entry.body.findings:
                yield Flat("decision", label, number, text=text, **by)
        else:
            yield Flat("decision", label, number, value=say("transcript.body-erased"), **by)
    if not saying.report.findings:
        yield Flat("decision", label, value=say("transcript.undecided"))


def _bonus(saying: Saying, label: str) -> Iterator[Flat]:
    say = saying.say
    for entry in saying.report.bonus:
        value, exact, text = say("transcript.body-erased"), None, ""
        if isinstance(entry.body, BonusDecided):
            value = say("transcript.bonus", value=forms.points(entry.body.value))
            exact, text = entry.body.value, entry.body.reason
        number = entry.header.seq
        yield Flat("decision", label, number, value=value, exact=exact, text=text, **saying.by(entry))
    if not saying.report.bonus:
        yield Flat("decision", label, value=say("transcript.undecided"))


def _sample(saying: Saying) -> Iterator[Flat]:
    sample, say = saying.report.sample, saying.say
    if sample is None:
        return
    label = say("transcript.sample")
    for entry in sample.counts:
        value = say("transcript.body-erased")
        if isinstance(entry.body, PopulationSet):
            value = say("transcript.population", unit=saying.words.pick(sample.unit), count=entry.body.count)
        yield Flat("sample", label, entry.header.seq, value=value, **saying.by(entry))
    if not sample.counts:
        yield Flat("sample", label, value=say("transcript.undecided"))
    if sample.needed:
        value = say("transcript.sampled", needed=sample.needed, have=len(sample.visited))
        yield Flat("sample", label, value=value, text=joined(sample.visited))


def sheet_lines(saying: Saying) -> Iterator[Flat]:
    """Each sheet: its state, its own totals, and how it came about."""
    for part in saying.report.sheets:
        yield from _sheet(saying, part)


def _sheet(saying: Saying, part: SheetPart) -> Iterator[Flat]:
    say, scheme = saying.say, saying.report.scheme
    place = saying.sheet(part.id)
    yield Flat(
        "sheet", say("transcript.status"), value=say(f"transcript.status.{part.status}"), text=part.reason, **place
    )  # fmt: skip
    for name in part.covers:
        total = part.totals.get(name)
        value = say("transcript.not-yet") if total is None else forms.total(total)
        dimension = saying.dimension(scheme.dimensions[name])
        yield Flat("sheet", say("transcript.total"), dimension=dimension, value=value, exact=total, **place)
    for entry in part.story:
        yield Flat("sheet", say(f"transcript.kind.{entry.kind}"), text=_why(entry), **place, **saying.by(entry))


def _why(entry: Logged) -> str:
    return str(getattr(entry.body, "reason", ""))


def asked_lines_of_all(saying: Saying) -> Iterator[Flat]:
    """Every reconsideration, in the order they were asked for."""
    for one in saying.report.panel.asked:
        yield from asked_lines(saying, one, {**saying.clause(one.question), **saying.sheet(one.sheet)})


def reading_lines(saying: Saying) -> Iterator[Flat]:
    """Where the standard was unclear, and how it is read."""
    for name, text in saying.report.scheme.readings.items():
        yield Flat("reading", name, text=saying.words.pick(text))


def record_lines(saying: Saying) -> Iterator[Flat]:
    """Every entry, oldest first; `value` holds its hash. Of a part there are none."""
    for entry in saying.report.log:
        yield Flat(
            "record",
            saying.say(f"transcript.kind.{entry.kind}"),
            entry.header.seq,
            value=entry.hash,
            text=saying.detail(entry),
            **saying.clause(entry.question),
            **saying.sheet(entry.header.sheet),
            **saying.by(entry),
        )
