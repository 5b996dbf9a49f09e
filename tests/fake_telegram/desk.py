"""The control desk of the server: JSON verbs → people and the fake. What Control (client.py) talks to."""

import base64
import contextlib
from dataclasses import asdict, is_dataclass
from typing import Any

from tests.fake_telegram.core import FakeTelegram
from tests.fake_telegram.person import Person

DOES = {"say", "start", "send", "send_album", "edit", "delete", "tap", "tap_data"}
BELONGS = {"block", "unblock", "deactivate", "add_bot", "remove_bot"}
READS = {"screen", "chat", "toasts", "heads", "live_cards", "card", "message", "opened"}


class Desk:
    """Keeps the people that were introduced with the verb `person`."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.fake = fake
        self.people: dict[tuple[int, int], Person] = {}

    async def handle(self, verb: str, args: dict[str, Any]) -> Any:
        """A JSON value. AssertionError with the screen when a person cannot do it; KeyError for no such verb."""
        if verb in DOES | BELONGS | READS:
            return self._person(verb, args)
        if verb == "wait":
            return await self._wait(int(args["version"]), float(args["seconds"]))
        return getattr(self, f"_{verb}")(**args)

    def _person(self, verb: str, args: dict[str, Any]) -> Any:
        key = int(args["id"]), int(args.get("chat_id") or args["id"])
        if key not in self.people:
            self.people[key] = self.people[key[0], key[0]].at(key[1])
        person = self.people[key]
        found = getattr(person, verb)
        if not callable(found):
            return plain(found)
        options = {name: _bytes(value) for name, value in args.get("options", {}).items()}
        result = found(*args.get("values", []), **options)
        return None if isinstance(result, Person) else plain(result)

    async def _wait(self, version: int, seconds: float) -> int:
        """Until something changed since `version`, or `seconds` passed; the version now."""
        with contextlib.suppress(TimeoutError):
            await self.fake.until(lambda: self.fake.version > version, seconds)
        return self.fake.version

    def _introduce(self, id: int, name: str, language_code: str) -> None:  # noqa: A002 - the JSON's name
        self.people[id, id] = Person(self.fake, id, name, language_code)

    def _download(self, file_id: str) -> str:
        return base64.b64encode(self.fake.files[file_id].data).decode()

    def _clock(self, advance: float = 0.0, to: float | None = None, run: bool | None = None) -> float:
        """Moves the clock; what it shows then."""
        with self.fake.lock:
            if run is not None:
                self.fake.clock.run() if run else self.fake.clock.freeze()
            if to is not None:
                self.fake.clock.set(to)
        self.fake.advance(advance)
        return self.fake.clock.now()

    def _faults(self, add: list[dict[str, Any]], clear: bool = False) -> None:  # noqa: FBT002
        with self.fake.lock:
            if clear:
                self.fake.faults.clear()
            self.fake.faults.load(add)

    def _updates(self, action: str, **options: Any) -> None:
        """hold, release, replay(ids, times), shuffle(seed), jump(next_id)."""
        if action not in {"hold", "release", "replay", "shuffle", "jump"}:
            raise KeyError(action)
        with self.fake.lock:
            getattr(self.fake.updates, action)(**options)
        self.fake.changed()

    def _inject(self, kind: str, payload: Any) -> int | None:
        return self.fake.inject(kind, payload)

    def _inject_text(self, fields: str) -> int:
        return self.fake.inject_text(fields)

    def _revoke(self) -> None:
        self.fake.revoked = True

    def _refusals(self, avoidable: bool = False) -> list[Any]:  # noqa: FBT002
        with self.fake.lock:
            return [plain(r) for r in (self.fake.mistakes if avoidable else self.fake.refusals)]

    def _calls(self, since: int = 0) -> list[Any]:
        with self.fake.lock:
            return [plain(call) for call in self.fake.calls[since:]]

    def _written_to(self) -> list[int]:
        return sorted(self.fake.written_to())

    def _says(self, text: str) -> bool:
        return self.fake.says(text)

    def _stats(self) -> dict[str, Any]:
        """Counts, for a look at how the bot is doing."""
        fake = self.fake
        with fake.lock:
            fake.updates.expire()
            return {
                "version": fake.version,
                "calls": len(fake.calls),
                "refusals": len(fake.refusals),
                "mistakes": len(fake.mistakes),
                "pending": len(fake.updates.pending),
                "made": len(fake.updates.history),
                "lost": [update.id for update in fake.updates.lost],
                "unanswered": [query.id for query in fake.unanswered()],
                "too_early": len(fake.faults.too_early),
                "faults_taken": len(fake.faults.taken),
                "polls": fake.polls,
                "polling": fake.polling,
            }


def plain(value: Any) -> Any:
    """A value as JSON can carry it."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def _bytes(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) and "base64" in value else value
