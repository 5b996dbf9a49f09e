"""What was asked and what each sheet says to it, as lines. Must not know file formats or totals."""

from collections.abc import Iterator
from typing import Any

from bot.domain.answers import Rated
from bot.domain.entries import AnswerGiven, Noted, NoteRevised
from bot.domain.panel_entries import RatingUpheld, ReconsiderationAsked
from bot.export.flat import Flat
from bot.export.flat_panel import evidence_lines
from bot.export.flat_words import Saying, exact, form
from bot.export.history import Logged, NoteStory
from bot.export.panel_parts import AskedPart
from bot.export.parts import QuestionPart, Row, SheetAnswer
from bot.words import forms


def answer_lines(saying: Saying) -> Iterator[Flat]:
    """Every question in clause order: what was asked, then each sheet's answer with all that stands beside it."""
    for section in saying.report.sections:
        for row in section.rows:
            yield from _asked(saying, row)
            for question in row.questions:
                yield from _basis(saying, question)
                yield from _carried(saying, question)
                for answer in question.answers:
                    yield from _answer(saying, question, answer)
                if not question.answers:
                    yield Flat("answer", saying.say("transcript.unanswered"), **saying.clause(question.id))


def _asked(saying: Saying, row: Row) -> Iterator[Flat]:
    pick, say, indicator = saying.words.pick, saying.say, row.indicator
    clause: dict[str, Any] = {"clause": indicator.id, "title": saying.title(indicator)}
    if indicator.code:
        yield Flat("ask", indicator.code, **clause)
    if indicator.statement:
        yield Flat("ask", say("transcript.veto-row"), text=pick(indicator.statement), **clause)
    worth = " · ".join(
        say("transcript.worth", points=forms.points(question.worth)) for question in row.questions if question.dimension
    )
    yield Flat("ask", say("table.asked"), value=worth, text=pick(indicator.question), **clause)
    for text in indicator.look_for:
        yield Flat("ask", say("transcript.look-for"), text=pick(text), **clause)
    if indicator.help:
        yield Flat("ask", say("table.help"), text=pick(indicator.help), **clause)


def _basis(saying: Saying, question: QuestionPart) -> Iterator[Flat]:
    held = saying.report.panel.basis.of(question.id) if saying.report.panel.basis else None
    if held is None:
        return
    clause, label = saying.clause(question.id), saying.say("transcript.self-assessed")
    for answer in held.answers:
        said = saying.words.answer(saying.report.scheme, question.id, answer)
        yield Flat("basis", label, value=said, exact=exact(answer), form=form(answer), **clause)
    for text in held.notes:
        yield Flat("basis", label, text=text, **clause)


def _carried(saying: Saying, question: QuestionPart) -> Iterator[Flat]:
    """What was carried over, and what became of it: no answer by itself."""
    part = saying.report.panel.carried
    row = part.of(question.id) if part else None
    if part is None or row is None:
        return
    clause, say = saying.clause(question.id), saying.say
    fate = say(f"transcript.fate-{part.fates[row.question]}") if row.question in part.fates else ""
    label = say("transcript.carried-row")
    for answer in row.answers:
        said = saying.words.answer(saying.report.scheme, question.id, answer)
        yield Flat("carried", label, value=said, exact=exact(answer), form=form(answer), text=fate, **clause)
    if row.note:
        yield Flat("carried", label, text=say("transcript.carried-note", n=row.note), **clause)


def _answer(saying: Saying, question: QuestionPart, part: SheetAnswer) -> Iterator[Flat]:
    say = saying.say
    place = {**saying.clause(question.id), **saying.sheet(part.sheet.id)}
    what = "table.answer" if part.sheet.counted else "transcript.status.set-aside"
    if part.given is None:
        yield Flat("answer", say("transcript.unanswered"), **place)
    else:
        worth = forms.points(question.worth) if question.dimension else ""
        earned = "" if part.earned is None else forms.points(part.earned)
        given = _given(saying, question, part.given)
        yield Flat("answer", say(what), earned=earned, points=worth, **given, **place, **saying.by(part.given))
    if part.flagged:
        yield Flat("mark", say("transcript.flagged"), **place)
    if part.later:
        yield Flat("mark", say("transcript.later"), **place)
    for story in part.notes:
        yield from _note(saying, story, place)
    for piece in saying.report.panel.evidence_at(part.sheet.id, question.id):
        yield from evidence_lines(saying, piece, place)
    for one in saying.report.panel.asked_at(part.sheet.id, question.id):
        yield from asked_lines(saying, one, place)
    for entry in part.history if len(part.history) > 1 else ():
        yield Flat(
            "history", say("transcript.history"), **_given(saying, question, entry), **place, **saying.by(entry)
        )  # fmt: skip


def _given(saying: Saying, question: QuestionPart, entry: Logged) -> dict[str, Any]:
    """An answer's own columns; typed: as it came, where it was typed."""
    answer = entry.body.answer if isinstance(entry.body, AnswerGiven) else None
    typed = answer.typed if isinstance(answer, Rated) else ""
    return {
        "value": saying.answer(question.id, entry.body),
        "form": form(answer),
        "exact": exact(answer),
        "text": f"{saying.say('transcript.typed')} {typed}" if typed else "",
    }


def _note(saying: Saying, story: NoteStory, place: dict[str, Any]) -> Iterator[Flat]:
    say = saying.say
    by = saying.by(story.written)
    if story.text is None:
        yield Flat("note", say("transcript.note"), value=say("transcript.body-erased"), **place, **by)
    else:
        what = "transcript.note" if story.text else "transcript.note-withdrawn"
        yield Flat("note", say(what), text=story.text, **place, **by)
    for entry in story.revisions:
        before = entry.before.text if isinstance(entry.before, Noted | NoteRevised) else say("transcript.body-erased")
        yield Flat("note", say("transcript.note-before"), text=before, **place, **saying.by(entry))


def asked_lines(saying: Saying, one: AskedPart, place: dict[str, Any]) -> Iterator[Flat]:
    """A reconsideration: why it was asked for, and what came of it."""
    say = saying.say
    reason = one.asked.body.reason if isinstance(one.asked.body, ReconsiderationAsked) else None
    yield Flat(
        "reconsideration",
        say("transcript.asked-why"),
        value=say(f"transcript.asked.{one.outcome}"),
        text=say("transcript.body-erased") if reason is None else reason,
        **place,
        **saying.by(one.asked),
    )
    if one.by and one.outcome == "upheld":
        upheld = one.by.body.reason if isinstance(one.by.body, RatingUpheld) else say("transcript.body-erased")
        what = say("transcript.kind.rating-upheld")
        yield Flat("reconsideration", what, text=upheld, **place, **saying.by(one.by))
    elif one.by and one.outcome == "changed":
        value = saying.change(one.question, one.by)
        yield Flat("reconsideration", say("transcript.asked.changed"), value=value, **place, **saying.by(one.by))
