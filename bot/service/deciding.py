"""What is agreed once for the whole assessment: gates, deductions, bonus; and the counts beside a question.

Must not know how a decision is worded, or what it does to a grade.
"""

from fractions import Fraction
from typing import assert_never

from bot.domain import commands as c
from bot.domain.entries import MeasureSet
from bot.domain.measures import typed_counts
from bot.domain.refusals import ChangedMeanwhile
from bot.domain.scheme import QuestionId
from bot.service.asking import next_decision
from bot.service.case import Case
from bot.service.events import Said
from bot.service.talk import Outcome, Talk
from bot.view import lines, places
from bot.view import payload as p
from bot.view.payload import BadPayload
from bot.view.places import Place


def decision_tap(talk: Talk, tap: p.GateTap | p.NoFindingsTap | p.NoBonusTap) -> Outcome:
    """One of the decisions that a tap makes. BadPayload, Refused."""
    match tap:
        case p.GateTap():
            return gate(talk, tap)
        case p.NoFindingsTap():
            return no_findings(talk, tap)
        case p.NoBonusTap():
            return no_bonus(talk, tap)
        case _:
            assert_never(tap)


def gate(talk: Talk, tap: p.GateTap) -> Outcome:
    """Confirm or refuse a gate."""
    case = talk.cases.by_ref(tap.assessment)
    if tap.gate not in case.scheme.gates:
        raise BadPayload
    here = places.GateCard(tap.assessment, tap.gate)
    line = lines.gate_decided(talk.words, case.scheme, tap.gate, met=bool(tap.met))
    return _decided(talk, case, c.DecideGate(tap.gate, bool(tap.met), tap.revision), here, line)


def no_findings(talk: Talk, tap: p.NoFindingsTap) -> Outcome:
    """There are no special deductions."""
    case = talk.cases.by_ref(tap.assessment)
    here = places.FindingsCard(tap.assessment)
    return _decided(talk, case, c.DecideFindings((), tap.revision), here, lines.findings_none(talk.words))


def no_bonus(talk: Talk, tap: p.NoBonusTap) -> Outcome:
    """No bonus is given."""
    case = talk.cases.by_ref(tap.assessment)
    line = lines.bonus_decided(talk.words, Fraction(0))
    return _decided(talk, case, c.DecideBonus(Fraction(0), "", tap.revision), places.BonusCard(tap.assessment), line)


def bonus_reason(talk: Talk, event: Said) -> Outcome:
    """The bonus that was chosen, with its reason."""
    case = talk.cases.by_id(talk.focus.assessment)
    value = Fraction(talk.focus.argument)
    case, _ = talk.cases.act(case, c.DecideBonus(value, event.text), talk.stamp(event.message))
    return Outcome(_onward(talk, case), line=lines.bonus_decided(talk.words, value), fresh=True)


def measure(talk: Talk, event: Said) -> Outcome:
    """The month and counts of a measure, asked beside a question."""
    case = talk.cases.by_id(talk.focus.assessment)
    name = talk.focus.argument
    month, numerator, denominator = typed_counts(event.text)
    command = c.SetMeasure(name, month, numerator, denominator)
    case, _ = talk.cases.act(case, command, talk.stamp(event.message))
    counts = MeasureSet(name, month, numerator, denominator)
    place = places.Card(case.sheets[talk.focus.sheet], str(QuestionId.parse(talk.focus.question)))
    return Outcome(place, line=lines.measure_saved(talk.words, case.scheme, name, counts), fresh=True)


def _decided(talk: Talk, case: Case, command: c.Command, here: Place, line: str) -> Outcome:
    try:
        case, recorded = talk.cases.act(case, command, talk.stamp())
    except ChangedMeanwhile as refusal:
        sentence = talk.words.refusal(refusal)
        return Outcome(here, line=sentence, toast=sentence)
    if not recorded:
        return Outcome(_onward(talk, case), toast=line)
    return Outcome(_onward(talk, case), line=line, toast=line)


def _onward(talk: Talk, case: Case) -> Place:
    """The next decision, else the check, else the head for one who has no sheet."""
    desk = case.desk(talk.focus.sheet)
    return next_decision(case) or (places.Check(desk.sheet_ref) if desk.sheet_ref else places.Head(case.listed.ref))
