"""`python -m bot.verify FILE [--seal CODE] [--lang zh|en]`: exit 0 sound, 1 not as issued, 2 not readable at all."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.verify.bundle import verify
from bot.verify.signing import read_code
from bot.verify.words import sentences

EXIT_BROKEN = 1
EXIT_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one file and say what was found."""
    parser = argparse.ArgumentParser(prog="gradewalk verify", description="核验导出的文件 / verify an exported file")
    parser.add_argument("file", type=Path, help="bundle.zip 或 transcript.json / a bundle or a transcript")
    parser.add_argument("--seal", default="", help="关闭时发给成员的封印码 / the seal code sent at closing")
    parser.add_argument("--lang", choices=("zh", "en"), default="")
    given = parser.parse_args(arguments)
    try:
        data = given.file.read_bytes()
    except OSError as error:
        print(f"{given.file}: {error.strerror}", file=sys.stderr)
        return EXIT_USAGE
    try:
        posted = read_code(given.seal) if given.seal else None
    except ValueError:
        print("--seal: GW1-42-…（64 位十六进制 / 64 hex digits）", file=sys.stderr)
        return EXIT_USAGE
    report = verify(data, posted)
    for language in (given.lang,) if given.lang else ("zh", "en"):
        for line in sentences(report, language):
            print(line)
    return 0 if report.sound else EXIT_BROKEN


if __name__ == "__main__":
    sys.exit(main())
