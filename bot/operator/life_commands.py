"""The commands about what is kept and for how long, as they are typed: overview, retention. In both languages.

Must not know how anything is done. Everything heavy is imported by the command that needs it.
"""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.config import Settings, read_settings
from bot.log import set_up
from bot.operator.trouble import Trouble

if TYPE_CHECKING:
    from bot.operator.overview import Seen

_MEGABYTE = 1_000_000
_STATES = {"open": "进行中 open", "closed": "已关闭 closed", "deleted": "已删除 deleted"}
_INBOX = {"new": "等待 new", "done": "已处理 done", "dead": "失败 dead"}

app = typer.Typer()
retention_app = typer.Typer(no_args_is_help=True, help="Assessments past RETENTION_DAYS. 超过保留期的评价。")
app.add_typer(retention_app, name="retention")


@app.command()
def overview() -> None:
    """Say what there is in figures: no name, no text. 概况，只有数字。"""
    from bot.operator.overview import overview as look  # noqa: PLC0415
    from bot.wiring import now  # noqa: PLC0415

    settings, at = _settings(), now()
    days = settings.retention_days
    seen = look(settings, at - timedelta(days=days) if days else None)
    for line in _lines(settings, seen, at):
        print(line)


@retention_app.command("list")
def retention_list() -> None:
    """List what is past its time: number, standard, since when; no names. 列出超过保留期的评价。"""
    from bot.operator.retention import listed  # noqa: PLC0415
    from bot.wiring import now  # noqa: PLC0415

    settings = _settings()
    lines = listed(settings, now())
    if not lines:
        print(f"没有超过 {settings.retention_days} 天的评价 / nothing is older than {settings.retention_days} days")
        return
    print("编号 number\t标准 standard\t状态 state\t自 since")
    for one in lines:
        state = "无人 nobody left" if one.left else _STATES["closed"]
        print(f"{one.ref}\t{one.scheme}\t{state}\t{one.since.astimezone(settings.default_timezone):%Y-%m-%d}")


@retention_app.command("delete")
def retention_delete(
    ref: Annotated[str, typer.Argument(help="A number from `retention list`. 列表里的编号")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask. 不再询问")] = False,
) -> None:
    """Delete one that is listed, for good: its content and evidence. 删除一项，内容和证据不可恢复。"""
    from bot.operator.retention import delete  # noqa: PLC0415
    from bot.wiring import now  # noqa: PLC0415

    settings = _settings()
    if not yes and not _agreed(ref):
        raise Trouble("没有删除", "nothing was deleted")
    done = delete(settings, ref, now())
    print(
        f"已删除 {done.ref}：{done.entries} 条内容、{done.files} 份证据文件；记录链保留 / deleted: the content of "
        f"{done.entries} entries and {done.files} evidence files; the chain stays"
    )
    for file in done.backups:
        print(f"备份里还有：{file} / a backup still holds it: {file}")


def _agreed(ref: str) -> bool:
    if not sys.stdin.isatty():
        raise Trouble("要删除请加 --yes", "to delete without being asked, add --yes")
    sys.stderr.write(
        f"删除 {ref} 的全部内容和证据，不可恢复？输入编号确认 / delete all content and evidence of {ref} for good? "
        "type the number: "
    )
    sys.stderr.flush()
    return sys.stdin.readline().strip() == ref


def _lines(settings: Settings, seen: "Seen", at: datetime) -> Iterator[str]:
    figures = seen.figures
    yield f"人数 people: {figures.people}（已删除资料 erased: {figures.erased}，要提醒 reminded: {figures.reminded}）"
    yield f"评价 assessments: {sum(figures.assessments.values())}"
    for (scheme, state), count in sorted(figures.assessments.items()):
        yield f"  {scheme} {_STATES[state]}: {count}"
    yield f"记录 entries: {figures.entries}；评价表 sheets: {figures.sheets}"
    kept, coming = f"{figures.size / _MEGABYTE:.1f} MB", figures.coming
    yield f"证据文件 evidence files: {figures.evidence}, {kept}；待取 to fetch: {coming}"
    inbox = "，".join(f"{_INBOX[state]}: {count}" for state, count in seen.inbox.items())
    yield f"收件箱 inbox: {inbox}"
    yield f"待发通知 notices waiting: {figures.notices}；无法送达的对话 unreachable chats: {figures.unreachable}"
    yield f"数据库 database: {seen.size / _MEGABYTE:.1f} MB（日志 log: {seen.log / _MEGABYTE:.1f} MB）"
    for channel, beat in sorted(figures.beats.items()):
        yield f"最近联系 last in touch, {channel}: {_moment(settings, beat)}（{_ago(at - beat)}）"
    if seen.expired is not None:
        yield f"超过保留期 past RETENTION_DAYS: {seen.expired}"
    yield from _backups(settings, seen, at)


def _backups(settings: Settings, seen: "Seen", at: datetime) -> Iterator[str]:
    if not seen.backups:
        yield f"备份 backups: 0（{settings.backup_dir}）"
        return
    newest = datetime.fromtimestamp(seen.backups[-1].stat().st_mtime, settings.default_timezone)
    made = f"最新 newest: {_moment(settings, newest)}（{_ago(at - newest)}）"
    yield f"备份 backups: {len(seen.backups)}；{made}"
    for file in seen.holding:
        yield f"  早于最近一次删除 made before something was last erased: {file}"


def _moment(settings: Settings, at: datetime) -> str:
    return f"{at.astimezone(settings.default_timezone):%Y-%m-%d %H:%M %z}"


def _ago(span: timedelta) -> str:
    hours, rest = divmod(max(0, int(span.total_seconds())), 3600)
    return f"{hours} h {rest // 60} min"


def _settings() -> Settings:
    settings = read_settings(Path(".env"))
    set_up(settings.log_level)
    return settings
