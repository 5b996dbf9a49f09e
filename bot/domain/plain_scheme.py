"""A scheme from its canonical text, by the standard library alone: what a verifier needs years later.

The text was checked when it was loaded from a file; here it is only read, and a text that is none of ours is a
ValueError. Must not know YAML, the checks, or where the text was kept. A test holds it against `library/`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from bot.domain import scheme as s
from bot.domain.scales import Band, Level, Scale, Text

_ORDERED = ("dimensions", "gates", "measures", "readings", "scales")

Node = Mapping[str, Any]


def read_scheme(text: str) -> s.Scheme:
    """The scheme of a canonical text, with the digest of that text and without a scoring digest. ValueError."""
    try:
        data = json.loads(text)
        for name, keys in data.pop("order").items():
            if name in _ORDERED:
                data[name] = {key: data[name][key] for key in keys}
        scheme = _scheme(data)
    except (KeyError, TypeError, AttributeError, ZeroDivisionError, RecursionError) as error:
        raise ValueError(f"no canonical scheme: {type(error).__name__}") from None
    return replace(scheme, digest=hashlib.sha256(text.encode()).hexdigest())


def _scheme(file: Node) -> s.Scheme:
    scales = {name: _scale(name, part) for name, part in file["scales"].items()}
    rows = list(_rows(file["sections"], "", 1))
    dimensions = tuple(file["dimensions"])
    return s.Scheme(
        id=file["id"].strip(),
        code=file["code"].strip(),
        title=_text(file["title"]),
        short=_text(file["short"]),
        issuer=_text(file["issuer"]),
        effective=file["effective"],
        dimensions={name: _dimension(name, part, scales) for name, part in file["dimensions"].items()},
        sections=tuple(_section(row) for row in rows if row.section),
        indicators=tuple(_indicator(row) for row in rows if row.asked),
        grades=tuple(_outcome(one, _conditions(one["needs"], dimensions)) for one in file["grades"]),
        otherwise=_outcome(file["otherwise"], ()),
        readings={name: _text(words) for name, words in file.get("readings", {}).items()},
        gates={name: _gate(name, gate) for name, gate in file.get("gates", {}).items()},
        adjustments=_adjustments(file.get("adjustments"), dimensions),
        sampling=_sampling(file.get("sampling")),
        measures=tuple(_measure(name, one) for name, one in file.get("measures", {}).items()),
    )


class _Row(NamedTuple):
    """A section, an indicator, or both in one; as they follow each other in the standard."""

    entry: Node
    parent: str
    depth: int
    section: bool

    @property
    def asked(self) -> bool:
        return not self.section or _true(self.entry, "veto") or "points" in self.entry


def _rows(sections: Sequence[Node], parent: str, depth: int) -> Iterator[_Row]:
    for section in sections:
        yield _Row(section, parent, depth, section=True)
        for indicator in section.get("indicators", ()):
            yield _Row(indicator, section["id"].strip(), depth + 1, section=False)
        yield from _rows(section.get("sections", ()), section["id"].strip(), depth + 1)


def _text(words: Node) -> Text:
    return Text(words["zh"].strip(), words["en"].strip())


def _maybe(node: Node, key: str) -> Text | None:
    return _text(node[key]) if key in node else None


def _true(node: Node, key: str) -> bool:
    return bool(node.get(key) == "true")


def _scale(name: str, part: Node) -> Scale:
    bands = part.get("bands", ())
    lows = (Fraction(0), *(Fraction(band["to"]) for band in bands))
    return Scale(
        id=name,
        kind=part["kind"],
        bands=tuple(
            Band(
                low,
                Fraction(band["to"]),
                _text(band["title"]),
                _text(band["label"]),
                _text(band["text"]),
                _maybe(band, "next"),
            )
            for low, band in zip(lows, bands, strict=False)
        ),
        levels=tuple(
            Level(number, _text(one["title"]), _text(one["label"]), _text(one["text"]), _maybe(one, "next"))
            for number, one in enumerate(part.get("levels", ()), start=1)
        ),
        step=Fraction(part["step"]) if "step" in part else Fraction(1, 20),
        also_ratio="ratio" in part.get("also", ()),
    )


def _dimension(name: str, part: Node, scales: Mapping[str, Scale]) -> s.Dimension:
    levels = sorted(
        ((int(level), Fraction(least)) for level, least in part.get("level_from", {}).items()), reverse=True
    )
    return s.Dimension(name, _text(part["title"]), scales[part["scale"].strip()], part["total"], tuple(levels))


def _section(row: _Row) -> s.Section:
    entry = row.entry
    return s.Section(entry["id"].strip(), row.parent, row.depth, _maybe(entry, "title"), _maybe(entry, "label"))


def _indicator(row: _Row) -> s.Indicator:
    entry = row.entry
    return s.Indicator(
        id=entry["id"].strip(),
        section=entry["id"].strip() if row.section else row.parent,
        title=_maybe(entry, "title"),
        label=_maybe(entry, "label"),
        question=_maybe(entry, "question") or Text("", ""),
        look_for=tuple(_text(words) for words in entry.get("look_for", ())),
        points={name.strip(): Fraction(points) for name, points in entry.get("points", {}).items()},
        code=entry.get("code", "").strip(),
        veto=_true(entry, "veto"),
        statement=_maybe(entry, "statement"),
        if_met=_maybe(entry, "if_met"),
        if_not=_maybe(entry, "if_not"),
        may_be_na="not_applicable" in entry,
        help=_maybe(entry, "help"),
    )


def _gate(name: str, gate: Node) -> s.Gate:
    title, statement, met, not_ = (_text(gate[key]) for key in ("title", "statement", "if_met", "if_not"))
    return s.Gate(name, title, statement, met, not_, _maybe(gate, "help"))


def _adjustments(rules: Node | None, dimensions: tuple[str, ...]) -> s.Adjustments | None:
    if rules is None:
        return None
    taken, bonus = rules.get("deductions"), rules.get("bonus")
    return s.Adjustments(
        dimension=rules.get("dimension", dimensions[0]).strip(),
        deductions=s.Deductions(Fraction(taken["each"]), _text(taken["title"]), _text(taken["text"]))
        if taken
        else None,
        bonus=s.Bonus(tuple(map(Fraction, bonus["values"])), _text(bonus["title"]), _text(bonus["text"]))
        if bonus
        else None,
    )


def _sampling(rules: Node | None) -> s.Sampling | None:
    if rules is None:
        return None
    return s.Sampling(Fraction(rules["factor"]), _text(rules["unit"]), tuple(one.strip() for one in rules["covers"]))


def _measure(name: str, one: Node) -> s.Measure:
    title, numerator, denominator = (_text(one[key]) for key in ("title", "numerator", "denominator"))
    return s.Measure(name, title, numerator, denominator, Fraction(one["target"]), one["question"].strip())


def _outcome(one: Node, conditions: tuple[s.Condition, ...]) -> s.Grade:
    printed = _text(one["printed"]["title"]) if "printed" in one else None
    awarded = one.get("awarded", "true") == "true"
    return s.Grade(one["id"].strip(), _text(one["title"]), conditions, awarded, printed, _maybe(one, "note"))


def _conditions(needs: Node, dimensions: tuple[str, ...]) -> tuple[s.Condition, ...]:
    """In the order of the reasons: totals and levels, veto, deductions, gates."""
    found: list[s.Condition] = []
    for name in dimensions:
        need = needs.get(name, {})
        need = {"total": need} if isinstance(need, str) else need
        if "total" in need:
            found.append(s.TotalAtLeast(name, Fraction(need["total"])))
        if "level" in need:
            found.append(s.LevelAtLeast(name, int(need["level"])))
    if _true(needs, "no_veto"):
        found.append(s.NoVeto())
    if "deductions_below" in needs:
        found.append(s.DeductionsBelow(int(needs["deductions_below"])))
    found.extend(s.GateMet(gate.strip()) for gate in needs.get("gates", ()))
    return tuple(found)
