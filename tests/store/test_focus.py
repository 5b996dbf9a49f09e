from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.focus import Focus, Pending
from bot.store.unit import Store
from tests.store.making import open_file, person, store_on

_FULL = Focus(
    "q:r1:4.2.1",
    "assessment",
    "sheet",
    "4.2.1/total",
    "na-reason",
    "scope",
    "31",
    (Pending("也许 85？", "sheet", "4.2.1/total", "32"), Pending("\0 \ud800", "", "", "")),
)


def test_nobody_is_at_home_first(store: Store) -> None:
    with store.write() as unit:
        lead = person(unit)
        assert unit.focus.get(lead.id, "telegram") == Focus()


def test_a_focus_comes_back_and_is_replaced(store: Store) -> None:
    with store.write() as unit:
        one, other = person(unit, "1"), person(unit, "2")
        unit.focus.put(one.id, "telegram", _FULL)
        unit.focus.put(one.id, "terminal", Focus("list"))
    with store.read() as unit:
        assert unit.focus.get(one.id, "telegram") == _FULL
        assert unit.focus.get(one.id, "terminal") == Focus("list")
        assert unit.focus.get(other.id, "telegram") == Focus()
    with store.write() as unit:
        unit.focus.put(one.id, "telegram", Focus())
        assert unit.focus.get(one.id, "telegram") == Focus()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    engine = open_file(tmp_path_factory.mktemp("focus") / "gradewalk.db")
    store = store_on(engine)
    with store.write() as unit:
        who = person(unit).id
    yield store, who
    engine.dispose()


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@settings(deadline=None, max_examples=50)  # each example waits for the disk
@given(
    focus=st.builds(
        Focus,
        *[_TEXT] * 4,
        st.sampled_from(["rating", "note", "na-reason", "new-organisation", "header"]),
        *[_TEXT] * 2,
        st.lists(st.builds(Pending, st.text(max_size=20), _TEXT, _TEXT, _TEXT), max_size=3).map(tuple),
    )
)
def test_any_focus_comes_back(place: tuple[Store, str], focus: Focus) -> None:
    store, who = place
    with store.write() as unit:
        unit.focus.put(who, "telegram", focus)
    with store.read() as unit:
        assert unit.focus.get(who, "telegram") == focus
