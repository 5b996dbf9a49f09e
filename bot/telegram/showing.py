"""One chat made to show what it must: its notices in order, then its card. Knows one chat at a time and no waiting.

A trouble that is returned says how to go on; what Telegram did is written down before anything else is sent.

A send that was cut off, or a kill right after it, leaves a message that nobody knows of. So a card begins as a message
without buttons, and becomes the card by an edit once it is written down: unknown messages have no buttons, and of cards
only one is alive (RELIABILITY I10). A notice is claimed before it is sent: a second copy says that it may be one.
"""

import logging
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bot.telegram.hints import Hints
from bot.telegram.lean import Lean
from bot.telegram.making import LONG, PATIENCE, SOON, Making
from bot.telegram.markup import digest
from bot.telegram.ports import Fate, Notice, Outbox, Wanted
from bot.telegram.sending import Sending
from bot.telegram.tries import Tries
from bot.telegram.trouble import PASSING, Kind, Trouble, place
from bot.telegram.writer import Alone, Several, Writer

log = logging.getLogger(__name__)
TEXT_TRIES, FILE_TRIES = 5, 2
"""Sends that may have arrived, before we stop: Telegram cannot tell us, and nobody wants the same message ten times."""
REMEMBERED = 10_000
"""Chats. In another, a card that should look as it does already is edited all the same: "not modified" is success."""
REFUSALS = 3
"""Tries of what Telegram refuses without saying that it will always do so."""
_FATES: dict[Kind, Fate] = {Kind.TOO_BIG: "too-big", Kind.GONE: "gone"}


@dataclass(frozen=True, slots=True)
class Pending:
    """What a chat is to be shown, as of one look at the outbox."""

    chat: str
    notices: tuple[Notice, ...]
    wanted: Wanted | None


class Showing:
    """Sends, edits and writes down. Raises what the storage raises; nothing is sent twice because of that."""

    def __init__(self, bot: Lean, outbox: Outbox, writer: Writer) -> None:
        self._sending, self._outbox, self._writer = Sending(bot), outbox, writer
        self._making, self._hints = Making(), Hints(self._sending)
        self._waits: dict[str, int] = {}  # chat -> the notice whose file is being made
        self._owed: defaultdict[str, deque[Callable[[], None]]] = defaultdict(deque)  # done, not yet written down
        self._through: set[str] = set()
        self._sure: dict[str, None] = {}  # chats whose last edit was answered: only there a digest is to be trusted
        self._edits: dict[str, tuple[int, str]] = {}  # chat -> message and digest, where the last try edited its card
        self._heard: set[str] = set()  # the last send there failed, and a server said so: the network is there
        self._refused, self._refused_card, self._unsure_card = Tries(), Tries(), Tries()

    async def show(self, pending: Pending) -> Trouble | None:
        """None: it is shown."""
        self._edits.pop(pending.chat, None)
        try:
            target = int(pending.chat)
        except ValueError:
            return await self._left(pending.chat, Trouble(Kind.UNREACHABLE, "not a chat of Telegram"))
        for notice in pending.notices:
            trouble = await self._notice(target, notice)
            if trouble is not None:
                return await self._meanwhile(target, pending.wanted, trouble)
        return None if pending.wanted is None else await self._card(target, pending.wanted)

    def got_through(self, chat: str) -> bool:
        """Whether anything was done in this chat since this was asked last: then its next trouble is a new one."""
        through = chat in self._through
        self._through.discard(chat)
        return through

    def edited(self, pending: Pending) -> tuple[int, str] | None:
        """The message and its digest where the last try edited the card that was there; None: it did more, or less."""
        edit = self._edits.pop(pending.chat, None)
        return None if pending.notices or pending.wanted is None or pending.wanted.strays else edit

    async def over(self, chat: str) -> None:
        """Until the file that this chat waits for is made, or cannot be."""
        await self._making.over(self._waits.get(chat, 0))

    async def caught_up(self, chat: str) -> bool:
        """Whether all that was done in this chat stood written already. Else it does now, and a new look is needed."""
        if not self._owed.get(chat):
            return True
        await self._write_down(chat)
        return False

    # notices

    async def _notice(self, target: int, notice: Notice) -> Trouble | None:
        """None: it is done with, the next one may come."""
        content = await self._content(target, notice)
        if isinstance(content, Trouble):
            return await self._not_sent(target, notice, content)
        if trouble := await self._hushed(target, notice):
            return await self._left(notice.chat, trouble)
        unsure = notice.attempts and notice.chat not in self._heard
        if unsure and (trouble := await self._sending.probe(target)):
            return await self._left(notice.chat, trouble)
        claim = await self._writer(self._outbox.claim, notice.id)
        if claim is None:
            return None
        most = TEXT_TRIES if notice.kind == "text" else FILE_TRIES
        if claim.attempts > most:
            await self._given_up(notice, Trouble(Kind.REFUSED, f"may have arrived, {most} times"))
            return None
        result = await self._send(target, notice, claim.mark, content)
        self._heard.discard(notice.chat)
        if not isinstance(result, Trouble):
            self._refused.forget(notice.chat)
            await self._done(notice.chat, partial(self._outbox.sent, notice.id, result))
            return None
        if result.kind is not Kind.UNSURE:
            self._heard.add(notice.chat)
            not_sent = partial(self._outbox.not_sent, notice.id, maybe=result.maybe)
            await self._done(notice.chat, not_sent, through=False)
        return await self._not_sent(target, notice, result)

    async def _send(self, target: int, notice: Notice, mark: str, content: bytes | Path) -> int | Trouble:
        if notice.kind == "text":
            return await self._sending.text(target, "\n\n".join(part for part in (mark, notice.text) if part))
        caption = "\n".join(line for line in (mark, notice.caption) if line)
        send = self._sending.picture if notice.kind == "picture" else self._sending.file
        return await send(target, content, notice.file_name, caption)

    async def _content(self, target: int, notice: Notice) -> bytes | Path | Trouble:
        """A file, or where it stands; b'' for a text. Kind.MAKING while it is being made, with the person told."""
        if notice.data is None:
            return b""
        try:
            made = await self._making.made(notice.id, notice.data, SOON)
        except LookupError:
            return Trouble(Kind.GONE, "what it was made from is gone")
        except Exception as error:  # noqa: BLE001  making the file is others' work
            return Trouble(Kind.REFUSED, place(error))
        if made is not None:
            return made
        await self._sending.uploading(target)
        long = self._making.long(notice.id)
        if long and (message := await self._hints.say(target, notice)):
            await self._done(notice.chat, partial(self._outbox.told, notice.id, message))
        self._waits[notice.chat] = notice.id
        return Trouble(Kind.MAKING, "a file is being made", PATIENCE if long else LONG)

    async def _hushed(self, target: int, notice: Notice) -> Trouble | None:
        """What was said meanwhile gives way to the file. A trouble that will pass."""
        self._hints.forget(notice.id)
        if notice.told is None:
            return None
        if trouble := await self._sending.delete(target, notice.told):
            return trouble
        await self._done(notice.chat, partial(self._outbox.told, notice.id, None))
        return None

    async def _not_sent(self, target: int, notice: Notice, trouble: Trouble) -> Trouble | None:
        if trouble.kind in PASSING:
            return await self._left(notice.chat, trouble)
        if trouble.kind is Kind.REFUSED and self._refused.add(notice.chat, notice.id) < REFUSALS:
            return Trouble(Kind.RETRY, trouble.note)
        if passing := await self._hushed(target, notice):
            return await self._left(notice.chat, passing)
        await self._given_up(notice, trouble)
        return None

    async def _given_up(self, notice: Notice, trouble: Trouble) -> None:
        log.error("notice %d is given up: %s", notice.id, trouble.note)
        self._refused.forget(notice.chat)
        fate = _FATES.get(trouble.kind, "refused")
        await self._done(notice.chat, Alone(self._outbox.notice_failed, notice.id, trouble.note, fate))

    async def _meanwhile(self, target: int, wanted: Wanted | None, trouble: Trouble) -> Trouble:
        """A notice that is stuck does not hold the card where an edit is enough: nothing changes its place."""
        if trouble.kind is Kind.MAKING and wanted is not None:
            return await self._card(target, wanted) or trouble  # a fresh one too: a queue of files may be long
        stuck = trouble.kind in {Kind.RETRY, Kind.UNSURE}
        if stuck and wanted is not None and wanted.behind and not wanted.fresh and wanted.shown_message is not None:
            edited = await self._edited(target, wanted, wanted.shown_message)
            if edited is not None and edited.kind in PASSING - {Kind.RETRY, Kind.UNSURE}:
                return await self._left(wanted.chat, edited)
        return trouble

    # the card

    async def _card(self, target: int, wanted: Wanted) -> Trouble | None:
        trouble = await self._newest(target, wanted) if wanted.behind else None
        if trouble is not None:
            return trouble
        for message in wanted.strays:
            if trouble := await self._stripped(target, wanted.chat, message):
                return trouble
        return None

    async def _newest(self, target: int, wanted: Wanted) -> Trouble | None:
        """The newest screen as an edit of the message that is there, else as a message of its own."""
        chat, message = wanted.chat, None if wanted.fresh else wanted.shown_message
        edited = None if message is None else await self._edited(target, wanted, message)
        if message is not None and edited is None:
            return None
        if edited is not None and edited.kind in PASSING:
            return await self._left(chat, edited)
        if edited is not None and edited.kind is not Kind.GONE and self._refused_card.of(chat, wanted.version):
            return await self._card_refused(wanted, edited)  # the message there is new already
        placed = await self._placed(target, wanted)
        if isinstance(placed, Trouble):
            return placed
        edited = await self._edited(target, replace(wanted, shown_digest=""), placed)
        self._edits.pop(chat, None)
        if edited is None:
            return None
        return await self._left(chat, edited) if edited.kind in PASSING else await self._card_refused(wanted, edited)

    async def _edited(self, target: int, wanted: Wanted, message: int) -> Trouble | None:
        """This message made the card. None: done, and written down."""
        sign, chat = digest(wanted.screen, wanted.text), wanted.chat
        if sign != wanted.shown_digest or chat not in self._sure:
            self._sure.pop(chat, None)
            trouble = await self._sending.edit(target, message, wanted.screen)
            if trouble is not None:
                return trouble
        self._refused_card.forget(chat)
        await self._done(chat, Several(self._outbox.all_shown, chat, wanted.version, message, sign))
        self._edits[chat] = message, sign
        self._sure[chat] = None
        if len(self._sure) > REMEMBERED:
            del self._sure[next(iter(self._sure))]
        return None

    async def _placed(self, target: int, wanted: Wanted) -> int | Trouble:
        """A message that the card will be, written down before it can have buttons."""
        chat, version = wanted.chat, wanted.version
        if self._unsure_card.of(chat, version) and (trouble := await self._sending.probe(target)):
            return await self._left(chat, trouble)
        sent = await self._sending.stand_in(target, wanted.screen)
        if not isinstance(sent, Trouble):
            self._unsure_card.forget(chat)
            await self._done(chat, partial(self._outbox.placed, chat, version, sent))
            return sent
        if sent.kind is Kind.UNSURE and self._unsure_card.add(chat, version) >= TEXT_TRIES:
            return await self._card_given_up(wanted, f"may have arrived, {TEXT_TRIES} times: {sent.note}")
        if sent.kind in PASSING:
            return await self._left(chat, sent)
        return await self._card_refused(wanted, sent)

    async def _card_refused(self, wanted: Wanted, trouble: Trouble) -> Trouble:
        if self._refused_card.add(wanted.chat, wanted.version) < REFUSALS:
            return Trouble(Kind.RETRY, trouble.note)
        return await self._card_given_up(wanted, trouble.note)

    async def _card_given_up(self, wanted: Wanted, note: str) -> Trouble:
        self._refused_card.forget(wanted.chat)
        self._unsure_card.forget(wanted.chat)
        await self._done(wanted.chat, Alone(self._outbox.card_failed, wanted.chat, note))
        return Trouble(Kind.REFUSED, note)

    async def _stripped(self, target: int, chat: str, message: int) -> Trouble | None:
        """Take the buttons of an old card away; where Telegram does not do that, they stay."""
        trouble = await self._sending.strip(target, message)
        if trouble is not None and trouble.kind in PASSING:
            return await self._left(chat, trouble)
        await self._done(chat, partial(self._outbox.stripped, chat, message))
        return None

    # writing down

    async def _left(self, chat: str, trouble: Trouble) -> Trouble:
        """What the trouble says about the chat itself is written down."""
        if trouble.kind is Kind.UNREACHABLE:
            await self._done(chat, partial(self._outbox.unreachable, chat))
        elif trouble.kind is Kind.MOVED:
            await self._done(chat, partial(self._outbox.moved, chat, trouble.chat))
        return trouble

    async def _done(self, chat: str, note: Callable[[], None], *, through: bool = True) -> None:
        if through:
            self._through.add(chat)
        self._owed[chat].append(note)
        await self._write_down(chat)

    async def _write_down(self, chat: str) -> None:
        owed = self._owed[chat]
        while owed:
            await self._writer(owed[0])
            owed.popleft()
        del self._owed[chat]
