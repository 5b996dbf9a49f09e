"""The presenter: looks at what chats must show, and lets each show it. Knows no screens.

It converges: a look, one try per chat, and another look. After every wait a chat starts from the newest state, and
one chat never waits for another.

Nearly every tap needs no look: what its chat must show is offered with the reply, once it is committed, and where no
more comes of it than an edit there is nothing to look for after it either. The database stays the truth: an offer that
cannot be taken at once, or that meets any trouble, is forgotten and found by the next look.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.telegram.holding import Holding
from bot.telegram.offers import Offers
from bot.telegram.ports import Notice, Outbox, Wanted
from bot.telegram.replies import TOKEN_LINE
from bot.telegram.showing import Pending, Showing
from bot.telegram.stopping import Exit, Stop
from bot.telegram.trouble import Kind, Pause, Trouble, backoff, place
from bot.telegram.writer import Writer

log = logging.getLogger(__name__)
IDLE_SECONDS = 30.0
"""The outbox is looked at this often even if nobody wakes the presenter: notices become due by themselves."""
OFFERED_SECONDS = 1.0
"""After an offer, which leads to no look, the next one is not further away: others may have queued something too."""
STORAGE_PAUSE = 3.0


class Presenter:
    """One task per chat that has something to show."""

    def __init__(self, outbox: Outbox, writer: Writer, showing: Showing, stop: Stop, pause: Pause) -> None:
        self._outbox, self._writer, self._showing = outbox, writer, showing
        self._stop, self._pause = stop, pause
        self._due = asyncio.Event()
        self._due.set()  # what the last run left
        self._holding = Holding(pause, self._due.set)
        self._closing = False
        self._later: asyncio.TimerHandle | None = None  # the look after an offer
        self._group: asyncio.TaskGroup | None = None
        self._offers = Offers()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, asyncio.Event | None] = {}  # waiting chats; the event ends a wait that may be cut
        self._failures: defaultdict[str, int] = defaultdict(int)
        self._given_up: dict[str, int] = {}  # the card's version that nothing more is done about
        self._parked: set[str] = set()  # unreachable, until something comes from there
        self._called: set[str] = set()  # something came from there during the call under way

    def wake(self, chat: str) -> None:
        """Something came from this chat: it is there, and it and others may have to show something new."""
        self._heard(chat)
        self._due.set()

    def offer(self, wanted: Wanted) -> None:
        """Something came from this chat, and this is all that it leads to: committed, and nothing goes before it."""
        chat = wanted.chat
        self._heard(chat)
        self._later = self._later or asyncio.get_running_loop().call_later(OFFERED_SECONDS, self._due.set)
        if chat in self._tasks:
            self._offers.keep(wanted)
        elif self._group is None or self._closing:
            self._due.set()
        else:
            self._begin(self._group, Pending(chat, (), wanted))

    def hold(self, chat: str, seconds: float) -> None:
        """As `wake`, but show nothing there for a moment: more of the same is on its way."""
        self.wake(chat)
        self._holding.begin(chat, seconds)

    def look(self) -> None:
        """Some chat has to show something new; nothing came from it."""
        self._due.set()

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as self._group:
            while True:
                await self._next_time()
                in_hand = self._offers.looking()
                try:
                    wanted, notices = await self._writer(self._look, in_hand)
                except Exception as error:  # noqa: BLE001  the storage; nothing is lost there
                    log.error("the outbox could not be read: %s", place(error))  # noqa: TRY400
                    await self._pause(STORAGE_PAUSE)
                    self._due.set()
                    continue
                if not self._closing:
                    self._sort(self._group, self._pending(wanted, notices))

    async def finish(self, seconds: float) -> None:
        """Begin with no other chat, and wait for calls under way, not for waiting chats."""
        self._closing = True
        calling = [task for chat, task in self._tasks.items() if chat not in self._resting]
        if calling:
            await asyncio.wait(calling, timeout=seconds)

    def _heard(self, chat: str) -> None:
        self._holding.end(chat)
        self._parked.discard(chat)
        self._given_up.pop(chat, None)
        nudge = self._resting.get(chat)
        if nudge is not None:
            nudge.set()
        elif chat in self._tasks:
            self._called.add(chat)

    def _look(self, in_hand: Mapping[str, int]) -> tuple[Sequence[Wanted], Sequence[Notice]]:
        return self._outbox.behind(in_hand), self._outbox.notices()

    def _sort(self, group: asyncio.TaskGroup, found: Iterable[Pending]) -> None:
        """Begin with the chats of a look, but for those that were touched since it began."""
        for pending in found:
            if not self._offers.passed(pending):
                self._begin(group, pending)
            elif self._offers.missed(pending):
                self._due.set()

    def _begin(self, group: asyncio.TaskGroup, pending: Pending) -> None:
        self._called.discard(pending.chat)
        self._offers.begin(pending)
        self._tasks[pending.chat] = group.create_task(self._one(pending))

    async def _next_time(self) -> None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._due.wait()
        except TimeoutError:
            pass
        self._due.clear()
        if self._later is not None:
            self._later.cancel()
            self._later = None

    def _pending(self, wanted: Sequence[Wanted], notices: Sequence[Notice]) -> Iterator[Pending]:
        """What there is to do, by chat."""
        cards = {card.chat: card for card in map(self._still, wanted) if card.behind or card.strays}
        own: defaultdict[str, list[Notice]] = defaultdict(list)
        for notice in notices:
            own[notice.chat].append(notice)
        for chat in dict.fromkeys((*own, *cards)):
            if chat not in self._parked and chat not in self._holding:
                yield Pending(chat, tuple(own.get(chat, ())), cards.get(chat))

    def _still(self, card: Wanted) -> Wanted:
        """A card that was given up is not behind; its old messages lose their buttons all the same."""
        return replace(card, behind=card.behind and self._given_up.get(card.chat) != card.version)

    async def _one(self, pending: Pending) -> None:
        """Tries for one chat, and the wait that a trouble asks for. What was offered meanwhile may follow an edit."""
        chat, look = pending.chat, True
        try:
            while await self._showing.caught_up(chat):
                trouble = await self._showing.show(pending)
                await self._take(pending, trouble)
                card = self._showing.edited(pending)
                if trouble is not None or card is None or self._closing:
                    break
                wanted = self._offers.next(chat, *card)
                if wanted is None:
                    look = False
                    break
                self._called.discard(chat)
                pending = Pending(chat, (), wanted)
        except Exception as error:  # noqa: BLE001  the storage, or a defect: other chats go on
            log.error("chat could not be shown its screen: %s", place(error))  # noqa: TRY400
            await self._rest(chat, STORAGE_PAUSE)
        del self._tasks[chat]
        if self._offers.end(chat) or look:
            self._due.set()

    async def _take(self, pending: Pending, trouble: Trouble | None) -> None:
        chat = pending.chat
        if self._showing.got_through(chat):
            self._failures.pop(chat, None)
        match trouble:
            case Trouble(Kind.WAIT, _, seconds):
                self._failures[chat] += 1
                await self._rest(chat, seconds or backoff(self._failures[chat]))
            case Trouble(Kind.RETRY | Kind.UNSURE, note):
                self._failures[chat] += 1
                seconds = 0.0 if chat in self._called else backoff(self._failures[chat])
                log.warning("a chat is behind: %s; again in %g s", note, seconds)
                if seconds:
                    await self._rest(chat, seconds, asyncio.Event())
            case Trouble(Kind.STOP):
                self._stop.now(Exit.BAD_TOKEN, TOKEN_LINE)
                self._parked.add(chat)
            case Trouble(Kind.UNREACHABLE):
                self._parked.add(chat)
            case Trouble(Kind.MAKING, _, seconds) if chat not in self._called:
                await self._rest(chat, seconds, asyncio.Event(), self._showing.over(chat))
            case Trouble(Kind.MOVED | Kind.MAKING):
                pass  # what is for it stands under its new id; or there is something to show before the file
            case _:
                self._failures.pop(chat, None)
                if trouble is not None and pending.wanted is not None:
                    log.error("a card is given up: %s", trouble.note)
                    self._given_up[chat] = pending.wanted.version

    async def _rest(
        self, chat: str, seconds: float, nudge: asyncio.Event | None = None, *sooner: Awaitable[object]
    ) -> None:
        """Wait; with an event, only until something comes from the chat, or what is awaited sooner is there."""
        self._resting[chat] = nudge
        try:
            if nudge is None:
                await self._pause(seconds)
            else:
                await _first(self._pause(seconds), nudge.wait(), *sooner)
        finally:
            del self._resting[chat]


async def _first(*waits: Awaitable[object]) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
