"""`gradewalk doctor`: everything that can be looked at without changing it, one line each.

Must not know how any single thing is looked at.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.config import Settings, SettingsError, read_settings
from bot.operator.check import Check
from bot.operator.check_data import database, inbox, standards
from bot.operator.check_evidence import evidence
from bot.operator.check_files import backups_made, rights, settings_set
from bot.operator.check_telegram import Probe, telegram
from bot.operator.check_word import word_template
from bot.operator.keys import signing_key
from bot.operator.trouble import Trouble
from bot.telegram.probe import probe


def examine(env_file: Path, now: datetime, *, offline: bool, ask: Probe = probe) -> Iterator[Check]:
    """All checks in order. Where the settings cannot be read, there is nothing else to look at."""
    try:
        settings = read_settings(env_file)
    except SettingsError as error:
        for line in error.lines:
            name, _, means = line.partition(": ")
            zh, _, en = means.partition(" / ")
            yield Check("fail", f"{name}: {zh}", f"{name}: {en or zh}")
        return
    yield from _all(settings, env_file, now)
    if offline:
        yield Check("ok", "没有联网检查（--offline）", "Telegram was not asked (--offline)")
    else:
        yield from telegram(settings, ask)


def _all(settings: Settings, env_file: Path, now: datetime) -> Iterator[Check]:
    yield from settings_set(settings, env_file)
    try:
        yield from rights(settings, env_file)
        yield from database(settings)
        yield from signing_key(settings)
        yield from inbox(settings)
        yield from evidence(settings)
        yield from backups_made(settings, now)
    except Trouble as trouble:
        zh, _, en = str(trouble).partition(" / ")
        yield Check("fail", zh, en)
    except OSError as error:
        yield Check(
            "fail", f"无法读取 {error.filename}：{error.strerror}", f"cannot read {error.filename}: {error.strerror}"
        )
    yield from standards(settings)
    yield from word_template(settings)
