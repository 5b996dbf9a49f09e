"""JSON text -> data, strictly: floats, NaN and repeated keys are problems with their paths.

Must not know what the data means.
"""

import json

from bot.library.answer import FloatNumber
from bot.library.problems import Path, Report

MAX_CHARACTERS = 10_000_000
_DIGITS = 15


class _Repeated(dict[str, object]):
    """A mapping that had a key more than once; the last value stands."""

    keys_twice: tuple[str, ...] = ()


def read_json(text: str, report: Report) -> object:
    """The data, each float as FloatNumber; None where it is no JSON. A BOM is let pass."""
    if len(text) > MAX_CHARACTERS:
        report.add("too-large", (), size=len(text), limit=MAX_CHARACTERS)
        return None
    odd: list[object] = []

    def number(digits: str) -> FloatNumber:
        odd.append(digits)
        return FloatNumber(digits)

    def mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = _Repeated(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            found.keys_twice = tuple(name for name in found if names.count(name) > 1)
            odd.append(found)
        return found

    try:
        data: object = json.loads(
            text.removeprefix("\ufeff"),
            parse_float=number,
            parse_constant=number,
            parse_int=lambda digits: int(digits) if len(digits) <= _DIGITS else digits,
            object_pairs_hook=mapping,
        )
        if odd:  # paths are wanted only where something is wrong
            _look_through(data, (), report)
    except json.JSONDecodeError as error:
        report.add("bad-json", (), (error.lineno, error.colno), what=error.msg)
        return None
    except RecursionError:
        report.add("bad-json", (), what="nesting")
        return None
    return data


def _look_through(data: object, path: Path, report: Report) -> None:
    if isinstance(data, FloatNumber):
        report.add("float-number", path, value=data.text)
    elif isinstance(data, _Repeated):
        for key in data.keys_twice:
            report.add("repeated-key", (*path, key), key=key)
        for key, value in data.items():
            _look_through(value, (*path, key), report)
    elif isinstance(data, list):
        for place, value in enumerate(data):
            _look_through(value, (*path, place), report)
