"""Names and figures of a scheme and its answers as short texts. Must not know screens or buttons."""

from collections.abc import Iterable

from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.scheme import VETO, Indicator, QuestionId, Scheme, Section
from bot.domain.state import SheetState
from bot.view.facts import Desk
from bot.view.parts import one_line
from bot.words import Words, points, total

_NAME = 60


def row_name(words: Words, row: Indicator) -> str:
    """'4.2.1 Title'; a label of ours stands in brackets."""
    named = f"{row.id} ({row.code})" if row.code else row.id
    return f"{named} {_titled(words, row)}".strip()


def section_name(words: Words, section: Section) -> str:
    """'4.2 Title', as row_name."""
    return f"{section.id} {_titled(words, section)}".strip()


def question_name(words: Words, scheme: Scheme, question: QuestionId) -> str:
    """The row's name, with the dimension where the row counts in several."""
    row = scheme.by_id[question.indicator]
    name = row_name(words, row)
    return f"{name} · {dimension_name(words, scheme, question)}" if len(row.points) > 1 else name


def question_short(words: Words, scheme: Scheme, question: QuestionId) -> str:
    """For a button: the clause number, with the dimension where the row counts in several."""
    row = scheme.by_id[question.indicator]
    return f"{row.id} {dimension_name(words, scheme, question)}" if len(row.points) > 1 else row.id


def dimension_name(words: Words, scheme: Scheme, question: QuestionId) -> str:
    """'' for a veto row, which is in no dimension."""
    return "" if question.dimension == VETO else words.pick(scheme.dimensions[question.dimension].title)


def crumb(words: Words, scheme: Scheme, question: QuestionId | None = None) -> str:
    """Standard › section. A section that is the row itself is not named twice."""
    short = words.pick(scheme.short)
    if question is None:
        return short
    row = scheme.by_id[question.indicator]
    if row.section == row.id:
        return short
    return words.say("form.crumb", outer=short, inner=section_name(words, scheme.section_by_id[row.section]))


def earned(words: Words, scheme: Scheme, question: QuestionId, answer: Answer) -> str:
    """' → 2.1/3 points' for a rating, else ''."""
    if not isinstance(answer, Rated):
        return ""
    due = scheme.points_of(question)
    return words.say("answer.earned", points=total(due * answer.value, due), of=points(due))


def answered(words: Words, scheme: Scheme, sheet: SheetState, question: QuestionId, limit: int = _NAME) -> str:
    """The current answer on one line, '' where there is none."""
    given = sheet.given.get(question)
    return one_line(words.answer(scheme, question, given.answer), limit) if given else ""


def bare(scheme: Scheme, sheet: SheetState) -> tuple[QuestionId, ...]:
    """Answered by a rating, with nothing noted that would support it."""
    return tuple(
        q
        for q in scheme.covered(sheet.covers)
        if q in sheet.given and not isinstance(sheet.given[q].answer, NotApplicable) and not sheet.notes.get(q)
    )


def raised(desk: Desk) -> tuple[str, ...]:
    """The clauses whose veto was raised on a counted sheet."""
    found = (
        question.indicator
        for sheet in desk.state.counted
        for question, given in sheet.given.items()
        if given.answer == Veto(raised=True)
    )
    return tuple(dict.fromkeys(found))


def top_sections(scheme: Scheme) -> tuple[Section, ...]:
    """The chapters."""
    return tuple(section for section in scheme.sections if not section.parent)


def within(scheme: Scheme, section: str, questions: Iterable[QuestionId]) -> tuple[QuestionId, ...]:
    """Those of the questions that stand at or below a section."""
    rows = {row.id for row in scheme.within(section)}
    return tuple(question for question in questions if question.indicator in rows)


def _titled(words: Words, node: Indicator | Section) -> str:
    if node.title:
        return words.pick(node.title)
    return words.say("form.ours", label=words.pick(node.label)) if node.label else ""
