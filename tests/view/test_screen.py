import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.view.screen import Button, Screen, written

BUTTONS = st.builds(Button, st.text(min_size=1), st.text(), st.sampled_from(["", "primary", "success", "danger"]))
SCREENS = st.builds(Screen, st.text(), st.lists(st.lists(BUTTONS, min_size=1).map(tuple), max_size=5).map(tuple))


@given(SCREENS)
def test_a_screen_comes_back_from_its_durable_form(screen: Screen) -> None:
    assert Screen.from_json(screen.to_json()) == screen


@given(SCREENS)
def test_rows_that_were_written_down_go_into_no_copy_with_others(screen: Screen) -> None:
    ready = Screen.of(screen.text, screen.rows, written(screen.rows))
    assert (ready, ready.to_json()) == (screen, screen.to_json())
    other = replace(ready, rows=((Button("x", "y"),), *screen.rows))
    assert Screen.from_json(other.to_json()) == other


@given(SCREENS, SCREENS)
def test_equal_screens_and_only_they_have_equal_forms(one: Screen, other: Screen) -> None:
    assert (one == other) == (one.to_json() == other.to_json())


@given(SCREENS)
def test_the_durable_form_is_json_without_spaces(screen: Screen) -> None:
    rows = [[[b.text, b.payload, b.style] for b in row] for row in screen.rows]
    plain = json.dumps({"text": screen.text, "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    assert screen.to_json() == plain
