"""A scheme as one text that never changes: what an assessment is pinned to, and the digests of it.

Must not know YAML: a pinned text outlives the file it came from.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from pydantic import ValidationError

from bot.domain.record import Json, canonical, digest
from bot.domain.scheme import (
    Condition,
    DeductionsBelow,
    GateMet,
    Grade,
    Indicator,
    LevelAtLeast,
    NoVeto,
    Scheme,
    TotalAtLeast,
)
from bot.library.build import build
from bot.library.format import SchemeFile

if TYPE_CHECKING:
    from bot.library.source import Data

_ORDERED = ("dimensions", "gates", "measures", "readings", "scales")
"""Mappings of the file whose order means something; JSON with sorted keys would lose it."""


def canonical_text(data: "Data") -> str:
    """Canonical JSON of a loaded file: sorted keys, strings only; `order` keeps the file's order where it counts."""
    if not isinstance(data, dict):
        raise TypeError(type(data))
    order = {name: list(part) for name in _ORDERED if isinstance(part := data.get(name), dict)}
    return canonical({**data, "order": order}).decode()


def from_canonical(text: str) -> Scheme:
    """The scheme of a pinned text, with its digests. ValueError where the text is none of ours."""
    try:
        data = json.loads(text)
        order = data.pop("order")
        for name, keys in order.items():
            data[name] = {key: data[name][key] for key in keys}
        file = SchemeFile.model_validate(data)
    except (ValidationError, KeyError, AttributeError, TypeError) as error:
        raise ValueError(f"no canonical scheme: {error}") from error
    return sealed(file, text)


def sealed(file: SchemeFile, text: str) -> Scheme:
    """The built scheme with the digest of its text and of its scoring part."""
    scheme = build(file)
    return replace(scheme, digest=hashlib.sha256(text.encode()).hexdigest(), scoring_digest=digest(scoring(scheme)))


def scoring(scheme: Scheme) -> Mapping[str, object]:
    """All that a score, a grade or a section's sum depends on, and no text: equal parts mean equal results."""
    rules, sampling = scheme.adjustments, scheme.sampling
    return {
        "dimensions": {
            d.id: {
                "kind": d.scale.kind,
                "also": d.scale.also_ratio,
                "total": d.total,
                "levels": {str(level): str(least) for level, least in d.level_from},
            }
            for d in scheme.dimensions.values()
        },
        "sections": {section.id: section.parent for section in scheme.sections},
        "indicators": {row.id: _row(row) for row in scheme.indicators},
        "gates": sorted(scheme.gates),
        "adjusted": rules.dimension if rules else "",
        "each": str(rules.deductions.each) if rules and rules.deductions else "",
        "bonus": [str(value) for value in rules.bonus.values] if rules and rules.bonus else [],
        "factor": str(sampling.factor) if sampling else "",
        "covers": sorted(sampling.covers) if sampling else [],
        "grades": [_grade(grade) for grade in (*scheme.grades, scheme.otherwise)],
    }


def _row(row: Indicator) -> Json:
    points: Json = {name: str(points) for name, points in row.points.items()}
    return {"section": row.section, "points": points, "veto": row.veto, "na": row.may_be_na}


def _grade(grade: Grade) -> Json:
    return {"id": grade.id, "awarded": grade.awarded, "needs": [_need(need) for need in grade.conditions]}


def _need(need: Condition) -> Json:
    match need:
        case TotalAtLeast(dimension, threshold):
            return ["total", dimension, str(threshold)]
        case LevelAtLeast(dimension, level):
            return ["level", dimension, level]
        case NoVeto():
            return ["no-veto"]
        case GateMet(gate):
            return ["gate", gate]
        case DeductionsBelow(count):
            return ["deductions-below", count]
        case _:
            assert_never(need)
