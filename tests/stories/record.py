"""Writes chat.zh.txt and chat.en.txt: the company's session as lines for `gradewalk chat`, numbers for buttons.

Run it when a screen's buttons have moved: `.venv/bin/python -m tests.stories.record`.
"""

import io
import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from bot.domain.scales import Language
from bot.service.outbox import OutboxDesk
from bot.service.respond import Conversation
from bot.terminal.chat import CHANNEL, TerminalChat, local_person
from bot.view.screen import Screen
from tests.stories.company import Edit, Say, Tap, answered, begun, changed
from tests.stories.running import world_in

HERE = Path(__file__).parent
END: dict[Language, tuple[Tap | Say, ...]] = {
    "zh": (Tap("关闭评价"), Tap("确认关闭"), Say("/result"), Tap("怎么算的")),
    "en": (Tap("Close the assessment"), Tap("Close for good"), Say("/result"), Tap("How")),
}


def session(language: Language) -> Iterator[Say | Tap]:
    """The terminal has no messages to edit: what was edited elsewhere is said anew."""
    yield from begun(language)
    for step in (*answered(language), *changed(), *END[language]):
        if isinstance(step, Edit):
            yield Say(f"#{step.name}")
            yield Say(step.text)
        else:
            yield step


def record(language: Language, folder: Path) -> list[str]:
    """The session's lines, each button as the number it has on the screen of that moment."""
    world = world_in(folder)
    outbox = OutboxDesk(world, CHANNEL)
    typed: list[str] = []

    def screen() -> Screen:
        with world.store.read() as unit:
            state = unit.chats.state(CHANNEL, "local")
        assert state is not None
        return Screen.from_json(state.wanted_screen or "")

    def lines() -> Iterator[str]:
        for step in session(language):
            line = step.text if isinstance(step, Say) else str(_number(screen(), step.label))
            typed.append(line)
            yield line

    numbers = itertools.count(1)
    quiet = Console(file=io.StringIO(), width=100)
    who = local_person("example", "zh_CN" if language == "zh" else "en_US")
    TerminalChat(who, Conversation(world), outbox, quiet, lines(), lambda: f"m{next(numbers)}", folder / "files").run()
    return typed


def _number(screen: Screen, label: str) -> int:
    buttons = [button.text for row in screen.rows for button in row]
    found = [n for n, text in enumerate(buttons, start=1) if text == label]
    found = found or [n for n, text in enumerate(buttons, start=1) if label in text]
    assert found, (label, buttons)
    return found[0]


if __name__ == "__main__":
    for language in ("zh", "en"):
        with tempfile.TemporaryDirectory() as folder:
            kept = record("zh" if language == "zh" else "en", Path(folder))
            (HERE / f"chat.{language}.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
