"""Where everything of a picture stands: labels fitted in, bars, a radar's lines. Plain numbers for the templates.

Coordinates are whole numbers or
tenths; they are for the eye, no figure is read from them. Must not know reports.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from bot.export.chart_parts import Axis, Bar, Bars, Radar
from bot.export.chart_text import EDGE, LINE, TEXT, WIDE, Word, balanced, fit, fitted, longest, titled, wide
from bot.words import forms

_BAR, _GAP = 24, 30
_BAR_LINES, _AXIS_LINES = 2, 6
NONE = "—"
"""Nothing applies here."""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """top: of the bar; filled: its length of `room`; None: nothing applies."""

    top: int
    filled: float | None
    open: bool


@dataclass(frozen=True, slots=True)
class DrawnBars:
    """label: what the picture is, for who cannot see it."""

    label: str
    height: int
    title: tuple[Word, ...]
    words: tuple[Word, ...]
    bars: tuple[DrawnBar, ...]
    left: int = EDGE
    room: int = WIDE - 2 * EDGE
    thick: int = _BAR


def laid_bars(figure: Bars) -> DrawnBars:
    """Each bar under its label; the points stand at the end of the label's first line."""
    title, y = titled(figure.title)
    words: list[Word] = []
    bars: list[DrawnBar] = []
    for bar in figure.bars:
        figures = figures_of(bar)
        room = WIDE - 2 * EDGE - wide(figures, TEXT) - TEXT
        lines = fitted(bar.label, room, TEXT, _BAR_LINES)
        words += [Word(EDGE, y + TEXT + place * LINE, text) for place, text in enumerate(lines)]
        words.append(Word(WIDE - EDGE, y + TEXT, figures, "end"))
        y += LINE * len(lines) + 6
        filled = None if bar.ratio is None else _tenths(float(bar.ratio) * (WIDE - 2 * EDGE))
        bars.append(DrawnBar(y, filled, bar.open))
        y += _BAR + _GAP
    return DrawnBars(figure.title, y + 10, title, tuple(words), tuple(bars))


def figures_of(bar: Bar) -> str:
    """'41.5/48 (86.46%)'; '—' where nothing applies."""
    return f"{bar.shown} ({forms.percent(bar.ratio)})" if bar.ratio is not None else NONE


@dataclass(frozen=True, slots=True)
class Spoke:
    """An axis: its end, and the line that leads on to its label."""

    x: float
    y: float
    lead: str


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a radar. outline: a path; closed: it may be filled; dots: its corners."""

    outline: str
    closed: bool
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class DrawnRadar:
    """rings: paths, the outermost last; scale: what the rings mean; legend: names of lines, none for one alone.

    middle: the height of the circle's centre.
    """

    label: str
    height: int
    title: tuple[Word, ...]
    rings: tuple[str, ...]
    scale: tuple[Word, ...]
    spokes: tuple[Spoke, ...]
    words: tuple[Word, ...]
    series: tuple[Series, ...]
    legend: tuple[Word, ...]
    middle: int


_RINGS = 5
_LEAD = 26
_SMALLEST = 200
"""Radius that is left where a single word is very long."""
_MANY = 9
"""Axes from which the circle is drawn smaller: labels need the room."""


@dataclass(frozen=True, slots=True)
class _Circle:
    x: int
    y: int
    radius: int

    def at(self, place: int, of: int, ratio: float) -> tuple[float, float]:
        """The point of an axis, counted from the top with the clock."""
        angle = 2 * pi * place / of
        return _tenths(self.x + sin(angle) * self.radius * ratio), _tenths(self.y - cos(angle) * self.radius * ratio)


@dataclass(slots=True)
class _Label:
    """A label beside its axis: lines of text, the height where its middle would best stand, and where it does."""

    place: int
    lines: tuple[str, ...]
    middle: float

    @property
    def high(self) -> int:
        return len(self.lines) * LINE + 14


def laid_radar(figure: Radar) -> DrawnRadar:
    """The circle in the middle, labels in a column on either side, in the order of their axes: none covers another."""
    title, top = titled(figure.title)
    legend, top = _legend(figure.series, top)
    count = len(figure.axes)
    longest_word = max(longest(axis.label, TEXT) for axis in figure.axes)
    radius = int(max(_SMALLEST, min(235 if count >= _MANY else 280, WIDE // 2 - _LEAD - EDGE // 2 - longest_word)))
    columns = [_column(figure.axes, side, radius) for side in (1, -1)]
    high = max([2 * radius + 2 * LINE, *(sum(one.high for one in column) for column in columns)])
    circle = _Circle(WIDE // 2, top + high // 2 + LINE, radius)
    words: list[Word] = []
    leads = dict.fromkeys(range(count), "")
    for side, column in zip((1, -1), columns, strict=True):
        _spread(column, circle.y, high)
        for label in column:
            words += _written(label, side)
            leads[label.place] = _lead(circle, label, count, side)
    spokes = tuple(Spoke(*circle.at(place, count, 1), leads[place]) for place in range(count))
    rings = tuple(_path([circle.at(place, count, n / _RINGS) for place in range(count)]) for n in range(1, _RINGS + 1))
    scale = tuple(Word(circle.x + 8, round(circle.y - radius * n / _RINGS) + 10, f"{n * 20}") for n in (1, 3))
    series = tuple(_series(circle, figure.axes, number) for number in range(len(figure.series)))
    bottom = circle.y + high // 2 + LINE + 10
    return DrawnRadar(figure.title, bottom, title, rings, scale, spokes, tuple(words), series, legend, circle.y)


def _column(axes: Sequence[Axis], side: int, radius: int) -> list[_Label]:
    """The labels of one side, from above; what stands on top goes to the right, what stands below to the left."""
    count = len(axes)
    room = WIDE // 2 - radius - _LEAD - EDGE // 2
    places = [place for place in range(count) if (1 if 2 * place < count else -1) == side]
    labels = [_Label(place, balanced(_said(axes[place]), room, TEXT, _AXIS_LINES), 0) for place in places]
    for label in labels:
        label.middle = -cos(2 * pi * label.place / count) * (radius + LINE)
    return labels if side == 1 else labels[::-1]


def _said(axis: Axis) -> str:
    return axis.label if any(ratio is not None for ratio in axis.ratios) else f"{axis.label} {NONE}"


def _spread(column: Sequence[_Label], centre: int, high: int) -> None:
    """As near as possible to where each would stand, none over another, all within the height."""
    taken = float(centre) - high / 2
    for label in column:
        label.middle = max(centre + label.middle, taken + label.high / 2)
        taken = label.middle + label.high / 2
    room = float(centre) + high / 2
    for label in reversed(column):
        label.middle = min(label.middle, room - label.high / 2)
        room = label.middle - label.high / 2


def _written(label: _Label, side: int) -> Iterator[Word]:
    x, anchor = (WIDE - EDGE // 2, "end") if side == 1 else (EDGE // 2, "start")
    first = label.middle - (len(label.lines) - 1) * LINE / 2 + TEXT * 0.36
    for number, text in enumerate(label.lines):
        yield Word(x, round(first + number * LINE), text, anchor)


def _lead(circle: _Circle, label: _Label, count: int, side: int) -> str:
    """From the end of the axis to the middle of its label's near side."""
    width = max(wide(text, TEXT) for text in label.lines)
    near = WIDE - EDGE // 2 - width - 10 if side == 1 else EDGE // 2 + width + 10
    x, y = circle.at(label.place, count, 1)
    out = circle.x + side * (circle.radius + _LEAD - 8)
    bend = min(out, near) if side == 1 else max(out, near)
    return f"M{x} {y} L{_tenths(bend)} {_tenths(label.middle)} L{_tenths(near)} {_tenths(label.middle)}"


def _series(circle: _Circle, axes: Sequence[Axis], number: int) -> Series:
    """A line around; it is broken where nothing applies."""
    count = len(axes)
    ratios = [axis.ratios[number] for axis in axes]
    points = [None if ratio is None else circle.at(place, count, float(ratio)) for place, ratio in enumerate(ratios)]
    known = tuple(point for point in points if point is not None)
    if len(known) == count:
        return Series(_path(known), closed=True, dots=known)
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    drawn = [f"M{one[0]} {one[1]} L{other[0]} {other[1]}" for one, other in pairs if one and other]
    return Series(" ".join(drawn), closed=False, dots=known)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in points) + " Z"


def _legend(names: Sequence[str], top: int) -> tuple[tuple[Word, ...], int]:
    """A line for each; none for the only one."""
    if len(names) == 1:
        return (), top
    room = WIDE - 3 * EDGE - 90
    lines = [Word(EDGE + 90, top + TEXT + n * LINE, fit(name, room, TEXT)) for n, name in enumerate(names)]
    return tuple(lines), top + len(lines) * LINE + 10


def _tenths(value: float) -> float:
    return round(value, 1)
