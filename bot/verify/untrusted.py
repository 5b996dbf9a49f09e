"""What is looked at before anything of a file is computed with: nobody says that it was written by us.

Must not know what the values mean.
"""

import re
from collections.abc import Mapping
from typing import Any

_EXPONENT = re.compile(r"\s*[-+]?[\d._]*[eE][-+]?[\d_]+\s*")
_LONG = re.compile(r"[-+\d._/]{61,}")
_EXACT = re.compile(r"-?\d{1,80}(/\d{1,80})?")
"""Nothing that is typed, tapped or printed in a standard is longer; the sum of many long ones takes hours."""
_NUMBERS = frozenset({"value", "above"})
"""The fields that hold an exact number as text, in the contents that are computed with; in others they hold words."""
COUNTED = frozenset({"answered", "bonus-decided", "evidence-demanded", "basis-taken", "carried-over"})
"""Kinds of such contents."""


def calm(value: Any) -> bool:  # noqa: ANN401  JSON read back
    """No text that is a number with an exponent, or a very long one: '1e999999999' would take hours and all memory."""
    if isinstance(value, str):
        return _EXPONENT.fullmatch(value) is None and _LONG.fullmatch(value.strip()) is None
    if isinstance(value, Mapping):
        return all(map(calm, value.values()))
    return not isinstance(value, list) or all(map(calm, value))


def exact(body: Any) -> bool:  # noqa: ANN401  the same
    """Every number of a content, of a kind in COUNTED, is a fraction of a sane length. '' is none."""
    if isinstance(body, list):
        return all(map(exact, body))
    if not isinstance(body, Mapping):
        return True
    numbers = (value for name, value in body.items() if name in _NUMBERS and isinstance(value, str) and value)
    return all(map(_EXACT.fullmatch, numbers)) and all(map(exact, body.values()))


def difference(expected: Any, found: Any, path: str = "") -> str | None:  # noqa: ANN401  the same
    """Where two JSON values first differ: 'result.sections.4.total.points', '.' for the whole; None: they are equal.

    Types count: 1 is not true.
    """
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for key in sorted(expected.keys() | found.keys()):
            place = f"{path}.{key}" if path else str(key)
            if key not in expected or key not in found:
                return place
            if (inner := difference(expected[key], found[key], place)) is not None:
                return inner
        return None
    if isinstance(expected, list) and isinstance(found, list):
        for number, (one, other) in enumerate(zip(expected, found, strict=False), start=1):
            if (inner := difference(one, other, f"{path}[{number}]")) is not None:
                return inner
        return None if len(expected) == len(found) else f"{path}[{min(len(expected), len(found)) + 1}]"
    return None if type(expected) is type(found) and expected == found else path or "."
