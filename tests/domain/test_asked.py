"""Questions found by name and by place are those that a walk over the sheet's questions finds."""

from dataclasses import replace

import pytest

from bot.domain.asked import named, places
from bot.domain.interview import neighbours, next_open
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.state import SheetState
from tests.domain.build import ALL, projects
from tests.domain.real import NAMES, real

STANDARDS = [*(make() for make in ALL.values()), *map(real, NAMES)]


@pytest.mark.parametrize("scheme", STANDARDS, ids=lambda scheme: scheme.id)
def test_they_are_the_sheets_own_in_clause_order(scheme: Scheme) -> None:
    for covers in (frozenset(scheme.dimensions), *(frozenset({one}) for one in scheme.dimensions), frozenset[str]()):
        asked = scheme.covered(covers)
        assert list(places(scheme, covers).items()) == [(question, place) for place, question in enumerate(asked)]
    for question in scheme.questions:
        assert named(scheme, str(question)) == question == QuestionId.parse(str(question))
    for text in ("", "/", "1.2", "99.9/total", f"{scheme.questions[0].indicator}/", f"{scheme.questions[0]}/"):
        assert named(scheme, text) is None


def test_what_a_sheet_does_not_cover_is_neither_asked_nor_kept() -> None:
    scheme = replace(projects())
    service = frozenset({"service"})
    outside = next(question for question in scheme.questions if question.dimension == "management")
    assert outside not in places(scheme, service)
    held = SheetState("s1", "p1", "", service)
    assert next_open(scheme, held, outside) == scheme.covered(service)[0]
    assert neighbours(scheme, held, scheme.covered(service)[-1])[1] is None
    before = len(scheme.kept)
    for n in range(50):
        places(scheme, frozenset({"service", f"made up {n}"}))
    assert len(scheme.kept) == before
