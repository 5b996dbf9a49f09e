from bot.domain.quiet import Quiet
from bot.view.settings import Wishes, quiet_hours, settings, zones
from bot.words import Words
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
SHANGHAI = Wishes("Asia/Shanghai")


def test_each_language_is_named_in_its_own_and_the_current_one_ticked() -> None:
    assert payloads(settings(EN, SHANGHAI))["中文"] == "1:L:zh"
    assert labels(settings(EN, SHANGHAI))[:2] == ["中文", "✓ English"]
    assert labels(settings(ZH, SHANGHAI))[:2] == ["✓ 中文", "English"]


def test_zones_are_named_by_their_city_and_one_not_offered_is_still_shown() -> None:
    screen = zones(ZH, "Europe/London")
    assert payloads(screen)["✓ 伦敦"] == "1:Z:Europe/London"
    assert payloads(screen)["上海"] == "1:Z:Asia/Shanghai"
    assert "乌鲁木齐" in plain(zones(ZH, "Asia/Urumqi").text)
    assert "乌鲁木齐" in plain(settings(ZH, Wishes("Asia/Urumqi")).text)


def test_reminders_are_off_unless_asked_for() -> None:
    assert payloads(settings(EN, SHANGHAI))["Turn reminders on"] == "1:lr:1"
    assert payloads(settings(EN, Wishes("UTC", reminders=True)))["Turn reminders off"] == "1:lr:0"


def test_quiet_hours_in_force_are_ticked_or_named() -> None:
    assert payloads(quiet_hours(EN, SHANGHAI))["✓ 21:00–08:00"] == "1:lh:2100:0800"
    own = Wishes("UTC", quiet=Quiet(23 * 60, 6 * 60 + 30))
    assert not any("✓" in label for label in labels(quiet_hours(EN, own)))
    assert "23:00–06:30" in plain(quiet_hours(EN, own).text)
    assert "✓ None" in labels(quiet_hours(EN, Wishes("UTC", quiet=Quiet(0, 0))))
