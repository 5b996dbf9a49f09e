"""Where submitted sheets disagree, what each says to one question, and asking somebody to look again.

Must not know how an effect is computed, or who may see this.
"""

from collections.abc import Mapping

from bot.domain.answers import Answer
from bot.domain.scheme import QuestionId
from bot.domain.spread import Disagreement
from bot.view import places
from bot.view.blind_facts import OtherSheet, QuestionFacts, SpreadFacts
from bot.view.facts import Desk
from bot.view.outlines import other_name
from bot.view.parts import Block, Page, button, clip, columns, one_line, page_of, paged, screen, turn
from bot.view.screen import Screen
from bot.view.values import earned, question_name, question_short
from bot.words import Words, points, total

PAGE = 5
SHEETS = 6
"""Sheets on one page of a question: each may have a button."""
_RATINGS = 260
_ROW = 80
_ANSWER = 200
_LABEL = 22
_REASON = 1500


def differences(words: Words, facts: SpreadFacts, place: places.Differences, line: str = "") -> Screen:
    """Five a page; a button leads to what each sheet says."""
    desk = facts.desk
    page = page_of(facts.found, place.page, PAGE)
    before, after = turn(words, page, lambda number: places.Differences(desk.ref, number))
    jumps = [
        button(question_short(words, desk.scheme, one.question), places.Difference(desk.ref, str(one.question)))
        for one in page.items
    ]
    back = button(words.say("button.before", clause=words.say("button.others")), places.Others(desk.ref))
    return screen(
        words,
        "differences.j2",
        [*columns(jumps, 3), (*before, back, *after)],
        line,
        desk=desk,
        page=page,
        count=len(facts.found),
        uneven=facts.uneven,
        assumed=words.say("form.comma").join(_assumed(words, desk)),
        name=lambda one: one_line(question_name(words, desk.scheme, one.question), _ROW),
        ratings=lambda one: _ratings(words, desk, one, facts.by_id),
        effect=lambda one: _effect(words, one),
    )


def difference(words: Words, facts: QuestionFacts, place: places.Difference, line: str = "") -> Screen:
    """Every sheet's rating and notes, and a button for each whose assessor may be asked to look again."""
    desk, question = facts.desk, facts.question
    page, shown = _pages(words, facts, place.page)
    before, after = turn(words, page, lambda number: places.Difference(desk.ref, place.question, number))
    asks = [
        button(
            words.say("button.ask-reconsider", name=other_name(words, one, _LABEL)),
            places.AskReconsider(desk.ref, one.ref, place.question),
        )
        for one in shown
        if may_be_asked(desk, one, question)
    ]
    back = button(
        words.say("button.before", clause=words.say("button.differences-short")), places.Differences(desk.ref)
    )
    return screen(
        words,
        "difference.j2",
        [*columns(asks, 2), (*before, back, *after)],
        line,
        name=question_name(words, desk.scheme, question),
        effects=[_effect(words, one) for one in facts.found],
        page=page,
    )


def ask_reconsider(words: Words, desk: Desk, one: OtherSheet, question: QuestionId, line: str = "") -> Screen:
    """The next text is why; it goes to the assessor and stays in the record."""
    held = one.seen.given.get(question) if one.seen else None
    about = [question_name(words, desk.scheme, question)]
    if held:
        rating = one_line(words.answer(desk.scheme, question, held.answer), _ANSWER)
        about.append(words.say("differ.rated", name=other_name(words, one), rating=rating))
    return screen(
        words,
        "ask.j2",
        [(button(words.say("button.cancel"), places.Difference(desk.ref, str(question))),)],
        line,
        title=words.say("asking.reconsider", name=other_name(words, one)),
        about=about,
        hint=words.say("asking.reconsider-hint"),
        current=clip(one.seen.asked.get(question, ""), _REASON) if one.seen else "",
    )


def _assumed(words: Words, desk: Desk) -> list[str]:
    """What nobody decided yet, and is taken for granted here (domain/spread.py)."""
    rules, state, found = desk.scheme.adjustments, desk.state, []
    if any(gate not in state.gates for gate in desk.scheme.gates):
        found.append(words.say("outlook.gates"))
    if rules and ((rules.deductions and state.findings is None) or (rules.bonus and state.bonus is None)):
        found.append(words.say("outlook.adjustments"))
    return found


def may_be_asked(desk: Desk, one: OtherSheet, question: QuestionId) -> bool:
    """A member, of what was submitted, while it is open; also the lead, of what the lead rated."""
    given = one.seen is not None and question in one.seen.given
    return given and one.status == "submitted" and one.member and not desk.state.closed


def _pages(words: Words, facts: QuestionFacts, number: int) -> tuple[Page[Block], list[OtherSheet]]:
    """The page of that number over all sheets, a few at a time, and the sheets on it. Long notes take pages more."""
    found: list[tuple[tuple[Block, ...], list[OtherSheet]]] = []
    for start in range(0, max(1, len(facts.sheets)), SHEETS):
        some = {f"{one.number}. {other_name(words, one)}": one for one in facts.sheets[start : start + SHEETS]}
        blocks = [Block(title, _said(words, facts, one)) for title, one in some.items()]
        for page in paged(blocks):
            titles = dict.fromkeys(block.title for block in page)
            found.append((page, [some[title] for title in titles]))
    number = min(number, len(found) - 1)
    items, shown = found[number]
    return Page(items, number, len(found)), shown


def _said(words: Words, facts: QuestionFacts, one: OtherSheet) -> str:
    """The rating with its points, what is asked of it, and all notes."""
    scheme, question, sheet = facts.desk.scheme, facts.question, one.seen
    if sheet is None or question not in sheet.given:
        return words.say("sections.unanswered")
    answer = sheet.given[question].answer
    said = [one_line(words.answer(scheme, question, answer), _ANSWER) + earned(words, scheme, question, answer)]
    if question in sheet.asked:
        said.append(words.say("differ.asked", reason=sheet.asked[question]))
    said += [words.say("differ.note", text=note.text) for note in sheet.notes.get(question, ())]
    return "\n".join(said)


def _ratings(words: Words, desk: Desk, one: Disagreement, by_id: Mapping[str, OtherSheet]) -> str:
    """'A 80%, B 40%', cut to a few lines."""
    said = [
        words.say("differ.rated", name=other_name(words, by_id[sheet], _LABEL), rating=_short(words, desk, one, answer))
        for sheet, answer in one.ratings.items()
    ]
    return one_line(words.say("form.comma").join(said), _RATINGS)


def _short(words: Words, desk: Desk, one: Disagreement, answer: Answer) -> str:
    return one_line(words.answer(desk.scheme, one.question, answer), _LABEL)


def _effect(words: Words, one: Disagreement) -> str:
    """How far apart, what that does to the total, whether it decides."""
    said = [words.say("differ.decides")] if one.decides else []
    if one.spread:
        said.append(words.say("differ.spread", spread=points(one.spread * 100)))
    if one.effect is not None:
        said.append(words.say("differ.effect", points=total(one.effect)))
    if one.uneven:
        said.append(words.say("differ.uneven"))
    return words.say("form.comma").join(said)
