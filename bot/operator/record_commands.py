"""The commands about records as they are typed: verify, export, key. Says what was done, in both languages.

Must not know how anything is done. Everything heavy is imported by the command that needs it.
"""

import sys
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.config import Settings, read_settings
from bot.log import set_up
from bot.operator.trouble import Trouble

ALL = "all"
LANGUAGES = ("zh", "en")

app = typer.Typer()
key_app = typer.Typer(help="The key that seals and bundles are signed with. 封印和数据包的签名密钥。")
app.add_typer(key_app, name="key", invoke_without_command=True)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A bundle (.zip) or a transcript (.json). 数据包或 JSON")],
    more: Annotated[list[Path] | None, typer.Argument(help="The other volumes of a bundle. 数据包的其余各卷")] = None,
    seal: Annotated[str, typer.Option(help="The seal code that was sent at closing. 关闭时收到的封印码")] = "",
    lang: Annotated[str, typer.Option(help="zh or en; both without. 语言，留空为双语")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs. 给程序读")] = False,
) -> None:
    """Verify an exported file, offline; exit 1 where it is not as issued. 离线核验导出的文件。"""
    from bot.verify.command import run  # noqa: PLC0415

    sys.exit(run(file, seal, _language(lang), as_text=not as_json, more=more or ()))


@app.command()
def export(
    assessment: Annotated[
        str | None, typer.Argument(help="Its number; all are listed without. 评价编号，不写则列出全部")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help="pdf, word, excel, html, csv, json, bundle, or all. 格式，all 为全部")
    ] = "bundle",
    lang: Annotated[str, typer.Option(help="zh or en; DEFAULT_LANGUAGE without. 语言")] = "",
    out: Annotated[
        Path | None, typer.Option(help="The file to write, or a folder for it; here without. 写到这个文件或文件夹")
    ] = None,
    split: Annotated[
        bool,
        typer.Option(
            "--split", help="A bundle as Telegram takes it, in files below 50 MB. 数据包分成小于 50 MB 的文件"
        ),
    ] = False,
) -> None:
    """Export an assessment to files; its record says that you did. 导出一项评价，会记入它的记录。"""
    from bot.export import FORMATS  # noqa: PLC0415
    from bot.operator.exporting import Order  # noqa: PLC0415
    from bot.operator.exporting import export as write  # noqa: PLC0415

    settings = _settings()
    if assessment is None:
        _list(settings)
        return
    if form not in {*FORMATS, ALL}:
        known = (*FORMATS, ALL)
        raise Trouble(f"--format 只能是 {'、'.join(known)}", f"--format is one of {', '.join(known)}")
    english = (_language(lang) or settings.default_language) == "en"
    order = Order(tuple(FORMATS) if form == ALL else (form,), "en" if english else "zh", split=split)
    made = write(settings, assessment, order, out)
    for file in made.files:
        size = file.stat().st_size
        print(
            f"已导出到第 {made.upto} 条：{file}（{size:,} 字节） / exported up to entry {made.upto}: {file} "
            f"({size:,} bytes)"
        )


@key_app.callback()
def key(context: typer.Context) -> None:
    """Show the public key and its fingerprint. 显示公钥和指纹。"""
    if context.invoked_subcommand is None:
        from bot.operator.keys import shown  # noqa: PLC0415
        from bot.verify.signing import fingerprint  # noqa: PLC0415

        settings = _settings()
        signer = shown(settings)
        print(f"指纹 / fingerprint: {fingerprint(signer.key)}")
        print(f"公钥 / public key: {signer.key}")
        print(f"文件 / file: {settings.signing_key_file}")


@key_app.command("new")
def key_new(
    replace: Annotated[bool, typer.Option("--replace", help="Though there is one. 换掉现有的密钥")] = False,
) -> None:
    """Make a new key, for where the old one is lost or known to others. 生成新密钥。"""
    from bot.operator.keys import new  # noqa: PLC0415
    from bot.verify.signing import fingerprint  # noqa: PLC0415
    from bot.wiring import now  # noqa: PLC0415

    signer, aside = new(_settings(), now(), replace=replace)
    print(f"新密钥的指纹 / fingerprint of the new key: {fingerprint(signer.key)}")
    if aside is not None:
        print(f"旧密钥改名为 / the old key is kept as: {aside}")
    print("请把新指纹告诉各成员 / tell the members the new fingerprint")


def _list(settings: Settings) -> None:
    from bot.operator.exporting import listed  # noqa: PLC0415

    lines = listed(settings)
    if not lines:
        print("还没有评价 / there is no assessment yet")
        return
    states = {"open": "进行中 open", "closed": "已关闭 closed", "deleted": "已删除 deleted"}
    zone: ZoneInfo = settings.default_timezone
    print("编号 number\t标准 standard\t状态 state\t条数 entries\t最后改动 last change\t名称 name")
    for line in lines:
        at = f"{line.touched_at.astimezone(zone):%Y-%m-%d %H:%M %z}"
        print(f"{line.ref}\t{line.scheme}\t{states[line.state]}\t{line.entries}\t{at}\t{line.name or '-'}")


def _language(lang: str) -> str:
    if lang not in {"", *LANGUAGES}:
        raise Trouble("--lang 只能是 zh 或 en", "--lang is zh or en")
    return lang


def _settings() -> Settings:
    settings = read_settings(Path(".env"))
    set_up(settings.log_level)
    return settings
