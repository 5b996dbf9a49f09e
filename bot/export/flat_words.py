"""How lists say a name, a sheet, a clause, an answer: plain text in the report's language. Must not know formats."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from bot.domain.answers import Answer, Rated
from bot.domain.entries import Body
from bot.domain.scheme import Dimension, Indicator, QuestionId, Section
from bot.export.clock import Clock, clock_for
from bot.export.history import Logged
from bot.export.paper_detail import detail
from bot.export.paper_marks import Marks
from bot.export.paper_parts import Line
from bot.export.parts import Report, SheetPart
from bot.words import Words


@dataclass(frozen=True)
class Saying:
    """A report with the pen of printed files, so that lists say everything alike. Make it with `of`."""

    report: Report
    words: Words
    clock: Clock
    marks: Marks

    @staticmethod
    def of(report: Report) -> "Saying":
        """In the report's language and zone; each time tells its offset where the file spans several."""
        clock = clock_for(report.zone, [report.made_at, *(entry.header.at for entry in report.log)])
        words = Words.of(report.language, report.zone)
        return Saying(report, words, clock, Marks(report, words, clock))

    def say(self, key: str, /, **params: object) -> str:
        """A sentence by its key."""
        return self.words.say(key, **params)

    def who(self, name: str, person: str) -> str:
        """A person; who is not known, or was erased, by the beginning of their id."""
        return self.marks.who(person, name).text

    def by(self, entry: Logged) -> dict[str, Any]:
        """Who made an entry, as what, and when: the last columns of a line."""
        role = self.say(f"transcript.role.{entry.header.role}")
        return {"by": self.who(entry.name, entry.header.person), "role": role, "at": entry.header.at}

    def title(self, part: Section | Indicator) -> str:
        """What the standard prints, else our label, marked as such."""
        return self.marks.title(part)

    def dimension(self, dimension: Dimension | None) -> str:
        """The title of a dimension; a veto row has none and says what it is."""
        return self.words.pick(dimension.title) if dimension else self.say("transcript.veto-row")

    def clause(self, question: QuestionId | None) -> dict[str, Any]:
        """The clause of a question: three columns of a line; none where there is no question."""
        if question is None or question.indicator not in self.report.scheme.by_id:
            return {}
        row = self.report.scheme.by_id[question.indicator]
        found = self.report.scheme.dimensions.get(question.dimension)
        return {"clause": row.id, "title": self.title(row), "dimension": self.dimension(found)}

    @cached_property
    def _sheets(self) -> Mapping[str, tuple[int, SheetPart]]:
        return {sheet.id: (number, sheet) for number, sheet in enumerate(self.report.sheets, start=1)}

    def sheet(self, id_: str) -> dict[str, Any]:
        """A sheet: three columns of a line; none where the report does not hold it."""
        if id_ not in self._sheets:
            return {}
        number, sheet = self._sheets[id_]
        return {"sheet": number, "assessor": self.who(sheet.name, sheet.person), "round": sheet.round}

    def sheet_name(self, sheet: SheetPart) -> str:
        """'Made-up Li · second visit'."""
        name = self.who(sheet.name, sheet.person)
        return f"{name} · {sheet.round}" if sheet.round else name

    def answer(self, question: QuestionId, body: Body | None) -> str:
        """An answer as people say it; that it was erased, where it was."""
        return self.marks.value(question, body).text

    def change(self, question: QuestionId, entry: Logged) -> str:
        """An answer, and what it replaced."""
        return plain(self.marks.changed(entry, question))

    def detail(self, entry: Logged) -> str:
        """What an entry says, on one line."""
        return plain(detail(self.marks, entry))


def plain(line: Line) -> str:
    """A line without its looks."""
    return "".join(run.text for run in line)


def joined(texts: Iterable[str]) -> str:
    """Texts on one line, empty ones left out."""
    return " · ".join(text for text in texts if text)


def exact(answer: Answer | None) -> Fraction | None:
    """The ratio (0-1) of a rating, unrounded; None for what is none."""
    return answer.value if isinstance(answer, Rated) else None


def form(answer: Answer | None) -> str:
    """In which form it was given: ratio, alpha, level, na, veto; '' while open."""
    if answer is None:
        return ""
    return answer.form if isinstance(answer, Rated) else type(answer).__name__.lower()
