"""Checks of a scheme file: format, scales, levels, adjustments, measures, and what grades need. None of them raises.

Must not know rows, texts or results.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from bot.domain.scales import LEVELS
from bot.library.format import Band, Level, Scale, SchemeFile
from bot.library.problems import Path, Report

FORMAT = "1"


def version(file: SchemeFile, report: Report) -> None:
    """The format is one that we know."""
    if file.format != FORMAT:
        report.add("unknown-format", ("format",), value=file.format)


def scales(file: SchemeFile, report: Report) -> None:
    """Ratio and alpha have bands that rise to 1, level has five levels; every scale is used."""
    used = {dimension.scale for dimension in file.dimensions.values()}
    for name, scale in file.scales.items():
        path = ("scales", name)
        if name not in used:
            report.add("unused-scale", path, id=name)
        foreign = ("bands", "step") if scale.kind == "level" else ("levels", "also")
        for key in foreign:
            if getattr(scale, key):
                report.add("scale-mixed", (*path, key), key=key, kind=scale.kind)
        if scale.kind == "level":
            if len(scale.levels) != LEVELS:
                report.add("five-levels", path, count=len(scale.levels))
        else:
            _bands(name, scale, path, report)
        _nexts(scale, path, report)


def levels(file: SchemeFile, report: Report) -> None:
    """A lower level asks for less; a level that a grade needs is one that the dimension has."""
    for name, dimension in file.dimensions.items():
        least = [number for _, number in sorted(dimension.level_from.items())]
        if any(low >= high for low, high in pairwise(least)):
            report.add("levels-not-falling", ("dimensions", name, "level_from"))
    for place, grade in enumerate(file.grades):
        for name, need in grade.needs.dimensions.items():
            path = ("grades", place, "needs", name)
            if need.level is None or name not in file.dimensions:
                continue
            known = file.dimensions[name].level_from
            if not known:
                report.add("no-levels", path, id=name)
            elif need.level > max(known):
                report.add("level-unknown", path, id=name, level=need.level)


def adjustments(file: SchemeFile, report: Report) -> None:
    """One dimension is adjusted; a deduction takes something; no bonus is always possible."""
    rules = file.adjustments
    if rules is None:
        return
    if rules.dimension is None and len(file.dimensions) != 1:
        report.add("adjustment-dimension", ("adjustments",))
    if rules.deductions and rules.deductions.each <= 0:
        report.add("not-positive", ("adjustments", "deductions", "each"))
    if rules.bonus:
        values = rules.bonus.values
        if 0 not in values or any(low >= high for low, high in pairwise(values)):
            report.add("bonus-without-zero", ("adjustments", "bonus", "values"))


def numbers(file: SchemeFile, report: Report) -> None:
    """What would make no sense at zero is above it."""
    if file.sampling and file.sampling.factor <= 0:
        report.add("not-positive", ("sampling", "factor"))
    for name, measure in file.measures.items():
        if measure.target <= 0:
            report.add("not-positive", ("measures", name, "target"))


def grades(file: SchemeFile, report: Report) -> None:
    """There is a grade, and `otherwise` is none (a veto leads there); every gate is needed by a grade."""
    if not file.grades:
        report.add("no-grades", ("grades",))
    if file.otherwise.awarded:
        report.add("otherwise-awarded", ("otherwise",))
    needed = {gate for grade in file.grades for gate in grade.needs.gates}
    for name in file.gates:
        if name not in needed:
            report.add("gate-unused", ("gates", name), id=name)


CHECKS: tuple[Callable[[SchemeFile, Report], None], ...] = (version, scales, levels, adjustments, numbers, grades)


def _bands(name: str, scale: Scale, path: Path, report: Report) -> None:
    if not scale.bands:
        report.add("bands-missing", path, id=name)
        return
    ends = [band.to for band in scale.bands]
    for place, (low, high) in enumerate(pairwise([Fraction(0), *ends])):
        if low >= high:
            report.add("bands-not-rising", (*path, "bands", place, "to"))
    if ends[-1] != 1:
        report.add("bands-not-to-one", (*path, "bands", len(ends) - 1, "to"), value=ends[-1])
    if scale.step is not None and not 0 < scale.step <= 1:
        report.add("bad-step", (*path, "step"))


def _nexts(scale: Scale, path: Path, report: Report) -> None:
    parts: tuple[tuple[str, tuple[Band | Level, ...]], ...] = (("bands", scale.bands), ("levels", scale.levels))
    for key, entries in parts:
        for place, entry in enumerate(entries):
            last = place == len(entries) - 1
            if last and entry.next is not None:
                report.add("next-on-last", (*path, key, place, "next"))
            if not last and entry.next is None:
                report.add("next-missing", (*path, key, place))
