"""The pictures of a result: which figures there are, and each as SVG. Must not know documents, chats or PNG.

Bars of the chapters for every dimension, and a radar over them; two dimensions that share their chapters are two lines
of one radar. Chapters are the topmost sections, or those below where that would be fewer than three.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from bot.export.chart_layout import figures_of, laid_bars, laid_radar
from bot.export.chart_parts import Axis, Bar, Bars, Radar
from bot.export.fonts import families
from bot.export.parts import Report, SectionPart, Share
from bot.words import Words, forms

LEAST = 3
"""Chapters that make a radar: fewer have no area."""
_SIGNS = 30
"""Signs of a bar in a terminal."""
_Chapters = Mapping[str, tuple[SectionPart, Share]]
"""Section id -> the section with its share in one dimension."""


def figures(report: Report) -> tuple[Bars | Radar, ...]:
    """All pictures of the report, in its language; none where nothing is rated by points."""
    words = Words.of(report.language)
    found = {name: _chapters(report, name) for name in report.scheme.dimensions}
    found = {name: chapters for name, chapters in found.items() if chapters}
    drawn: list[Bars | Radar] = [
        Bars(_title(report, words, (name,)), tuple(_bar(words, part, share) for part, share in chapters.values()))
        for name, chapters in found.items()
    ]
    return (*drawn, *_radars(report, words, found))


def in_signs(figure: Bars | Radar) -> tuple[tuple[str, str, str], ...]:
    """Label, figures and bar of each chapter in signs that any terminal has; nothing of a radar: bars say it all."""
    if isinstance(figure, Radar):
        return ()
    return tuple((bar.label, figures_of(bar), _signs(bar)) for bar in figure.bars)


def svg(figure: Bars | Radar) -> str:
    """The picture: no style, no script, nothing fetched; all text escaped. 1080 wide, its letters 30 high or more."""
    words, named = Words.of("zh"), ", ".join([*families(), "sans-serif"])  # it says nothing but what is in the figure
    match figure:
        case Bars():
            return words.render("chart/bars.svg.j2", drawn=laid_bars(figure), families=named)
        case Radar():
            return words.render("chart/radar.svg.j2", drawn=laid_radar(figure), families=named)
        case _:
            assert_never(figure)


def _radars(report: Report, words: Words, found: Mapping[str, _Chapters]) -> Iterator[Radar]:
    """Dimensions with chapters in common go together, others each by themselves."""
    groups: list[list[str]] = []
    for name, chapters in found.items():
        shared = next((one for one in groups if found[one[0]].keys() & chapters.keys()), None)
        if shared is None:
            groups.append([name])
        else:
            shared.append(name)
    for names in groups:
        parts = {part.section.id: part for name in names for part, _ in found[name].values()}
        order = [part for part in report.sections if part.section.id in parts]
        if len(order) >= LEAST:
            axes = tuple(_axis(words, part, [found[name] for name in names]) for part in order)
            lines = tuple(words.pick(report.scheme.dimensions[name].title) for name in names)
            yield Radar(_title(report, words, names), lines if len(names) > 1 else ("",), axes)


def _axis(words: Words, part: SectionPart, lines: Sequence[_Chapters]) -> Axis:
    return Axis(_label(words, part), tuple(_ratio(line, part.section.id) for line in lines))


def _ratio(chapters: _Chapters, section: str) -> Fraction | None:
    return _earned(chapters[section][1]) if section in chapters else None


def _chapters(report: Report, dimension: str) -> _Chapters:
    """The topmost sections with points in this dimension, three at least where the standard has so many."""
    shares = {
        part.section.id: (part, share)
        for part in report.sections
        for share in part.shares
        if share.dimension.id == dimension
    }
    found: _Chapters = {}
    for depth in sorted({part.section.depth for part, _ in shares.values()}):
        here = {name: one for name, one in shares.items() if one[0].section.depth == depth}
        if len(found) < len(here):
            found = here
        if len(found) >= LEAST:
            break
    return found


def _signs(bar: Bar) -> str:
    filled = round(bar.ratio * _SIGNS) if bar.ratio is not None else 0
    return ("▒" if bar.open else "█") * filled + "░" * (_SIGNS - filled) if bar.ratio is not None else ""


def _bar(words: Words, part: SectionPart, share: Share) -> Bar:
    ratio = _earned(share)
    shown = f"{forms.points(share.points)}/{forms.points(share.of)}" if ratio is not None else ""
    return Bar(_label(words, part), ratio, shown, open=bool(share.open))


def _earned(share: Share) -> Fraction | None:
    """Of the due points, so far; None where nothing applies."""
    return share.points / share.of if share.of else None


def _label(words: Words, part: SectionPart) -> str:
    """Number and name; a name of ours in brackets. An id of letters alone stands only where there is no name."""
    section = part.section
    ours = words.say("transcript.ours", text=words.pick(section.label)) if section.label else ""
    name = words.pick(section.title) if section.title else ours
    return f"{section.id} {name}".strip() if section.id[-1:].isdigit() or not name else name


def _title(report: Report, words: Words, names: Sequence[str]) -> str:
    """What is measured; the standard's short name where there is one dimension alone."""
    if len(report.scheme.dimensions) == 1 or len(names) > 1:
        return words.pick(report.scheme.short)
    return words.pick(report.scheme.dimensions[names[0]].title)
