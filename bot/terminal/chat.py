"""The loop: show the card, read a line, do what it says. A number presses that button; /commands work; text is text.

The same conversation as everywhere: what is shown is what the store says must be shown. Must not know what is said.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.service.channel import Fate, Notice
from bot.service.events import Delivery, Event, Ordered, Said, Tapped, Who
from bot.service.outbox import OutboxDesk
from bot.service.respond import Conversation
from bot.terminal.markup import to_text
from bot.view.screen import Button, Screen

CHANNEL = "terminal"
LONGEST_NUMBER = 3
"""Digits of a button's number."""


def local_person(name: str, locale: str) -> Who:
    """Whoever sits at this machine. locale: as the system names it ('zh_CN'), '' where it says none."""
    return Who(CHANNEL, "local", "local", name, locale.replace("_", "-"))


class TerminalChat:
    """One person at a terminal. lines: what they type; numbered: makes message ids, never the same twice."""

    def __init__(
        self,
        who: Who,
        conversation: Conversation,
        outbox: OutboxDesk,
        console: Console,
        lines: Iterator[str],
        numbered: Callable[[], str],
        folder: Path,
    ) -> None:
        self._conversation = conversation
        self._outbox = outbox
        self._console = console
        self._lines = lines
        self._numbered = numbered
        self._folder = folder
        self._buttons: tuple[Button, ...] = ()
        self._who = who

    def run(self) -> None:
        """Until the input ends."""
        self._do(Ordered("start", "", self._numbered()))
        for line in self._lines:
            if line.strip():
                self._do(self._meant(line.rstrip("\n")))

    def _meant(self, line: str) -> Event:
        typed = line.strip()
        pressed = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
        if pressed and 1 <= int(typed) <= len(self._buttons):
            return Tapped(self._buttons[int(typed) - 1].payload)
        if typed.startswith("/") and len(typed) > 1:
            command, _, argument = typed[1:].partition(" ")
            return Ordered(command.casefold(), argument.strip(), self._numbered())
        return Said(line, self._numbered())

    def _do(self, event: Event) -> None:
        reply = self._conversation.handle(self._who, event, Delivery())
        if reply.toast:
            self._console.print(Text(f"» {reply.toast}", style="green"))
        while waiting := self._outbox.notices():  # one that cannot be made leaves another, which says so
            for notice in waiting:
                self._deliver(notice)
        for wanted in self._outbox.behind():
            self._show(wanted.screen)
            self._outbox.shown(wanted.chat, wanted.version, 0, "")

    def _deliver(self, notice: Notice) -> None:
        if notice.data is None or notice.kind == "picture":  # a terminal shows no pictures: the same in words
            if notice.text:
                self._console.print()
                self._console.print(to_text(notice.text))
        else:
            try:
                made = notice.data()
            except Exception as error:  # noqa: BLE001  making the file is others' work; it ends no conversation
                fate: Fate = "gone" if isinstance(error, LookupError) else "refused"
                self._outbox.notice_failed(notice.id, type(error).__name__, fate)
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            target = self._folder / Path(notice.file_name).name
            target.write_bytes(made if isinstance(made, bytes) else made.read_bytes())
            self._console.print(Text(f"{notice.caption}\n→ {target}", style="bold"), soft_wrap=True)
        self._outbox.sent(notice.id, 0)

    def _show(self, screen: Screen) -> None:
        self._console.print()
        self._console.rule(style="dim")
        self._console.print(to_text(screen.text))
        self._buttons = tuple(button for row in screen.rows for button in row)
        number = 0
        for row in screen.rows:
            labels = []
            for button in row:
                number += 1
                labels.append(f"[{number}] {button.text}")
            self._console.print(Text("   ".join(labels), style="blue"))
