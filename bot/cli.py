"""The commands of `gradewalk`: what an operator types. Reads settings, makes the world, calls use cases.

Must not know how anything is scored, stored or drawn. Problems go to stderr, results to stdout.
"""

import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NoReturn, TypeAlias

import typer

from bot.config import Settings, SettingsError, read_settings, system_locale
from bot.domain.record import Json
from bot.domain.scheme import Scheme
from bot.library import Problem
from bot.library.problems import render
from bot.loading import lasting
from bot.log import set_up
from bot.operator.commands import app as operator_app
from bot.operator.commands import warn_of_rights
from bot.operator.life_commands import app as life_app
from bot.operator.record_commands import app as record_app
from bot.operator.trouble import Trouble
from bot.service.timekeeping import ClockBehind, check_clock
from bot.wiring import SchemesBroken, open_library, open_world

EXIT_PROBLEMS = 2
FEW_PARTS = 3
DEBUG_LINE = (
    "LOG_LEVEL=DEBUG 只用于查错，不用于生产；确要这样运行请加 --force-debug"
    " / LOG_LEVEL=DEBUG is for finding faults, not for production; to run so all the same, add --force-debug"
)
Lang: TypeAlias = Annotated[str, typer.Option(help="zh or en, for problems; without it the terminal's language")]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Walk a service-certification standard question by question. 逐条走完服务认证标准。",
)
schemes_app = typer.Typer(help="The standards that are installed. 已安装的标准。")
app.add_typer(schemes_app, name="schemes", invoke_without_command=True)
app.add_typer(operator_app)  # without a name: its commands stand beside ours
app.add_typer(record_app)
app.add_typer(life_app)


def main() -> None:
    """Run the command line; a known trouble is one clear line on stderr and an exit code, never a traceback."""
    os.umask(0o077)  # answers, notes and backups are for this account alone
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except SchemesBroken as broken:
        fail(broken.problems)
    except (SettingsError, ClockBehind) as trouble:
        refuse(trouble)
    except Trouble as trouble:
        refuse(trouble, trouble.exit_code)
    except OSError as trouble:
        refuse(f"无法读写 / cannot read or write: {trouble.filename or ''} {trouble.strerror}")
    except Exception as trouble:
        from bot.store.errors import StoreError  # noqa: PLC0415  heavy, and only this needs it

        if not isinstance(trouble, StoreError):
            raise
        refuse(trouble)


def refuse(trouble: Exception | str, code: int = EXIT_PROBLEMS) -> NoReturn:
    """One clear line on stderr, and out."""
    print(str(trouble), file=sys.stderr)
    sys.exit(code)


def fail(problems: Sequence[Problem], lang: str = "") -> NoReturn:
    """All problems on stderr; exit 2."""
    tell(problems, lang)
    sys.exit(EXIT_PROBLEMS)


def tell(problems: Sequence[Problem], lang: str) -> None:
    """All problems on stderr, in the language asked for, else in the terminal's."""
    chinese = (lang or system_locale()).lower().startswith("zh")
    for problem in problems:
        print(render(problem, "zh" if chinese else "en"), file=sys.stderr)


@app.command()
def run(
    force_debug: Annotated[bool, typer.Option("--force-debug", help="Serve even with LOG_LEVEL=DEBUG.")] = False,
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="Start though entries have later times than the clock.")
    ] = False,
) -> None:
    """Telegram where TELEGRAM_BOT_TOKEN is set, else a chat in this terminal. 有令牌则运行 Telegram，否则终端对话。"""
    settings = _settings()
    if settings.telegram_bot_token is None:
        _chat(settings, clock_is_right=clock_is_right)
    else:
        if settings.log_level == "DEBUG" and not force_debug:
            refuse(DEBUG_LINE)
        warn_of_rights(settings)
        with lasting():
            from bot.serving import serve  # noqa: PLC0415  the library is heavy, and only this needs it

        sys.exit(serve(settings, open_world, clock_is_right=clock_is_right))


@app.command()
def chat() -> None:
    """Interview in this terminal; a number presses that button. 在终端里完成访谈；输入数字即按下对应按钮。"""
    _chat(_settings())


@app.command()
def migrate() -> None:
    """Bring the database up to date; `run` does it too. 升级数据库结构。"""
    open_world(_settings())
    print("ok")


@schemes_app.callback()
def schemes(context: typer.Context) -> None:
    """List the installed standards. 列出已安装的标准。"""
    if context.invoked_subcommand is None:
        for scheme in open_library(_settings()).schemes:
            print(f"{scheme.id}\t{scheme.code}\t{scheme.title.zh}\t{scheme.title.en}")


@schemes_app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Scheme files; all installed without.")] = None,
    lang: Lang = "",
) -> None:
    """Check scheme files: every problem with file, line, column, code, remedy. 检查标准文件。"""
    from bot.library.load import load_file, load_folder  # noqa: PLC0415  see bot/library

    found = [load_file(file) for file in files] if files else [load_folder(_settings().schemes_dir)]
    problems = [problem for _, some in found for problem in some]
    tell(problems, lang)
    for schemes_, _ in found:
        for scheme in schemes_.values() if isinstance(schemes_, dict) else filter(None, (schemes_,)):
            print(f"{scheme.id}: ok, {len(scheme.questions)} questions, {_totals(scheme)}")
    if any(problem.severity == "error" for problem in problems):
        sys.exit(EXIT_PROBLEMS)


def _totals(scheme: Scheme) -> str:
    """The points of each dimension, and of its few main parts: 'total 100 (60/40)'."""
    parts = [section for section in scheme.sections if section.depth == 1]
    told = []
    for name in scheme.dimensions:
        sums = [sum(row.points.get(name, 0) for row in scheme.within(part.id)) for part in parts]
        few = 1 < len(parts) <= FEW_PARTS and all(sums)
        told.append(f"{name} {scheme.worth(name)}" + (f" ({'/'.join(map(str, sums))})" if few else ""))
    return ", ".join(told)


@schemes_app.command("show")
def show_scheme(name: str, lang: Annotated[str, typer.Option(help="zh or en")] = "zh") -> None:
    """Print a standard readably. 通读一份标准。"""
    from bot.library.show import show  # noqa: PLC0415  this command alone

    scheme = open_library(_settings()).get(name)
    if scheme is None:
        print(f"no such scheme: {name}", file=sys.stderr)
        sys.exit(EXIT_PROBLEMS)
    print(show(scheme, "en" if lang == "en" else "zh"))


@schemes_app.command("schema")
def json_schema() -> None:
    """Print the JSON Schema of the scheme format, for editors. 输出标准文件格式的 JSON Schema。"""
    from bot.library.jsonschema import schema  # noqa: PLC0415  this command alone

    print(json.dumps(schema(), ensure_ascii=False, indent=2))


@app.command()
def score(
    file: Annotated[Path, typer.Argument(help="answers.json, or .jsonl with one answers object a line")],
    lang: Lang = "",
) -> None:
    """Score an answers file: the result as JSON. 对答案文件评分。"""
    from bot.service.submission import scored  # noqa: PLC0415  what makes files is heavy, and only this needs it

    settings = _settings()
    library = open_library(settings)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        print(f"{file}: {trouble}", file=sys.stderr)
        sys.exit(EXIT_PROBLEMS)
    if file.suffix == ".jsonl":
        gc.disable()  # nothing here refers to itself: counting references frees each line
        bad = sum(_print_line(scored(library, line, f"{file.name}:{number}")) for number, line in _numbered(text))
        sys.exit(EXIT_PROBLEMS if bad else 0)
    found, problems = scored(library, text, file.name)
    if found is None:
        fail(problems, lang)
    print(json.dumps(found, ensure_ascii=False, indent=2))


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def _print_line(scored: tuple[dict[str, Json] | None, tuple[Problem, ...]]) -> bool:
    """Print one result or its problems; True where there were problems."""
    found, problems = scored
    out = found or {"problems": [_as_json(problem) for problem in problems]}
    print(json.dumps(out, ensure_ascii=False, separators=(",", ":")))
    return found is None


def _as_json(problem: Problem) -> Json:
    return {"code": problem.code, "path": problem.path, "zh": render(problem, "zh"), "en": render(problem)}


def _settings() -> Settings:
    settings = read_settings()
    set_up(settings.log_level)
    return settings


def _chat(settings: Settings, *, clock_is_right: bool = False) -> None:
    from bot.terminal.entry import talk  # noqa: PLC0415  the prompt is needed here alone

    world = open_world(settings)
    if not clock_is_right:
        check_clock(world)
    talk(world, settings.data_dir / "files", system_locale())


if __name__ == "__main__":
    main()
