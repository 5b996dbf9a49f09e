"""Who may read and write what we keep: settings, data, key, backups (RELIABILITY 4, row 64). Changes nothing.

Must not know what stands in any of them.
"""

import os
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.config import Settings, misspelt, shown
from bot.operator.backup import backups, database_of
from bot.operator.check import Check

OLD = timedelta(days=7)
"""A newest backup older than this is a warning."""
_OTHERS_WRITE, _ANYBODY_ELSE = stat.S_IWOTH, stat.S_IRWXG | stat.S_IRWXO


def settings_set(settings: Settings, env_file: Path) -> Iterator[Check]:
    """What was set, each with its meaning; names that look misspelt."""
    for name, value in shown(settings).items():
        zh, _, en = str(Settings.model_fields[name.lower()].description).partition(" / ")
        yield Check(
            "ok", f"{name}={value or '（已设置，不显示）'}：{zh}", f"{name}={value or '(set, not shown)'}: {en}"
        )
    for written, meant in misspelt(env_file).items():
        yield Check(
            "warn",
            f"{env_file} 里的 {written} 不是设置项，是否指 {meant}？",
            f"{env_file}: {written} is no setting; {meant} perhaps?",
        )
    if settings.telegram_bot_token is not None and settings.log_level == "DEBUG":
        yield Check("warn", "LOG_LEVEL=DEBUG 只用于查错，不用于生产", "LOG_LEVEL=DEBUG is for finding faults only")


def rights(settings: Settings, env_file: Path) -> Iterator[Check]:
    """Whoever else on this machine may read or change what is ours. Nothing on Windows, which has other rights."""
    if sys.platform == "win32":
        return
    yield from _env(settings, env_file)
    folder = settings.data_dir
    if folder.is_dir():
        yield from _folder(folder, database_of(settings))
    key = settings.signing_key_file
    if key.exists() and _mode(key) & _ANYBODY_ELSE:
        yield Check(
            "fail",
            f"别人可读签名密钥，请运行 chmod 600 {key}",
            f"others may read the signing key: chmod 600 {key}",
        )


def _env(settings: Settings, env_file: Path) -> Iterator[Check]:
    secret = settings.telegram_bot_token is not None or settings.webhook_secret is not None
    if secret and env_file.is_file() and _mode(env_file) & _ANYBODY_ELSE:
        yield Check(
            "warn",
            f"别人可读 {env_file}（里面有令牌），请运行 chmod 600 {env_file}",
            f"others may read {env_file}, which holds the token: chmod 600 {env_file}",
        )


def _folder(folder: Path, database: Path) -> Iterator[Check]:
    mode = _mode(folder)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield Check("fail", f"本账号不能读写 {folder}", f"this account cannot read and write {folder}")
    if mode & _OTHERS_WRITE:
        yield Check(
            "fail",
            f"本机任何人都能改 {folder}，请运行 chmod 700 {folder}",
            f"anybody on this machine may change {folder}: chmod 700 {folder}",
        )
    elif mode & _ANYBODY_ELSE and database.exists() and _mode(database) & _ANYBODY_ELSE:
        yield Check(
            "warn",
            f"本机别人可读 {folder} 里的数据，请运行 chmod 700 {folder}",
            f"others on this machine may read the data in {folder}: chmod 700 {folder}",
        )


def backups_made(settings: Settings, now: datetime) -> Iterator[Check]:
    """How old the newest backup is; warns where there is none, or none of late."""
    made = backups(settings.backup_dir)
    if not made:
        if database_of(settings).exists():
            yield Check(
                "warn",
                f"{settings.backup_dir} 里还没有备份，请运行 gradewalk backup",
                f"no backup in {settings.backup_dir} yet: run `gradewalk backup`",
            )
        return
    at = datetime.fromtimestamp(made[-1].stat().st_mtime, UTC)
    days = max(0, (now - at).days)
    yield Check(
        "warn" if now - at > OLD else "ok",
        f"备份 {len(made)} 份，最新的已有 {days} 天：{made[-1].name}",
        f"{len(made)} backups, the newest {days} days old: {made[-1].name}",
    )


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
