"""Scripted trouble of the network and the server. Knows no transport: transports ask it what to do with a call.

A fault takes the first call that fits. `effect` tells whether Telegram did the work before things went wrong.
"""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tests.fake_telegram.clock import VirtualClock

Outcome = Literal["pass", "drop", "hang", "answer", "cut"]


@dataclass(frozen=True, slots=True)
class Fault:
    """`method` in any case; "*" is any, "download" a file. `times` None: for ever. `delay` in real seconds.

    Outcomes: pass (only the delay), drop (connection closed), hang (never answers), answer (`status`, `body`),
    cut (half of the true answer's bytes).
    """

    method: str
    outcome: Outcome
    effect: bool = False
    times: int | None = 1
    delay: float = 0.0
    status: int = 200
    body: str = ""
    retry_after: float | None = None
    chance: float = 1.0
    chat_id: int | None = None

    def fits(self, method: str, chat_id: int | None) -> bool:
        named = self.method in {"*", method} or self.method.lower() == method
        return named and self.chat_id in {None, chat_id}


def drop_before(method: str, times: int | None = 1) -> Fault:
    return Fault(method, "drop", times=times)


def drop_after(method: str, times: int | None = 1) -> Fault:
    return Fault(method, "drop", effect=True, times=times)


def hang(method: str, times: int | None = 1, *, effect: bool = False) -> Fault:
    return Fault(method, "hang", effect=effect, times=times)


def slow(method: str, delay: float, times: int | None = 1) -> Fault:
    return Fault(method, "pass", effect=True, delay=delay, times=times)


def answer(method: str, status: int, body: str, times: int | None = 1, *, effect: bool = False) -> Fault:
    """Any status and any body text: HTML, `{}`, an error description of choice."""
    return Fault(method, "answer", status=status, body=body, times=times, effect=effect)


def refuse(method: str, status: int, description: str, times: int | None = 1) -> Fault:
    """An error in Telegram's form, before any effect: `refuse("getUpdates", 409, "Conflict: …")`."""
    body = {"ok": False, "error_code": status, "description": description}
    return answer(method, status, json.dumps(body), times)


def cut(method: str, times: int | None = 1) -> Fault:
    """The work is done and the JSON of the answer arrives truncated."""
    return Fault(method, "cut", effect=True, times=times)


def flood(method: str, retry_after: float | None, times: int | None = 1, chat_id: int | None = None) -> Fault:
    """429. A whole positive `retry_after` closes the chat (or method) for that long, see FaultPlan.too_early."""
    return Fault(method, "answer", status=429, retry_after=retry_after, times=times, chat_id=chat_id)


@dataclass(slots=True)
class FaultPlan:
    """The script, and `taken`: (method, fault) of each that happened. `too_early`: calls inside a flood wait."""

    clock: VirtualClock
    script: list[Fault] = field(default_factory=list)
    taken: list[tuple[str, Fault]] = field(default_factory=list)
    too_early: list[tuple[str, int | None]] = field(default_factory=list)
    _closed: dict[int | str, float] = field(default_factory=dict)
    _random: random.Random = field(default_factory=lambda: random.Random(1))

    def add(self, *faults: Fault) -> None:
        self.script += faults

    def load(self, faults: Iterable[dict[str, Any]]) -> None:
        """The same from JSON: the fields of Fault by name."""
        self.script += [Fault(**fault) for fault in faults]

    def clear(self) -> None:
        self.script.clear()

    def take(self, method: str, chat_id: int | None = None) -> Fault | None:
        """The fault of this call, counted down; None when it goes through."""
        waiting = self._flood_left(method, chat_id)
        if waiting > 0:
            self.too_early.append((method, chat_id))
            return Fault(method, "answer", status=429, retry_after=int(waiting) + 1)
        for index, fault in enumerate(self.script):
            if fault.fits(method, chat_id) and self._random.random() < fault.chance:
                self._count_down(index)
                self.taken.append((method, fault))
                if fault.status == 429 and isinstance(fault.retry_after, int) and fault.retry_after > 0:
                    self._closed[chat_id or method] = self.clock.elapsed() + fault.retry_after
                return fault
        return None

    def _flood_left(self, method: str, chat_id: int | None) -> float:
        return self._closed.get(chat_id or method, 0.0) - self.clock.elapsed()

    def _count_down(self, index: int) -> None:
        fault = self.script[index]
        if fault.times is not None and fault.times <= 1:
            del self.script[index]
        elif fault.times is not None:
            self.script[index] = replace(fault, times=fault.times - 1)
