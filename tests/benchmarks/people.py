"""People who tap: each one's own interviews, answer after answer, without end. Must not know what a bot is made of.

A tap ends when the card changed and the tap was answered, as a person sees it; its time is from the tap to the card.
Whoever has answered all questions begins another interview, so that nobody turns in circles on a last screen; what is
tapped on the way is measured too, and counted apart. What is typed is neither.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from random import Random

from tests.benchmarks.telegram import Desk

Buttons = list[tuple[str, str]]
_ANSWERS = ("1:a:", "a:")


@dataclass(slots=True)
class Taken:
    """Seconds from tap to card, while `on`; answers: how many of these taps answered a question."""

    on: bool = False
    seconds: list[float] = field(default_factory=list)
    answers: int = 0


class Person:
    """think: (least, most) seconds before each tap. begin: the way to the first question, step by step.

    A step is '>text' to send; '=data' to tap, whether a button says it or not; else a pattern of a button's data.
    again: the step to take where nothing is to be answered, instead of the way from the beginning.
    """

    def __init__(
        self,
        desk: Desk,
        number: int,
        taken: Taken,
        think: tuple[float, float],
        begin: Sequence[str],
        again: str = "",
    ) -> None:
        self.desk, self.number, self.taken, self.think = desk, number, taken, think
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._chance = Random(number)
        self._way, self._again = list(begin), [again] if again else list(begin)
        self._message = 0
        self._buttons: Buttons = []
        self._card = self._open = ""  # the tap whose card, and whose answer, has not come
        self._text = False  # a text was sent whose card has not come
        self._since = 0.0
        self._going = False
        desk.phones[number] = self

    def start(self) -> None:
        """The way to the first question."""
        self._step()

    def go(self) -> None:
        """Tap from now on."""
        self._going = True
        self._later()

    def press(self, pattern: str) -> None:
        """Tap the button whose data this fits, and nothing after that."""
        self._going, self._way = False, [pattern]
        self._step()

    def shows(self, message: int, buttons: Buttons) -> None:
        """A card; what has no buttons is none yet."""
        if not buttons:
            return
        self._message, self._buttons = message, buttons
        if self._card:
            if self.taken.on and self._going:
                self.taken.seconds.append(time.perf_counter() - self._since)
                self.taken.answers += self._answering
            self._card = ""
            self._ended()
        elif self._text and self._found():  # else it is older news: what a restarted bot still had to show
            self._text = False
            self._ended()

    def answered(self, query: str) -> None:
        """A tap was answered."""
        if query == self._open:
            self._open = ""
            self._ended()

    def _ended(self) -> None:
        if self._card or self._open or self._text:
            return
        if self._going:
            self._later()
        elif not self.ready.done():
            self._step()

    def _later(self) -> None:
        loop, (least, most) = asyncio.get_running_loop(), self.think
        if most:
            loop.call_later(self._chance.uniform(least, most), self._go_on)
        else:
            loop.call_soon(self._go_on)

    def _go_on(self) -> None:
        """An answer where there is one; else the way to the next."""
        answers = [] if self._way else [data for _, data in self._buttons if data.startswith(_ANSWERS)]
        if answers:
            self._tap(self._chance.choice(answers))
        else:
            self._way = self._way or list(self._again)
            self._step()

    def _step(self) -> None:
        if not self._way:
            self.ready.set_result(None)
            return
        what, found = self._way[0], self._found()
        assert found, (what, self._buttons)
        self._way.pop(0)
        if what.startswith(">"):
            self._text = True
            self.desk.say(self.number, what[1:])
        else:
            self._tap(found)

    def _found(self) -> str:
        """What the next step says or taps; '' where no button fits it. With no step left anything will do."""
        if not self._way or self._way[0].startswith((">", "=")):
            return self._way[0][1:] if self._way else "-"
        return next((data for _, data in self._buttons if fnmatchcase(data, self._way[0])), "")

    def _tap(self, data: str) -> None:
        self._since = time.perf_counter()
        self._answering = data.startswith(_ANSWERS)
        self._card = self._open = self.desk.tap(self.number, self._message, data)
