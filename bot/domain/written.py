"""The JSON form of what is recorded. It is final: files outlive the bot. Fields are added, never renamed.

Exact numbers are strings. Must not know storage, the chain, or what follows from an entry.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from bot.domain.answers import Answer, Form, NotApplicable, Rated, Veto
from bot.domain.entries import (
    KINDS,
    AnswerGiven,
    Body,
    BonusDecided,
    Closed,
    FindingsDecided,
    SheetOpened,
)
from bot.domain.panel_entries import BasisRow, BasisTaken, CarriedOver, CarriedRow, EvidenceDemanded, Reopened
from bot.domain.record import Json
from bot.domain.scheme import QuestionId

_FORMS: Mapping[str, Form] = {"ratio": "ratio", "alpha": "alpha", "level": "level"}


def encode(body: Body) -> dict[str, Json]:
    """The JSON form of a body; exact numbers as strings."""
    match body:
        case AnswerGiven(answer):
            return encode_answer(answer)
        case BonusDecided(value, reason):
            return {"value": str(value), "reason": reason}
        case Closed(outcome, totals):
            return {"outcome": outcome, "totals": dict(totals)}
        case SheetOpened(round_, covers):
            return {"round": round_, "covers": list(covers)}
        case FindingsDecided(findings):
            return {"findings": list(findings)}
        case EvidenceDemanded(above):
            return {"above": "" if above is None else str(above)}
        case Reopened(reason, sheets):
            return {"reason": reason, "sheets": list(sheets)}
        case BasisTaken():
            return {**_plain(body), "rows": [_encode_row(row) for row in body.rows]}
        case CarriedOver():
            rows: list[Json] = [_encode_carried(row) for row in body.rows]
            return {**_plain(body), "rows": rows, "gone": list(body.gone)}
        case _:
            return _plain(body)


def _plain(body: Body) -> dict[str, Json]:
    return {name: getattr(body, name) for name in body.__slots__}


def _encode_row(row: BasisRow) -> Json:
    answers: list[Json] = [encode_answer(answer) for answer in row.answers]
    return {"question": str(row.question), "answers": answers, "notes": list(row.notes)}


def _encode_carried(row: CarriedRow) -> Json:
    answers: list[Json] = [encode_answer(answer) for answer in row.answers]
    return {"question": str(row.question), "answers": answers, "note": row.note}


def decode(kind: str, data: Mapping[str, Json]) -> Body:
    """The body of a stored entry. KeyError where the kind is unknown, a field is missing, one too many, or no list."""
    fields = dict(data)
    match kind:
        case "answered":
            return AnswerGiven(decode_answer(fields))
        case "bonus-decided":
            return BonusDecided(Fraction(str(fields["value"])), str(fields["reason"]))
        case "sheet-opened":
            return SheetOpened(str(fields["round"]), _strings(fields["covers"]))
        case "findings-decided":
            return FindingsDecided(_strings(fields["findings"]))
        case "evidence-demanded":
            return EvidenceDemanded(Fraction(str(fields["above"])) if fields["above"] else None)
        case "reopened":
            return Reopened(str(fields["reason"]), _strings(fields["sheets"]))
        case "basis-taken":
            return _exact(kind, {**fields, "rows": tuple(_decode_row(row) for row in _list(fields["rows"]))})
        case "carried-over":
            rows = tuple(_decode_carried(row) for row in _list(fields["rows"]))
            return _exact(kind, {**fields, "rows": rows, "gone": _strings(fields["gone"])})
        case _:
            return _exact(kind, fields)


def _exact(kind: str, fields: Mapping[str, object]) -> Body:
    body = KINDS[kind]
    if odd := fields.keys() ^ set(body.__slots__):
        raise KeyError(*sorted(odd))
    return body(**fields)  # type: ignore[arg-type]


def _decode_row(row: Json) -> BasisRow:
    if not isinstance(row, dict):
        raise KeyError(row)
    answers = (answer for answer in _list(row["answers"]) if isinstance(answer, dict))
    question = QuestionId.parse(str(row["question"]))
    return BasisRow(question, tuple(map(decode_answer, answers)), _strings(row["notes"]))


def _decode_carried(row: Json) -> CarriedRow:
    if not isinstance(row, dict) or not isinstance(row["note"], int):
        raise KeyError(row)
    answers = (answer for answer in _list(row["answers"]) if isinstance(answer, dict))
    return CarriedRow(QuestionId.parse(str(row["question"])), tuple(map(decode_answer, answers)), row["note"])


def encode_answer(answer: Answer) -> dict[str, Json]:
    """The JSON form of an answer: value as a fraction, with the input as typed."""
    match answer:
        case Rated(value, form, typed):
            return {"value": str(value), "form": form, "typed": typed}
        case NotApplicable(reason):
            return {"na": True, "reason": reason}
        case Veto(raised):
            return {"veto": raised}
        case _:
            assert_never(answer)


def decode_answer(data: Mapping[str, Json]) -> Answer:
    """The answer of its JSON form. KeyError where it is none."""
    if "veto" in data:
        return Veto(raised=bool(data["veto"]))
    if "na" in data:
        return NotApplicable(str(data["reason"]))
    return Rated(Fraction(str(data["value"])), _FORMS[str(data["form"])], str(data["typed"]))


def _strings(value: Json) -> tuple[str, ...]:
    return tuple(str(item) for item in _list(value))


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise KeyError(value)
    return value
