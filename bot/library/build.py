"""The format's models -> the domain's Scheme. Only called with a file whose references were checked.

Must not know places or problems.
"""

from collections.abc import Mapping
from fractions import Fraction

from bot.domain import scheme as s
from bot.domain.scales import Band, Level, Scale, Text
from bot.library import format as f
from bot.library.outline import Row, rows


def build(file: f.SchemeFile) -> s.Scheme:
    """The scheme, without digests. KeyError where a dimension names an unknown scale."""
    scales = {name: _scale(name, scale) for name, scale in file.scales.items()}
    found = list(rows(file))
    return s.Scheme(
        id=file.id,
        code=file.code,
        title=file.title.text,
        short=file.short.text,
        issuer=file.issuer.text,
        effective=file.effective,
        dimensions={name: _dimension(name, part, scales) for name, part in file.dimensions.items()},
        sections=tuple(_section(row) for row in found if row.section is not None),
        indicators=tuple(_indicator(row) for row in found if row.asked),
        grades=tuple(_grade(grade, file) for grade in file.grades),
        otherwise=_outcome(file.otherwise, ()),
        readings={name: words.text for name, words in file.readings.items()},
        gates={name: _gate(name, gate) for name, gate in file.gates.items()},
        adjustments=_adjustments(file),
        sampling=_sampling(file.sampling),
        measures=tuple(_measure(name, measure) for name, measure in file.measures.items()),
    )


def _text(words: f.Words | None) -> Text | None:
    return words.text if words else None


def _scale(name: str, scale: f.Scale) -> Scale:
    lows = (Fraction(0), *(band.to for band in scale.bands))
    return Scale(
        id=name,
        kind=scale.kind,
        bands=tuple(
            Band(low, band.to, band.title.text, band.label.text, band.text.text, _text(band.next))
            for low, band in zip(lows, scale.bands, strict=False)
        ),
        levels=tuple(
            Level(number, level.title.text, level.label.text, level.text.text, _text(level.next))
            for number, level in enumerate(scale.levels, start=1)
        ),
        step=scale.step or Fraction(1, 20),
        also_ratio=bool(scale.also),
    )


def _dimension(name: str, part: f.Dimension, scales: Mapping[str, Scale]) -> s.Dimension:
    levels = tuple(sorted(part.level_from.items(), reverse=True))
    return s.Dimension(name, part.title.text, scales[part.scale], part.total, levels)


def _section(row: Row) -> s.Section:
    return s.Section(row.entry.id, row.parent, row.depth, _text(row.entry.title), _text(row.entry.label))


def _indicator(row: Row) -> s.Indicator:
    entry = row.entry
    return s.Indicator(
        id=entry.id,
        section=row.belongs,
        title=_text(entry.title),
        label=_text(entry.label),
        question=entry.question.text if entry.question else Text("", ""),
        look_for=tuple(words.text for words in entry.look_for),
        points=dict(entry.points or {}),
        code=entry.code or "",
        veto=entry.veto,
        statement=_text(entry.statement),
        if_met=_text(entry.if_met),
        if_not=_text(entry.if_not),
        may_be_na=entry.not_applicable is not None,
        help=_text(entry.help),
    )


def _gate(name: str, gate: f.Gate) -> s.Gate:
    texts = (gate.title.text, gate.statement.text, gate.if_met.text, gate.if_not.text)
    return s.Gate(name, *texts, _text(gate.help))


def _adjustments(file: f.SchemeFile) -> s.Adjustments | None:
    rules = file.adjustments
    if rules is None:
        return None
    taken, bonus = rules.deductions, rules.bonus
    return s.Adjustments(
        dimension=rules.dimension or next(iter(file.dimensions)),
        deductions=s.Deductions(taken.each, taken.title.text, taken.text.text) if taken else None,
        bonus=s.Bonus(bonus.values, bonus.title.text, bonus.text.text) if bonus else None,
    )


def _sampling(sampling: f.Sampling | None) -> s.Sampling | None:
    return s.Sampling(sampling.factor, sampling.unit.text, sampling.covers) if sampling else None


def _measure(name: str, measure: f.Measure) -> s.Measure:
    texts = (measure.title.text, measure.numerator.text, measure.denominator.text)
    return s.Measure(name, *texts, measure.target, measure.question)


def _grade(grade: f.Grade, file: f.SchemeFile) -> s.Grade:
    return _outcome(grade, conditions_of(grade.needs, tuple(file.dimensions)))


def _outcome(outcome: f.Outcome, conditions: tuple[s.Condition, ...]) -> s.Grade:
    printed = outcome.printed.title.text if outcome.printed else None
    title, note = outcome.title.text, _text(outcome.note)
    return s.Grade(outcome.id, title, conditions, outcome.awarded, printed, note)


def conditions_of(needs: f.Needs, dimensions: tuple[str, ...]) -> tuple[s.Condition, ...]:
    """Totals and levels in the scheme's order, then veto, deductions and gates: the order of the reasons."""
    found: list[s.Condition] = []
    for name in dimensions:
        need = needs.dimensions.get(name)
        if need and need.total is not None:
            found.append(s.TotalAtLeast(name, need.total))
        if need and need.level is not None:
            found.append(s.LevelAtLeast(name, need.level))
    if needs.no_veto:
        found.append(s.NoVeto())
    if needs.deductions_below is not None:
        found.append(s.DeductionsBelow(needs.deductions_below))
    found.extend(s.GateMet(gate) for gate in needs.gates)
    return tuple(found)
