"""The pictures of the result as figures, each said in words too. Must not know how a picture is drawn."""

from fractions import Fraction
from typing import assert_never

from bot.export.chart_parts import Bars, Radar
from bot.export.charts import figures
from bot.export.paper_marks import Marks
from bot.export.paper_parts import Chart, Part
from bot.words import forms


def charts(m: Marks) -> Part | None:
    """The chapter; None where there is nothing to draw."""
    drawn = tuple(Chart(one, one.title, _spoken(m, one)) for one in figures(m.report))
    return Part("charts", m.say("transcript.charts"), drawn) if drawn else None


def _spoken(m: Marks, figure: Bars | Radar) -> str:
    """The same figures in words, for who cannot see the picture."""
    match figure:
        case Bars(_, bars):
            return "; ".join(_said(m, bar.label, bar.ratio, bar.shown) for bar in bars)
        case Radar(_, series, axes):
            found = []
            for place, name in enumerate(series):
                axis = "; ".join(_said(m, one.label, one.ratios[place], "") for one in axes)
                found.append(f"{name}{m.say('form.colon')}{axis}" if name else axis)
            return "; ".join(found)
        case _:
            assert_never(figure)


def _said(m: Marks, label: str, ratio: Fraction | None, shown: str) -> str:
    told = m.say("transcript.chart-none") if ratio is None else forms.percent(ratio)
    return " ".join(f"{label} {shown} {told}".split())
