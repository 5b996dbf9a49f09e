"""Checks of a scheme file: ids, codes, and names that point elsewhere. None of them raises.

Must not know points, texts or results.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from bot.domain.scheme import VETO, QuestionId
from bot.library.format import SchemeFile
from bot.library.outline import rows
from bot.library.problems import Path, Report, closest

NAME = re.compile("[a-z0-9-]{1,20}")
DIMENSION = re.compile("[a-z]{1,12}")
ROW = re.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
READING = re.compile("[A-Z]{1,4}-[0-9]{1,4}")
MEASURE = re.compile("[A-Za-z0-9]{1,8}")

RESERVED = frozenset({VETO, "gates", "ratio", "alpha", "level", "na", "reason"})
"""Words that stand where a dimension may stand: in questions, in needs, in answers files."""

PAYLOAD = "1:a:{sheet}:{question}:{value}:{revision}"
PAYLOAD_LIMIT = 64
"""Bytes; Telegram's limit for the data of a button."""


def scheme_id(file: SchemeFile, report: Report) -> None:
    """The scheme's own id."""
    _form(NAME, file.id, ("id",), report, "a-z 0-9 -, ≤ 20")


def part_ids(file: SchemeFile, report: Report) -> None:
    """Ids of scales, dimensions, gates, measures and readings have their form; reserved words name no dimension."""
    short = "a-z 0-9 -, ≤ 20"
    parts: tuple[tuple[str, Iterable[str], re.Pattern[str], str], ...] = (
        ("scales", file.scales, NAME, short),
        ("dimensions", file.dimensions, DIMENSION, "a-z, ≤ 12"),
        ("gates", file.gates, NAME, short),
        ("measures", file.measures, MEASURE, "A-Z a-z 0-9, ≤ 8"),
        ("readings", file.readings, READING, "BK-01"),
    )
    for part, names, form, allowed in parts:
        for name in names:
            _form(form, name, (part, name), report, allowed)
    for name in RESERVED & set(file.dimensions):
        report.add("reserved-id", ("dimensions", name), id=name)


def row_ids(file: SchemeFile, report: Report) -> None:
    """Ids and codes of sections and indicators have their form, and each stands once."""
    first: dict[str, Path] = {}
    coded: dict[str, Path] = {}
    for row in rows(file):
        path = (*row.path, "id")
        _form(ROW, row.entry.id, path, report, "A-Z a-z 0-9 . _ -, ≤ 20")
        _once(row.entry.id, path, first, report, "duplicate-id")
        if row.entry.code:
            _once(row.entry.code, (*row.path, "code"), coded, report, "duplicate-code")
    for code, path in coded.items():
        if code in first:
            _once(code, path, first, report, "duplicate-code")


def grade_ids(file: SchemeFile, report: Report) -> None:
    """Ids of outcomes have their form, and each stands once; `none` and `incomplete` have a meaning in examples."""
    first: dict[str, Path] = {}
    entries = [(("grades", place, "id"), grade.id) for place, grade in enumerate(file.grades)]
    for path, name in [*entries, (("otherwise", "id"), file.otherwise.id)]:
        _form(NAME, name, path, report, "a-z 0-9 -, ≤ 20")
        _once(name, path, first, report, "duplicate-id")
        if name in {"none", "incomplete"}:
            report.add("reserved-id", path, id=name)


def references(file: SchemeFile, report: Report) -> None:
    """Every name of a dimension, scale, indicator, section or gate names one that is there."""
    known = {
        "dimension": list(file.dimensions),
        "scale": list(file.scales),
        "gate": list(file.gates),
        "indicator": [row.entry.id for row in rows(file) if row.asked],
        "section": [row.entry.id for row in rows(file) if row.section],
    }
    for kind, path, name in _references(file):
        if name not in known[kind]:
            there = ", ".join(known[kind])
            report.add(f"unknown-{kind}", path, id=name, known=there, meant=closest(name, known[kind]))


def payloads(file: SchemeFile, report: Report) -> None:
    """The data of the longest button of every question fits (DESIGN 4)."""
    for row in rows(file):
        for dimension in row.entry.points or ((VETO,) if row.entry.veto else ()):
            question = QuestionId(row.entry.id, dimension)
            longest = PAYLOAD.format(sheet="x" * 8, question=question, value="x" * 9, revision="9" * 5)
            size = len(longest.encode())
            if size > PAYLOAD_LIMIT:
                report.add("payload-too-long", (*row.path, "id"), question=question, size=size, limit=PAYLOAD_LIMIT)


CHECKS: tuple[Callable[[SchemeFile, Report], None], ...] = (
    scheme_id,
    part_ids,
    row_ids,
    grade_ids,
    references,
    payloads,
)


def _references(file: SchemeFile) -> Iterator[tuple[str, Path, str]]:
    for name, dimension in file.dimensions.items():
        yield "scale", ("dimensions", name, "scale"), dimension.scale
    for row in rows(file):
        for name in row.entry.points or {}:
            yield "dimension", (*row.path, "points", name), name
    if file.adjustments and file.adjustments.dimension:
        yield "dimension", ("adjustments", "dimension"), file.adjustments.dimension
    for place, name in enumerate(file.sampling.covers if file.sampling else ()):
        yield "dimension", ("sampling", "covers", place), name
    for name, measure in file.measures.items():
        yield "indicator", ("measures", name, "question"), measure.question
    for name in file.printed.dimensions:
        yield "dimension", ("printed", "dimensions", name), name
    for section, printed in file.printed.sections.items():
        yield "section", ("printed", "sections", section), section
        for name in printed:
            yield "dimension", ("printed", "sections", section, name), name
    for at, grade in enumerate(file.grades):
        for name in grade.needs.dimensions:
            yield "dimension", ("grades", at, "needs", name), name
        for place, name in enumerate(grade.needs.gates):
            yield "gate", ("grades", at, "needs", "gates", place), name


def _form(form: re.Pattern[str], name: str, path: Path, report: Report, allowed: str) -> None:
    if not form.fullmatch(name):
        report.add("bad-id", path, id=name, form=allowed)


def _once(name: str, path: Path, first: dict[str, Path], report: Report, code: str) -> None:
    if name in first:
        report.add(code, path, id=name, line=report.line(first[name]))
    else:
        first[name] = path
