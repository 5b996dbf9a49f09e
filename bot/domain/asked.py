"""Which questions a sheet asks, found by name or by place without a walk. Must not know what was answered."""

from collections.abc import Mapping

from bot.domain.scheme import QuestionId, Scheme


def places(scheme: Scheme, covers: frozenset[str]) -> Mapping[QuestionId, int]:
    """The questions of a sheet that covers these dimensions, in clause order, each with its place from 0 on."""
    key = (places, covers)
    found: Mapping[QuestionId, int] | None = scheme.kept.get(key)
    if found is None:
        found = {question: place for place, question in enumerate(scheme.covered(covers))}
        if covers <= scheme.dimensions.keys():
            scheme.kept[key] = found
    return found


def named(scheme: Scheme, text: str) -> QuestionId | None:
    """The question that is written so; None where the standard has none."""
    found: Mapping[str, QuestionId] | None = scheme.kept.get(named)
    if found is None:
        found = scheme.kept[named] = {str(question): question for question in scheme.questions}
    return found.get(text)
