"""What a picture of a result shows: bars of chapters, a radar over them. Plain frozen values, in one language.

Must not know how a picture is drawn.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Bar:
    """A chapter. ratio 0-1: earned of due points, so far while questions are open; None: nothing applies.

    label: as people say it, any length: the drawing fits it in. shown: points as '41.5/48'.
    """

    label: str
    ratio: Fraction | None
    shown: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of the chapters in one dimension. title: the dimension's, or the standard's where there is one only."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """One spoke of a radar. ratios: one per series, 0-1; None: nothing applies there."""

    label: str
    ratios: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """Chapters around a circle; series: names of the lines drawn ('' for the only one)."""

    title: str
    series: tuple[str, ...]
    axes: tuple[Axis, ...]
