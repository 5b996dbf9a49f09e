"""`python -m bot.verify FILE [MORE…] [--seal CODE] [--lang zh|en] [--json]`, also without the bot around it.

Exit 0 sound, 1 not as issued, 2 not readable at all. Must not know settings.
"""

import argparse
import json
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bot.verify.bundle import verify
from bot.verify.findings import Report
from bot.verify.signing import read_code
from bot.verify.words import Language, as_json, sentences

EXIT_BROKEN = 1
EXIT_USAGE = 2
BAD_CODE = "--seal: GW1-42-…（64 位十六进制 / 64 hex digits）"
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one file and say what was found."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="gradewalk verify", description="核验导出的文件 / verify an exported file")
    parser.add_argument("file", type=Path, help="数据包 .zip 或 .json / a bundle or a JSON transcript")
    parser.add_argument("more", type=Path, nargs="*", help="数据包的其余各卷 / the other volumes of a split bundle")
    parser.add_argument("--seal", default="", help="关闭时发给成员的封印码 / the seal code sent at closing")
    parser.add_argument("--lang", choices=LANGUAGES, default="")
    parser.add_argument("--json", action="store_true", help="给程序读的结果 / the result for programs")
    given = parser.parse_args(arguments)
    return run(given.file, given.seal, given.lang, as_text=not given.json, more=given.more)


def run(path: Path, seal: str, language: str, *, as_text: bool, more: Sequence[Path] = ()) -> int:
    """Check one file, print what was found, give the exit code. language: '' for both. more: its other volumes."""
    try:
        posted = read_code(seal) if seal else None
    except ValueError:
        print(BAD_CODE, file=sys.stderr)
        return EXIT_USAGE
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(one.open("rb")) for one in (path, *more)]
            report = verify(files[0], posted, files[1:])
    except OSError as error:
        print(f"{error.filename or path}: {error.strerror}", file=sys.stderr)
        return EXIT_USAGE
    _print(report, language) if as_text else print(json.dumps(as_json(report), ensure_ascii=False, indent=2))
    return 0 if report.sound else EXIT_BROKEN


def _print(report: Report, language: str) -> None:
    for one in LANGUAGES:
        if language in {"", one}:
            for line in sentences(report, one):
                print(_harmless(line))


def _harmless(line: str) -> str:
    """A file may hold anything, also signs that would rewrite the screen or turn the writing round."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign)[0] == "C" else sign for sign in line)
