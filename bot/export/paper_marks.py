"""Small stretches of text that every chapter is made of: who, when, which clause, which answer, how much.

What people wrote is always a run of kind 'user'. Must not know chapters, or any file format.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.answers import Rated, Veto
from bot.domain.entries import AnswerGiven, Body
from bot.domain.scheme import Dimension, Indicator, QuestionId, Scheme, Section
from bot.export.clock import Clock
from bot.export.history import Logged
from bot.export.paper_parts import Block, Box, Line, Para, Run, RunKind
from bot.export.parts import Report, SheetPart
from bot.words import Words

DOT = Run(" · ", "soft")
SPACE = Run(" ")
ARROW = Run(" → ", "soft")


def typed(text: str) -> Run:
    """What somebody wrote."""
    return Run(text, "user")


def joined(lines: Iterable[Line], between: Run = DOT) -> Line:
    """The lines that say something as one, set apart."""
    found: list[Run] = []
    for line in lines:
        if line:
            found += [between, *line] if found else line
    return tuple(found)


def story(told: Sequence[tuple[Line, tuple[Block, ...]]], empty: str) -> tuple[Block, ...]:
    """Decisions, oldest first, each a line and what belongs to it: the last is in force, those before it are quiet.

    Without any there is what `empty` says.
    """
    if not told:
        return (Para((Run(empty),), "none"),)
    line, more = told[-1]
    before = tuple(Box((Para(old), *blocks), "quiet") for old, blocks in told[:-1])
    return (*before, Para(line, "given"), *more)


@dataclass(frozen=True, slots=True)
class Marks:
    """The pen of one paper: its report, words and clock."""

    report: Report
    words: Words
    clock: Clock

    @property
    def scheme(self) -> Scheme:
        return self.report.scheme

    def say(self, key: str, /, **params: object) -> str:
        return self.words.say(key, **params)

    def who(self, person: str, name: str = "") -> Run:
        """A person by name; an erased one by the beginning of their id."""
        if person in self.report.gone:
            return Run(self.say("transcript.person-erased", id=person[:8]), "gone")
        return typed(name or self.say("transcript.nameless", id=person[:8]))

    def named(self, person: str) -> Run:
        return self.who(person, self.report.names.get(person, ""))

    def at(self, ms: int, kind: RunKind = "plain") -> Run:
        """A moment, UTC in ms."""
        return Run(self.clock.local(ms), kind, ms)

    def by(self, entry: Logged) -> Line:
        """Who made an entry, and when."""
        return (self.who(entry.header.person, entry.name), DOT, self.at(entry.header.at, "soft"))

    def after(self, line: Line, entry: Logged) -> Line:
        """A line, and who said so."""
        return (*line, SPACE, *self.by(entry))

    def zone(self) -> str:
        """The zone of all times, with its offset where there is one only."""
        clock = self.clock
        if clock.with_offset:
            return self.say("transcript.zone", zone=clock.zone)
        return self.say("transcript.zone-offset", zone=clock.zone, offset=clock.offset(self.report.made_at))

    def title(self, part: Section | Indicator) -> str:
        """As printed in the standard; else our own name for it, in brackets; '' where it has none."""
        if part.title:
            return self.words.pick(part.title)
        return self.say("transcript.ours", text=self.words.pick(part.label)) if part.label else ""

    def clause(self, part: Section | Indicator) -> Line:
        """Number, code and name. An id of letters alone is ours: it stands only where there is no name."""
        title = self.title(part)
        number = Run(part.id, "strong") if part.id[-1:].isdigit() or not title else None
        code = Run(part.code, "soft") if isinstance(part, Indicator) and part.code else None
        return joined([(run,) for run in (number, code, Run(title) if title else None) if run], SPACE)

    def dimension(self, name: str) -> str:
        """The title of a dimension; '' where the standard has one only, or none of this id."""
        known = self.scheme.dimensions
        return self.words.pick(known[name].title) if len(known) > 1 and name in known else ""

    def unit(self, dimension: Dimension) -> str:
        return self.say(f"transcript.unit.{dimension.total}")

    def gone(self) -> Run:
        return Run(self.say("transcript.body-erased"), "gone")

    def value(self, question: QuestionId, body: Body | None, kind: RunKind = "plain") -> Run:
        """An answer as people say it; what the body of an answer's entry holds."""
        if not isinstance(body, AnswerGiven):
            return self.gone()
        text = self.words.answer(self.scheme, question, body.answer)
        return Run(text, kind) if isinstance(body.answer, Rated | Veto) else typed(text)

    def typing(self, body: Body | None) -> Line:
        """What was typed for a rating, where it was."""
        if isinstance(body, AnswerGiven) and isinstance(body.answer, Rated) and body.answer.typed:
            return (Run(f" {self.say('transcript.typed')} ", "soft"), typed(body.answer.typed), Run(" ·", "soft"))
        return ()

    def changed(self, entry: Logged, question: QuestionId) -> Line:
        """An answer, and the one before it."""
        old = (self.value(question, entry.before), ARROW) if entry.before else ()
        return (*old, self.value(question, entry.body))

    def sheet(self, part: SheetPart) -> Line:
        """Whose sheet, and of which round."""
        return joined([(self.who(part.person, part.name),), (typed(part.round),) if part.round else ()])

    def sheet_of(self, name: str) -> Line:
        """The sheet of this id; () where there is none."""
        return next((self.sheet(part) for part in self.report.sheets if part.id == name), ())

    def reason(self, text: str) -> Line:
        return (Run(self.say("transcript.reason") + self.say("form.colon")), typed(text))
