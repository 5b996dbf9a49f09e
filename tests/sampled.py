"""Which of many like cases belong to the default run; the others are marked `long`. Knows no test."""

from collections.abc import Iterable
from typing import Any

import pytest

LONG = pytest.mark.long


def sampled(cases: Iterable[Any], every: int, start: int = 0) -> list[Any]:
    """The cases as pytest parameters: each `every`-th from `start` on in the default run, all in the long one."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=() if n % every == start else LONG)
        for n, case in enumerate(cases)
    ]
