"""What the Bot API says of our token, our webhook and our clock, in words: for `gradewalk doctor`.

Must not know how it is asked. The token is never part of a line.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from bot.config import Settings
from bot.log import redact
from bot.operator.check import Check
from bot.telegram.probe import Seen, UnknownToken, Unreachable, probe

DRIFT_SECONDS = 60
"""A clock further off than this is a warning (RELIABILITY 4)."""
MANY = 1000
"""So many updates waiting at Telegram are a warning: it keeps taps for 150 seconds only."""

Probe = Callable[..., Coroutine[Any, Any, Seen]]


def telegram(settings: Settings, ask: Probe = probe) -> Iterator[Check]:
    """Reachability, token, webhook, clock. Nothing but a line where no token is set."""
    token = settings.telegram_bot_token
    if token is None:
        yield Check("ok", "没有令牌，只能在终端对话", "no token: the terminal chat alone")
        return
    try:
        seen = asyncio.run(ask(token, settings.telegram_api_url))
    except UnknownToken:
        yield Check(
            "fail",
            "Telegram 不认这个令牌：请在 BotFather 里查看 /token",
            "Telegram does not know the token: see /token in BotFather",
        )
    except Unreachable as error:
        yield Check(
            "fail",
            f"连不上 {settings.telegram_api_url}：{error.reason}",
            f"{settings.telegram_api_url} cannot be reached: {error.reason}",
        )
    else:
        yield Check("ok", f"Telegram 认得令牌：@{seen.username}", f"Telegram knows the token: @{seen.username}")
        yield from _clock(seen)
        yield from _webhook(settings, seen)
        yield from _botfather(seen)


def _clock(seen: Seen) -> Iterator[Check]:
    if seen.drift is None:
        return
    off = round(seen.drift)
    yield Check(
        "warn" if abs(off) > DRIFT_SECONDS else "ok",
        f"本机时钟与 Telegram 相差 {off} 秒",
        f"the clock of this machine differs from Telegram's by {off} s",
    )


def _webhook(settings: Settings, seen: Seen) -> Iterator[Check]:
    wanted = settings.webhook_url or ""
    if seen.webhook and not wanted:
        yield Check(
            "fail",
            "这个令牌设有推送地址，轮询收不到消息：请设置 WEBHOOK_URL，或撤掉推送",
            "a webhook is set for this token, so polling gets nothing: set WEBHOOK_URL, or remove the webhook",
        )
    elif wanted and not f"{seen.webhook}/".startswith(f"{wanted}/"):
        yield Check(
            "warn",
            "Telegram 那边的推送地址不是 WEBHOOK_URL，启动时会改设",
            "the webhook at Telegram is not WEBHOOK_URL; the next start sets it",
        )
    if seen.failed:
        at = f" ({seen.failed_at:%Y-%m-%d %H:%M} UTC)" if seen.failed_at else ""
        why = redact(seen.failed.replace(seen.webhook, wanted) if seen.webhook else seen.failed)  # its path is secret
        yield Check("warn", f"上次推送失败{at}：{why}", f"the last push failed{at}: {why}")
    yield Check(
        "warn" if seen.pending > MANY else "ok",
        f"Telegram 那边有 {seen.pending} 条等着来取",
        f"{seen.pending} updates wait at Telegram",
    )


def _botfather(seen: Seen) -> Iterator[Check]:
    if seen.groups:
        yield Check(
            "warn",
            "机器人可被拉进群：请在 BotFather 用 /setjoingroups 关闭",
            "the bot can be added to groups: turn that off with /setjoingroups in BotFather",
        )
    if seen.inline:
        yield Check("warn", "开启了内联模式：请用 /setinline 关闭", "inline mode is on: turn it off with /setinline")
