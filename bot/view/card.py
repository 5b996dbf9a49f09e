"""The card of a question: what is asked, what is answered, and the buttons. Must not know which question comes next."""

from bot.domain.answers import NotApplicable, Rated
from bot.domain.basis import row_of
from bot.domain.interview import neighbours, open_questions
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.view import carried, payload, places
from bot.view.asking_order import order_mark
from bot.view.basis import on_card
from bot.view.card_texts import asking, heading_facts, look_for, of_clause, typed_hint
from bot.view.evidence_lines import held, summary
from bot.view.facts import CardFacts, Desk
from bot.view.findings_lines import button_name
from bot.view.measures import measure_buttons, measure_lines
from bot.view.outlook import outlook
from bot.view.parts import Row, button, clip, columns, named, one_line, screen
from bot.view.ratings import answer_of, band_buttons, band_name, choice_buttons, rating_rows, value_buttons
from bot.view.screen import Button, Screen
from bot.view.values import dimension_name, dimension_names, earned, question_short, row_name, sheet_in_hand
from bot.words import Words, points

_NOTE = 200
_REASON = 160
_LOOK_AGAIN = 600
_TYPED = 40
_SHORT = 60
"""Characters of a text that waits, where much else is shown."""
_WAITING = 3


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
    desk, question = facts.desk, facts.question
    notes = desk.own.notes.get(question, ()) if desk.own else ()
    return screen(
        words,
        "card.j2",
        _rows(words, facts),
        line,
        **head_facts(words, desk, question),
        asking=asking(words, desk.scheme, question),
        look_for=look_for(words, desk.scheme, question),
        progress=_progress(words, desk, question),
        current=_current(words, desk, question),
        understood=_understood(desk, question),
        asked=clip(_asked(desk, question), _LOOK_AGAIN),
        notes=len(notes),
        last_note=one_line(notes[-1].text, _NOTE) if notes else "",
        later=bool(desk.own) and question in (desk.own.later if desk.own else ()),
        flagged=bool(desk.own) and question in (desk.own.flagged if desk.own else ()),
        evidence=summary(words, held(desk, question)),
        basis=on_card(words, desk, question),
        carried=carried.on_card(words, desk, question, facts.carried_note),
        bounds=outlook(words, desk, facts.bounds),
        measures=measure_lines(words, desk, question),
        hint="" if facts.choices else _hint(words, desk, question, asked=bool(facts.pending)),
        choosing=clip(facts.choices[0].typed, _TYPED) if facts.choices else "",
        choices=len(facts.choices),
        **_waiting(facts),
    )


def _band(words: Words, facts: CardFacts, place: int, line: str) -> Screen:
    desk, question = facts.desk, facts.question
    scale = desk.scheme.scale_of(question)
    band = scale.bands[place]
    rows = [*columns(band_buttons(words, desk, question, short=True), 5), _back(words, desk, question)]
    if _open(desk, question):
        rows = [_keep(words, facts), value_buttons(words, desk, question, place), *rows]
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
    back = _back(words, desk, question)
    row = desk.scheme.by_id[question.indicator]
    scale = None if question.dimension == VETO else desk.scheme.scale_of(question)
    return screen(
        words,
        "meanings.j2",
        [_keep(words, facts), *(rating_rows(words, desk, question) if _open(desk, question) else ()), back],
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
    pending = facts.pending if _open(facts.desk, facts.question) else ()
    here = any(item.question == str(facts.question) for item in pending)
    room = _NOTE if here and not facts.view else _SHORT
    found = [(item.question.partition("/")[0], one_line(item.text, room)) for item in pending]
    return {
        "waiting": found[-_WAITING:],
        "waiting_here": here,
        "waiting_more": max(0, len(found) - _WAITING),
    }


def _keep(words: Words, facts: CardFacts) -> Row:
    """Save or drop what waits; empty where nothing does, or nothing can be written any more."""
    if not facts.pending or not _open(facts.desk, facts.question):
        return ()
    keep = button(words.say("button.keep-note"), payload.KeepTap(1), "primary")
    return keep, button(words.say("button.drop-text"), payload.KeepTap(0))


def head_facts(words: Words, desk: Desk, question: QuestionId) -> dict[str, object]:
    """What `question.j2`, the top of everything about one question, is told."""
    return {
        **heading_facts(words, desk.scheme, question),
        "sheet": sheet_in_hand(words, desk),
        "pair": _pair(words, desk, question),
    }


def _rows(words: Words, facts: CardFacts) -> list[Row]:
    desk, question = facts.desk, facts.question
    travel = _travel(words, desk, question)
    if not _open(desk, question):
        return [travel, _foot(words, desk, question)]
    if facts.choices:
        return [*choice_buttons(words, desk, question, facts.choices), _back(words, desk, question)]
    rated = rating_rows(words, desk, question)
    rated = [*rated[:-1], (*carried.confirm_buttons(words, desk, question), *rated[-1])]
    if facts.pending:
        return [_keep(words, facts), *rated, travel, _foot(words, desk, question)]
    return [*rated, _tools(words, desk, question), travel, _foot(words, desk, question)]


def _tools(words: Words, desk: Desk, question: QuestionId) -> Row:
    own = desk.own
    ref, text = desk.sheet_ref, str(question)
    later = bool(own and question in own.later)
    flagged = bool(own and question in own.flagged)
    count = len(own.notes.get(question, ())) if own else 0
    note = (
        button(words.say("button.notes", n=count), places.Notes(ref, text))
        if count
        else named(words, "button.note", places.AskNote(ref, text))
    )
    if _asked(desk, question):
        return note, _evidence(words, desk, question), button(words.say("button.uphold"), places.AskUphold(ref, text))
    tools = [
        note,
        _evidence(words, desk, question),
        named(words, "button.not-later" if later else "button.later", payload.LaterTap(ref, text, int(not later))),
        named(words, "button.unflag" if flagged else "button.flag", payload.FlagTap(ref, text, int(not flagged))),
    ]
    if desk.scheme.by_id[question.indicator].may_be_na:
        ticked = isinstance(answer_of(desk, question), NotApplicable)
        label = words.say("button.not-applicable")
        label = words.say("form.ticked", label=label) if ticked else label
        tools.append(button(label, places.AskReason(ref, text)))
    return (*tools, *measure_buttons(words, desk, question))


def _evidence(words: Words, desk: Desk, question: QuestionId) -> Button:
    """To what supports this question; nothing needs to be pressed to send some."""
    n = sum(one.stands for one in held(desk, question))
    to = places.EvidenceList(desk.sheet_ref, str(question))
    return button(words.say("button.evidence-many", n=n), to) if n else named(words, "button.evidence", to)


def heading(words: Words, scheme: Scheme, question: QuestionId) -> tuple[str, ...]:
    """The lines by which a question is known on any card of it, as plain text."""
    row = scheme.by_id[question.indicator]
    worth = "" if row.veto else words.say("card.worth", points=points(scheme.points_of(question)))
    named = f"{row_name(words, row)}{worth}"
    return (named, dimension_name(words, scheme, question)) if len(scheme.dimensions) > 1 else (named,)


def _travel(words: Words, desk: Desk, question: QuestionId) -> Row:
    if not desk.own:
        return ()
    before, after = neighbours(desk.scheme, desk.own, question)
    ref = desk.sheet_ref
    made = [named(words, "button.sections", places.Sections(ref))]
    if before:
        label = words.say("button.before", clause=question_short(words, desk.scheme, before, desk.own))
        made.insert(0, button(label, places.Card(ref, str(before))))
    if after:
        label = words.say("button.after", clause=question_short(words, desk.scheme, after, desk.own))
        made.append(button(label, places.Card(ref, str(after))))
    if not desk.state.closed:
        found = button_name(words, desk, question.indicator)
        made.append(button(found, places.Findings(desk.ref, clause=question.indicator)))
    if row_of(desk.state.basis, question):
        made.append(named(words, "button.basis", places.BasisCard(ref, str(question))))
    return tuple(made)


def _foot(words: Words, desk: Desk, question: QuestionId) -> Row:
    made = [named(words, "button.home", places.Home()), named(words, "button.head", places.Head(desk.ref))]
    if desk.own:
        made.append(named(words, "button.check", places.Check(desk.sheet_ref)))
        made.append(named(words, "button.link", places.LinkCard(desk.sheet_ref, str(question))))
        if question.dimension != VETO:
            made.append(named(words, "button.meanings", places.Card(desk.sheet_ref, str(question), "m")))
    return tuple(made)


def _back(words: Words, desk: Desk, question: QuestionId) -> Row:
    return (named(words, "button.back", places.Card(desk.sheet_ref, str(question))),)


def _open(desk: Desk, question: QuestionId) -> bool:
    """It may be rated: the sheet is open, or was submitted and the lead wants this reconsidered."""
    if desk.own is None or desk.state.closed:
        return False
    return desk.own.status == "open" or _asked(desk, question) != ""


def _asked(desk: Desk, question: QuestionId) -> str:
    """Why the lead wants it reconsidered; ''."""
    own = desk.own
    return own.asked.get(question, "") if own and own.status == "submitted" and not desk.state.closed else ""


def _progress(words: Words, desk: Desk, question: QuestionId) -> str:
    if not desk.own:
        return ""
    order = desk.scheme.covered(desk.own.covers)
    left = len(open_questions(desk.scheme, desk.own))
    place = order.index(question) + 1
    said = words.say("card.progress" if left else "card.progress-done", place=place, asked=len(order), left=left)
    return said + order_mark(words, desk)


def _pair(words: Words, desk: Desk, question: QuestionId) -> str:
    """A clause of several dimensions: their order on this sheet, and which this is; or that others are elsewhere."""
    scheme = desk.scheme
    every = of_clause(words, scheme, question)
    if len(every) < 2:  # noqa: PLR2004  a pair
        return ""
    asked = [one for one in every if not desk.own or one.dimension in desk.own.covers]
    if len(asked) == 1:
        others = (one.dimension for one in every if one != question)
        return words.say("card.elsewhere", dimensions=dimension_names(words, scheme, others))
    order = words.say("form.then").join(dimension_name(words, scheme, one) for one in asked)
    return words.say("card.pair", order=order, place=asked.index(question) + 1, count=len(asked))


def _current(words: Words, desk: Desk, question: QuestionId) -> str:
    answer = answer_of(desk, question)
    if answer is None:
        return ""
    shown = one_line(words.answer(desk.scheme, question, answer), _REASON)
    return shown + earned(words, desk.scheme, question, answer)


def _understood(desk: Desk, question: QuestionId) -> str:
    answer = answer_of(desk, question)
    return clip(answer.typed, _TYPED) if isinstance(answer, Rated) else ""


def _hint(words: Words, desk: Desk, question: QuestionId, *, asked: bool = False) -> str:
    """How a rating can be typed here. asked: a text was none."""
    if not _open(desk, question):
        return ""
    if question.dimension == VETO:
        return words.say("card.hint-veto") if asked else ""
    return typed_hint(words, desk.scheme, question)
