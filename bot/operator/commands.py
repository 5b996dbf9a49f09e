"""The operator's commands as they are typed: backup, restore, inbox, doctor. Says what was done, in both languages.

Must not know how anything is done. Everything heavy is imported by the command that needs it.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.config import Settings, read_settings
from bot.log import set_up
from bot.operator.trouble import Trouble

if TYPE_CHECKING:
    from bot.operator.proof import Proven
    from bot.operator.restore import Restored

EXIT_FAILS = 2
_ENV = Path(".env")
_MEGABYTE = 1_000_000

app = typer.Typer()
inbox_app = typer.Typer(no_args_is_help=True, help="Updates that wait or were given up. 等待中或处理失败的消息。")
app.add_typer(inbox_app, name="inbox")


@app.command()
def backup(
    to: Annotated[
        Path | None, typer.Option(help="The file to write, instead of one in BACKUP_DIR. 写到这个文件")
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Keep the newest N in BACKUP_DIR, delete older ones. 只留最新 N 份")
    ] = None,
) -> None:
    """Back up database and evidence while the bot runs, and read it all back. 在线备份并核对。"""
    from bot.operator.backup import back_up  # noqa: PLC0415
    from bot.wiring import now  # noqa: PLC0415

    if to is not None and keep is not None:
        raise Trouble("--keep 只用于 BACKUP_DIR，不能与 --to 同用", "--keep is for BACKUP_DIR, not with --to")
    made = back_up(_settings(), now(), to, keep)
    size = made.file.stat().st_size / _MEGABYTE
    zh, en = _held(made.proven)
    more = f"；删除旧备份 {len(made.removed)} 份", f"; older ones deleted: {len(made.removed)}"
    gone = more if made.removed else ("", "")
    _say_lacking(made.proven)
    print(f"备份完成并已核对：{made.file}（{zh}，{size:.1f} MB）{gone[0]} / verified: {en}, {size:.1f} MB{gone[1]}")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file made by `gradewalk backup`. 备份文件")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask. 不再询问")] = False,
    check: Annotated[bool, typer.Option("--check", help="Check the backup and change nothing. 只核对，不恢复")] = False,
) -> None:
    """Put a backup back; the data of before is kept aside. 恢复备份，原数据另存。"""
    if check:
        _check(file)
        return
    from bot.operator.restore import restore as put_back  # noqa: PLC0415
    from bot.wiring import new_salt, now  # noqa: PLC0415

    settings = _settings()
    done = put_back(settings, file, now(), new_salt, _agreed(settings, yes=yes))
    if done is None:
        raise Trouble("没有恢复，数据未变", "not restored, nothing was changed")
    _say_restored(file, done)


@inbox_app.command("list")
def inbox_list() -> None:
    """List what waits or was given up: never what it says. 列出等待中和处理失败的消息。"""
    from bot.operator.inbox import listed  # noqa: PLC0415

    settings = _settings()
    lines = listed(settings)
    if not lines:
        print("收件箱没有等待或失败的消息 / nothing waits in the inbox, nothing was given up")
        return
    print("编号 id\t状态 state\t次数 attempts\t收到 received\t对话 chat\t原因 reason")
    zone: ZoneInfo = settings.default_timezone
    for line in lines:
        state = "失败 dead" if line.state == "dead" else "等待 new"
        at = f"{line.received_at.astimezone(zone):%Y-%m-%d %H:%M:%S %z}"
        print(f"{line.id}\t{state}\t{line.attempts}\t{at}\t{line.chat or '-'}\t{line.reason or '-'}")


@inbox_app.command("retry")
def inbox_retry(
    ids: Annotated[list[int], typer.Argument(help="Numbers from `inbox list`. 列表里的编号")],
) -> None:
    """Have given-up updates worked on again; a running bot does it within 30 s. 重新处理失败的消息。"""
    from bot.operator.inbox import Retried, retry  # noqa: PLC0415

    said = {
        Retried.DUE: "将重新处理，运行中的机器人 30 秒内开始 / due again; a running bot begins within 30 s",
        Retried.WAITS: "本来就在等待，会自动处理 / was not given up: the bot tries it by itself",
        Retried.DONE: "早已处理完 / was done already",
        Retried.UNKNOWN: "没有这个编号 / there is no such update",
    }
    results = retry(_settings(), tuple(ids))
    for one, result in zip(ids, results, strict=True):
        print(f"{one}: {said[result]}", file=sys.stdout if result in {Retried.DUE, Retried.WAITS} else sys.stderr)
    if any(result in {Retried.DONE, Retried.UNKNOWN} for result in results):
        sys.exit(EXIT_FAILS)


@app.command()
def doctor(
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask Telegram. 不联网")] = False,
    lang: Annotated[str, typer.Option(help="zh or en; both without. 语言，留空为双语")] = "",
) -> None:
    """Look at settings, rights, database, backups, Telegram; exit 2 where something fails. 体检。"""
    from bot.operator.doctor import examine  # noqa: PLC0415
    from bot.wiring import now  # noqa: PLC0415

    set_up("ERROR")
    failed = False
    for one in examine(_ENV, now(), offline=offline):
        print(one.line(lang))
        failed |= one.level == "fail"
    if failed:
        sys.exit(EXIT_FAILS)


def warn_of_rights(settings: Settings) -> None:
    """One line on stderr for each thing that others on this machine could read or change, and for a lost key."""
    from bot.operator.check_files import rights  # noqa: PLC0415
    from bot.operator.keys import signing_key  # noqa: PLC0415

    for one in (*rights(settings, _ENV), *signing_key(settings)):
        if one.level != "ok":
            print(one.line(), file=sys.stderr)


def _settings() -> Settings:
    settings = read_settings(_ENV)
    set_up(settings.log_level)
    return settings


def _check(file: Path) -> None:
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from bot.operator.proof import one_line, prove  # noqa: PLC0415

    try:
        with TemporaryDirectory(prefix="gradewalk-") as folder:
            proven = prove(file, Path(folder))
    except OSError as error:
        raise one_line(error) from None
    zh, en = _held(proven)
    _say_lacking(proven)
    print(f"备份完好：{file}（{zh}） / the backup is sound: {en}")


def _agreed(settings: Settings, *, yes: bool) -> "Callable[[Proven], bool]":
    def ask(proven: "Proven") -> bool:
        zh, en = _held(proven)
        folder = settings.data_dir
        print(f"备份于 {proven.manifest.made_at}，{zh} / made at {proven.manifest.made_at}, {en}", file=sys.stderr)
        _say_lacking(proven)
        if not yes:
            if not sys.stdin.isatty():
                raise Trouble("要恢复请加 --yes", "to restore without being asked, add --yes")
            sys.stderr.write(
                f"用它替换 {folder} 里的数据（原数据另存）？输入 yes / replace the data with it? type yes: "
            )
            sys.stderr.flush()
            if sys.stdin.readline().strip().lower() != "yes":
                return False
        print(
            "正在恢复；若中断，请再运行同一命令 / restoring; if interrupted, run the same command again",
            file=sys.stderr,
        )
        return True

    return ask


def _say_restored(file: Path, done: "Restored") -> None:
    zh, en = _held(done.proven)
    print(f"已恢复 {file}（{zh}） / restored: {en}")
    if done.aside is not None:
        print(f"原数据库保留为 {done.aside} / the database of before is kept as {done.aside}")
    if done.erased:
        n = len(done.erased)
        print(f"备份之后删除过的评价 {n} 项，已再次删除 / assessments deleted since the backup, deleted again: {n}")
    if not done.readable:
        print(
            "原数据库无法读取：备份之后删除过的评价可能又出现了，请再删一次 / the database of before cannot be read: "
            "assessments deleted since the backup may be back; delete them again"
        )
    print("可以启动了：gradewalk run / now start the bot: gradewalk run")


def _say_lacking(proven: "Proven") -> None:
    """On stderr, where a nightly backup is heard: evidence that the record has and the backup has not."""
    if n := len(proven.lacking):
        print(
            f"注意：记录里有 {n} 份证据文件不在备份里，请运行 gradewalk doctor / "
            f"warning: {n} files of evidence in the record are not in the backup: run `gradewalk doctor`",
            file=sys.stderr,
        )


def _held(proven: "Proven") -> tuple[str, str]:
    """What a backup holds, in both languages."""
    held, evidence = proven.contents, len(proven.manifest.evidence)
    return (
        f"评价 {len(held.heads)} 项，记录 {held.entries} 条，证据 {evidence} 份",
        f"assessments: {len(held.heads)}, entries: {held.entries}, evidence: {evidence}",
    )
