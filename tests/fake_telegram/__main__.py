"""`python -m tests.fake_telegram`: the fake as a process. Prints its port as one line, then serves until ended."""

import argparse
import asyncio
import contextlib
import signal
import sys

from tests.fake_telegram.core import TOKEN, FakeTelegram
from tests.fake_telegram.server import Server


async def serve(options: argparse.Namespace) -> None:
    """Until SIGTERM or SIGINT."""
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
    fake = FakeTelegram(options.token, start=options.clock, username=options.username)
    async with Server(fake).listen(options.host, options.port) as port:
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        await ended.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.fake_telegram", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default="gradewalk_test_bot")
    parser.add_argument("--clock", type=float, help="Unix seconds at which the clock stands; without, it runs")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
