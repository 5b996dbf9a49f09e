"""One look at the Bot API: is it there, does it know the token, what does it hold for us? For `gradewalk doctor`.

Changes nothing there. Knows no settings, and no sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram.error import InvalidToken
from telegram.request import BaseRequest

from bot.telegram.client import Secret, connect
from bot.telegram.trouble import trouble_of


class Unreachable(Exception):  # noqa: N818  a finding
    """No answer, or one that is not the Bot API's. reason: in a word or two, without address or token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownToken(Exception):  # noqa: N818  a finding
    """The server does not know the token."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server says. drift: our clock minus its own, in seconds; None where it told no time.

    webhook: the address that is set, '' for none. pending: updates that wait there. failed, failed_at: the last push
    that went wrong, '' and None for none.
    """

    username: str
    groups: bool
    inline: bool
    webhook: str
    pending: int
    failed: str
    failed_at: datetime | None
    drift: float | None


async def probe(
    token: Secret,
    api_url: str,
    requests: tuple[BaseRequest, BaseRequest] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Seen:
    """Ask getMe and getWebhookInfo. Unreachable, UnknownToken."""
    drifts: list[float] = []
    client = connect(
        token, api_url, requests, server_time=lambda theirs: drifts.append((clock() - theirs).total_seconds())
    )
    try:
        async with client.bot as bot:
            me, hook = bot.bot, await bot.get_webhook_info()
    except InvalidToken:
        raise UnknownToken from None
    except Exception as error:  # noqa: BLE001  the library lets KeyError and TypeError of odd answers through
        raise Unreachable(trouble_of(error).note) from None
    return Seen(
        username=me.username or "",
        groups=bool(me.can_join_groups),
        inline=bool(me.supports_inline_queries),
        webhook=hook.url,
        pending=hook.pending_update_count,
        failed=hook.last_error_message or "",
        failed_at=hook.last_error_date,
        drift=drifts[-1] if drifts else None,
    )
