"""The one thread in which the service runs: every transaction is one hop. Knows nothing of what it runs."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from heapq import heappop, heappush
from itertools import count
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_FIRST, _THEN = 0, 1


class Writer:
    """Runs calls one after another, first come, first served. Leaving it waits for the call in hand alone.

    `first` goes before all that wait: keeping what came in must not stand behind the work on what came before,
    or one busy hour would let Telegram hold back, and repeat, what could long be safe.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._busy = False
        self._order = count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []

    async def __call__(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The call's value or exception. Cancelled, it is carried out all the same once it has begun."""
        return await self._in_turn(_THEN, partial(call, *args, **kwargs))

    async def first(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As a plain call, before all others that wait."""
        return await self._in_turn(_FIRST, partial(call, *args, **kwargs))

    async def _in_turn(self, rank: int, run: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        if self._busy:
            turn = loop.create_future()
            heappush(self._waiting, (rank, next(self._order), turn))
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._pass_on()
                raise
        self._busy = True
        try:
            return await loop.run_in_executor(self._pool, run)
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        """The next one's turn. `busy` stays while there is one, so that nobody slips in between."""
        while self._waiting:
            turn = heappop(self._waiting)[2]
            if not turn.done():
                turn.set_result(None)
                return
        self._busy = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        while self._waiting:
            self._waiting.pop()[2].cancel()
