"""Every question as it was asked, with all that each sheet says to it and everything that was ever said.

Must not know the result, or any file format.
"""

from collections.abc import Iterator

from bot.domain.entries import Noted, NoteRevised
from bot.export.history import NoteStory
from bot.export.paper_marks import DOT, SPACE, Marks, joined, typed
from bot.export.paper_parts import Block, Box, Facts, Heading, Items, Line, Para, Part, Run
from bot.export.paper_pieces import asked, evidence
from bot.export.parts import QuestionPart, Row, SheetAnswer
from bot.words import forms

QUESTION_LEVEL = 4
"""Of a question's heading: sections, however deep, stand above it."""


def questions(m: Marks) -> Part:
    """The transcript."""
    blocks: list[Block] = [Para((Run(m.say("transcript.own-words")),), "fine")]
    for part in m.report.sections:
        if not part.whole:
            level = min(1 + part.section.depth, QUESTION_LEVEL - 1)
            blocks.append(Heading(m.clause(part.section), level, part.section.id))
        blocks += [_row(m, row) for row in part.rows]
    return Part("transcript", m.say("transcript.transcript"), tuple(blocks), fresh=True)


def readings(m: Marks) -> Part | None:
    """How the standard was read where it leaves something open; None where it does not."""
    if not m.scheme.readings:
        return None
    pairs = tuple((name, (Run(m.words.pick(text)),)) for name, text in m.scheme.readings.items())
    why = Para((Run(m.say("transcript.readings-why")),), "fine")
    return Part("readings", m.say("transcript.readings"), (why, Facts(pairs)))


def _row(m: Marks, row: Row) -> Box:
    return Box((*_asked(m, row), *(block for one in row.questions for block in _question(m, row, one))), "question")


def _asked(m: Marks, row: Row) -> Iterator[Block]:
    """Clause, worth, question, what to look for."""
    indicator, pick = row.indicator, m.words.pick
    yield Heading(m.clause(indicator), QUESTION_LEVEL, indicator.id, (Run(_worth(m, row), "soft"),))
    if indicator.statement:
        yield Para((Run(pick(indicator.statement)),), "statement")
    yield Para((Run(pick(indicator.question)),), "question")
    if indicator.look_for:
        yield Para((Run(m.say("transcript.look-for")),), "label")
        yield Items(tuple((Run(pick(text)),) for text in indicator.look_for))
    if indicator.help:
        yield Para((Run(pick(indicator.help)),), "fine")


def _worth(m: Marks, row: Row) -> str:
    if row.indicator.veto:
        return m.say("transcript.veto-row")
    worth = ((one, m.say("transcript.worth", points=forms.points(one.worth))) for one in row.questions if one.dimension)
    return " · ".join(f"{m.dimension(one.id.dimension)} {points}".strip() for one, points in worth)


def _question(m: Marks, row: Row, question: QuestionPart) -> Iterator[Block]:
    if len(row.questions) > 1 and question.dimension:
        yield Para((Run(m.words.pick(question.dimension.title), "strong"),), "label")
    yield from _basis(m, question)
    yield from _carried(m, question)
    yield from (_answer(m, question, one) for one in question.answers)
    if not question.answers:
        yield _unanswered(m)


def _unanswered(m: Marks) -> Para:
    return Para((Run(m.say("transcript.unanswered")),), "none")


def _basis(m: Marks, question: QuestionPart) -> Iterator[Block]:
    """What the assessment that this one looks at says."""
    basis = m.report.panel.basis
    held = basis.of(question.id) if basis else None
    if held:
        told = joined((Run(m.words.answer(m.scheme, question.id, one), "user"),) for one in held.answers)
        name = m.say("transcript.self-assessed") + (m.say("form.colon") if told else "")
        yield Box((Para((Run(name), *told), "label"), *(Para((typed(text),)) for text in held.notes)), "basis")


def _carried(m: Marks, question: QuestionPart) -> Iterator[Block]:
    """What the older assessment that this one began from says, and whether that was confirmed."""
    part = m.report.panel.carried
    row = part.of(question.id) if part else None
    if part is None or row is None:
        return
    told = [(Run(m.words.answer(m.scheme, question.id, one), "user"),) for one in row.answers]
    if row.question in part.fates:
        told.append((Run(m.say(f"transcript.fate-{part.fates[row.question]}")),))
    if row.note:
        told.append((Run(m.say("transcript.carried-note", n=row.note)),))
    yield Box((Para((Run(m.say("transcript.carried-row") + m.say("form.colon")), *joined(told)), "label"),), "basis")


def _answer(m: Marks, question: QuestionPart, one: SheetAnswer) -> Box:
    return Box(tuple(_said(m, question, one)), "answer")


def _said(m: Marks, question: QuestionPart, one: SheetAnswer) -> Iterator[Block]:
    if len(m.report.sheets) > 1:
        aside = () if one.sheet.counted else (Run(m.say("transcript.status.set-aside")),)
        yield Para(joined([m.sheet(one.sheet), aside]), "label")
    yield _given(m, question, one)
    marks = [(one.flagged, "transcript.flagged"), (one.later, "transcript.later")]
    shown = [(Run(m.say(key)),) for on, key in marks if on]
    if shown:
        yield Para(joined(shown), "label")
    yield from (_note(m, story) for story in one.notes)
    panel = m.report.panel
    yield from (evidence(m, part) for part in panel.evidence_at(one.sheet.id, question.id))
    for part in panel.asked_at(one.sheet.id, question.id):
        outcome = Run(m.say(f"transcript.asked.{part.outcome}"))
        yield Para((Run(m.say("transcript.asked")), DOT, outcome), "label")
        yield asked(m, part)
    if len(one.history) > 1:
        changes = tuple(
            (*m.changed(entry, question.id), *m.typing(entry.body), SPACE, *m.by(entry)) for entry in one.history
        )
        yield Box((Para((Run(m.say("transcript.history")),)), Items(changes, numbered=True)), "quiet")


def _given(m: Marks, question: QuestionPart, one: SheetAnswer) -> Para:
    """The answer in force, the points for it, how it was typed, who gave it."""
    given = one.given
    if given is None:
        return _unanswered(m)
    line: Line = (m.value(question.id, given.body, "strong"),)
    if one.earned is not None:
        points, of = forms.points(one.earned), forms.points(question.worth)
        line = (*line, SPACE, Run(m.say("transcript.earned-of", points=points, of=of)))
    return Para(m.after((*line, *m.typing(given.body)), given), "given")


def _note(m: Marks, story: NoteStory) -> Box:
    """A note as it reads now, and each text that it had before."""
    blocks: list[Block] = []
    if story.text is None:
        blocks.append(Para(m.after((Run(m.say("transcript.note")), SPACE, m.gone()), story.written), "label"))
    else:
        name = m.say("transcript.note" if story.text else "transcript.note-withdrawn")
        blocks.append(Para(m.after((Run(name),), story.written), "label"))
        blocks += [Para((typed(story.text),))] if story.text else []
    for entry in story.revisions:
        before = entry.before
        old = typed(before.text) if isinstance(before, Noted | NoteRevised) else m.gone()
        changed = Para(m.after((Run(m.say("transcript.note-before")),), entry))
        blocks.append(Box((changed, Para((old,))), "quiet"))
    return Box(tuple(blocks), "note")
