"""Checks of a scheme file: sections, indicators and their points. None of them raises.

Must not know grades, results or the lengths of texts.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction

from bot.library.format import Indicator, SchemeFile
from bot.library.outline import Row, rows
from bot.library.problems import Path, Report

LOOK_FOR = range(3, 7)
_OF_INDICATORS = ("question", "look_for", "help", "code", "not_applicable", "statement", "if_met", "if_not")


def titles(file: SchemeFile, report: Report) -> None:
    """Everything that is shown has a title, or our own label."""
    for row in rows(file):
        if row.entry.title is None and row.entry.label is None:
            report.add("missing-title", row.path, id=row.entry.id)


def sections(file: SchemeFile, report: Report) -> None:
    """A section holds something; without points of its own it has nothing that only an indicator has."""
    if not file.sections:
        report.add("empty-section", ("sections",), id=file.id)
    for row in rows(file):
        if row.section is None or row.asked:
            continue
        if not row.section.sections and not row.section.indicators:
            report.add("empty-section", row.path, id=row.entry.id)
        for key in _OF_INDICATORS:
            if getattr(row.entry, key):
                report.add("not-an-indicator", (*row.path, key), id=row.entry.id, key=key)


def indicators(file: SchemeFile, report: Report) -> None:
    """An indicator has a question, points to look for, and either points or a veto with its two answers."""
    for row in rows(file):
        if row.asked:
            _indicator(row, report)


def sums(file: SchemeFile, report: Report) -> None:
    """Points add up to what the standard prints, for each dimension and each section."""
    found = list(rows(file))
    for dimension, printed in file.printed.dimensions.items():
        total = _sum((row.entry for row in found), dimension)
        if total != printed:
            _report_sum(report, ("printed", "dimensions", dimension), file.id, dimension, total, printed)
    for name, dimensions in file.printed.sections.items():
        within = list(_within(found, name))
        for dimension, printed in dimensions.items():
            total = _sum(within, dimension)
            if within and total != printed:
                _report_sum(report, ("printed", "sections", name, dimension), name, dimension, total, printed)


def rated(file: SchemeFile, report: Report) -> None:
    """Every dimension has a row that always applies, so that its total is never a division by nothing."""
    found = [row.entry for row in rows(file) if row.asked]
    if not file.dimensions:
        report.add("no-dimensions", ("dimensions",))
    for name, dimension in file.dimensions.items():
        scored = [entry for entry in found if (entry.points or {}).get(name, 0) > 0]
        if not any(entry.not_applicable is None for entry in scored):
            report.add("dimension-without-questions", ("dimensions", name), id=name)
        elif dimension.total == "points" and any(entry.not_applicable for entry in scored):
            report.add("na-in-points-total", ("dimensions", name), id=name)


CHECKS: tuple[Callable[[SchemeFile, Report], None], ...] = (titles, sections, indicators, sums, rated)


def _indicator(row: Row, report: Report) -> None:
    entry = row.entry
    if entry.question is None:
        report.add("missing-key", row.path, key="question")
    if not entry.look_for:
        report.add("look-for-missing", row.path, id=entry.id)
    elif len(entry.look_for) not in LOOK_FOR:
        report.add("look-for-count", (*row.path, "look_for"), id=entry.id, count=len(entry.look_for))
    if entry.veto:
        _veto(row, report)
    elif not entry.points:
        report.add("row-without-points", row.path, id=entry.id)
    for name, points in (entry.points or {}).items():
        if points <= 0:
            report.add("points-not-positive", (*row.path, "points", name))


def _veto(row: Row, report: Report) -> None:
    for key in ("statement", "if_met", "if_not"):
        if getattr(row.entry, key) is None:
            report.add("missing-key", row.path, key=key)
    for key in ("points", "not_applicable"):
        if getattr(row.entry, key) is not None:
            report.add("veto-with-points", (*row.path, key), id=row.entry.id)


def _within(found: Iterable[Row], section: str) -> Iterable[Indicator]:
    inside: set[str] = {section}
    for row in found:
        if row.entry.id == section or row.parent in inside:
            inside.add(row.entry.id)
            yield row.entry


def _sum(entries: Iterable[Indicator], dimension: str) -> Fraction:
    return sum(((entry.points or {}).get(dimension, Fraction(0)) for entry in entries), Fraction(0))


def _report_sum(report: Report, path: Path, where: str, dimension: str, total: Fraction, printed: Fraction) -> None:
    report.add("points-do-not-add-up", path, where=where, dimension=dimension, sum=total, printed=printed)
