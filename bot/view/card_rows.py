"""The buttons of a question's card. What does not hang on an answer or a finding is made once for each question.

Must not know the text of the card, or what any button does.
"""

from fractions import Fraction
from typing import Literal

from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.basis import row_of
from bot.domain.given import Given
from bot.domain.interview import neighbours
from bot.domain.scales import LEVELS
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import AssessmentState, SheetState
from bot.view import carried, payload, places
from bot.view.blanks import ASSESSMENT, SEEN, SHEET, Blanks, blanks, joined, stacked
from bot.view.evidence_lines import held
from bot.view.facts import CardFacts, Desk
from bot.view.findings_lines import button_name, standing
from bot.view.kept import per_question
from bot.view.measures import measure_buttons
from bot.view.parts import Row, button, named
from bot.view.ratings import answer_of, choice_buttons, rating_rows
from bot.view.values import question_short
from bot.words import Words


def all_rows(words: Words, facts: CardFacts, covers: frozenset[str]) -> Blanks:
    """All buttons of the card itself: those that rate, what else can be done, the way on, the way out.

    covers: the desk's.
    """
    desk, question = facts.desk, facts.question
    if desk.own is None:
        return _foot(words, desk.scheme, question, "other")
    foot = _foot(words, desk.scheme, question, "own")
    travel = _travel(words, desk, question, covers)
    if not may_rate(desk, question):
        return stacked((travel, foot))
    if facts.choices:
        rows = choice_buttons(words, desk, question, facts.choices)
        return stacked([*map(blanks, rows), blanks(back(words, desk, question))])
    rated = _rating(words, desk.scheme, question, ticked(desk, question))
    if confirm := carried.confirm_buttons(words, desk, question):
        rated = (*rated[:-1], joined(blanks(confirm), rated[-1]))
    if facts.pending:
        return stacked((blanks(keep(words, facts)), *rated, travel, foot))
    return stacked((*rated, _tools(words, desk, question), travel, foot))


@per_question
def usual_rows(
    words: Words, scheme: Scheme, question: QuestionId, covers: frozenset[str], ticked: int | None
) -> Blanks:
    """`all_rows` where the question may be rated, applies, and nothing else is known of it or waits.

    covers: the desk's; ticked: which of the buttons that rate.
    """
    names = ("note", "evidence", "later", "flag", *(("na",) if scheme.by_id[question.indicator].may_be_na else ()))
    tools, (_, travel) = _tools_kept(words, scheme, question, names), _travel_kept(words, scheme, question, covers)
    rated, foot = _rating(words, scheme, question, ticked), _foot(words, scheme, question, "own")
    return stacked((*rated, tools, travel, foot))


def keep(words: Words, facts: CardFacts) -> Row:
    """Save or drop what waits; empty where nothing does, or nothing can be written any more."""
    if not facts.pending or not may_rate(facts.desk, facts.question):
        return ()
    kept = button(words.say("button.keep-note"), payload.KeepTap(1), "primary")
    return kept, button(words.say("button.drop-text"), payload.KeepTap(0))


def back(words: Words, desk: Desk, question: QuestionId) -> Row:
    """To the card, from what stands behind it."""
    return (named(words, "button.back", places.Card(desk.sheet_ref, str(question))),)


def may_rate(desk: Desk, question: QuestionId) -> bool:
    """The sheet is open, or was submitted and the lead wants this reconsidered."""
    if desk.own is None or desk.state.closed:
        return False
    return desk.own.status == "open" or asked_again(desk, question) != ""


def asked_again(desk: Desk, question: QuestionId) -> str:
    """Why the lead wants it reconsidered; ''."""
    own = desk.own
    return own.asked.get(question, "") if own and own.status == "submitted" and not desk.state.closed else ""


@per_question
def _rating(words: Words, scheme: Scheme, question: QuestionId, ticked: int | None) -> tuple[Blanks, ...]:
    """`rating_rows` with this button ticked, but for the revision that an answer carries."""
    given = {} if ticked is None else {question: Given(_ticking(scheme, question, ticked), 0, "", 0, 0)}
    own = SheetState("", "", "", frozenset(), given=given)
    made = rating_rows(words, Desk(ASSESSMENT, scheme, AssessmentState(), SHEET, own, lead=False, seq=0), question)
    if question.dimension == VETO or scheme.scale_of(question).kind == "level":
        # They answer at once, with the revision seen at their end; those of bands open the values first.
        made = [tuple(one._replace(payload=one.payload.removesuffix("0") + SEEN) for one in row) for row in made]
    return tuple(map(blanks, made))


def ticked(desk: Desk, question: QuestionId) -> int | None:
    """Which of the buttons that rate has the tick, from 0 on; None: none."""
    return ticks(desk.scheme, question, answer_of(desk, question))


def ticks(scheme: Scheme, question: QuestionId, answer: Answer | None) -> int | None:
    """The button that this answer ticks."""
    if isinstance(answer, Veto):
        return int(answer.raised)
    if not isinstance(answer, Rated):
        return None
    scale = scheme.scale_of(question)
    if scale.kind != "level":
        return scale.band_of(answer.value)
    level = answer.level
    return level - 1 if level and level <= LEVELS else None


def _ticking(scheme: Scheme, question: QuestionId, place: int) -> Answer:
    """An answer that ticks this button."""
    if question.dimension == VETO:
        return Veto(raised=place == 1)
    scale = scheme.scale_of(question)
    if scale.kind == "level":
        return Rated(Fraction(place + 1, LEVELS), "level")
    return Rated(scale.bands[place].high, scale.kind)


def _tools(words: Words, desk: Desk, question: QuestionId) -> Blanks:
    own, scheme = desk.own, desk.scheme
    if asked_again(desk, question):
        names: tuple[str, ...] = ("uphold",)
    else:
        later = "not-later" if own and question in own.later else "later"
        names = (later, "unflag" if own and question in own.flagged else "flag")
        if scheme.by_id[question.indicator].may_be_na:
            names += ("na-ticked" if isinstance(answer_of(desk, question), NotApplicable) else "na",)
    notes = len(own.notes.get(question, ())) if own else 0
    pieces = sum(one.stands for one in held(desk, question)) if desk.state.evidence else 0
    if notes or pieces:
        row = joined(_counted(words, question, notes, pieces), _tools_kept(words, scheme, question, names))
    else:
        row = _tools_kept(words, scheme, question, ("note", "evidence", *names))
    measures = measure_buttons(words, desk, question) if scheme.measures and names[0] != "uphold" else ()
    return joined(row, blanks(measures)) if measures else row


def _counted(words: Words, question: QuestionId, notes: int, pieces: int) -> Blanks:
    """Notes and evidence, with how many there are."""
    text = str(question)
    note = named(words, "button.note", places.AskNote(SHEET, text))
    if notes:
        note = button(words.say("button.notes", n=notes), places.Notes(SHEET, text))
    label = words.say("button.evidence-many", n=pieces) if pieces else words.say("button.evidence")
    return blanks((note, button(label, places.EvidenceList(SHEET, text))))


@per_question
def _tools_kept(words: Words, _: Scheme, question: QuestionId, names: tuple[str, ...]) -> Blanks:
    """Those of the row of tools that are called so: it counts nothing."""
    text, na = str(question), words.say("button.not-applicable")
    made = {
        "note": named(words, "button.note", places.AskNote(SHEET, text)),
        # To what supports this question; nothing needs to be pressed to send some.
        "evidence": named(words, "button.evidence", places.EvidenceList(SHEET, text)),
        "uphold": button(words.say("button.uphold"), places.AskUphold(SHEET, text)),
        "later": named(words, "button.later", payload.LaterTap(SHEET, text, 1)),
        "not-later": named(words, "button.not-later", payload.LaterTap(SHEET, text, 0)),
        "flag": named(words, "button.flag", payload.FlagTap(SHEET, text, 1)),
        "unflag": named(words, "button.unflag", payload.FlagTap(SHEET, text, 0)),
        "na": button(na, places.AskReason(SHEET, text)),
        "na-ticked": button(words.say("form.ticked", label=na), places.AskReason(SHEET, text)),
    }
    return blanks(made[name] for name in names)


def _travel(words: Words, desk: Desk, question: QuestionId, covers: frozenset[str]) -> Blanks:
    way, with_none = _travel_kept(words, desk.scheme, question, covers)
    state = desk.state
    if state.closed:
        row = way
    elif state.found and standing(desk, question.indicator):
        label = button_name(words, desk, question.indicator)
        row = joined(way, blanks((button(label, places.Findings(ASSESSMENT, clause=question.indicator)),)))
    else:
        row = with_none
    if row_of(state.basis, question):
        row = joined(row, blanks((named(words, "button.basis", places.BasisCard(SHEET, str(question))),)))
    return row


@per_question
def _travel_kept(words: Words, scheme: Scheme, question: QuestionId, covers: frozenset[str]) -> tuple[Blanks, Blanks]:
    """On a sheet that covers these dimensions: back, up and on; and with the findings, where there are none yet."""
    sheet = SheetState("", "", "", covers)
    before, after = neighbours(scheme, sheet, question)
    made = [named(words, "button.sections", places.Sections(SHEET))]
    if before:
        label = words.say("button.before", clause=question_short(words, scheme, before, sheet))
        made.insert(0, button(label, places.Card(SHEET, str(before))))
    if after:
        label = words.say("button.after", clause=question_short(words, scheme, after, sheet))
        made.append(button(label, places.Card(SHEET, str(after))))
    found = button(words.say("button.findings"), places.Findings(ASSESSMENT, clause=question.indicator))
    return blanks(made), blanks((*made, found))


@per_question
def _foot(words: Words, _: Scheme, question: QuestionId, whose: Literal["own", "other"]) -> Blanks:
    """Home and the assessment, for everybody; then what is on one's own sheet."""
    made = [
        named(words, "button.home", places.Home()),
        named(words, "button.head", places.Head(ASSESSMENT)),
    ]
    if whose == "own":
        made.append(named(words, "button.check", places.Check(SHEET)))
        made.append(named(words, "button.link", places.LinkCard(SHEET, str(question))))
        if question.dimension != VETO:
            made.append(named(words, "button.meanings", places.Card(SHEET, str(question), "m")))
    return blanks(made)
