"""The one thread in which the service runs: every transaction is one hop. Knows nothing of what it runs."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from heapq import heappop, heappush
from itertools import count, takewhile
from types import TracebackType
from typing import NamedTuple, ParamSpec, Self, TypeAlias, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_FIRST, _THEN = 0, 1
AT_ONCE, LONGEST = 64, 0.02
"""Calls that are kept together at most; seconds after which no other begins in the same group."""

A_MOMENT = 0.05
"""Seconds that what is `Patient` waits for company."""

Together: TypeAlias = Callable[[], AbstractContextManager[None]]
_Ended: TypeAlias = "tuple[object, BaseException | None]"


class Alone(partial[T]):
    """A call that shares its commit with no other: it does what no rollback takes back, such as deleting a file."""


class Patient(partial[T]):
    """A call that nobody waits for: it begins with the next one that comes, or after a moment by itself.

    So what a card shows costs no commit of its own. Among others it has its turn like any.
    """


class Several(Patient[T]):
    """A patient call of what takes a list of many such, with what this one says of its own: by itself, a list of one.

    Those that come together are one call, begun before all else that is kept with it. Where it fails each is by itself.
    """

    def __call__(self, /, *_: object, **__: object) -> T:
        return self.func([self.args])


class _Call(NamedTuple):
    """In the order in which they are run: no two have the same rank and number, so nothing else is compared."""

    rank: int
    number: int
    run: Callable[[], object]
    future: "asyncio.Future[object]"


class Writer:
    """Runs calls one after another, first come, first served. Leaving it waits for the calls in hand alone.

    `first` goes before all that wait: keeping what came in must not stand behind the work on what came before,
    or one busy hour would let Telegram hold back, and repeat, what could long be safe.

    together: what calls that wait at the same moment are run in, so that one commit keeps them all. None of them
    ends before that. Where it fails nothing of them was kept, and each is run again by itself. lost: told so first.
    What is `Alone` is in no such company; what is `Patient` waits for one; `Several` of a kind are one call.
    """

    def __init__(self, together: Together | None = None, lost: Callable[[], None] = lambda: None) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._together, self._lost = together, lost
        self._busy = self._left = self._soon = False
        self._late = False  # what is patient waited long enough
        self._order = count()
        self._waiting: list[_Call] = []
        self._later: asyncio.TimerHandle | None = None

    async def __call__(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The call's value or exception. Cancelled, it is carried out all the same once it has begun."""
        return await self._in_turn(_THEN, _bound(call, *args, **kwargs))

    async def first(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As a plain call, before all others that wait."""
        return await self._in_turn(_FIRST, _bound(call, *args, **kwargs))

    async def _in_turn(self, rank: int, run: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[object] = loop.create_future()
        heappush(self._waiting, _Call(rank, next(self._order), run, future))
        if not (self._busy or self._soon):  # what else is asked for in this round is kept with it
            self._soon = True
            loop.call_soon(self._begin, loop)
        return cast("T", await future)

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self._soon = False
        if not (self._busy or self._left):
            self._next(loop)

    def _overdue(self, loop: asyncio.AbstractEventLoop) -> None:
        self._later, self._late = None, True
        if not self._busy:
            self._next(loop)

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hand over what waits; nothing, where nothing does, or where all of it is patient and not late."""
        self._busy = False
        if not self._late and self._waiting and all(isinstance(call.run, Patient) for call in self._waiting):
            self._later = self._later or loop.call_later(A_MOMENT, self._overdue, loop)
            return
        calls: list[_Call] = []
        while self._waiting and len(calls) < (AT_ONCE if self._together else 1):
            if calls and isinstance(self._waiting[0].run, Alone):
                break
            call = heappop(self._waiting)
            if not call.future.done():
                calls.append(call)
            if calls and isinstance(calls[-1].run, Alone):
                break
        if not any(isinstance(call.run, Patient) for call in self._waiting):  # else their moment goes on
            self._late = False
            if self._later is not None:
                self._later.cancel()
                self._later = None
        calls.sort(key=_begins_later)
        self._busy = bool(calls)
        if calls:
            ended = self._pool.submit(self._run, [call.run for call in calls])
            ended.add_done_callback(lambda done: _on(loop, partial(self._ended, loop, calls, done)))

    def _ended(self, loop: asyncio.AbstractEventLoop, calls: Sequence[_Call], done: "Future[list[_Ended]]") -> None:
        if done.cancelled():  # the writer was left before the thread had begun with them
            for call in calls:
                call.future.cancel()
            return
        ended = done.result()
        for call in calls[len(ended) :]:  # not begun: they keep their turn
            heappush(self._waiting, call)
        for call, (value, error) in zip(calls, ended, strict=False):
            if call.future.done():
                continue
            if error is None:
                call.future.set_result(value)
            else:
                call.future.set_exception(error)
        if self._left:
            self._give_up()
        else:
            self._next(loop)

    def _give_up(self) -> None:
        while self._waiting:
            self._waiting.pop().future.cancel()

    def _run(self, runs: Sequence[Callable[[], object]]) -> list[_Ended]:
        """In the thread. What came of each, as far as they were begun; never raises."""
        ended: list[_Ended] = []
        try:
            with self._together() if self._together and len(runs) > 1 else nullcontext():
                until = time.monotonic() + LONGEST
                ended += _as_one(runs)
                for run in runs[len(ended) :]:
                    ended.append(_carried_out(run))
                    if time.monotonic() > until:
                        break
        except BaseException:  # noqa: BLE001  whatever it is, each call meets it again by itself
            self._lost()
            return [_carried_out(run) for run in runs[: max(1, len(ended))]]
        return ended

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._left = True
        if self._later is not None:
            self._later.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._give_up()


def _bound(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
    return call if isinstance(call, Alone | Patient) else partial(call, *args, **kwargs)


def _carried_out(run: Callable[[], object]) -> _Ended:
    try:
        return run(), None
    except BaseException as error:  # noqa: BLE001  it belongs to the caller, in the loop
        return None, error


def _begins_later(call: _Call) -> bool:
    return not isinstance(call.run, Several)


def _as_one(runs: Sequence[Callable[[], object]]) -> list[_Ended]:
    """What came of those at the beginning that are one call; nothing where it failed, or where there is one alone."""
    several = [run for run in runs if isinstance(run, Several)]
    alike = [run.args for run in takewhile(lambda run: run.func == several[0].func, several)]
    if len(alike) == 1 or not alike:
        return []
    ended = _carried_out(partial(several[0].func, alike))
    return [ended] * len(alike) if ended[1] is None else []


def _on(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """In the loop, if there is one still."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)
