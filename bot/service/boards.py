"""The screens of a whole assessment: head, decisions, sheets, result. Gathers facts; must not draw anything itself."""

from fractions import Fraction
from typing import TypeAlias, assert_never

from bot.domain.entries import HEADER_FIELDS
from bot.domain.scheme import Scheme
from bot.service.offering import offers
from bot.service.standing import result_facts
from bot.service.talk import Talk
from bot.view import check, decisions, exporting, head, places, result, sheets
from bot.view.facts import FieldFacts
from bot.view.payload import BadPayload
from bot.view.screen import Screen

Board: TypeAlias = (
    places.Head
    | places.AskField
    | places.ConfirmClose
    | places.ConfirmDelete
    | places.Result
    | places.Export
    | places.GateCard
    | places.FindingsCard
    | places.BonusCard
    | places.AskBonusReason
    | places.AskPopulation
    | places.Sheets
    | places.AskRound
)


def board(talk: Talk, place: Board, line: str) -> Screen:
    """The screen of an assessment's place. UnknownAssessment, BadPayload."""
    words = talk.words
    case = talk.cases.by_ref(place.assessment)
    desk = case.desk(talk.focus.sheet)
    match place:
        case places.Head():
            return head.head(words, desk, line=line)
        case places.AskField(_, name):
            field = next((field for field in HEADER_FIELDS if field == name), None)
            if field is None:
                raise BadPayload
            return head.ask_field(words, FieldFacts(desk, field), line=line)
        case places.ConfirmDelete():
            return head.confirm_delete(words, desk, line=line)
        case places.ConfirmClose():
            return check.confirm_close(words, result_facts(case, sheet=talk.focus.sheet), line=line)
        case places.Result(_, part, page):
            if part not in {"", "all", "why", "readings", *case.scheme.section_by_id}:
                raise BadPayload
            if case.actor.role == "viewer" and not case.state.closed:
                return result.waiting(words, desk, line=line)
            return result.result(words, result_facts(case, part, page, sheet=talk.focus.sheet), line=line)
        case places.Export():
            return exporting.export(words, desk, offers(talk, case), line=line)
        case places.GateCard(_, gate):
            _known(gate in case.scheme.gates)
            return decisions.gate_card(words, desk, gate, line=line)
        case places.FindingsCard():
            _known(_deducts(case.scheme))
            return decisions.findings_card(words, desk, place, line=line)
        case places.BonusCard():
            _known(bool(_bonus(case.scheme)))
            return decisions.bonus_card(words, desk, line=line)
        case places.AskBonusReason(_, value):
            _known(value in {str(one) for one in _bonus(case.scheme) if one})
            return decisions.ask_bonus_reason(words, desk, Fraction(value), line=line)
        case places.AskPopulation():
            _known(case.scheme.sampling is not None)
            return sheets.ask_population(words, desk, line=line)
        case places.Sheets():
            return sheets.sheets(words, desk, place, line=line)
        case places.AskRound(_, covers):
            chosen = tuple(covers.split("+"))
            _known(set(chosen) <= set(case.scheme.dimensions))
            return sheets.ask_round(words, desk, chosen, line=line)
        case _:
            assert_never(place)


def _known(condition: bool) -> None:  # noqa: FBT001  it reads as a sentence
    if not condition:
        raise BadPayload


def _deducts(scheme: Scheme) -> bool:
    return scheme.adjustments is not None and scheme.adjustments.deductions is not None


def _bonus(scheme: Scheme) -> tuple[Fraction, ...]:
    return scheme.adjustments.bonus.values if scheme.adjustments and scheme.adjustments.bonus else ()
