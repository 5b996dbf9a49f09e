"""The commands: they win in every state (`test_every.py` asks them everywhere)."""

from bot.words import COMMANDS as IN_WORDS
from tests.service.scene import Scene, say


def test_start_welcomes_only_who_has_nothing_yet(ann: Scene) -> None:
    ann.order("start")
    assert ann.top == say("line.welcome")
    ann.begin()
    ann.order("start")
    assert say("line.welcome") not in ann.text
    assert "1. 示例电梯服务有限公司" in ann.labels


def test_result_and_export_without_an_assessment_say_how_to_begin(ann: Scene) -> None:
    for command in ("result", "export"):
        ann.order(command)
        assert ann.top == say("line.none-yet")
        assert ann.focus.place == "1:h"


def test_result_and_export_mean_the_assessment_in_hand_else_the_last_touched(ann: Scene) -> None:
    first, second = ann.begin(), ann.begin(organisation="乙公司")
    ann.press(f"1:d:{first}")
    ann.order("my")
    ann.order("result")
    assert ann.focus.place == f"1:r:{first}"
    ann.press(f"1:A:{first}:1")
    ann.order("export")
    assert ann.focus.place == f"1:X:{first}", "in hand, though archived"
    ann.press(f"1:D:{first}")
    ann.order("export")
    assert ann.focus.place == f"1:X:{second}"


def test_new_offers_every_standard(ann: Scene) -> None:
    ann.order("new")
    for scheme in ann.world.library.schemes:
        assert scheme.short.zh in ann.labels


def test_an_unknown_command_shows_the_current_card(ann: Scene) -> None:
    ann.begin()
    for command in ("frobnicate", "", "start me", "new\0"):
        ann.order(command)
        assert ann.top == say("line.unknown-command")
        assert ann.focus.question == "1.1/veto"


def test_every_command_that_is_offered_is_obeyed(ann: Scene) -> None:
    for command in IN_WORDS:
        ann.order(command)
        assert say("line.unknown-command") not in ann.text, command
