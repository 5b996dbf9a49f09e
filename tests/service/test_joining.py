"""Into a panel by a link: consent, the lead's word, what is left behind; and how members go again."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.panel_entries import LeadHandedOver, MemberJoined, MemberRemoved
from bot.service.access import Door, invited_only
from bot.service.events import Delivery, Ordered, Reply
from bot.service.joining import GUESSES
from bot.service.membership import LIFETIME, hashed
from bot.service.outbox import OutboxDesk
from bot.service.reminding import ReminderDesk
from bot.service.world import World
from bot.store.values import Incoming
from bot.view.joining import SENTENCES, TERMS
from bot.view.members_places import AgreeTap
from bot.view.places import Consent, Head, InviteCard, Member, Members
from bot.words import Words
from tests.service.panel import opened
from tests.service.scene import CHANNEL, ORGANISATION, STARS, Clock, Scene, say

OF_NO_USE = say("line.link-of-no-use")
NOTE = "秘密备注"
CLOSED = Door(open=False, admins=frozenset({(CHANNEL, "1001")}))


DIGEST = re.compile("[0-9a-f]{64}")


def has(value: str, mark: str) -> bool:
    """Whether the mark stands in it: in random digits a short number turns up by itself."""
    return mark in value and (len(mark) > 16 or not DIGEST.fullmatch(value))


@dataclass(slots=True)
class House:
    """ann leads an assessment with a note in it; the door is open to all, or by invitation only."""

    world: World
    clock: Clock
    ann: Scene
    ref: str

    def someone(self, number: int = 2002, *, closed: bool = False) -> Scene:
        return Scene(replace(self.world, door=CLOSED if closed else Door()), str(number))

    def link(self, role: str = "assessor") -> str:
        """The token of a new link."""
        self.ann.press(InviteCard(self.ref))
        self.ann.tap(f"button.invite-{role}")
        found = re.search(r"start=([\w-]+)", self.ann.reply.line)
        assert found, self.ann.reply
        return found.group(1)

    def open(self, scene: Scene, token: str) -> Reply:
        return scene.do(Ordered("start", token, "50"))

    def asks(self, scene: Scene, token: str) -> None:
        self.open(scene, token)
        scene.tap("button.agree")

    def joins(self, scene: Scene, role: str = "assessor") -> Scene:
        self.asks(scene, self.link(role))
        self.ann.press(f"1:mq:{self.ref}")
        self.ann.tap(say("button.admit", n=1))
        return scene

    def notices(self, scene: Scene) -> list[str]:
        with self.world.store.read() as unit:
            return [one.content for one in unit.notices.waiting(CHANNEL, scene.who.chat)]

    def show(self, scene: Scene) -> None:
        """As the presenter does: everything wanted is shown."""
        desk = OutboxDesk(self.world, CHANNEL)
        for one in desk.behind():
            if one.chat == scene.who.chat:
                desk.shown(one.chat, one.version, 7, "digest")
                for message in one.strays:
                    desk.stripped(one.chat, message)

    def rows(self, *marks: str) -> list[str]:
        """Every row of every table that has one of these in it."""
        found = []
        with self.world.store.read() as unit:
            connection = unit.people._work.connection
            tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
            for table in tables:
                held = connection.execute(text(f'SELECT * FROM "{table}"')).all()  # noqa: S608  a name of our schema
                found += [f"{table}: {row}" for row in held if any(has(str(value), m) for value in row for m in marks)]
        return found

    def kept(self, scene: Scene) -> list[str]:
        """What is kept of somebody, but for what the lead was told."""
        found = self.rows(scene.who.external_id, scene.who.name)
        return [row for row in found if f"'{self.ann.who.chat}'" not in row]


@pytest.fixture(scope="module")
def built(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """ann's assessment, made once: its file, to be copied, and its name."""
    file = Path(shutil.copy(empty, tmp_path_factory.mktemp("house") / "house.db"))
    with opened(file) as world:
        ann = Scene(world)
        ref = ann.begin()
        ann.press(f"1:w:{ann.sheet(ref)}:2.1/total")
        ann.say(NOTE)
    return file, ref


@pytest.fixture
def house(built: tuple[Path, str], tmp_path: Path) -> Iterator[House]:
    file, ref = built
    with opened(Path(shutil.copy(file, tmp_path / "house.db"))) as world:
        clock = world.clock
        assert isinstance(clock, Clock)
        world.bot.username = "gradewalk_test_bot"
        yield House(world, clock, Scene(world), ref)


@pytest.fixture
def bo(house: House) -> Scene:
    return house.someone()


def roles(scene: Scene) -> dict[str, str]:
    """What the person belongs to, and as what."""
    return {one.ref: one.role for one in scene.listed}


# the way in


def test_who_opens_a_link_reads_what_it_is_and_nothing_of_what_is_in_it(house: House, bo: Scene) -> None:
    house.open(bo, house.link())
    for told in (ORGANISATION, house.ann.who.name, say("mode.self"), bo.who.name):
        assert told in bo.text
    assert say("invited.assessor") in bo.text
    for name in SENTENCES:
        assert say(f"terms.{TERMS}.{name}") in bo.text
    assert NOTE not in bo.text
    assert house.ref not in repr(bo.screen), "not even its public name"
    assert bo.labels[0] == say("button.decline"), "the safe choice comes first"


def test_the_terms_are_what_their_name_stands_for() -> None:
    """Whoever changes a sentence gives TERMS another name: the record says what people agreed to."""
    texts = [Words.of(language).say(f"terms.{TERMS}.{name}") for language in ("zh", "en") for name in SENTENCES]
    assert (TERMS, hashed("\n".join(texts))[:16]) == ("join-1", "c6df15e8b3cb615b")


def test_nobody_joins_before_the_lead_said_so(house: House, bo: Scene) -> None:
    house.asks(bo, house.link())
    assert not roles(bo)
    assert say("consent.waits") in bo.text
    assert house.ann.state(house.ref).members == {house.ann.person: "lead"}
    bo.press(Head(house.ref))
    assert bo.reply == Reply(say("refusal.unknown-assessment"))
    assert any(bo.who.name in notice for notice in house.notices(house.ann)), "the lead hears of it"
    house.ann.tap("button.see-requests")
    assert bo.who.name in house.ann.text
    house.ann.tap(say("button.admit", n=1))
    joined = house.ann.entries(house.ref)[-1]
    assert joined.body == MemberJoined(bo.person, "assessor", TERMS)
    assert joined.person == house.ann.person
    assert roles(bo) == {house.ref: "assessor"}
    assert bo.chat.wanted_fresh
    assert ORGANISATION in bo.text
    assert any(say("post.admitted-assessor", assessment=ORGANISATION) in notice for notice in house.notices(bo))


def test_a_viewer_joins_as_a_viewer(house: House, bo: Scene) -> None:
    house.joins(bo, "viewer")
    assert bo.listed[0].role == "viewer"
    assert house.ann.state(house.ref).members[bo.person] == "viewer"


def test_who_was_not_admitted_is_told_and_sees_nothing(house: House, bo: Scene) -> None:
    house.asks(bo, house.link())
    house.ann.press(f"1:mq:{house.ref}")
    house.ann.tap(say("button.refuse", n=1))
    assert bo.text == say("line.not-admitted")
    assert bo.labels == []
    assert house.ann.state(house.ref).members == {house.ann.person: "lead"}
    house.show(bo)
    assert house.kept(bo) == []


def test_who_uses_the_bot_already_keeps_it_when_not_admitted(house: House, bo: Scene) -> None:
    bo.begin(STARS, "自己的单位")
    house.asks(bo, house.link())
    house.ann.press(f"1:mq:{house.ref}")
    house.ann.tap(say("button.refuse", n=1))
    assert bo.top == say("line.not-admitted-known")
    house.show(bo)
    assert bo.listed


@pytest.mark.parametrize("closed", [False, True])
def test_declining_leaves_nothing_behind(house: House, *, closed: bool) -> None:
    token, bo = house.link(), house.someone(closed=closed)
    with house.world.store.write() as unit:
        unit.inbox.take([Incoming(7, f'{{"text":"/start {token}","from":2002}}', "2002")], house.world.clock())
        row = unit.inbox.waiting(1, house.world.clock())[0].id
    bo.do(Ordered("start", token, "50"), Delivery(row, "7"))
    bo.tap("button.decline")
    assert (bo.text, bo.labels) == (say("line.declined"), [])
    house.show(bo)
    assert house.rows(bo.who.external_id, bo.who.name, token) == []
    someone = house.someone(3003, closed=closed)
    house.open(someone, token)
    assert say("button.agree") in someone.labels, "the link is still good"


def test_who_declines_and_has_work_of_their_own_keeps_it(house: House, bo: Scene) -> None:
    bo.begin(STARS, "自己的单位")
    house.open(bo, house.link())
    bo.tap("button.decline")
    assert bo.top == say("line.declined-known")
    house.show(bo)
    assert bo.listed


def test_a_request_that_is_withdrawn_is_gone_and_the_link_with_it(house: House, bo: Scene) -> None:
    token = house.link()
    house.asks(bo, token)
    bo.tap("button.withdraw-request")
    assert bo.text == say("line.withdrawn-guest")
    house.show(bo)
    assert house.kept(bo) == []
    house.open(carl := house.someone(3003), token)
    assert carl.top == OF_NO_USE
    house.ann.press(f"1:mq:{house.ref}")
    assert say("requests.none") in house.ann.text


def test_a_guest_who_begins_something_of_their_own_stays(house: House, bo: Scene) -> None:
    token = house.link()
    house.open(bo, token)
    bo.begin(STARS, "自己的单位")
    house.open(bo, token)
    bo.tap("button.decline")
    house.show(bo)
    assert [one.name for one in bo.listed] == ["自己的单位"]


def test_a_guest_who_never_answers_is_forgotten_in_time(house: House, bo: Scene) -> None:
    house.open(bo, house.link())
    house.clock.ahead(LIFETIME)
    house.open(house.someone(3003), house.link())
    assert house.rows(bo.who.external_id) == []
    assert house.rows("3003"), "not who has just come"


def test_a_guest_who_never_answers_is_forgotten_though_nobody_else_comes(house: House, bo: Scene) -> None:
    house.open(bo, house.link())
    desk = ReminderDesk(house.world, CHANNEL)
    desk.tidy()
    assert house.rows(bo.who.external_id), "not at once"
    house.clock.ahead(LIFETIME)
    desk.tidy()
    assert house.rows(bo.who.external_id) == []


def test_a_guest_who_waits_for_an_answer_is_not_forgotten(house: House, bo: Scene) -> None:
    house.asks(bo, house.link())
    house.clock.ahead(LIFETIME + timedelta(days=1))
    house.open(house.someone(3003), house.link())
    house.ann.press(f"1:mq:{house.ref}")
    house.ann.tap(say("button.admit", n=1))
    assert bo.listed


# the name


def test_another_name_to_join_by(house: House, bo: Scene) -> None:
    house.open(bo, house.link())
    bo.tap("button.other-name")
    bo.say("张\u202e三")
    assert "张三" in bo.text
    bo.tap("button.agree")
    house.ann.press(f"1:mq:{house.ref}")
    assert "张三" in house.ann.text
    house.ann.tap(say("button.admit", n=1))
    house.ann.press(Members(house.ref))
    assert "张三" in house.ann.text


def test_without_a_name_nobody_asks(house: House) -> None:
    bo = house.someone()
    bo.who = replace(bo.who, name="\u200b")
    house.open(bo, house.link())
    assert say("button.agree") not in bo.labels
    bo.press(AgreeTap(house_ref(bo)))
    assert say("asking.member-name") in bo.text
    bo.say("李四")
    assert say("button.agree") in bo.labels


def house_ref(scene: Scene) -> str:
    return scene.focus.argument[-8:]


def test_who_belongs_to_other_panels_keeps_that_name(house: House, bo: Scene) -> None:
    house.joins(bo)
    other = house.ann.begin(STARS, "第二家")
    second = replace(house, ref=other)
    house.open(bo, second.link())
    assert say("button.other-name") not in bo.labels
    bo.press(f"1:me:{house_ref(bo)}")
    assert bo.focus.expects == "member-name"
    assert say("consent.title") in bo.text, "it is not asked"
    bo.say("假名")
    assert "假名" not in bo.text


# links of no use


def expired(house: House) -> str:
    token = house.link()
    house.clock.ahead(LIFETIME)
    return token


def used(house: House) -> str:
    token = house.link()
    house.asks(house.someone(3003), token)
    return token


def admitted(house: House) -> str:
    token = house.link()
    house.asks(house.someone(3004), token)
    house.ann.press(f"1:mq:{house.ref}")
    house.ann.tap(say("button.admit", n=2))
    return token


def revoked(house: House) -> str:
    token = house.link()
    house.ann.tap(say("button.revoke", n=1))
    assert house.ann.top == say("line.revoked")
    return token


def deleted(house: House) -> str:
    token = house.link()
    house.ann.press(f"1:D:{house.ref}")
    return token


BAD: dict[str, Callable[[House], str]] = {
    "unknown": lambda _: "A" * 32,
    "expired": expired,
    "used": used,
    "admitted": admitted,
    "revoked": revoked,
    "truncated": lambda house: house.link()[:-1],
    "longer": lambda house: house.link() + "A",
    "upper case": lambda house: house.link().swapcase(),
    "another bot's": lambda _: "ref_12345",
    "too long": lambda _: "x" * 65,
    "very long": lambda _: "x" * 4000,
    "SQL": lambda _: "' OR 1=1 --",
    "HTML": lambda _: "<b>&amp;</b>{{7*7}}",
    "its hash": lambda house: hashed(house.link()),
    "NUL": lambda _: "a\0b",
    "half a sign": lambda _: "\ud800",
    "an id": lambda house: ids(house, house.link())[0],
    "a name": lambda house: ids(house, house.link())[0][-8:],
    "deleted": deleted,
}


def ids(house: House, _: str) -> list[str]:
    with house.world.store.read() as unit:
        return [one.id for one in unit.invites.unsettled(house.ann.of(house.ref).id)]


@pytest.mark.parametrize("closed", [False, True])
def test_every_link_of_no_use_gets_the_same_answer(house: House, *, closed: bool) -> None:
    plain = house.someone(4004, closed=closed)
    answer = house.open(plain, "no-such-link")
    assert not closed or answer == Reply(line=invited_only())
    for number, (bad, made) in enumerate(BAD.items(), start=987_650_001):
        token = made(house)
        bo = house.someone(number, closed=closed)
        assert house.open(bo, token) == answer, bad
        if closed:
            assert house.rows(bo.who.external_id) == [], bad
        else:
            assert bo.screen == plain.screen, bad
            assert bo.top == OF_NO_USE, bad
            assert bo.listed == (), bad


@pytest.mark.parametrize("closed", [False, True])
def test_after_ten_wrong_links_within_an_hour_nothing_is_said_and_nothing_looked_up(
    house: House, *, closed: bool
) -> None:
    token, bo = house.link(), house.someone(closed=closed)
    for number in range(GUESSES):
        assert not closed or house.open(bo, f"wrong{number}") in {Reply(line=invited_only()), Reply(silent=True)}
        assert closed or house.open(bo, f"wrong{number}") == Reply()
    stands = None if closed else bo.chat
    assert house.open(bo, "wrong again") == Reply(silent=True)
    assert house.open(bo, token) == Reply(silent=True), "were it the right one: else guessing would pay"
    assert closed or bo.chat == stands
    assert closed or bo.press("1:h") == Reply(), "all else goes on"
    house.clock.ahead(timedelta(hours=1))
    house.open(bo, token)
    assert say("button.agree") in bo.labels


def test_a_good_link_is_not_counted_as_a_guess(house: House, bo: Scene) -> None:
    token = house.link()
    for _ in range(GUESSES + 2):
        house.open(bo, token)
    assert say("button.agree") in bo.labels


def test_start_without_a_link_is_as_it_was(house: House, bo: Scene) -> None:
    bo.order("start")
    assert bo.top == say("line.welcome").splitlines()[0]
    for _ in range(GUESSES + 2):
        bo.order("start")
    assert bo.reply == Reply()


# single use


def test_one_link_one_person(house: House, bo: Scene) -> None:
    token, carl = house.link(), house.someone(3003)
    house.open(bo, token)
    house.open(carl, token)
    bo.tap("button.agree")
    carl.tap("button.agree")
    assert (carl.text, carl.labels) == (OF_NO_USE, [])
    house.ann.press(f"1:mq:{house.ref}")
    assert bo.who.name in house.ann.text
    assert carl.who.name not in house.ann.text


def test_who_took_a_link_finds_back_by_it(house: House, bo: Scene) -> None:
    token = house.link()
    house.asks(bo, token)
    house.open(bo, token)
    assert say("consent.waits") in bo.text
    house.ann.press(f"1:mq:{house.ref}")
    house.ann.tap(say("button.admit", n=1))
    house.open(bo, token)
    assert bo.focus.place == f"1:d:{house.ref}"


def test_agreeing_twice_asks_once(house: House, bo: Scene) -> None:
    house.open(bo, house.link())
    agree = bo.button("button.agree").payload
    bo.press(agree)
    bo.press(agree)
    assert say("consent.waits") in bo.text
    assert len([one for one in house.notices(house.ann) if bo.who.name in one]) == 1


def test_a_member_who_opens_a_link_does_not_use_it_up(house: House, bo: Scene) -> None:
    token = house.link()
    house.open(house.ann, token)
    assert house.ann.top == say("line.already-belong")
    house.open(bo, token)
    assert say("button.agree") in bo.labels


def test_two_links_of_one_person_make_one_member(house: House, bo: Scene) -> None:
    for token in (house.link(), house.link("viewer")):
        house.asks(bo, token)
    house.ann.press(f"1:mq:{house.ref}")
    house.ann.tap(say("button.admit", n=1))
    role = bo.listed[0].role
    house.ann.press(f"1:mq:{house.ref}")
    house.ann.tap(say("button.admit", n=1))
    assert house.ann.reply.toast == say("refusal.already-member")
    assert bo.listed[0].role == role
    house.ann.press(f"1:mq:{house.ref}")
    assert say("requests.none") in house.ann.text


def test_a_card_of_one_invitation_does_not_agree_to_another(house: House, bo: Scene) -> None:
    first, second = house.link(), house.link("viewer")
    house.open(bo, first)
    old = bo.button("button.agree").payload
    house.open(bo, second)
    bo.press(old)
    house.ann.press(f"1:mq:{house.ref}")
    assert say("requests.none") in house.ann.text


def test_what_a_link_opens_cannot_be_named_by_a_button(house: House, bo: Scene) -> None:
    house.link()
    name = ids(house, "")[0][-8:]
    bo.order("start")
    for payload in (Consent(name), AgreeTap(name)):
        bo.press(payload)
        assert bo.reply.toast == say("line.gone")
    house.ann.press(f"1:mq:{house.ref}")
    assert say("requests.none") in house.ann.text


def test_the_token_stands_nowhere(house: House, bo: Scene) -> None:
    token = house.link()
    house.asks(bo, token)
    assert house.rows(token) == []
    assert house.rows(hashed(token)), "but its hash does"


# by invitation only


def test_by_invitation_only_a_link_lets_in_to_its_question_alone(house: House) -> None:
    bo, token = house.someone(closed=True), house.link()
    assert house.open(bo, token) == Reply()
    assert say("consent.title") in bo.text
    for attempt in ("new", "my", "settings", "help", "start"):
        bo.order(attempt)
        assert say("consent.title") in bo.text, attempt
        assert bo.top == say("line.only-consent")
    bo.press("1:n")
    assert say("consent.title") in bo.text
    bo.say("85")
    assert say("consent.title") in bo.text
    bo.tap("button.agree")
    bo.order("new")
    assert bo.top == say("line.still-waits")
    house.ann.press(f"1:mq:{house.ref}")
    house.ann.tap(say("button.admit", n=1))
    bo.order("my")
    assert ORGANISATION in bo.text
    bo.order("new")
    assert say("button.cancel") in bo.labels


@pytest.mark.parametrize("end", ["expired", "revoked", "taken"])
def test_by_invitation_only_an_invitation_that_is_over_shuts_the_door(end: str, house: House) -> None:
    bo, carl, token = house.someone(closed=True), house.someone(3003, closed=True), house.link()
    house.open(bo, token)
    if end == "expired":
        house.clock.ahead(LIFETIME)
    elif end == "revoked":
        house.ann.press(InviteCard(house.ref))
        house.ann.tap(say("button.revoke", n=1))
    else:
        house.asks(carl, token)
    bo.tap("button.agree")
    assert (bo.text, bo.labels) == (OF_NO_USE, [])
    house.show(bo)
    assert house.rows(bo.who.external_id) == []
    assert bo.do(Ordered("my", "", "9")) == Reply(line=invited_only())


def test_by_invitation_only_who_is_removed_is_outside_again(house: House) -> None:
    house.ann.world = house.world = replace(house.world, door=CLOSED)
    house.ann = Scene(house.world)
    bo = house.joins(house.someone(closed=True))
    bo.press(Head(house.ref))
    remove(house, bo)
    assert (bo.text, bo.labels) == (say("line.belongs-no-more"), [])
    assert bo.do(Ordered("my", "", "9")) == Reply(line=invited_only())
    house.show(bo)
    assert house.kept(bo), "a member's account and name stay with their work"


# members


def remove(house: House, member: Scene, reason: str = "换人了") -> None:
    house.ann.press(Members(house.ref))
    house.ann.tap(member.who.name)
    house.ann.tap("button.remove-member")
    house.ann.say(reason)
    house.ann.tap("button.remove-now")


def test_a_member_is_removed_for_a_reason_after_being_asked_twice(house: House, bo: Scene) -> None:
    house.joins(bo)
    bo.press(f"1:bb:{house.ref}:total")
    house.ann.press(Members(house.ref))
    house.ann.tap(bo.who.name)
    house.ann.tap("button.remove-member")
    house.ann.say("换人了")
    assert bo.listed, "nothing is done yet"
    assert "换人了" in house.ann.text
    assert house.ann.labels[0] == say("button.keep-member")
    house.ann.tap("button.remove-now")
    assert house.ann.entries(house.ref)[-1].body == MemberRemoved(bo.person, "换人了")
    assert bo.listed == ()
    assert len(house.ann.state(house.ref).sheets) == 2, "their work is kept"
    assert any("换人了" in notice for notice in house.notices(bo))


def test_without_a_reason_nobody_is_removed(house: House, bo: Scene) -> None:
    house.joins(bo)
    house.ann.press(f"1:mz:{house.ref}:{bo.person}")
    assert house.ann.reply.toast == say("refusal.reason-missing")
    assert bo.listed
    carl = house.joins(house.someone(3003))
    house.ann.press(f"1:mr:{house.ref}:{bo.person}")
    house.ann.say("换人了")
    house.ann.press(f"1:mz:{house.ref}:{carl.person}")
    assert carl.listed, "a reason for one is none for another"


def test_row_46_removed_between_card_and_tap(house: House, bo: Scene) -> None:
    house.joins(bo)
    bo.press(f"1:bb:{house.ref}:total")
    bo.press(f"1:j:{bo.focus.place.split(':')[2]}")
    card = bo.screen
    bo.say("一段备注")
    remove(house, bo)
    assert bo.top == say("line.belongs-no-more")
    assert say("home.empty") in bo.text
    assert bo.chat.wanted_fresh
    assert bo.focus.pending == ()
    before = house.ann.entries(house.ref)
    for payload in {button.payload for row in card.rows for button in row}:
        bo.press(payload)
        assert ORGANISATION not in bo.text, payload
    bo.say("85")
    assert house.ann.entries(house.ref) == before


def test_who_looks_at_something_else_when_removed_keeps_that_card(house: House, bo: Scene) -> None:
    house.joins(bo)
    own = bo.begin(STARS, "自己的单位")
    stands = bo.screen
    remove(house, bo)
    assert bo.screen == stands
    assert [one.ref for one in bo.listed] == [own]


def test_a_member_leaves_and_the_lead_hears_of_it(house: House, bo: Scene) -> None:
    house.joins(bo)
    bo.press(Members(house.ref))
    bo.tap("button.leave")
    assert bo.labels[0] == say("button.stay")
    bo.tap("button.leave-now")
    assert bo.top == say("line.left")
    assert house.ann.entries(house.ref)[-1].body == MemberRemoved(bo.person, "left")
    assert say("post.left", name=bo.who.name, assessment=ORGANISATION) in house.notices(house.ann)[-1]


def test_the_lead_does_not_just_leave(house: House) -> None:
    house.ann.press(f"1:mg:{house.ref}")
    assert house.ann.reply.toast == say("refusal.lead-stays")
    assert house.ann.listed


def test_the_lead_is_handed_over(house: House, bo: Scene) -> None:
    house.joins(bo)
    house.ann.press(Member(house.ref, bo.person))
    house.ann.tap("button.hand-over")
    assert house.ann.labels[0] == say("button.stay-lead")
    house.ann.tap("button.hand-over-now")
    assert house.ann.entries(house.ref)[-1].body == LeadHandedOver(bo.person)
    assert (bo.listed[0].role, house.ann.listed[0].role) == ("lead", "assessor")
    assert any(say("post.leads", assessment=ORGANISATION) in notice for notice in house.notices(bo))
    house.ann.press(InviteCard(house.ref))
    assert house.ann.focus.place == f"1:ma:{house.ref}", "what is the lead's is not theirs any more"
    house.ann.press(f"1:mk:{house.ref}:viewer")
    assert house.ann.reply == Reply(say("refusal.not-allowed"))
    bo.press(f"1:mk:{house.ref}:viewer")
    assert "start=" in bo.reply.line


def test_a_viewer_takes_no_lead(house: House, bo: Scene) -> None:
    house.joins(bo, "viewer")
    house.ann.press(Member(house.ref, bo.person))
    assert say("button.hand-over") not in house.ann.labels
    house.ann.press(f"1:mt:{house.ref}:{bo.person}")
    assert house.ann.reply.toast == say("refusal.not-allowed")


def test_a_request_by_who_led_before_is_answered_by_who_leads_now(house: House, bo: Scene) -> None:
    house.joins(bo)
    carl = house.someone(3003)
    house.asks(carl, house.link())
    house.ann.press(f"1:mt:{house.ref}:{bo.person}")
    bo.press(f"1:mq:{house.ref}")
    bo.tap(say("button.admit", n=1))
    assert carl.listed


def test_a_closed_assessment_takes_viewers(house: House) -> None:
    house.ref = house.ann.closed()
    bo = house.joins(house.someone(), "viewer")
    assert bo.listed[0].state == "closed"
    remove(house, bo)
    assert bo.listed == ()


def test_links_that_are_out_are_bounded(house: House) -> None:
    for _ in range(20):
        house.link()
    house.ann.tap("button.invite-viewer")
    assert house.ann.reply == Reply(say("refusal.invites-full", limit=20))
    house.clock.ahead(LIFETIME)
    assert house.link()


def test_too_late_to_revoke(house: House, bo: Scene) -> None:
    token = house.link()
    revoke = house.ann.button(say("button.revoke", n=1)).payload
    house.asks(bo, token)
    house.ann.press(revoke)
    assert house.ann.reply.toast == say("line.too-late-to-revoke")
    house.ann.tap(say("button.admit", n=1))
    assert bo.listed


def test_a_request_is_answered_once(house: House, bo: Scene) -> None:
    house.asks(bo, house.link())
    house.ann.press(f"1:mq:{house.ref}")
    admit, refuse = (house.ann.button(say(f"button.{what}", n=1)).payload for what in ("admit", "refuse"))
    house.ann.press(admit)
    for again in (admit, refuse):
        house.ann.press(again)
        assert house.ann.reply.toast == say("line.request-gone")
    assert bo.listed


def test_an_assessor_learns_nothing_of_how_far_the_others_are(house: House, bo: Scene) -> None:
    house.joins(bo)
    house.ann.press(Members(house.ref))
    asked = house.ann.of(house.ref).asked
    assert say("member.sheet-open", name=say("sheet.main"), answered=0, asked=asked) in house.ann.text
    bo.press(Members(house.ref))
    before = bo.screen
    assert house.ann.who.name in bo.text
    house.ann.press(f"1:j:{house.ann.sheet(house.ref)}")
    house.ann.say("85")
    bo.press(Members(house.ref))
    assert bo.screen == before


def test_without_a_bot_there_are_no_links(house: House) -> None:
    house.world.bot.username = ""
    house.ann.press(Members(house.ref))
    assert say("members.no-links") in house.ann.text
    assert say("button.invite") not in house.ann.labels
    house.ann.press(f"1:mk:{house.ref}:viewer")
    assert house.ann.reply == Reply(say("line.gone"))
