"""A request of aiohttp whose body is written with its head, in one piece. Knows no Bot API.

aiohttp (before Python 3.12) gives every body a task of its own, to be begun in the loop's next round, and an object
that could be read in pieces. What is a few kilobytes in memory needs neither.
"""

from typing import Any

from aiohttp import ClientRequest, ClientResponse, hdrs
from aiohttp.connector import Connection
from aiohttp.http import StreamWriter


class AtOnce(ClientRequest):
    """For bytes that go there directly; all else, and what goes through a proxy, is as ever."""

    _whole: bytes | None = None

    def update_body_from_data(self, body: Any, _stacklevel: int = 3) -> None:  # noqa: ANN401  as aiohttp has it
        """Keep it as it is, with its length in the head."""
        if type(body) is not bytes or self.proxy is not None:
            super().update_body_from_data(body, _stacklevel + 1)
            return
        self._whole = body
        self.headers[hdrs.CONTENT_LENGTH] = str(len(body))

    async def send(self, conn: Connection) -> ClientResponse:
        """Write it, and begin to wait for the answer. aiohttp's errors."""
        protocol = conn.protocol
        if self._whole is None or protocol is None:
            return await super().send(conn)
        writer = StreamWriter(protocol, self.loop)
        await writer.write_headers(f"{self.method} {self.url.raw_path_qs} HTTP/1.1", self.headers)
        await writer.write(self._whole, drain=False)
        await writer.write_eof()
        protocol.start_timeout()
        answer = self.response_class(
            self.method,
            self.original_url,
            writer=None,
            continue100=None,
            timer=self._timer,
            request_info=self.request_info,
            traces=self._traces,
            loop=self.loop,
            session=self._session,
            stream_writer=writer,
        )
        self.response = answer  # type: ignore[assignment]  # as aiohttp does
        return answer
