"""The answers of one sheet, as an answers file or an example writes them -> domain answers, or problems.

Must not know JSON, YAML, or what a score is.
"""

from collections.abc import Mapping

from bot.domain.answers import Answer
from bot.domain.scheme import VETO, Indicator, QuestionId, Scheme
from bot.library.answer import FloatNumber, is_answer, read_answer, usual_answer
from bot.library.problems import Path, Report, closest

Given = dict[QuestionId, Answer]
Covers = frozenset[str]


def read_answers(scheme: Scheme, raw: object, covers: Covers | None, path: Path, report: Report) -> Given:
    """For each indicator an answer, or one per dimension. covers: the dimensions of the sheet, None where not said."""
    found: Given = {}
    if not isinstance(raw, Mapping):
        report.add("not-a-mapping", path)
        return found
    for name, value in raw.items():
        at = (*path, name)
        row = scheme.by_id.get(name)
        if row is None:
            _unknown(scheme, name, at, report)
        else:
            found.update(_row(scheme, row, value, covers, at, report))
    return found


def read_dimensions(scheme: Scheme, raw: object, path: Path, report: Report) -> Covers:
    """The dimensions that a sheet says it covers."""
    if not isinstance(raw, list | tuple):
        report.add("not-a-list", path)
        return frozenset()
    for place, name in enumerate(raw):
        if not isinstance(name, str):
            report.add("not-a-text", (*path, place))
        elif name not in scheme.dimensions:
            _unknown_dimension(scheme, name, (*path, place), report)
    return frozenset(name for name in raw if isinstance(name, str) and name in scheme.dimensions)


def _unknown(scheme: Scheme, name: str, path: Path, report: Report) -> None:
    coded = {row.code: row.id for row in scheme.indicators if row.code}
    if name in coded:
        report.add("code-for-id", path, id=name, row=coded[name])
    else:
        report.add("unknown-question", path, id=name, meant=closest(name, scheme.by_id))


def _unknown_dimension(scheme: Scheme, name: str, path: Path, report: Report) -> None:
    known = ", ".join(scheme.dimensions)
    report.add("unknown-dimension", path, id=name, known=known, meant=closest(name, scheme.dimensions))


def _row(scheme: Scheme, row: Indicator, value: object, covers: Covers | None, path: Path, report: Report) -> Given:
    if len(row.points) == 1:
        question = QuestionId(row.id, next(iter(row.points)))
        usual = usual_answer(scheme, question, value)
        if usual is not None and (covers is None or question.dimension in covers):
            return {question: usual}
    if isinstance(value, FloatNumber):
        return {}
    if not isinstance(value, Mapping):
        report.add("not-a-mapping", path)
        return {}
    if row.veto:
        answer = read_answer(scheme, QuestionId(row.id, VETO), value, path, report)
        return {} if answer is None else {QuestionId(row.id, VETO): answer}
    if is_answer(value):
        return _flat(scheme, row, value, covers, path, report)
    return _by_dimension(scheme, row, value, covers, path, report)


def _flat(
    scheme: Scheme, row: Indicator, value: Mapping[str, object], covers: Covers | None, path: Path, report: Report
) -> Given:
    """One answer for all dimensions of the row: where there are several, only a ratio or N/A means the same in each."""
    questions = [QuestionId(row.id, dimension) for dimension in scheme.dimensions if dimension in row.points]
    if len(questions) > 1 and not {"ratio", "na", "veto"} & set(value):
        report.add("one-per-dimension", path, id=row.id, dimensions=", ".join(q.dimension for q in questions))
        return {}
    asked = [q for q in questions if covers is None or q.dimension in covers]
    if not asked:
        report.add("dimension-not-covered", path, dimension=questions[0].dimension)
    found: Given = {}
    for question in asked:
        answer = read_answer(scheme, question, value, path, report)
        if answer is None:
            break
        found[question] = answer
    return found


def _by_dimension(
    scheme: Scheme, row: Indicator, value: Mapping[str, object], covers: Covers | None, path: Path, report: Report
) -> Given:
    found: Given = {}
    for name, part in value.items():
        at = (*path, name)
        if name not in scheme.dimensions:
            _unknown_dimension(scheme, name, at, report)
        elif name not in row.points:
            report.add("not-in-dimension", at, id=row.id, dimension=name, known=", ".join(row.points))
        elif covers is not None and name not in covers:
            report.add("dimension-not-covered", at, dimension=name)
        else:
            answer = read_answer(scheme, QuestionId(row.id, name), part, at, report)
            if answer is not None:
                found[QuestionId(row.id, name)] = answer
    return found
