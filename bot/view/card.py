"""The card of a question: what is asked, what is answered, and the buttons. Must not know which question comes next."""

from collections.abc import Mapping

from bot.domain import carrying
from bot.domain.answers import Answer, NotApplicable, Rated
from bot.domain.basis import row_of
from bot.domain.interview import progress
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.view import carried
from bot.view.asking_order import order_mark
from bot.view.basis import on_card
from bot.view.blanks import filled
from bot.view.card_rows import all_rows, asked_again, back, keep, may_rate, ticks, usual_rows
from bot.view.card_texts import asking, heading_facts, look_for, pair, place_of, standing_at, typed_hint
from bot.view.drawn import drawn, mark, marked, smooth
from bot.view.evidence_lines import held, summary
from bot.view.facts import CardFacts, Desk
from bot.view.findings_lines import standing
from bot.view.kept import per_question
from bot.view.measures import measure_lines, measures_of
from bot.view.outlook import outlook
from bot.view.parts import LINE, clip, columns, one_line, screen, tidy
from bot.view.ratings import answer_of, band_buttons, band_name, rating_rows, value_buttons
from bot.view.said import said
from bot.view.screen import Screen
from bot.view.values import dimension_name, row_name, sheet_in_hand
from bot.words import Words, points

_NOTE = 200
_REASON = 160
_LOOK_AGAIN = 600
_TYPED = 40
_SHORT = 60
"""Characters of a text that waits, where much else is shown."""
_WAITING = 3
_TEXTS = ("line", "sheet", "progress", "current", "understood", "bounds")


def card(words: Words, facts: CardFacts, line: str = "") -> Screen:
    """The card, or what its bands mean ('m'), or one band with its values ('b0'...).

    What a typed rating may mean comes first; texts that wait stand on each of them.
    """
    if facts.choices or not facts.view:
        return _card(words, facts, line)
    if facts.view == "m":
        return _meanings(words, facts, line)
    return _band(words, facts, int(facts.view[1:]), line)


def _card(words: Words, facts: CardFacts, line: str) -> Screen:
    """Of nearly all of them only a few short texts are not the question's own: those are put into what was drawn."""
    desk, question, scheme = facts.desk, facts.question, facts.desk.scheme
    covers = desk.covers
    given = desk.own.given.get(question) if desk.own else None
    answer = given.answer if given else None
    usual = _is_usual(facts, answer)
    texts = {
        "line": clip(line, LINE),
        "sheet": sheet_in_hand(words, desk),
        "progress": _progress(words, desk, question, covers),
        "current": "" if answer is None else said(words, scheme, question, answer, _REASON),
        "understood": clip(answer.typed, _TYPED) if isinstance(answer, Rated) and answer.typed else "",
        "bounds": outlook(words, desk, facts.bounds),
    }
    if usual:
        own = _usual_own(words, scheme, question, covers)
    else:
        own = (
            pair(words, scheme, question, covers if desk.own else None),
            "" if facts.choices else _hint(words, desk, question, asked=bool(facts.pending)),
        )
    short = {name: text for name, text in texts.items() if text}
    more = _NO_MORE if usual else _more(words, facts)
    if (not usual and any(more.values())) or not all(map(smooth, short.values())):
        text = tidy(words.render("card.j2", **_own(words, scheme, question, *own), **texts, **more))
    else:
        text = drawn(_drawn(words, scheme, question, *own, tuple(short)), short)
    blank = usual_rows(words, scheme, question, covers, ticks(scheme, question, answer)) if usual else None
    rows, written = filled(blank or all_rows(words, facts, covers), desk, given.revision if given else 0)
    return Screen.of(text, rows, written)


@per_question
def _usual_own(words: Words, scheme: Scheme, question: QuestionId, covers: frozenset[str]) -> tuple[str, str]:
    """What a usual card says of its question and of how a rating can be typed."""
    hint = "" if question.dimension == VETO else typed_hint(words, scheme, question)
    return pair(words, scheme, question, covers), hint


def _is_usual(facts: CardFacts, answer: Answer | None) -> bool:
    """Whether the question may be rated, and nothing is known of it but a rating: as on nearly all cards."""
    desk, question = facts.desk, facts.question
    own, state = desk.own, desk.state
    if own is None or own.status != "open" or state.closed or facts.choices or facts.pending:
        return False
    if question in own.notes or question in own.later or question in own.flagged:
        return False
    if isinstance(answer, NotApplicable):
        return False
    return not (
        (desk.scheme.measures and measures_of(desk, question))
        or (state.evidence and held(desk, question))
        or (state.found and standing(desk, question.indicator))
        or (state.basis and row_of(state.basis, question))
        or (state.carried and carrying.row_of(state.carried, own, question))
    )


@per_question
def _drawn(
    words: Words, scheme: Scheme, question: QuestionId, pair: str, hint: str, said: tuple[str, ...]
) -> tuple[str, ...]:
    """The card on which nothing stands but the question and such texts: which there are, in a fixed order, not what.

    pair, hint: what the card says of the question itself.
    """
    texts = {name: mark(name) if name in said else "" for name in _TEXTS}
    return marked(tidy(words.render("card.j2", **_own(words, scheme, question, pair, hint), **texts, **_NO_MORE)))


_NO_MORE: Mapping[str, object] = dict.fromkeys(
    (
        *("asked", "notes", "last_note", "later", "flagged", "evidence", "basis", "carried", "measures"),
        *("choosing", "choices", "waiting", "waiting_here", "waiting_more"),
    ),
    "",
)
"""`_more` where there is nothing."""


def _own(words: Words, scheme: Scheme, question: QuestionId, pair: str, hint: str) -> Mapping[str, object]:
    """What `card.j2` is told of the question itself."""
    return {
        **heading_facts(words, scheme, question),
        "asking": asking(words, scheme, question),
        "look_for": look_for(words, scheme, question),
        "pair": pair,
        "hint": hint,
    }


def _more(words: Words, facts: CardFacts) -> dict[str, object]:
    """What else may stand on a card, and on most does not."""
    desk, question = facts.desk, facts.question
    notes = desk.own.notes.get(question, ()) if desk.own else ()
    return {
        "asked": clip(asked_again(desk, question), _LOOK_AGAIN),
        "notes": len(notes),
        "last_note": one_line(notes[-1].text, _NOTE) if notes else "",
        "later": desk.own is not None and question in desk.own.later,
        "flagged": desk.own is not None and question in desk.own.flagged,
        "evidence": summary(words, held(desk, question)),
        "basis": on_card(words, desk, question),
        "carried": carried.on_card(words, desk, question, facts.carried_note),
        "measures": measure_lines(words, desk, question),
        "choosing": clip(facts.choices[0].typed, _TYPED) if facts.choices else "",
        "choices": len(facts.choices),
        **_waiting(facts),
    }


def _band(words: Words, facts: CardFacts, place: int, line: str) -> Screen:
    desk, question = facts.desk, facts.question
    scale = desk.scheme.scale_of(question)
    band = scale.bands[place]
    rows = [*columns(band_buttons(words, desk, question, short=True), 5), back(words, desk, question)]
    if may_rate(desk, question):
        rows = [keep(words, facts), value_buttons(words, desk, question, place), *rows]
    return screen(
        words,
        "band.j2",
        rows,
        line,
        **head_facts(words, desk, question),
        band=band,
        band_name=band_name(words, scale, band),
        current=_current(words, desk, question),
        hint=_hint(words, desk, question),
        **_waiting(facts),
    )


def _meanings(words: Words, facts: CardFacts, line: str) -> Screen:
    desk, question = facts.desk, facts.question
    row = desk.scheme.by_id[question.indicator]
    scale = None if question.dimension == VETO else desk.scheme.scale_of(question)
    return screen(
        words,
        "meanings.j2",
        [
            keep(words, facts),
            *(rating_rows(words, desk, question) if may_rate(desk, question) else ()),
            back(words, desk, question),
        ],
        line,
        **head_facts(words, desk, question),
        row=row,
        scale=scale,
        band_name=lambda band: band_name(words, scale, band) if scale else "",
        level=lambda number: words.level(scale, number),
        **_waiting(facts),
    )


def _waiting(facts: CardFacts) -> dict[str, object]:
    """The texts that wait, the newest of many, each with its clause; here: one was typed at this very question."""
    pending = facts.pending if may_rate(facts.desk, facts.question) else ()
    here = any(item.question == str(facts.question) for item in pending)
    room = _NOTE if here and not facts.view else _SHORT
    found = [(item.question.partition("/")[0], one_line(item.text, room)) for item in pending]
    return {
        "waiting": found[-_WAITING:],
        "waiting_here": here,
        "waiting_more": max(0, len(found) - _WAITING),
    }


def head_facts(words: Words, desk: Desk, question: QuestionId) -> dict[str, object]:
    """What `question.j2`, the top of everything about one question, is told."""
    return {
        **heading_facts(words, desk.scheme, question),
        "sheet": sheet_in_hand(words, desk),
        "pair": pair(words, desk.scheme, question, desk.covers if desk.own else None),
    }


def heading(words: Words, scheme: Scheme, question: QuestionId) -> tuple[str, ...]:
    """The lines by which a question is known on any card of it, as plain text."""
    row = scheme.by_id[question.indicator]
    worth = "" if row.veto else words.say("card.worth", points=points(scheme.points_of(question)))
    named = f"{row_name(words, row)}{worth}"
    return (named, dimension_name(words, scheme, question)) if len(scheme.dimensions) > 1 else (named,)


def _progress(words: Words, desk: Desk, question: QuestionId, covers: frozenset[str]) -> str:
    if not desk.own:
        return ""
    answered, asked = progress(desk.scheme, desk.own)
    place = place_of(words, desk.scheme, question, covers)
    return standing_at(words.language, place, asked, asked - answered) + order_mark(words, desk)


def _current(words: Words, desk: Desk, question: QuestionId) -> str:
    answer = answer_of(desk, question)
    return "" if answer is None else said(words, desk.scheme, question, answer, _REASON)


def _hint(words: Words, desk: Desk, question: QuestionId, *, asked: bool = False) -> str:
    """How a rating can be typed here. asked: a text was none."""
    if not may_rate(desk, question):
        return ""
    if question.dimension == VETO:
        return words.say("card.hint-veto") if asked else ""
    return typed_hint(words, desk.scheme, question)
