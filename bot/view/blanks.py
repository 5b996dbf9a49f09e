"""Rows of buttons that are the same for everybody but for the names in what they send: made and written down once.

Must not know any one button, and is not for what people wrote. The names are put in each time: the short public one of
a sheet or of an assessment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot.view.facts import Desk
from bot.view.parts import Row
from bot.view.screen import Button, Style, written

SHEET: Final = "\x7fs23456789"
ASSESSMENT: Final = "\x7fa23456789"
"""Stand where a name will: as long as names get, with a sign that no text of ours has and that JSON writes as it is."""
SEEN: Final = "\x7fr"
"""Stands where the revision of an answer will."""

_HERE = "\x7f"
_made = partial(tuple.__new__, Button)


@dataclass(frozen=True, slots=True)
class Blanks:
    """Rows with buttons. payloads: all of them, one a line, cut where a sheet's name stands.

    written: as screens write rows, in pieces, of which every other one is a payload. spans: where each row begins and
    ends among all buttons.
    """

    texts: tuple[str, ...]
    payloads: tuple[str, ...]
    styles: tuple[Style, ...]
    written: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def blanks(row: Iterable[Button]) -> Blanks:
    """One row, of buttons with real names or with those that stand for one; SEEN at their end alone."""
    row = tuple(row)
    pieces = ["["]
    for button in row:
        before, _, after = written(((button._replace(payload=_HERE),),))[1:-1].rpartition(_HERE)
        pieces[-1] += f",{before}" if len(pieces) > 1 else before
        pieces += "", after
    pieces[-1] += "]"
    return Blanks(
        tuple(button.text for button in row),
        tuple("\n".join(button.payload for button in row).split(SHEET)),
        tuple(button.style for button in row),
        tuple(pieces),
        ((0, len(row)),),
    )


def joined(first: Blanks, then: Blanks) -> Blanks:
    """Two rows as one."""
    both = stacked((first, then))
    at = len(first.written) - 1
    merged = f"{first.written[-1][:-1]},{then.written[0][1:]}"
    pieces = (*both.written[:at], merged, *both.written[at + 1 :])
    return replace(both, written=pieces, spans=((0, len(both.texts)),))


def stacked(rows: Sequence[Blanks]) -> Blanks:
    """Rows below each other."""
    texts: list[str] = []
    styles: list[Style] = []
    spans: list[tuple[int, int]] = []
    payloads, pieces = [""], [""]
    for row in rows:
        between = ("\n", ",") if spans else ("", "")
        payloads[-1] += between[0] + row.payloads[0]
        payloads += row.payloads[1:]
        pieces[-1] += between[1] + row.written[0]
        pieces += row.written[1:]
        spans += [(len(texts) + begin, len(texts) + end) for begin, end in row.spans]
        texts += row.texts
        styles += row.styles
    return Blanks(tuple(texts), tuple(payloads), tuple(styles), tuple(pieces), tuple(spans))


def filled(rows: Blanks, desk: Desk, revision: int) -> tuple[tuple[Row, ...], str]:
    """The rows for a desk where an answer was given so often, and their durable form."""
    named = desk.sheet_ref.join(rows.payloads).replace(ASSESSMENT, desk.ref).replace(SEEN, str(revision))
    payloads = named.split("\n")
    made = tuple(map(_made, zip(rows.texts, payloads, rows.styles)))  # noqa: B905  asking for it costs more than it gives
    form = list(rows.written)
    form[1::2] = payloads  # which JSON writes as they are
    return tuple([made[begin:end] for begin, end in rows.spans]), "".join(form)
