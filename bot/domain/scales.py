"""How a question is rated: bands of a ratio or an alpha, levels. And the text in both languages that all of it uses.

Must not know which questions use a scale, or what was answered.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]
ScaleKind: TypeAlias = Literal["ratio", "alpha", "level"]

LEVELS = 5
_NONE, _LEVEL_ONE = Fraction(0), Fraction(1, LEVELS)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Band:
    """A range of a ratio or alpha scale: above `low` (from it, in the first band) up to and with `high`; 0-1 (G-02)."""

    low: Fraction
    high: Fraction
    title: Text
    label: Text
    text: Text
    next: Text | None


@dataclass(frozen=True, slots=True)
class Level:
    """One of the five levels of a level scale; `number` is 1-5."""

    number: int
    title: Text
    label: Text
    text: Text
    next: Text | None


@dataclass(frozen=True, slots=True)
class Scale:
    """How a question is rated. `step` (ratio 0-1) sets the value buttons only, never a check."""

    id: str
    kind: ScaleKind
    bands: tuple[Band, ...] = ()
    levels: tuple[Level, ...] = ()
    step: Fraction = Fraction(1, 20)
    also_ratio: bool = False

    @property
    def takes_ratio(self) -> bool:
        return self.kind != "level" or self.also_ratio

    @property
    def lowest(self) -> Fraction:
        """The least that can be answered: level 1 is 1/5 where only levels are taken, else 0. ratio 0-1."""
        return _NONE if self.takes_ratio else _LEVEL_ONE

    def band_of(self, value: Fraction) -> int:
        """The index of the band that holds value; an end point belongs to the lower band (G-02). ratio 0-1."""
        return next(i for i, band in enumerate(self.bands) if value <= band.high)
