"""The card of a question to which answers are tried: what counts, what is tried, what that would change.

Its buttons are those of the real card, and lead to trying alone. Must not know how an effect is computed.
"""

from dataclasses import replace

from bot.domain.answers import NotApplicable
from bot.domain.given import Given
from bot.domain.interview import neighbours
from bot.domain.scheme import VETO, QuestionId
from bot.domain.state import SheetState
from bot.view.card import head_facts
from bot.view.facts import Desk
from bot.view.parts import Row, button, columns, one_line, screen
from bot.view.path_places import AskTryReason, TryCard, TryPick, TryTap, UntryTap, WhatIf
from bot.view.ratings import Leads, band_buttons, band_name, choice_buttons, rating_rows, value_buttons
from bot.view.screen import Button, Screen
from bot.view.try_facts import TryCardFacts, TryFacts
from bot.view.try_texts import effect_lines, sheet_label
from bot.view.values import question_name, question_short
from bot.words import Words

_ANSWER = 160
_LAST = 300


def _open(desk: Desk, question: QuestionId, view: str) -> TryCard:
    return TryCard(desk.sheet_ref, str(question), view)


def _give(desk: Desk, question: QuestionId, value: str) -> TryTap:
    return TryTap(desk.sheet_ref, str(question), value)


TRYING = Leads(_open, _give)
"""An answer is tried, and nothing is recorded."""


def try_card(words: Words, facts: TryCardFacts, line: str = "") -> Screen:
    """The question with what is tried on it, one band's values, or what a typed text may mean."""
    question, scheme = facts.question, facts.facts.desk.scheme
    desk = _as_tried(facts)
    attempt = facts.attempt
    given = facts.sheet.given.get(question)
    band = ""
    if facts.view:
        scale = scheme.scale_of(question)
        band = band_name(words, scale, scale.bands[int(facts.view[1:])])
    return screen(
        words,
        "try_card.j2",
        _rows(words, facts, desk),
        line,
        **(head_facts(words, desk, question) | {"sheet": sheet_label(words, facts.facts.desk, facts.sheet)}),
        row=scheme.by_id[question.indicator],
        now=one_line(words.answer(scheme, question, given.answer), _ANSWER) if given else "",
        tried=one_line(words.answer(scheme, question, attempt.tried), _ANSWER) if attempt else "",
        stale=bool(attempt and attempt.stale),
        hold=_hold(words, facts),
        effect=effect_lines(words, facts.facts) if attempt else [],
        others=len(facts.facts.attempts) + len(facts.facts.decided) - bool(attempt),
        band=band,
        choosing=bool(facts.choices),
        hint=_hint(words, desk, question),
    )


def ask_reason(
    words: Words, facts: TryFacts, sheet: SheetState, question: QuestionId, place: AskTryReason, line: str = ""
) -> Screen:
    """The next text is why the row would not apply; it is tried with it, and kept with it (DN-06)."""
    tried = next((one.tried for one in facts.attempts if one.sheet is sheet and one.question == question), None)
    back = (button(words.say("button.cancel"), TryCard(place.other, place.question)),)
    return screen(
        words,
        "ask.j2",
        [back],
        line,
        title=words.say("asking.try-reason"),
        about=[question_name(words, facts.desk.scheme, question)],
        hint=words.say("asking.try-reason-hint"),
        current=one_line(tried.reason, _LAST) if isinstance(tried, NotApplicable) else "",
    )


def _as_tried(facts: TryCardFacts) -> Desk:
    """A desk on which the tried answer is the current one: its button is ticked."""
    sheet, attempt = facts.sheet, facts.attempt
    if attempt:
        held = Given(attempt.tried, 0, "", 0, 0)
        sheet = replace(sheet, given={**sheet.given, facts.question: held})
    return replace(facts.facts.desk, own=sheet, sheet_ref=facts.ref)


def _rows(words: Words, facts: TryCardFacts, desk: Desk) -> list[Row]:
    question = facts.question
    back: Row = (button(words.say("button.back"), TryCard(facts.ref, str(question))),)
    if facts.choices:
        return [*choice_buttons(words, desk, question, facts.choices, TRYING), back]
    if facts.view:
        bands = columns(band_buttons(words, desk, question, short=True, by=TRYING), 5)
        return [value_buttons(words, desk, question, int(facts.view[1:]), TRYING), *bands, back]
    return [*rating_rows(words, desk, question, TRYING), _tools(words, facts, desk), _travel(words, facts)]


def _tools(words: Words, facts: TryCardFacts, desk: Desk) -> Row:
    question, made = facts.question, list[Button]()
    if desk.scheme.by_id[question.indicator].may_be_na:
        made.append(button(words.say("button.not-applicable"), AskTryReason(facts.ref, str(question))))
    if facts.attempt:
        made.append(button(words.say("button.untry"), UntryTap(facts.ref, str(question))))
    made.append(button(words.say("button.try-all"), WhatIf(desk.ref), "primary" if facts.attempt else ""))
    return tuple(made)


def _travel(words: Words, facts: TryCardFacts) -> Row:
    scheme, question = facts.facts.desk.scheme, facts.question
    before, after = neighbours(scheme, facts.sheet, question)
    section = scheme.by_id[question.indicator].section
    made = [button(words.say("button.sections"), TryPick(facts.ref, section))]
    if before:
        label = words.say("button.before", clause=question_short(words, scheme, before, facts.sheet))
        made.insert(0, button(label, TryCard(facts.ref, str(before))))
    if after:
        label = words.say("button.after", clause=question_short(words, scheme, after, facts.sheet))
        made.append(button(label, TryCard(facts.ref, str(after))))
    return tuple(made)


def _hold(words: Words, facts: TryCardFacts) -> str:
    attempt = facts.attempt
    return words.say(f"try.hold-{attempt.hold}") if attempt and attempt.hold else ""


def _hint(words: Words, desk: Desk, question: QuestionId) -> str:
    """How a rating to try can be typed here."""
    if question.dimension == VETO:
        return words.say("try.hint-veto")
    return words.say(f"try.hint-{desk.scheme.scale_of(question).kind}")
