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
    "text-erased",
    "seal",
    "no-seal",
    "unsealed",
    "later",
    "reopened",
    "keys",
    "posted",
    "posted-early",
    "not-posted",
    "scheme",
    "volume",
    "volume-alone",
    "volumes-missing",
    "evidence",
    "evidence-outside",
    "evidence-inside",
    "evidence-gone",
    "score",
    "not-scored",
    "closing",
    "written",
    "outside",
    "renderings",
    "format",
    "page",
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
    def certain(self) -> bool:
        """Sound, and nothing that could be known remains unknown for want of a seal code, a known key or a volume."""
        open_ = {"not-posted", "posted-early", "keys", "no-seal", "unsealed", "later", "volumes-missing"}
        return self.sound and not any(check.state == "unknown" and check.code in open_ for check in self.checks)

    @property
    def first(self) -> Check | None:
        """The first broken one."""
        return next((check for check in self.checks if check.state == "broken"), None)


class Broken(Exception):  # noqa: N818  a finding that ends a verification
    """Something does not hold; `check` says what and where."""

    def __init__(self, check: Check) -> None:
        super().__init__(check.code, check.place)
        self.check = check


def ok(code: Code, **params: str | int) -> Check:
    """It holds."""
    return Check(code, "ok", params=params)


def broken(code: Code, place: str, **params: str | int) -> Check:
    """It does not hold; place: the first bad item."""
    return Check(code, "broken", place, params)


def unknown(code: Code, **params: str | int) -> Check:
    """It cannot be known from this file."""
    return Check(code, "unknown", params=params)
