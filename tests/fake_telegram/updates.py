"""The queue of updates of one bot, as Telegram's server keeps it. Knows no chats, only kinds and JSON text.

An update is a text made once and delivered byte for byte the same until an offset above its id confirms it. Taps
are kept 150 s, all else 24 h. A test can hold updates back, repeat, shuffle or replay them and jump with the ids.
"""

import json
import random
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from tests.fake_telegram.clock import VirtualClock

TAP_SECONDS, OTHER_SECONDS = 150, 24 * 3600
MAX_QUEUE = 100_000
"""More are not kept for a bot (TDLib's TQueue); what comes then is gone."""
_MAX_BATCH, _MAX_BYTES = 100, 4 << 20
_ASKED_FOR_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(eq=False, slots=True)
class Update:
    """`text` is the JSON of the whole update, made once."""

    id: int
    kind: str
    text: str
    expires: float
    deliveries: int = 0


class UpdateQueue:
    """`lost` holds what expired or was dropped without ever being delivered."""

    def __init__(self, clock: VirtualClock, first_id: int) -> None:
        self._clock = clock
        self.next_id = first_id
        self.allowed: frozenset[str] = frozenset()
        self.pending: list[Update] = []
        self.history: dict[int, Update] = {}
        self.lost: list[Update] = []
        self.overflowed = 0  # updates that came while the queue was full
        self._held: list[tuple[str, dict[str, Any]]] | None = None
        self._again: list[Update] = []
        self._random: random.Random | None = None
        self._jumped = False

    # what the world puts in

    def add(self, kind: str, payload: Any) -> int | None:
        """Its id, or None when this kind is not asked for, updates are held back, or the queue is full."""
        if kind not in self.allowed if self.allowed else kind in _ASKED_FOR_ONLY:
            return None
        if self._held is not None:
            self._held.append((kind, payload))
            return None
        if len(self.pending) >= MAX_QUEUE:
            self.overflowed += 1
            return None
        return self.add_text(kind, json.dumps({kind: payload})[1:-1])

    def add_text(self, kind: str, fields: str) -> int:
        """An update with these fields, as raw JSON text without braces; whatever it is, it is delivered."""
        keep = TAP_SECONDS if kind == "callback_query" else OTHER_SECONDS
        separator = ", " if fields else ""
        text = f'{{"update_id": {self.next_id}{separator}{fields}}}'
        update = Update(self.next_id, kind, text, self._clock.now() + keep)
        self.pending.append(update)
        self.history[update.id] = update
        self.next_id += 1
        return update.id

    # what getUpdates takes out

    def fetch(self, offset: int, limit: int) -> list[str]:
        """The next batch; everything below `offset` is confirmed and forgotten."""
        self.expire()
        if offset < 0:
            self._drop(list(self.pending)[:offset])
        elif offset > 0 and not (self._jumped and offset > self.next_id):
            self._jumped = False
            self._drop([u for u in self.pending if u.id < offset])
        batch: list[Update] = []
        size = 0
        for update in [*self._again, *self.pending][: max(1, min(limit, _MAX_BATCH))]:
            size += len(update.text)
            if batch and size > _MAX_BYTES:
                break
            batch.append(update)
        self._again = [u for u in self._again if u not in batch]
        if self._random:
            self._random.shuffle(batch)
        for update in batch:
            update.deliveries += 1
        return [u.text for u in batch]

    @property
    def ready(self) -> bool:
        """Whether a poll has something to give."""
        return bool(self.pending or self._again)

    def expire(self) -> None:
        now = self._clock.now()
        self._drop([u for u in self.pending if u.expires <= now])

    def _drop(self, updates: list[Update]) -> None:
        gone = set(updates)
        self.pending = [u for u in self.pending if u not in gone]
        self.lost += [u for u in updates if not u.deliveries]

    # faults of the stream

    def hold(self) -> None:
        """Keep new updates back (a slow Telegram) until `release`."""
        self._held = self._held if self._held is not None else []

    def release(self) -> None:
        held, self._held = self._held or [], None
        for kind, payload in held:
            self.add(kind, payload)

    def replay(self, ids: Collection[int] = (), times: int = 1) -> None:
        """Deliver these updates (all ever made when empty) again, the very same text, whatever was confirmed."""
        chosen = [u for u in self.history.values() if not ids or u.id in ids]
        self._again += chosen * times

    def shuffle(self, seed: int | None = 0) -> None:
        """From now on every batch arrives in a random order; None ends it."""
        self._random = None if seed is None else random.Random(seed)

    def jump(self, next_id: int) -> None:
        """Go on with another id, also a lower one, as Telegram does after a week without updates."""
        self.next_id, self._jumped = next_id, True
