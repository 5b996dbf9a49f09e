"""Names and figures of a scheme and its answers as short texts. Must not know screens or buttons."""

from collections.abc import Iterable

from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.evidence import Held, proven
from bot.domain.scheme import VETO, Indicator, QuestionId, Scheme, Section
from bot.domain.state import SheetState
from bot.view.facts import Desk
from bot.view.parts import one_line
from bot.words import Words, points, total

_NAME = 60
_RAISED = Veto(raised=True)


def row_name(words: Words, row: Indicator) -> str:
    """'4.2.1 Title'; a label of ours stands in brackets."""
    named = f"{row.id} ({row.code})" if row.code else row.id
    return f"{named} {_titled(words, row)}".strip()


def section_name(words: Words, section: Section) -> str:
    """'4.2 Title', as row_name; the title alone where the standard prints no number."""
    return f"{section.id} {_titled(words, section)}".strip() if _numbered(section) else _titled(words, section)


def section_short(words: Words, section: Section) -> str:
    """For a button: its number, or its title where the standard prints no number."""
    return section.id if _numbered(section) else _titled(words, section)


def _numbered(section: Section) -> bool:
    return any(sign.isdigit() for sign in section.id) or not (section.title or section.label)


def question_name(words: Words, scheme: Scheme, question: QuestionId, sheet: SheetState | None = None) -> str:
    """The row's name, with the dimension where the row counts in several; on a sheet: where it asks several."""
    row = scheme.by_id[question.indicator]
    name = row_name(words, row)
    return f"{name} · {dimension_name(words, scheme, question)}" if _several(row, sheet) else name


def question_short(words: Words, scheme: Scheme, question: QuestionId, sheet: SheetState | None = None) -> str:
    """For a button: the clause number, with the dimension as in question_name."""
    row = scheme.by_id[question.indicator]
    return f"{row.id} {dimension_name(words, scheme, question)}" if _several(row, sheet) else row.id


def dimension_name(words: Words, scheme: Scheme, question: QuestionId) -> str:
    """'' for a veto row, which is in no dimension."""
    return "" if question.dimension == VETO else words.pick(scheme.dimensions[question.dimension].title)


def dimension_names(words: Words, scheme: Scheme, dimensions: Iterable[str]) -> str:
    """'Management, Service', in the scheme's order."""
    chosen = set(dimensions)
    named = (words.pick(dimension.title) for dimension in scheme.dimensions.values() if dimension.id in chosen)
    return words.say("form.plus").join(named)


def sheet_title(words: Words, sheet: SheetState) -> str:
    """The round's name, or 'Main sheet'."""
    return sheet.round or words.say("sheet.main")


def sheet_in_hand(words: Words, desk: Desk) -> str:
    """The name of the sheet that is being rated, where the person has several; else ''."""
    return one_line(sheet_title(words, desk.own), _NAME) if desk.own and len(desk.sheets) > 1 else ""


def standard_name(words: Words, desk: Desk) -> str:
    """The standard's short name, with the sheet in hand where there are several."""
    short, sheet = words.pick(desk.scheme.short), sheet_in_hand(words, desk)
    return f"{short} · {sheet}" if sheet else short


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


def bare(scheme: Scheme, sheet: SheetState, held: Held | None = None) -> tuple[QuestionId, ...]:
    """Answered by a rating, with nothing noted that would support it, and no evidence (held) that stands."""
    supported = proven(held or {}, sheet.id)
    return tuple(
        q
        for q in scheme.covered(sheet.covers)
        if q in sheet.given
        and not isinstance(sheet.given[q].answer, NotApplicable)
        and not sheet.notes.get(q)
        and q not in supported
    )


def raised(desk: Desk) -> tuple[str, ...]:
    """The clauses whose veto was raised on a counted sheet, in the order in which they were answered."""
    rows = desk.scheme.vetoes
    found: list[str] = []
    for sheet in desk.state.counted:
        if not sheet.whole(desk.scheme).raised:
            continue
        here = {row for row in rows if (given := sheet.given.get(row)) and given.answer == _RAISED}
        found += [question.indicator for question in sheet.given if question in here]
    return tuple(dict.fromkeys(found))


def top_sections(scheme: Scheme) -> tuple[Section, ...]:
    """The chapters."""
    return tuple(section for section in scheme.sections if not section.parent)


def within(scheme: Scheme, section: str, questions: Iterable[QuestionId]) -> tuple[QuestionId, ...]:
    """Those of the questions that stand at or below a section."""
    rows = {row.id for row in scheme.within(section)}
    return tuple(question for question in questions if question.indicator in rows)


def _several(row: Indicator, sheet: SheetState | None) -> bool:
    asked = row.points.keys() & sheet.covers if sheet else row.points
    return len(asked) > 1


def own_aside(desk: Desk) -> bool:
    """The sheet in hand does not count: nothing on it is open or left to do."""
    return desk.own is not None and desk.own.status == "set-aside"


def sheets_label(words: Words, desk: Desk) -> str:
    """The button to the person's sheets, with their number where there are several."""
    many = len(desk.sheets)
    return words.say("button.sheets-many", n=many) if many > 1 else words.say("button.sheets")


def _titled(words: Words, node: Indicator | Section) -> str:
    if node.title:
        return words.pick(node.title)
    return words.say("form.ours", label=words.pick(node.label)) if node.label else ""
