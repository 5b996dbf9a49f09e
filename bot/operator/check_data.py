"""The database, the inbox, the standards, and whether the bot runs: for `gradewalk doctor`. Changes nothing.

Must not know what an answer or a standard says.
"""

from collections.abc import Callable, Iterator, Mapping

from bot.config import Settings
from bot.lock import NAME, SecondCopy, alone
from bot.operator.backup import database_of
from bot.operator.check import Check, Level
from bot.operator.inbox import listed
from bot.operator.trouble import Trouble
from bot.store.engine import opened_file
from bot.store.health import Finding, health
from bot.wiring import SchemesBroken, open_library

_Params = Mapping[str, str | int]
_RESTORE_ZH, _RESTORE_EN = "请用 gradewalk restore 恢复备份", "restore a backup with `gradewalk restore`"
_MEGABYTE = 1_000_000


def _plain(zh: str, en: str) -> Callable[[_Params], tuple[str, str]]:
    def say(params: _Params) -> tuple[str, str]:
        told = {name: f"{value / _MEGABYTE:.0f}" if isinstance(value, int) else value for name, value in params.items()}
        return zh.format(**told), en.format(**told)

    return say


_SAID: Mapping[str, Callable[[_Params], tuple[str, str]]] = {
    "missing": _plain("还没有数据库 {file}，第一次启动时建立", "no database {file} yet: the first start makes it"),
    "lost": _plain(f"数据库 {{file}} 不见了；{_RESTORE_ZH}", f"the database {{file}} is gone: {_RESTORE_EN}"),
    "unreadable": _plain(
        f"数据库无法读取：{{reason}}；{_RESTORE_ZH}", f"the database cannot be read: {{reason}}; {_RESTORE_EN}"
    ),
    "corrupt": _plain(
        f"数据库已损坏：{{reason}}；{_RESTORE_ZH}", f"the database is damaged: {{reason}}; {_RESTORE_EN}"
    ),
    "too-new": _plain(
        "数据库由更新的 Gradewalk 写成（版本 {found}，本程序到 {known}），请升级程序",
        "a newer Gradewalk wrote the database (version {found}, this program knows {known}): upgrade the program",
    ),
    "outdated": _plain(
        "数据库版本 {found}，下次启动升级到 {known}",
        "the database has version {found}; the next start upgrades it to {known}",
    ),
    "read-only": _plain("数据库不可写：{reason}", "the database takes no writes: {reason}"),
    "busy": _plain("有进程正长时间占用数据库", "somebody holds the database for long"),
    "in-use": _plain(
        "机器人没有运行，却有另一个进程打开着数据库", "the bot does not run, yet another process has the database open"
    ),
    "not-wal": _plain("数据库日志方式为 {mode}，不是 WAL", "the journal mode of the database is {mode}, not WAL"),
    "network": _plain(
        "数据库在网络文件系统（{kind}）上，锁和落盘都不可靠，请移到本机磁盘",
        "the database stands on a network file system ({kind}), where locks and syncs fail: move it to a local disk",
    ),
    "little-room": _plain("磁盘只剩 {free} MB，不再接收文件", "only {free} MB are free: no files are taken"),
    "no-room": _plain("磁盘只剩 {free} MB，不再接收任何内容", "only {free} MB are free: nothing is taken"),
    "long-log": _plain(
        "数据库日志已有 {size} MB，有读取一直没有结束", "the write-ahead log has {size} MB: a reader never ends"
    ),
}


def running(settings: Settings) -> bool:
    """Whether a bot works on the data folder."""
    if not (settings.data_dir / NAME).exists():
        return False
    try:
        with alone(settings.data_dir):
            return False
    except SecondCopy:
        return True


def database(settings: Settings) -> Iterator[Check]:
    """Sound, at the right version, in a place to be trusted, with room left."""
    file, runs = database_of(settings), running(settings)
    yield (
        Check("ok", "机器人正在运行", "the bot is running")
        if runs
        else Check("ok", "机器人没有运行", "the bot is not running")
    )
    if not settings.data_dir.is_dir():
        yield Check(
            "ok", f"{settings.data_dir} 还不存在，第一次启动时建立", f"{settings.data_dir} is made by the first start"
        )
        return
    with opened_file(file) as engine:
        found = [one for one in health(engine) if not (runs and one.code in {"in-use", "busy"})]
    yield from (_said(one) for one in found)
    if file.exists() and not any(one.grave for one in found):
        yield Check("ok", f"数据库完好：{file}", f"the database is sound: {file}")


def inbox(settings: Settings) -> Iterator[Check]:
    """Updates that were given up, and how many wait."""
    try:
        lines = listed(settings)
    except Trouble:
        return  # `database` has said why
    dead = [line for line in lines if line.state == "dead"]
    waiting = len(lines) - len(dead)
    if dead:
        yield Check(
            "warn",
            f"收件箱里有 {len(dead)} 条没有处理成功：gradewalk inbox list",
            f"{len(dead)} updates in the inbox were given up: `gradewalk inbox list`",
        )
    yield Check("ok", f"收件箱里有 {waiting} 条等待处理", f"{waiting} updates wait in the inbox")


def standards(settings: Settings) -> Iterator[Check]:
    """Whether every scheme file is sound."""
    try:
        count = len(open_library(settings).schemes)
    except SchemesBroken as broken:
        yield Check(
            "fail",
            f"标准文件有 {len(broken.problems)} 处错误：gradewalk schemes check",
            f"{len(broken.problems)} problems in the scheme files: `gradewalk schemes check`",
        )
    else:
        yield Check("ok", f"标准 {count} 份，都完好", f"{count} standards, all sound")


def _said(finding: Finding) -> Check:
    zh, en = _SAID[finding.code](finding.params)
    level: Level = "fail" if finding.grave else "ok" if finding.code == "missing" else "warn"
    return Check(level, zh, en)
