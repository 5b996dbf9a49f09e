"""The kinds of single values in a scheme file: all come as strings, and become exact numbers, flags or dates here.

Each says its JSON Schema form too, for editors: they see YAML numbers and booleans where we see their text. Must not
know where a value stands.
"""

import re
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, TypeAlias

from pydantic import JsonValue, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from bot.domain.scales import LEVELS

NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,40}|/[0-9]{1,12})?", re.ASCII)
MOST_WHOLE = 1_000_000


@lru_cache(maxsize=4096)
def number_of(text: str) -> Fraction | None:
    """'0.85', '12', '-1' or '1/3' as an exact number; None where it is none."""
    unsigned = text.removeprefix("-")
    if not NUMBER.fullmatch(unsigned) or re.search(r"/0+$", unsigned):
        return None
    return Fraction(text)


def whole_of(text: str, least: int, most: int) -> int | None:
    """A whole number from least to most; None where it is none."""
    if not re.fullmatch("[0-9]{1,7}", text) or not least <= int(text) <= most:
        return None
    return int(text)


def flag_of(text: str) -> bool | None:
    """True or false; `yes` and `on` are words, not flags."""
    return {"true": True, "false": False}.get(text)


def _scalar(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("not-a-text", "text expected")
    return value


def _text(value: object) -> str:
    text = _scalar(value)
    if not text.strip():
        raise PydanticCustomError("missing-text", "empty")
    return text.strip()


def _signed(value: object) -> Fraction:
    text = _scalar(value)
    number = number_of(text)
    if number is None:
        raise PydanticCustomError("bad-number", "no number", {"value": text})
    return number


def _number(value: object) -> Fraction:
    number = _signed(value)
    if number < 0:
        raise PydanticCustomError("bad-number", "negative", {"value": value})
    return number


def _whole_in(value: object, least: int, most: int) -> int:
    text = _scalar(value)
    whole = whole_of(text, least, most)
    if whole is None:
        ends = {"value": text, "least": least, "most": most}
        raise PydanticCustomError("bad-whole-number", "no whole number", ends)
    return whole


def _whole(value: object) -> int:
    return _whole_in(value, 0, MOST_WHOLE)


def _level(value: object) -> int:
    return _whole_in(value, 1, LEVELS)


def _total(value: object) -> Fraction | None:
    return None if value == "null" else _signed(value)


def _no_level(value: object) -> int | None:
    return None if value == "null" else _level(value)


def _flag(value: object) -> bool:
    text = _scalar(value)
    flag = flag_of(text)
    if flag is None:
        raise PydanticCustomError("bad-flag", "neither true nor false", {"value": text})
    return flag


def _date(value: object) -> str:
    text = _scalar(value)
    try:
        fits = date.fromisoformat(text).isoformat() == text
    except ValueError:
        fits = False
    if not fits:
        raise PydanticCustomError("bad-date", "no date", {"value": text})
    return text


_PLAIN: dict[str, JsonValue] = {"type": ["string", "number"]}
_WHOLE: dict[str, JsonValue] = {"type": "integer", "minimum": 0}
_LEVEL: dict[str, JsonValue] = {"type": "integer", "minimum": 1, "maximum": LEVELS}
_OR_NULL: dict[str, JsonValue] = {"type": ["string", "number", "null"]}

Word: TypeAlias = Annotated[str, PlainValidator(_text), WithJsonSchema(_PLAIN)]
"""A text of at least one sign; an editor may see `4.1` as a number."""

Number: TypeAlias = Annotated[Fraction, PlainValidator(_number), WithJsonSchema(_PLAIN)]
Whole: TypeAlias = Annotated[int, PlainValidator(_whole), WithJsonSchema(_WHOLE)]
LevelNumber: TypeAlias = Annotated[int, PlainValidator(_level), WithJsonSchema(_LEVEL)]
Flag: TypeAlias = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
Day: TypeAlias = Annotated[str, PlainValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]

TotalOrNull: TypeAlias = Annotated[Fraction | None, PlainValidator(_total), WithJsonSchema(_OR_NULL)]
"""What an example expects of a total, which may be below 0 (DN-10); null: there is none."""

LevelOrNull: TypeAlias = Annotated[int | None, PlainValidator(_no_level), WithJsonSchema(_OR_NULL)]
