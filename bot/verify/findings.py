"""What a verification found, as values. Must not know how it was found or how it is worded."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Code: TypeAlias = Literal[
    "container",
    "manifest",
    "manifest-signature",
    "chain",
    "bodies",
    "erased",
    "seal",
    "no-seal",
    "reopened",
    "posted",
    "not-posted",
    "scheme",
    "evidence",
    "evidence-removed",
    "score",
    "not-scored",
    "closing",
    "format",
]
State: TypeAlias = Literal["ok", "broken", "unknown"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. state: it holds, is broken, or cannot be known; place: the first bad item.

    params fill the sentence: strings and whole numbers.
    """

    code: Code
    state: State
    place: str = ""
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """All checks in the order they were made. sound: nothing is broken."""

    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        return all(check.state != "broken" for check in self.checks)

    @property
    def first(self) -> Check | None:
        """The first broken one."""
        return next((check for check in self.checks if check.state == "broken"), None)


def ok(code: Code, **params: str | int) -> Check:
    """It holds."""
    return Check(code, "ok", params=params)


def broken(code: Code, place: str, **params: str | int) -> Check:
    """It does not hold; place: the first bad item."""
    return Check(code, "broken", place, params)


def unknown(code: Code, **params: str | int) -> Check:
    """It cannot be known from this file."""
    return Check(code, "unknown", params=params)
