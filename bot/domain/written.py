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
from bot.domain.record import Json

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
        case _:
            return {name: getattr(body, name) for name in body.__slots__}


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
        case _:
            body = KINDS[kind]
            if odd := fields.keys() ^ set(body.__slots__):
                raise KeyError(*sorted(odd))
            return body(**fields)  # type: ignore[arg-type]


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
    if not isinstance(value, list):
        raise KeyError(value)
    return tuple(str(item) for item in value)
