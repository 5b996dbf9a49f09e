"""Links to one indicator: how they are written, whom they open to, and that nobody learns anything by trying."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.load import load
from bot.paths import schemes_dir
from bot.service import membership
from bot.service.access import Door, invited_only
from bot.service.events import Ordered, Reply
from bot.service.joining import GUESSES
from bot.service.world import World
from bot.view.basis_places import LinkCard
from bot.view.blind_places import BeginTap
from bot.view.links import LIMIT, PREFIX, address, argument, parse
from bot.view.members_places import InviteTap
from bot.view.places import Card, Home, Requests
from tests.service.panel import others
from tests.service.scene import CHANNEL, SITES, STARS, Scene, say

OF_NO_USE = say("line.link-of-no-use")
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}", fullmatch=True)


def follow(scene: Scene, link: str) -> Reply:
    return scene.do(Ordered("start", link, "77"))


def join(ann: Scene, ref: str, scene: Scene, role: str) -> None:
    """By the front door."""
    ann.press(InviteTap(ref, role))
    found = re.search(r"start=([\w-]+)", ann.reply.line)
    assert found, ann.reply
    follow(scene, found.group(1))
    scene.tap("button.agree")
    ann.press(Requests(ref))
    ann.tap(say("button.admit", n=1))


# how it is written


@given(IDS, IDS)
def test_an_indicator_comes_back_as_it_was_and_no_two_are_written_alike(one: str, other: str) -> None:
    text = argument("k3v9abcd", one)
    assert re.fullmatch("[A-Za-z0-9_-]{1,64}", text)
    assert parse(text) == ("k3v9abcd", one)
    assert (text == argument("k3v9abcd", other)) == (one == other)


@given(st.text(max_size=70))
def test_whatever_follows_start_is_read_without_a_fault(text: str) -> None:
    for tried in (text, PREFIX + text, f"{PREFIX}ref-{text}"):
        found = parse(tried)
        assert found is None or argument(*found) == tried


@pytest.mark.parametrize(
    "odd", ["q-", "q-r", "q-r-", "q--2_1", "q-r-2-", "q-r-2-x", "Q-r-2_1", "q-r-二", "q-r-" + "1" * 61]
)
def test_what_is_no_link_is_none(odd: str) -> None:
    assert parse(odd) is None


def test_every_indicator_that_ships_fits() -> None:
    for file in sorted(schemes_dir().glob("*.yaml"))[:2]:
        loaded, _ = load(file)
        assert loaded
        for row in loaded.scheme.indicators:
            text = argument("k3v9abcd", row.id)
            assert len(text) <= LIMIT
            assert parse(text) == ("k3v9abcd", row.id)


def test_no_token_of_an_invitation_begins_as_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["q-AAAA-1_2", "q-", "Q-kept"])
    monkeypatch.setattr("bot.service.membership.secrets.token_urlsafe", lambda _: next(drawn))
    assert membership.new_token() == "Q-kept"


# whom it opens to


def test_the_card_gives_a_link_that_leads_back_to_it_from_anywhere(ann: Scene) -> None:
    ref = ann.begin()
    ann.press(Card(ann.sheet(ref), "2.1/total"))
    ann.tap("button.link")
    link = argument(ref, "2.1")
    assert address("gradewalk_test_bot", ref, "2.1") in ann.text
    ann.press(Home())
    follow(ann, link)
    assert ann.focus.place == f"1:q:{ann.sheet(ref)}:2.1/total"
    assert ann.chat.wanted_fresh


def test_of_a_clause_in_two_dimensions_it_is_the_question_that_the_sheet_asks(ann: Scene) -> None:
    ref = ann.begin(SITES)
    follow(ann, argument(ref, "1.2"))
    assert ann.focus.question == "1.2/management"
    follow(ann, argument(ref, "2.2"))
    assert ann.focus.place == f"1:r:{ref}:2", "service is rated on the projects' sheets, and there is none"


def test_a_member_lands_on_their_own_sheet(ann: Scene, bo: Scene) -> None:
    ref = ann.begin()
    join(ann, ref, bo, "assessor")
    follow(bo, argument(ref, "2.1"))
    assert bo.focus.place == f"1:r:{ref}:2", "no sheet yet: where it stands in the result"
    bo.press(BeginTap(ref, "total"))
    bo.press(Home())
    follow(bo, argument(ref, "2.1"))
    inner = bo.focus.sheet
    assert bo.state(ref).sheets[inner].person == bo.person
    assert bo.focus.question == "2.1/total"


def test_who_only_looks_and_whoever_comes_after_closing_land_in_the_result(ann: Scene, bo: Scene) -> None:
    ref = ann.closed()
    follow(ann, argument(ref, "2.10"))
    assert ann.focus.place == f"1:r:{ref}:2"
    open_ = ann.begin()
    join(ann, open_, bo, "viewer")
    follow(bo, argument(open_, "2.10"))
    assert bo.focus.place == f"1:r:{open_}:2"


def test_to_anybody_else_it_is_as_any_link_of_no_use(ann: Scene, bo: Scene) -> None:
    ref = ann.begin()
    bo.order("start")
    seen = []
    for link in ("no-such-link", argument(ref, "2.1"), argument("zzzzzzzz", "2.1"), argument(ref, "9.9")):
        reply = follow(bo, link)
        seen.append((reply, bo.text, bo.labels))
    assert len({repr(one) for one in seen}) == 1
    assert OF_NO_USE in bo.text


def test_an_indicator_that_the_standard_lacks_is_of_no_use_to_a_member_too(ann: Scene) -> None:
    ref = ann.begin()
    follow(ann, argument(ref, "9.9"))
    assert OF_NO_USE in ann.text


def test_trying_links_is_counted_as_trying_invitations(ann: Scene, bo: Scene) -> None:
    ref = ann.begin()
    for _ in range(GUESSES):
        follow(bo, argument(ref, "2.1"))
    assert follow(bo, argument(ref, "2.1")) == Reply(silent=True)
    for _ in range(GUESSES + 1):
        assert follow(ann, argument(ref, "2.1")).silent is False, "what opens is no guess"


def test_a_stranger_gets_the_doors_line_and_nothing_is_kept(ann: Scene, world: World) -> None:
    ref = ann.begin(STARS)
    closed = replace(world, door=Door(open=False, admins=frozenset({(CHANNEL, "1001")})))
    before = others(world)
    assert follow(Scene(closed, "5005"), argument(ref, "2.1")) == Reply(line=invited_only())
    assert others(world) == before
    inside = Scene(closed, "1001")
    follow(inside, argument(ref, "2.1"))
    assert inside.focus.question == "2.1/total"


def test_where_there_are_no_links_it_says_how_to_get_there(ann: Scene) -> None:
    ref = ann.begin()
    ann.world.bot.username = ""
    ann.press(LinkCard(ann.sheet(ref), "2.1/total"))
    assert "#2.1" in ann.text
    assert "t.me" not in ann.text
