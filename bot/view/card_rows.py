"""The buttons of a question's card. What does not hang on an answer or a finding is made once for each question.

Must not know the text of the card, or what any button does.
"""

from collections.abc import Mapping

from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.basis import row_of
from bot.domain.given import Given
from bot.domain.interview import neighbours
from bot.domain.scales import LEVELS
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import AssessmentState, SheetState
from bot.view import carried, payload, places
from bot.view.blanks import ASSESSMENT, SHEET, Blank, Blanks, blanks, filled
from bot.view.evidence_lines import held
from bot.view.facts import CardFacts, Desk
from bot.view.findings_lines import button_name
from bot.view.kept import per_question
from bot.view.measures import measure_buttons
from bot.view.parts import Row, button, named
from bot.view.ratings import answer_of, choice_buttons, rating_rows
from bot.view.screen import Button
from bot.view.values import question_short
from bot.words import Words


def all_rows(words: Words, facts: CardFacts) -> list[Row]:
    """All buttons of the card itself: those that rate, what else can be done, the way on, the way out."""
    desk, question = facts.desk, facts.question
    travel = _travel(words, desk, question)
    if not may_rate(desk, question):
        return [travel, _foot(words, desk, question)]
    if facts.choices:
        return [*choice_buttons(words, desk, question, facts.choices), back(words, desk, question)]
    rated = _rated(words, desk, question)
    rated = [*rated[:-1], (*carried.confirm_buttons(words, desk, question), *rated[-1])]
    if facts.pending:
        return [keep(words, facts), *rated, travel, _foot(words, desk, question)]
    return [*rated, _tools(words, desk, question), travel, _foot(words, desk, question)]


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


def _rated(words: Words, desk: Desk, question: QuestionId) -> list[Row]:
    """`rating_rows`: which button is ticked decides what they are, but for the revision that an answer carries."""
    given = desk.own.given.get(question) if desk.own else None
    ticked = _ticked(desk.scheme, question, given.answer) if given else None
    seen = str(given.revision if given else 0) if _at_once(desk.scheme, question) else ""
    return [filled(row, desk, seen) for row in _rating(words, desk.scheme, question, ticked)]


@per_question
def _rating(words: Words, scheme: Scheme, question: QuestionId, ticked: Answer | None) -> tuple[Blanks, ...]:
    """As on a desk where this was answered."""
    given = {} if ticked is None else {question: Given(ticked, 0, "", 0, 0)}
    own = SheetState("", "", "", frozenset(), given=given)
    made = rating_rows(words, Desk(ASSESSMENT, scheme, AssessmentState(), SHEET, own, lead=False, seq=0), question)
    if not _at_once(scheme, question):
        return tuple(map(blanks, made))
    return tuple(tuple(one._replace(after=one.after.removesuffix("0")) for one in blanks(row)) for row in made)


def _ticked(scheme: Scheme, question: QuestionId, answer: Answer) -> Answer | None:
    """An answer that ticks the same button as this one, always the same for it; None: it ticks none."""
    if not isinstance(answer, Rated):
        return answer if isinstance(answer, Veto) else None
    scale = scheme.scale_of(question)
    if scale.kind == "level":
        return Rated(answer.value, "level") if answer.level in range(1, LEVELS + 1) else None
    return Rated(scale.bands[scale.band_of(answer.value)].high, scale.kind)


def _at_once(scheme: Scheme, question: QuestionId) -> bool:
    """Whether the buttons answer, with the revision seen at their end; those of bands open the values first."""
    return question.dimension == VETO or scheme.scale_of(question).kind == "level"


def _tools(words: Words, desk: Desk, question: QuestionId) -> Row:
    own = desk.own
    ref, text = desk.sheet_ref, str(question)
    names = ["note", "evidence"]
    if asked_again(desk, question):
        names.append("uphold")
    else:
        names.append("not-later" if own and question in own.later else "later")
        names.append("unflag" if own and question in own.flagged else "flag")
        if desk.scheme.by_id[question.indicator].may_be_na:
            names.append("na-ticked" if isinstance(answer_of(desk, question), NotApplicable) else "na")
    kept = _tools_kept(words, desk.scheme, question)
    made: list[Button] = list(filled([kept[name] for name in names], desk))
    if count := len(own.notes.get(question, ())) if own else 0:
        made[0] = button(words.say("button.notes", n=count), places.Notes(ref, text))
    if n := sum(one.stands for one in held(desk, question)):
        made[1] = button(words.say("button.evidence-many", n=n), places.EvidenceList(ref, text))
    return tuple(made) if names[2] == "uphold" else (*made, *measure_buttons(words, desk, question))


@per_question
def _tools_kept(words: Words, _: Scheme, question: QuestionId) -> Mapping[str, Blank]:
    """Everything that may stand in the row of tools and counts nothing."""
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
    return dict(zip(made, blanks(made.values()), strict=True))


def _travel(words: Words, desk: Desk, question: QuestionId) -> Row:
    if not desk.own:
        return ()
    way, finding = _travel_kept(words, desk.scheme, question, desk.covers)
    if row_of(desk.state.basis, question) is None and not desk.state.found and not desk.state.closed:
        return filled((*way, finding), desk)
    made = list(filled(way, desk))
    if not desk.state.closed:
        found = button_name(words, desk, question.indicator)
        made.append(button(found, places.Findings(desk.ref, clause=question.indicator)))
    if row_of(desk.state.basis, question):
        made.append(named(words, "button.basis", places.BasisCard(desk.sheet_ref, str(question))))
    return tuple(made)


@per_question
def _travel_kept(words: Words, scheme: Scheme, question: QuestionId, covers: frozenset[str]) -> tuple[Blanks, Blank]:
    """On a sheet that covers these dimensions: back, up and on; and to the findings where there are none yet."""
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
    way = blanks((*made, found))
    return way[:-1], way[-1]


def _foot(words: Words, desk: Desk, question: QuestionId) -> Row:
    made = _foot_kept(words, desk.scheme, question)
    return filled(made if desk.own else made[:2], desk)


@per_question
def _foot_kept(words: Words, _: Scheme, question: QuestionId) -> Blanks:
    """Home and the assessment, for everybody; then what is on one's own sheet."""
    made = [
        named(words, "button.home", places.Home()),
        named(words, "button.head", places.Head(ASSESSMENT)),
        named(words, "button.check", places.Check(SHEET)),
        named(words, "button.link", places.LinkCard(SHEET, str(question))),
    ]
    if question.dimension != VETO:
        made.append(named(words, "button.meanings", places.Card(SHEET, str(question), "m")))
    return blanks(made)
