"""Why, at its end: one question with every rating that counts, its notes, its evidence, and what it adds to the total.

Must not know how a screen above lists it.
"""

from fractions import Fraction

from bot.domain.answers import NotApplicable, Rated
from bot.domain.evidence import at
from bot.domain.given import Given
from bot.domain.scheme import VETO, QuestionId
from bot.domain.state import SheetState
from bot.domain.sums import sheet_sums
from bot.view import places
from bot.view.arithmetic import mean_of, rating_text
from bot.view.evidence_lines import summary
from bot.view.facts import ResultFacts
from bot.view.insight_lines import own_view
from bot.view.insight_parts import above, up_button
from bot.view.parts import Block, Row, block_pages, button, one_line, screen, turn
from bot.view.ratings import band_name
from bot.view.scores import sheet_name, visible_sheets
from bot.view.screen import Screen
from bot.view.values import crumb, question_name
from bot.words import Words, points
from bot.words.forms import exact

_NAME = 60
_PAGE = 2200
_WHOLE = 100


def why_question(words: Words, facts: ResultFacts, place: places.Why, line: str = "") -> Screen:
    """The question `place.name`; from here one tap to its card, while it is open and the person's own."""
    desk, question = facts.desk, QuestionId.parse(place.name)
    scheme = desk.scheme
    sheets = [one for one in visible_sheets(facts) if question.dimension in {VETO, *one.covers}]
    blocks = [_rated(words, facts, question, sheet, alone=len(sheets) == 1) for sheet in sheets]
    if not sheets:
        blocks.append(Block("", words.say("why.no-sheet")))
    if said := _adds(words, facts, question, sheets):
        blocks.insert(0, Block(words.say("why.adds"), "\n".join(said)))
    page = block_pages(blocks, place.page, _PAGE)
    before, after = turn(words, page, lambda number: places.Why(desk.ref, "q", place.name, number))
    worth = "" if question.dimension == VETO else words.say("why.worth", points=points(scheme.points_of(question)))
    about = [crumb(words, scheme, question), worth, own_view(words, desk), *_held_up(words, facts, question)]
    up = up_button(words, facts, above(facts, question))
    return screen(
        words,
        "insight.j2",
        [_card(words, facts, question), (*before, *up, *after)],
        line,
        title=one_line(question_name(words, scheme, question), _NAME * 2),
        about=[text for text in about if text],
        blocks=page.items,
        page=page,
        foot="",
    )


def _card(words: Words, facts: ResultFacts, question: QuestionId) -> Row:
    """To the card, on the sheet in hand first; nowhere once it is not to be rated any more."""
    desk = facts.desk
    mine = [(ref, one) for ref, one in desk.sheets if question.dimension in {VETO, *one.covers}]
    fit = [ref for ref, one in mine if one.status == "open" or (one.status == "submitted" and question in one.asked)]
    if desk.state.closed or not fit:
        return ()
    ref = desk.sheet_ref if desk.sheet_ref in fit else fit[0]
    return (button(words.say("button.to-card"), places.Card(ref, str(question)), "primary"),)


def _held_up(words: Words, facts: ResultFacts, question: QuestionId) -> list[str]:
    """That the outcome hangs on this answer alone."""
    found = facts.margin
    if found is None or question.dimension == VETO or not any(one.question == question for one in found.fragile):
        return []
    return [words.say("why.fragile", outcome=words.pick(found.outcome.title))]


def _rated(words: Words, facts: ResultFacts, question: QuestionId, sheet: SheetState, *, alone: bool) -> Block:
    """What one sheet says: the rating as arithmetic, where it stands on the scale, all notes, how much evidence."""
    given = sheet.given.get(question)
    lines = _answer(words, facts, question, given)
    notes = sheet.notes.get(question, ())
    lines += [words.say("why.note", n=number, text=note.text) for number, note in enumerate(notes, start=1)]
    if kept := summary(words, at(facts.desk.state.evidence, sheet.id, question)):
        lines.append(kept)
    title = words.say("why.rating") if alone else one_line(sheet_name(words, facts, sheet), _NAME)
    return Block(title, "\n".join(lines))


def _answer(words: Words, facts: ResultFacts, question: QuestionId, given: Given | None) -> list[str]:
    scheme = facts.desk.scheme
    if given is None:
        return [words.say("sections.unanswered")]
    said = words.answer(scheme, question, given.answer)
    if not isinstance(given.answer, Rated):
        left_out = isinstance(given.answer, NotApplicable)
        return [said, words.say("why.left-out")] if left_out else [said]
    scale, due = scheme.scale_of(question), scheme.points_of(question)
    rating = rating_text(words, scale, given.answer)
    lines = [words.say("why.product", of=points(due), rating=rating, points=exact(due * given.answer.value))]
    if given.answer.level is not None:
        return [*lines, said]
    if scale.bands:
        band = scale.bands[scale.band_of(given.answer.value)]
        return [*lines, words.say("why.band", rating=said, band=band_name(words, scale, band))]
    return lines


def _adds(words: Words, facts: ResultFacts, question: QuestionId, sheets: list[SheetState]) -> list[str]:
    """The mean over the sheets that count, and what the question adds to the total; '' before all have rated it."""
    if question.dimension == VETO or not sheets or any(question not in sheet.given for sheet in sheets):
        return []
    scheme, tally = facts.desk.scheme, facts.card.questions[question]
    said = []
    if len(sheets) > 1:
        due = scheme.points_of(question)
        earned = [_value(sheet, question) for sheet in sheets]
        terms = [words.say("why.not-counted") if one is None else exact(due * one) for one in earned]
        together = exact(due * sum((one or Fraction(0) for one in earned), Fraction(0)))
        sums = mean_of(terms, together)
        said.append(words.say("why.mean-of", sums=sums, points=exact(tally.points), of=points(tally.of)))
    if scheme.dimensions[question.dimension].total == "percent":
        said += _share(words, facts, question, sheets)
    return said


def _share(words: Words, facts: ResultFacts, question: QuestionId, sheets: list[SheetState]) -> list[str]:
    """'3.5 ÷ 190 × 100 = 1.842105', where all sheets are due the same and it is not the number itself."""
    scheme, tally = facts.desk.scheme, facts.card.questions[question]
    sums = [sheet_sums(scheme, sheet.sheet(), question.dimension) for sheet in sheets]
    due = {one.due for one in sums}
    if len(due) != 1 or any(one.lacking for one in sums):
        return []
    (of,) = due
    if not tally.of or of == _WHOLE:
        return []  # nothing is added, or the points are the share
    share = exact(tally.points / of * 100)
    return [words.say("why.share", points=exact(tally.points), of=exact(of), share=share)]


def _value(sheet: SheetState, question: QuestionId) -> Fraction | None:
    answer = sheet.given[question].answer
    return answer.value if isinstance(answer, Rated) else None
