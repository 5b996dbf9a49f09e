from datetime import timedelta

import pytest

from bot.store.chats import STRAYS
from bot.store.unit import Store
from bot.store.values import ChatState
from tests.store.making import NOON, person

_LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def who(store: Store) -> str:
    """The person of the chat '1', which has been seen."""
    with store.write() as unit:
        who = person(unit).id
        unit.chats.seen("telegram", "1", who, NOON)
        return who


def _want(store: Store, screen: str, *, fresh: bool = False, chat: str = "1") -> int:
    with store.write() as unit:
        return unit.chats.want("telegram", chat, screen, fresh=fresh)


def _show(store: Store, version: int, message: str = "90") -> None:
    with store.write() as unit:
        unit.chats.shown("telegram", "1", version, message, f"digest {version}")


def _state(store: Store) -> ChatState:
    with store.read() as unit:
        state = unit.chats.state("telegram", "1")
    assert state is not None
    return state


def _behind(store: Store, channel: str = "telegram") -> list[str]:
    with store.read() as unit:
        return [state.chat for state in unit.chats.behind(channel)]


def test_a_chat_seen_wants_nothing(store: Store, who: str) -> None:
    assert _state(store) == ChatState("telegram", "1", who, None, 0, False, 0, None, None, None, NOON)
    assert _behind(store) == []
    with store.read() as unit:
        assert unit.chats.state("telegram", "2") is None
        assert unit.chats.state("terminal", "1") is None


def test_the_newest_screen_wins_until_it_is_shown(store: Store, who: str) -> None:
    assert [_want(store, "A"), _want(store, "B")] == [1, 2]
    state = _state(store)
    assert (state.wanted_screen, state.wanted_version, state.shown_version) == ("B", 2, 0)
    assert _behind(store) == ["1"]
    assert _behind(store, "terminal") == []
    _show(store, 2)
    state = _state(store)
    assert (state.shown_version, state.shown_message, state.shown_digest) == (2, "90", "digest 2")
    assert _behind(store) == []


def test_what_is_wanted_while_another_is_shown_stays_wanted(store: Store, who: str) -> None:
    shown = _want(store, "A")
    _want(store, "B")
    _show(store, shown)
    assert _behind(store) == ["1"]
    assert _state(store).wanted_screen == "B"


def test_a_card_that_stays_where_it_is_is_shown_in_one_statement(store: Store, who: str) -> None:
    def there(version: int, message: str = "90", chat: str = "1") -> bool:
        with store.write() as unit:
            return unit.chats.shown_there("telegram", chat, version, message, "new")

    _show(store, _want(store, "A"))
    second = _want(store, "B")
    before = _state(store)
    assert not there(second, "91"), "the card moves"
    assert not there(0), "it is old"
    assert not there(second, chat="2")
    assert _state(store) == before
    assert there(second)
    assert _state(store) == before._replace(shown_version=second, shown_digest="new")
    assert _behind(store) == []


@pytest.mark.parametrize("erased", [False, True])
def test_who_goes_with_the_last_card_is_no_matter_of_one_statement(store: Store, who: str, erased: bool) -> None:
    _show(store, _want(store, "A"))
    with store.write() as unit:
        if erased:
            unit.erasing.person(who, NOON)
        else:
            guest = unit.people.register("telegram", "9", "Guest", "", "", NOON, guest=True)
            unit.chats.seen("telegram", "1", guest.id, NOON)
        assert not unit.chats.shown_there("telegram", "1", 1, "90", "new")


def test_fresh_holds_until_shown(store: Store, who: str) -> None:
    _want(store, "A", fresh=True)
    second = _want(store, "B")
    assert _state(store).wanted_fresh
    _show(store, second)
    assert not _state(store).wanted_fresh
    _want(store, "C")
    assert not _state(store).wanted_fresh


def test_a_fresh_card_on_its_way_serves_the_next_screen_too(store: Store, who: str) -> None:
    first = _want(store, "A", fresh=True)
    _want(store, "B")
    _show(store, first)  # a new message stands at the bottom now: B can be an edit of it
    assert not _state(store).wanted_fresh


def test_fresh_asked_while_another_is_shown_is_not_lost(store: Store, who: str) -> None:
    first = _want(store, "A", fresh=True)
    _want(store, "B", fresh=True)
    _show(store, first)
    assert _state(store).wanted_fresh


def test_what_was_overtaken_is_passed_over(store: Store, who: str) -> None:
    _want(store, "A")
    _want(store, "B")
    _show(store, 2, "91")
    _show(store, 1, "90")
    assert (_state(store).shown_version, _state(store).shown_message) == (2, "91")
    _show(store, 2, "92")  # the same again, in a message of its own
    assert _state(store).shown_message == "92"


def test_an_unreachable_chat_keeps_what_it_wants(store: Store, who: str) -> None:
    _want(store, "A")
    with store.write() as unit:
        unit.chats.unreachable("telegram", "1", _LATER)
    assert _behind(store) == []
    assert _state(store).unreachable_at == _LATER
    with store.write() as unit:
        unit.chats.unreachable("telegram", "1", None)
    assert _behind(store) == ["1"]


def test_who_speaks_can_be_reached(store: Store, who: str) -> None:
    _want(store, "A")
    with store.write() as unit:
        unit.chats.unreachable("telegram", "1", NOON)
        other = person(unit, "2").id
        unit.chats.seen("telegram", "1", other, _LATER)
    state = _state(store)
    assert (state.person, state.last_seen_at, state.unreachable_at) == (other, _LATER, None)
    assert state.wanted_screen == "A"


def test_a_persons_chats_are_found(store: Store, who: str) -> None:
    with store.write() as unit:
        unit.chats.seen("telegram", "2", who, _LATER)
        unit.chats.seen("terminal", "3", who, _LATER)
        unit.chats.seen("telegram", "4", person(unit, "2").id, _LATER)
        assert [state.chat for state in unit.chats.of("telegram", who)] == ["2", "1"]


def test_nothing_is_wanted_of_a_chat_never_seen(store: Store, who: str) -> None:
    with pytest.raises(LookupError):
        _want(store, "A", chat="2")


def _place(store: Store, version: int, message: str) -> None:
    with store.write() as unit:
        unit.chats.placed("telegram", "1", version, message)


def test_a_message_placed_for_the_card_is_edited_from_then_on(store: Store, who: str) -> None:
    version = _want(store, "A", fresh=True)
    _place(store, version, "90")
    state = _state(store)
    assert (state.shown_message, state.shown_digest, state.wanted_fresh, state.shown_version) == ("90", "", False, 0)
    assert _behind(store) == ["1"], "it is not shown yet"
    _want(store, "B", fresh=True)
    _place(store, version, "91")
    assert _state(store).wanted_fresh, "B came after what was placed"


def test_the_card_before_is_a_stray_until_it_has_no_buttons(store: Store, who: str) -> None:
    _show(store, _want(store, "A"), "90")
    version = _want(store, "B", fresh=True)
    _place(store, version, "95")
    _show(store, version, "95")
    assert _state(store).strays == ("90",)
    assert _behind(store) == ["1"], "its buttons are still to be taken away"
    assert _behind(store, "terminal") == []
    with store.read() as unit:
        assert [state.strays for state in unit.chats.behind("telegram")] == [("90",)]
    with store.write() as unit:
        unit.chats.stripped("telegram", "1", "90")
    assert _state(store).strays == ()
    assert _behind(store) == []


def test_what_a_tap_names_is_a_stray_unless_it_is_the_card(store: Store, who: str) -> None:
    _show(store, _want(store, "A"), "90")
    with store.write() as unit:
        for message in ("90", "70", "70", *map(str, range(100, 200))):
            unit.chats.stray("telegram", "1", message)
        unit.chats.stray("telegram", "nobody", "1")
    assert _state(store).strays[-1] == "70"
    assert len(_state(store).strays) == STRAYS
    _show(store, _want(store, "B"), "70")
    assert "70" not in _state(store).strays, "it is the card of now"
    assert "90" in _state(store).strays


def test_an_unreachable_chat_keeps_its_strays_for_later(store: Store, who: str) -> None:
    _show(store, _want(store, "A"), "90")
    _show(store, _want(store, "B"), "91")
    with store.write() as unit:
        unit.chats.unreachable("telegram", "1", _LATER)
    assert _behind(store) == []


def test_a_chat_moves_with_its_screen_and_notices(store: Store, who: str) -> None:
    _show(store, _want(store, "A"), "90")
    _show(store, _want(store, "B"), "91")
    with store.write() as unit:
        unit.notices.add("telegram", "1", "{}", NOON)
        unit.chats.move("telegram", "1", "-100")
    with store.read() as unit:
        state = unit.chats.state("telegram", "-100")
        assert state is not None
        assert (state.wanted_screen, state.shown_message, state.strays) == ("B", None, ())
        assert [notice.chat for notice in unit.notices.waiting("telegram")] == ["-100"]
        assert unit.chats.state("telegram", "1") is None
    assert _behind(store) == ["-100"], "nothing of it is seen there yet"


def test_a_chat_that_moves_to_a_known_one_is_that_one(store: Store, who: str) -> None:
    _want(store, "A")
    with store.write() as unit:
        unit.chats.seen("telegram", "-100", who, NOON)
        unit.chats.want("telegram", "-100", "C", fresh=True)
        unit.chats.move("telegram", "1", "-100")
        unit.chats.move("telegram", "never seen", "-100")
    with store.read() as unit:
        (state,) = unit.chats.of("telegram", who)
    assert (state.chat, state.wanted_screen) == ("-100", "C")
