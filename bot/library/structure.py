"""Plain data -> the format's models, or problems: wrong keys, missing texts, values of the wrong kind. All at once.

Must not know whether the scheme is sound, or how the data was read.
"""

import copy
import re
from collections.abc import Mapping
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.library.format import Need, Needs, SchemeFile
from bot.library.problems import Path, Report, closest
from bot.library.source import Data

_TYPES = {
    "model_type": "not-a-mapping",
    "model_attributes_type": "not-a-mapping",
    "dict_type": "not-a-mapping",
    "tuple_type": "not-a-list",
    "string_type": "not-a-text",
}
_LANGUAGES = ("zh", "en")


def parse(data: Data, report: Report) -> SchemeFile | None:
    """The file as models, with every fault of its shape reported.

    Unknown keys and missing translations are mended for the sake of the checks that follow, so that a reader sees
    those problems too; None where the shape is beyond that.
    """
    try:
        return SchemeFile.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    for found in errors:
        _report(found, report)
    mended = _mended(data, errors)
    return None if mended is None else SchemeFile.model_validate(mended)


def _report(found: ErrorDetails, report: Report) -> None:
    path: Path = found["loc"]
    if path and path[-1] == "[key]":
        path = path[:-1]
    if _is_misspelt_need(path, found["input"]):
        known = list(Needs.model_fields)
        name = str(path[3])
        report.add("unknown-key", path[:4], key=name, meant=closest(name, known), known=", ".join(known))
        return
    last = str(path[-1]) if path else ""
    context: Mapping[str, Any] = found.get("ctx", {})
    match found["type"]:
        case "missing" if last in _LANGUAGES:
            report.add("missing-text", path[:-1], language=last)
        case "missing":
            report.add("missing-key", path[:-1], key=last)
        case "missing-text" if last in _LANGUAGES:
            report.add("missing-text", path, language=last)
        case "missing-text":
            report.add("empty-text", path)
        case "extra_forbidden":
            known = keys_at(path[:-1])
            report.add("unknown-key", path, key=last, meant=closest(last, known), known=", ".join(known))
        case "literal_error":
            known = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ",").split(",")]
            value = found["input"]
            meant = closest(str(value), known)
            report.add("bad-choice", path, value=value, known=", ".join(known), meant=meant)
        case kind:
            report.add(_TYPES.get(kind, kind), path, **context)


def _is_misspelt_need(path: Path, given: object) -> bool:
    """A key below `needs` that no dimension can have, or one with a flag as value: `no-veto: true`."""
    match path:
        case ("grades", int(), "needs", str(name), *_) if name not in Needs.model_fields:
            return not re.fullmatch("[a-z]{1,12}", name) or given in {"true", "false"}
        case _:
            return False


def _mended(data: Data, errors: list[ErrorDetails]) -> "Data | None":
    """A copy without unknown keys and with stand-ins for missing translations; None where more is wrong."""
    mended = copy.deepcopy(data)
    for found in errors:
        *above, last = found["loc"] or ("",)
        if found["type"] not in {"extra_forbidden", "missing", "missing-text"}:
            return None
        if found["type"] != "extra_forbidden" and last not in _LANGUAGES:
            return None
        parent: Any = mended
        for step in above:
            parent = parent[step]
        if found["type"] == "extra_forbidden":
            del parent[last]
        else:
            parent[last] = "…"
    return mended


def keys_at(path: Path) -> list[str]:
    """The keys that the format knows at a path; empty where any key may stand."""
    kind: Any = SchemeFile
    for step in path:
        kind = _inside(_plain(kind), step)
    kind = _plain(kind)
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _inside(kind: Any, step: str | int) -> Any:  # noqa: ANN401  annotations are values of any type
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = kind.model_fields.get(str(step))
        return field.annotation if field else Need if kind is Needs else Any
    arguments = get_args(kind) or (Any,)
    return arguments[-1] if get_origin(kind) is dict else arguments[0]


def _plain(kind: Any) -> Any:  # noqa: ANN401  the same
    """The type within `X | None` and Annotated."""
    while get_origin(kind) is Annotated or NoneType in get_args(kind):
        kind = next(argument for argument in get_args(kind) if argument is not NoneType)
    return kind
