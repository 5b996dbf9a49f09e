"""Above which rating evidence is needed: the screen on which the lead says so. Must not know what lacks any."""

from fractions import Fraction

from bot.domain.scales import LEVELS, Scale
from bot.domain.scheme import Scheme
from bot.view import places
from bot.view.facts import Desk
from bot.view.findings_places import DemandTap
from bot.view.parts import Row, button, columns, screen
from bot.view.screen import Screen
from bot.words import Words
from bot.words.forms import alpha, percent

OFF = "off"
_WIDE = 2


def demand(words: Words, desk: Desk, missing: int, line: str = "") -> Screen:
    """Off, or the upper end of each band or level but the last. missing: ratings seen that have none yet."""
    held = desk.state.demanded
    rows: list[Row] = []
    if desk.lead and not desk.state.closed:
        made = [
            (str(above), words.say("demand.above", rating=rating(words, desk.scheme, above)))
            for above in thresholds(desk.scheme)
        ]
        chosen = OFF if held is None else str(held)
        every = [(OFF, words.say("demand.off")), *made]
        labelled = [
            (value, words.say("form.ticked", label=label) if value == chosen else label) for value, label in every
        ]
        rows = columns([button(label, DemandTap(desk.ref, value)) for value, label in labelled], _WIDE)
    now = words.say("demand.none") if held is None else words.say("demand.now", rating=rating(words, desk.scheme, held))
    back = button(words.say("button.head"), places.Head(desk.ref))
    return screen(words, "demand.j2", [*rows, (back,)], line, desk=desk, now=now, missing=missing)


def thresholds(scheme: Scheme) -> tuple[Fraction, ...]:
    """The upper ends of the bands and levels below full marks, as ratios."""
    found = {band.high for one in scheme.dimensions.values() for band in one.scale.bands}
    if any(one.scale.kind == "level" for one in scheme.dimensions.values()):
        found |= {Fraction(level, LEVELS) for level in range(1, LEVELS)}
    return tuple(sorted(ratio for ratio in found if 0 < ratio < 1))


def rating(words: Words, scheme: Scheme, ratio: Fraction) -> str:
    """'80%', 'level 4', 'level 4 / α 0.80': as the scales of the standard say it."""
    scales: dict[str, Scale] = {one.scale.kind: one.scale for one in scheme.dimensions.values()}
    said = []
    if "level" in scales and (ratio * LEVELS).denominator == 1:
        said.append(words.level(None, int(ratio * LEVELS)))
    if "alpha" in scales:
        said.append(f"α {alpha(ratio)}")
    if "ratio" in scales or not said:
        said.append(percent(ratio))
    return " / ".join(said)
