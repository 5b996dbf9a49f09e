"""Control: drives a fake Telegram that runs as its own process. Synchronous; knows only its /ctl verbs."""

import base64
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.fake_telegram.core import TOKEN
from tests.fake_telegram.desk import plain
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.remote import RemotePerson

T = TypeVar("T")


class Control:
    """A client of the server at `port`. `Control.start()` starts one; leaving the `with` stops what was started."""

    def __init__(self, port: int, host: str = "127.0.0.1", token: str = TOKEN) -> None:
        self.host, self.port, self.token = host, port, token
        self.process: subprocess.Popen[str] | None = None

    @classmethod
    def start(cls, *arguments: str, token: str = TOKEN) -> "Control":
        """A server process of its own on a free port; `arguments` as `python -m tests.fake_telegram --help` says."""
        command = [sys.executable, "-m", "tests.fake_telegram", "--token", token, *arguments]
        root = Path(__file__).parents[2]
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"the fake did not start: exit {process.wait()}")
        control = cls(int(line), token=token)
        control.process = process
        return control

    def stop(self) -> None:
        """End the process that `start` began."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            if self.process.stdout:
                self.process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        """For a bot's `base_url`, without a trailing slash: `Bot(token, base_url=f"{base_url}/bot")`."""
        return f"http://{self.host}:{self.port}"

    def ask(self, verb: str, **args: Any) -> Any:
        """One verb. AssertionError when a person could not do it, ValueError for a wrong question."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=70)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request("POST", f"/ctl/{verb}", json.dumps(args), headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
        finally:
            connection.close()
        if response.status == http.client.CONFLICT:
            raise AssertionError(answer["error"])
        if response.status != http.client.OK:
            raise ValueError(answer.get("error") or answer)
        return answer

    def person(self, person_id: int, name: str = "Test", language_code: str = "zh-hans") -> RemotePerson:
        self.ask("introduce", id=person_id, name=name, language_code=language_code)
        return RemotePerson(self, person_id, person_id)

    def until(self, predicate: Callable[[], T], seconds: float = 10.0) -> T:
        """Ask `predicate` after every change until it is true; its value. TimeoutError after `seconds`."""
        end = time.monotonic() + seconds
        while True:
            version = self.stats()["version"]
            if value := predicate():
                return value
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"waited {seconds} s in vain")
            self.ask("wait", version=version, seconds=min(left, 50))

    def advance(self, seconds: float) -> float:
        """Move the clock; the Unix time it shows then."""
        return float(self.ask("clock", advance=seconds))

    def now(self) -> float:
        return float(self.ask("clock"))

    def faults(self, *faults: Fault, clear: bool = False) -> None:
        self.ask("faults", add=[plain(fault) for fault in faults], clear=clear)

    def updates(self, action: str, **options: Any) -> None:
        """hold, release, replay (ids, times), shuffle (seed), jump (next_id): see updates.py."""
        self.ask("updates", action=action, **options)

    def inject(self, kind: str, payload: Any) -> int | None:
        """The update's id; None when the bot did not ask for this kind or updates are held."""
        update_id: int | None = self.ask("inject", kind=kind, payload=payload)
        return update_id

    def inject_text(self, fields: str) -> int:
        return int(self.ask("inject_text", fields=fields))

    def revoke(self) -> None:
        """The token becomes invalid: 401 from now on."""
        self.ask("revoke")

    def refusals(self) -> list[dict[str, Any]]:
        return list(self.ask("refusals"))

    def mistakes(self) -> list[dict[str, Any]]:
        return list(self.ask("refusals", avoidable=True))

    def calls(self, since: int = 0) -> list[dict[str, Any]]:
        return list(self.ask("calls", since=since))

    def written_to(self) -> set[int]:
        """The chats in which the bot ever wrote."""
        return set(self.ask("written_to"))

    def says(self, text: str) -> bool:
        """Whether any call of the bot held this text."""
        return bool(self.ask("says", text=text))

    def stats(self) -> dict[str, Any]:
        return dict(self.ask("stats"))

    def download(self, file_id: str) -> bytes:
        return base64.b64decode(self.ask("download", file_id=file_id))
