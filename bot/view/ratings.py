"""The buttons that rate a question. Must not know the card they stand on.

A band alone is never a rating (G-03): its button opens the values in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from bot.domain.answers import Answer, Rated, Veto
from bot.domain.scales import LEVELS, Band, Scale
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.view.facts import Desk
from bot.view.kept import per_question
from bot.view.parts import Row, button, columns, units
from bot.view.payload import AnswerTap, Tap
from bot.view.places import Card, Place
from bot.view.screen import Button
from bot.words import Words, points, total
from bot.words.forms import alpha, percent

WIDE = 8
"""Buttons in a row."""
_FITS = 20
"""Width of a level's full name, in Latin letters, that three buttons in a row still show."""


@dataclass(frozen=True, slots=True)
class Leads:
    """What the buttons do: open a band ('b0'...) of the question, give it a value as AnswerTap writes it."""

    open: Callable[[Desk, QuestionId, str], Place]
    give: Callable[[Desk, QuestionId, str], Tap]


def _card(desk: Desk, question: QuestionId, view: str) -> Card:
    return Card(desk.sheet_ref, str(question), view)


def _tap(desk: Desk, question: QuestionId, value: str) -> AnswerTap:
    given = desk.own.given.get(question) if desk.own else None
    return AnswerTap(desk.sheet_ref, str(question), value, given.revision if given else 0)


ANSWERING = Leads(_card, _tap)
"""An answer is given, and recorded."""


def rating_rows(words: Words, desk: Desk, question: QuestionId, by: Leads = ANSWERING) -> list[Row]:
    """At most two rows: bands, levels, or the two statements of a veto row."""
    if question.dimension == VETO:
        return _veto_rows(words, desk, question, by)
    scale = desk.scheme.scale_of(question)
    if scale.kind == "level":
        return columns(_level_buttons(words, desk, question, by), 3)
    return columns(band_buttons(words, desk, question, short=False, by=by), 3)


def band_buttons(words: Words, desk: Desk, question: QuestionId, *, short: bool, by: Leads = ANSWERING) -> list[Button]:
    """A button per band that opens it; the band of the current answer is ticked."""
    scale = desk.scheme.scale_of(question)
    held = answer_of(desk, question)
    current = scale.band_of(held.value) if isinstance(held, Rated) else None
    labels = _bands_briefly(words, desk.scheme, question) if short else _bands_named(words, desk.scheme, question)
    return [
        button(_ticked(words, label, on=place == current), by.open(desk, question, f"b{place}"))
        for place, label in enumerate(labels)
    ]


def value_buttons(words: Words, desk: Desk, question: QuestionId, band: int, by: Leads = ANSWERING) -> Row:
    """The values of a band in the scale's steps, with both ends (G-02): at most eight, or the step is coarsened."""
    held = answer_of(desk, question)
    current = str(held.value) if isinstance(held, Rated) else ""
    return tuple(
        button(_ticked(words, label, on=value == current), by.give(desk, question, value))
        for value, label in _values_shown(words, desk.scheme, question)[band]
    )


def choice_buttons(
    words: Words, desk: Desk, question: QuestionId, choices: tuple[Rated, ...], by: Leads = ANSWERING
) -> list[Row]:
    """What a typed text may mean: a row for each meaning, with the points it earns."""
    due = desk.scheme.points_of(question)
    scale = desk.scheme.scale_of(question)
    rows: list[Row] = []
    for one in choices:
        value = shown(scale, one.value)
        label = words.say("card.choice", value=value, points=total(due * one.value, due), of=points(due))
        rows.append((button(label, by.give(desk, question, str(one.value))),))
    return rows


def shown(scale: Scale, value: Fraction) -> str:
    """A ratio 0-1 as this scale writes it."""
    return f"α {alpha(value)}" if scale.kind == "alpha" else percent(value)


def answer_of(desk: Desk, question: QuestionId) -> Answer | None:
    """The person's current answer."""
    given = desk.own.given.get(question) if desk.own else None
    return given.answer if given else None


def band_name(words: Words, scale: Scale, band: Band) -> str:
    """'60%–80% Good': its range and its name; a printed title that is a name stands behind the range."""
    title, spread = words.pick(band.title), _range(words, scale, band)
    return f"{spread} {words.pick(band.label) if spread == title else title}"


def _range(words: Words, scale: Scale, band: Band) -> str:
    """The printed title where it holds the numbers, else the numbers."""
    title = words.pick(band.title)
    if any(sign.isdigit() for sign in title):
        return title
    written = points if scale.kind == "alpha" else percent
    return f"{written(band.low)}–{written(band.high)}"


def _width(text: str) -> int:
    """In Latin letters: a Chinese character is as wide as two."""
    return units(text) + sum(sign > "\u2e7f" for sign in text)


@per_question
def _bands_named(words: Words, scheme: Scheme, question: QuestionId) -> tuple[str, ...]:
    """Range and name of each."""
    scale = scheme.scale_of(question)
    return tuple(f"{_range(words, scale, band)} {words.pick(band.label)}" for band in scale.bands)


@per_question
def _bands_briefly(words: Words, scheme: Scheme, question: QuestionId) -> tuple[str, ...]:
    """Ranges or names, whichever are shorter."""
    scale = scheme.scale_of(question)
    ranges, names = [_range(words, scale, band) for band in scale.bands], [words.pick(b.label) for b in scale.bands]
    return tuple(min(ranges, names, key=lambda texts: max(map(_width, texts))))


@per_question
def _values_shown(_: Words, scheme: Scheme, question: QuestionId) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Of each band its values, as a button sends and as it shows them."""
    scale = scheme.scale_of(question)
    return tuple(
        tuple((str(value), shown(scale, value)) for value in _values(band, scale.step)) for band in scale.bands
    )


@per_question
def _levels_named(words: Words, scheme: Scheme, question: QuestionId) -> tuple[str, ...]:
    """Of each its full name where there is room for it."""
    scale = scheme.scale_of(question)
    full = (words.level(scale, number) for number in range(1, LEVELS + 1))
    return tuple(
        name if _width(name) <= _FITS else words.level(None, number) for number, name in enumerate(full, start=1)
    )


def _values(band: Band, step: Fraction) -> list[Fraction]:
    coarser = (step * factor * 10**power for power in count() for factor in (1, 2, 5))
    return next(values for values in (_stepped(band, one) for one in coarser) if len(values) <= WIDE)


def _stepped(band: Band, step: Fraction) -> list[Fraction]:
    """Both ends and the multiples of step between them; one too many is enough to know that it is too many."""
    values = {band.low, band.high}
    inner = -(-band.low // step) * step
    while inner < band.high and len(values) <= WIDE:
        values.add(inner)
        inner += step
    return sorted(values)


def _level_buttons(words: Words, desk: Desk, question: QuestionId, by: Leads) -> list[Button]:
    held = answer_of(desk, question)
    current = held.level if isinstance(held, Rated) else None
    return [
        button(_ticked(words, label, on=number == current), by.give(desk, question, f"l{number}"))
        for number, label in enumerate(_levels_named(words, desk.scheme, question), start=1)
    ]


def _veto_rows(words: Words, desk: Desk, question: QuestionId, by: Leads) -> list[Row]:
    held = answer_of(desk, question)
    rows: list[Row] = []
    for raised in (False, True):
        label = words.answer(desk.scheme, question, Veto(raised))
        ticked = _ticked(words, label, on=held == Veto(raised))
        rows.append((button(ticked, by.give(desk, question, f"v{int(raised)}"), "danger" if raised else "success"),))
    return rows


def _ticked(words: Words, label: str, *, on: bool) -> str:
    return words.say("form.ticked", label=label) if on else label
