"""A problem in a file that a person wrote: a stable code, the place, the rule that is broken, and the remedy.

Problems are values: a loader collects them all and returns them. Must not know what a scheme or an answer is.
"""

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from bot.domain.scales import Language, Text
from bot.library.rules import RULES

Severity: TypeAlias = Literal["error", "warning"]
Path: TypeAlias = tuple[str | int, ...]
"""Where in the data: keys and list positions from the top."""

Places: TypeAlias = Mapping[Path, tuple[int, int]]
"""Path -> line and column, both from 1."""

_LONGEST = 60
_SEVERITY: dict[Severity, Text] = {"error": Text("错误", "error"), "warning": Text("提醒", "warning")}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. line and column count from 1; both 0 where the file has no lines of its own (answers files)."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    path: str
    rule: Text
    remedy: Text
    params: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return render(self)


def render(problem: Problem, language: Language = "en") -> str:
    """'file:line:column: error CODE: path: rule. remedy.'; without a line the path stands alone."""
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    path = f"{problem.path}: " if problem.path else ""
    severity = _SEVERITY[problem.severity].of(language)
    gap = "" if language == "zh" else " "
    sentences = gap.join(s for s in (problem.rule.of(language), problem.remedy.of(language)) if s)
    return f"{place}: {severity} {problem.code}: {path}{sentences}"


def path_text(path: Path) -> str:
    """('sections', 0, 'points') -> 'sections[0].points'; a key with other signs than letters is quoted."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.isidentifier() and step.isascii():
            text += f".{step}" if text else step
        else:
            text += f'["{shown(step)}"]'
    return text


def shown(value: object) -> str:
    """A value as it may stand in a message: one line, at most 60 characters."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    text = exact(value) if isinstance(value, Fraction) else str(value)
    text = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def exact(value: Fraction) -> str:
    """A decimal where it ends, else a fraction: '0.85', '1/3'."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1 or value.denominator > 10**12:
        return str(value)
    sign, places = ("-" if value < 0 else ""), 0
    while (value * 10**places).denominator != 1:
        places += 1
    whole, part = divmod(abs(int(value * 10**places)), 10**places)
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"


def closest(wrong: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ''."""
    words = {word.lower(): word for word in known}
    found = difflib.get_close_matches(wrong[:_LONGEST].lower(), list(words), n=1, cutoff=0.6)
    return words[found[0]] if found else ""


class Report:
    """Collects the problems of one file."""

    def __init__(self, file: str, places: Places | None = None) -> None:
        self.file = file
        self.places: Places = places or {}
        self._found: list[Problem] = []

    def add(self, code: str, path: Path = (), /, at: tuple[int, int] | None = None, **params: object) -> None:
        """Note a problem at a path, or at line and column. Parameters fill the sentences of the code's rule."""
        line, column = at or self._place(path)
        rule = RULES[code]
        filled = {name: shown(value) for name, value in params.items()}
        meant = filled.get("meant", "")
        hint = Text(f"是否想写“{meant}”？", f"Did you mean '{meant}'? ") if meant else Text("", "")
        self._found.append(
            Problem(
                code=code,
                severity=rule.severity,
                file=self.file,
                line=line,
                column=column,
                path=path_text(path),
                rule=Text(rule.zh.format_map(filled), rule.en.format_map(filled)),
                remedy=Text(hint.zh + rule.zh_do.format_map(filled), (hint.en + rule.en_do.format_map(filled)).strip()),
                params=filled,
            )
        )

    def take(self, other: "Report") -> None:
        """Add the problems of another report."""
        self._found.extend(other.problems)

    def line(self, path: Path) -> int:
        """The line of a path, for 'already stands on line'."""
        return self._place(path)[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, in the order of the file."""
        return tuple(sorted(self._found, key=lambda problem: (problem.line, problem.column)))

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self._found)

    def _place(self, path: Path) -> tuple[int, int]:
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return (0, 0)
