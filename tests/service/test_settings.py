"""What people choose for themselves, and that a name is the one they confirmed."""

from dataclasses import replace

import pytest

from bot.domain.quiet import DEFAULT
from bot.service.events import Delivery, Who
from bot.service.talk import Talk
from bot.service.wishes import NAME
from bot.service.world import World
from bot.view.life_places import QuietTap, RemindTap
from bot.view.places import AskOwnName, QuietHours, Settings, Zones
from bot.view.settings import QUIET
from tests.service.scene import CHANNEL, Scene, say


def wishes(scene: Scene) -> tuple[bool, str, str]:
    with scene.world.store.read() as unit:
        found = unit.people.get(scene.person)
    return found.reminders, found.quiet_from, found.quiet_to


def test_reminders_are_asked_for(ann: Scene) -> None:
    ann.press(Settings())
    assert wishes(ann) == (False, "", "")
    assert say("settings.reminders-off") in ann.text
    assert say("settings.quiet", hours="21:00–08:00") in ann.text
    ann.tap("button.reminders-on")
    assert wishes(ann)[0]
    assert say("settings.reminders-on") in ann.text
    ann.tap("button.reminders-off")
    assert not wishes(ann)[0]


def test_quiet_hours_by_button_and_by_text(ann: Scene) -> None:
    ann.press(Settings())
    ann.tap("button.quiet")
    assert ann.labels[: len(QUIET)] == [
        say("form.ticked", label="21:00–08:00"), "22:00–07:00", "20:00–09:00", say("settings.never-quiet"),
    ]  # fmt: skip
    assert QUIET[0] == DEFAULT
    ann.tap("22:00–07:00")
    assert wishes(ann) == (False, "22:00", "07:00")
    ann.press(QuietHours())
    ann.say("23：15－6：45")
    assert wishes(ann) == (False, "23:15", "06:45")
    assert say("settings.quiet", hours="23:15–06:45") in ann.text
    ann.press(QuietHours())
    ann.tap(say("settings.never-quiet"))
    assert wishes(ann) == (False, "00:00", "00:00")
    assert say("settings.quiet", hours=say("settings.never-quiet")) in ann.text


def test_hours_that_are_none_change_nothing(ann: Scene) -> None:
    ann.press(QuietHours())
    ann.say("晚上")
    assert ann.top == say("refusal.quiet-not-understood")
    assert ann.focus.expects == "quiet-hours"
    ann.say("22-7")
    assert wishes(ann) == (False, "22:00", "07:00")


@pytest.mark.parametrize(
    ("start", "end"), [("2400", "0700"), ("22", "07"), ("", ""), ("2260", "0700"), ("２２００", "0")]
)
def test_a_forged_time_is_no_time(ann: Scene, start: str, end: str) -> None:
    ann.press(Settings())
    ann.press(f"1:lh:{start}:{end}")
    assert wishes(ann) == (False, "", "")
    assert ann.reply.toast == say("line.gone")


def test_zones_have_a_screen_of_their_own(ann: Scene) -> None:
    ann.press(Settings())
    ann.tap("button.zone")
    ann.tap("东京")
    assert say("settings.zone", zone="东京") in ann.text
    ann.press(Zones())
    assert say("form.ticked", label="东京") in ann.labels


def test_a_name_of_ones_own_in_files_from_now_on(ann: Scene) -> None:
    ann.press(Settings())
    assert say("settings.name", name=ann.who.name) in ann.text
    ann.tap("button.own-name")
    ann.say("  李\u202e 四 ")
    with ann.world.store.read() as unit:
        assert unit.people.get(ann.person).name == "李 四"
    assert ann.top == say("line.own-name-set", name="李 四")
    for bad in ("\u200b", "x" * (NAME + 1)):
        ann.press(AskOwnName())
        ann.say(bad)
        assert ann.focus.expects == "own-name"
    with ann.world.store.read() as unit:
        assert unit.people.get(ann.person).name == "李 四"


def test_a_new_name_in_the_channel_changes_nothing(world: World, ann: Scene) -> None:
    """Who they are is the account's number; the name is the one that was confirmed (RELIABILITY 4)."""
    ann.order("start")
    first = ann.person
    renamed = Scene(world)
    renamed.who = replace(renamed.who, name="冒名者")
    renamed.order("settings")
    assert renamed.person == first
    assert say("settings.name", name=ann.who.name) in renamed.text
    with world.store.read() as unit:
        assert unit.people.find(CHANNEL, "1001") == unit.people.get(first)


def test_everything_else_has_a_way_back(ann: Scene) -> None:
    for place in (Zones(), QuietHours(), AskOwnName()):
        ann.press(place)
        ann.tap("button.back")
        assert ann.focus.place == "1:g"
    ann.press(RemindTap(1))
    ann.press(QuietTap("2000", "0900"))
    assert wishes(ann) == (True, "20:00", "09:00")


def test_words_are_those_of_the_person_as_they_are_now(world: World, ann: Scene) -> None:
    ann.order("start")
    with world.store.write() as unit:
        talk = Talk(world, unit, Who("telegram", "", "", ""), Delivery(), unit.people.get(ann.person))
        before = talk.words
        assert talk.words is before
        talk.speak("en")
        assert (talk.words.language, talk.words.zone) == ("en", before.zone)
        talk.live_in("Europe/Berlin")
        assert (talk.words.language, talk.words.zone) == ("en", "Europe/Berlin")
