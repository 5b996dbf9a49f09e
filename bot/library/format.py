"""The scheme-file format 1, as models: which keys there are and what each may hold (DESIGN 2).

Shape only. Whether a file of this shape is a sound standard is for `checks`. Must not know YAML or places.
"""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from bot.domain.scales import ScaleKind, Text
from bot.library.scalars import Day, Flag, LevelNumber, LevelOrNull, Number, TotalOrNull, Whole, Word


class Raw(BaseModel):
    """A mapping of the file; keys that are not named here are problems."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Raw):
    """A text in both languages."""

    zh: Word
    en: Word

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


class Band(Raw):
    """A range of a ratio or alpha scale, up to and with `to`."""

    to: Number
    title: Words
    label: Words
    text: Words
    next: Words | None = None


class Level(Raw):
    """One of the five levels, level 1 first."""

    title: Words
    label: Words
    text: Words
    next: Words | None = None


class Scale(Raw):
    """How questions are rated: bands for ratio and alpha, levels for level."""

    kind: ScaleKind
    step: Number | None = None
    bands: tuple[Band, ...] = ()
    levels: tuple[Level, ...] = ()
    also: tuple[Literal["ratio"], ...] = ()


class Dimension(Raw):
    """What is totalled. level_from: level -> least total."""

    title: Words
    scale: Word
    total: Literal["percent", "points"]
    level_from: dict[LevelNumber, Number] = {}


class Gate(Raw):
    """A yes/no condition of the whole assessment."""

    title: Words
    statement: Words
    if_met: Words
    if_not: Words
    help: Words | None = None


class Deductions(Raw):
    """Points taken off for each finding."""

    each: Number
    title: Words
    text: Words


class Bonus(Raw):
    """Points that may be added."""

    values: tuple[Number, ...]
    title: Words
    text: Words


class Adjustments(Raw):
    """What is subtracted and added after the mean."""

    dimension: Word | None = None
    deductions: Deductions | None = None
    bonus: Bonus | None = None


class Sampling(Raw):
    """How many of N units are visited."""

    factor: Number
    unit: Words
    covers: tuple[Word, ...]


class Measure(Raw):
    """A rate of two counts; target in percent, question an indicator's id."""

    title: Words
    numerator: Words
    denominator: Words
    target: Number
    question: Word


class Printed(Raw):
    """Totals that the standard prints: they are checked, never used. dimension -> points; section -> the same."""

    dimensions: dict[Word, Number] = {}
    sections: dict[Word, dict[Word, Number]] = {}


class Indicator(Raw):
    """A row: what is asked, and what it counts."""

    id: Word
    code: Word | None = None
    title: Words | None = None
    label: Words | None = None
    points: dict[Word, Number] | None = None
    veto: Flag = False
    statement: Words | None = None
    if_met: Words | None = None
    if_not: Words | None = None
    not_applicable: Literal["reason"] | None = None
    question: Words | None = None
    look_for: tuple[Words, ...] = ()
    help: Words | None = None

    @property
    def asked(self) -> bool:
        """Whether it is an indicator, where a section might also be one."""
        return self.veto or self.points is not None


class Section(Indicator):
    """A chapter; with points of its own it is an indicator too."""

    sections: tuple["Section", ...] = ()
    indicators: tuple[Indicator, ...] = ()


class Need(Raw):
    """What a grade needs of one dimension. total: at least; level: at least."""

    total: Number | None = None
    level: LevelNumber | None = None


def _short_need(value: object) -> object:
    return {"total": value} if isinstance(value, str) else value


_NEED_SCHEMA = {
    "anyOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "total": {"type": ["string", "number"]},
                "level": {"type": "integer", "minimum": 1, "maximum": 5},
            },
        },
    ]
}
AnyNeed: TypeAlias = Annotated[Need, BeforeValidator(_short_need), WithJsonSchema(_NEED_SCHEMA)]


class Needs(Raw):
    """All conditions of a grade; every key besides these three is a dimension."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, AnyNeed] = Field(init=False)

    gates: tuple[Word, ...] = ()
    no_veto: Flag = False
    deductions_below: Whole | None = None

    @property
    def dimensions(self) -> dict[str, Need]:
        return self.__pydantic_extra__


class PrintedName(Raw):
    """The literal name of a grade, where the standard prints another one than people use (BK-07)."""

    title: Words


class Outcome(Raw):
    """What an assessment can end in."""

    id: Word
    title: Words
    printed: PrintedName | None = None
    note: Words | None = None
    awarded: Flag = True


class Grade(Outcome):
    """An outcome with its conditions."""

    needs: Needs


Answers: TypeAlias = dict[str, Any]
"""As in an answers file, every scalar a string; read by `answers_file`."""


class ExampleSheet(Raw):
    """One sheet of an example. fill: dimension (or veto) -> the answer to all its questions."""

    name: Word = "A"
    round: str = ""
    dimensions: tuple[Word, ...] | None = None
    fill: Answers = {}
    answers: Answers = {}
    without: tuple[Word, ...] = ()


class Expected(Raw):
    """What an example must come to; only what is given is compared. No grade: 'none'; no outcome: 'incomplete'."""

    complete: Flag | None = None
    totals: dict[str, TotalOrNull] | None = None
    levels: dict[str, LevelOrNull] | None = None
    grade: Word | None = None
    outcome: Word | None = None
    passed: Flag | None = None
    open: tuple[Word, ...] | None = None


class Example(ExampleSheet):
    """Answers and what they must come to."""

    gates: dict[str, Flag] = {}
    deductions: Whole = 0
    bonus: Number | None = None
    sheets: tuple[ExampleSheet, ...] = ()
    expect: Expected


class SchemeFile(Raw):
    """A whole scheme file."""

    format: Word
    id: Word
    code: Word
    title: Words
    short: Words
    issuer: Words
    effective: Day
    scales: dict[str, Scale]
    dimensions: dict[str, Dimension]
    gates: dict[str, Gate] = {}
    adjustments: Adjustments | None = None
    sampling: Sampling | None = None
    measures: dict[str, Measure] = {}
    printed: Printed = Printed()
    sections: tuple[Section, ...]
    grades: tuple[Grade, ...]
    otherwise: Outcome
    readings: dict[str, Words] = {}
    examples: tuple[Example, ...] = ()
