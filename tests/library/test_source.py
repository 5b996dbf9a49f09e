"""Bytes to data: what is refused, where, and how fast (RELIABILITY 78)."""

import json
import subprocess
import sys

import pytest

from bot.library import source
from bot.library.load import load_bytes
from bot.library.problems import Report
from bot.library.source import Data, read_text, read_yaml
from tests.made_up import STARS


def data_of(text: str) -> Data:
    report = Report("x")
    read = read_yaml(text, report)
    assert read is not None, report.problems
    assert not report.problems
    return read[0]


@pytest.mark.parametrize(
    "word", ["4.10", "no", "on", "1:30", "012", "0x1F", "null", "~", "2026-04-01", "1e3", "=", "<<"]
)
def test_every_scalar_is_the_text_that_was_written(word: str) -> None:
    assert data_of(f"{{a: {word}, {word}: b}}") == {"a": word, word: "b"}


def test_an_empty_value_is_an_empty_text() -> None:
    assert data_of("a:\nb: []") == {"a": "", "b": []}


def test_places_are_those_of_keys_and_items() -> None:
    read = read_yaml("a:\n  - {b: 1, c: 2}\n  - x\n", Report("x"))
    assert read is not None
    assert read[1] == {
        (): (1, 1),
        ("a",): (1, 1),
        ("a", 0): (2, 5),
        ("a", 0, "b"): (2, 6),
        ("a", 0, "c"): (2, 12),
        ("a", 1): (3, 5),
    }


REFUSED = {
    "alias": (b"a: &x [1]\nb: *x", "alias-forbidden", 1, 4),
    "anchor on a scalar": (b"a: 1\nb: &x 1", "alias-forbidden", 2, 4),
    "tag": (b"a: !!int 1", "tag-forbidden", 1, 4),
    "python tag": (b"a: !!python/object:os.system x", "tag-forbidden", 1, 4),
    "two documents": (b"a: 1\n---\nb: 1", "several-documents", 2, 1),
    "no content": (b"# nothing\n", "empty-file", 1, 1),
    "tab": (b"a:\n\tb: 1", "tab", 2, 1),
    "tab in a text": (b"a: x\ty", "tab", 1, 5),
    "utf-16": ("a: 1".encode("utf-16"), "not-utf8", 1, 1),
    "utf-16 without BOM": ("a: 1".encode("utf-16-le"), "not-utf8", 1, 1),
    "gb18030": (b"a: 1\nb: " + "标准".encode("gb18030"), "not-utf8", 2, 4),
    "text to the left": ("a: 1\nid: a\u202eb".encode(), "forbidden-character", 2, 6),
    "a control sign": (b"a: \x07", "forbidden-character", 1, 4),
    "key of brackets": (b"a: 1\n? [b]\n: 1", "key-not-text", 2, 3),
    "broken": (b"a: [1,\nb: 2", "bad-yaml", 2, 5),
    "unknown escape": (b'a: "\\q"', "bad-yaml", 1, 6),
    "too deep": (b"[" * 10_000, "too-deep", 1, 21),
    "endless comment": (b"a: 1\n" + b"#" * 60_000, "too-long-stretch", 1, 4),
    "too large": (b"a" * 1_000_001, "too-large", 1, 1),
}


@pytest.mark.parametrize(("raw", "code", "line", "column"), REFUSED.values(), ids=REFUSED)
def test_refused_with_its_place(raw: bytes, code: str, line: int, column: int) -> None:
    loaded, problems = load_bytes(raw, "x.yaml")
    assert loaded is None
    assert [(p.code, p.line, p.column) for p in problems] == [(code, line, column)]


def test_duplicate_keys_are_all_named_with_the_first_line() -> None:
    report = Report("x")
    read_yaml("a: 1\nb: {c: 1, c: 2}\na: 3", report)
    assert [(p.line, p.column, p.params["key"], p.params["line"]) for p in report.problems] == [
        (2, 11, "c", "2"),
        (3, 1, "a", "1"),
    ]


@pytest.mark.parametrize("text", ["\ufeff" + STARS, STARS.replace("\n", "\r\n")], ids=["BOM", "CRLF"])
def test_bom_and_windows_line_ends_are_let_pass(text: str) -> None:
    loaded, problems = load_bytes(text.encode(), "x.yaml")
    assert loaded is not None
    assert not problems


def test_a_tab_in_the_last_line_has_its_line() -> None:
    report = Report("x")
    assert read_text(b"a: 1\r\nb: 2\r\n\t", report) is None
    assert report.problems[0].line == 3


MEGABYTE = 990_000
HOSTILE = {
    "values": "[" + "a," * (MEGABYTE // 2),
    "keys": "".join(f"k{n}: 1\n" for n in range(90_000)),
    "brackets": "[" * MEGABYTE,
    "braces": "{" * MEGABYTE,
    "dashes": "- " * (MEGABYTE // 2),
    "question marks": "? " * (MEGABYTE // 2),
    "indentation": "\n".join(" " * n + "a:" for n in range(1400)),
    "one word": "a" * MEGABYTE,
    "words": "a " * (MEGABYTE // 2),
    "lines": "a\n " * (MEGABYTE // 3),
    "quoted": '"' + "\\n" * (MEGABYTE // 2) + '"',
    "block": "a: |\n" + " x\n" * (MEGABYTE // 3),
    "folded": "a: >\n" + " x\n" * (MEGABYTE // 3),
    "comment": "#" * MEGABYTE,
    "comments": "#\n" * (MEGABYTE // 2),
    "blank lines": "\n" * MEGABYTE,
    "directives": "%A b\n" * (MEGABYTE // 5),
    "documents": "---\n" * (MEGABYTE // 4),
    "anchor": "&" + "a" * MEGABYTE,
    "tag": "!" + "a" * MEGABYTE,
    "escaped tag": "!<" + "%20" * (MEGABYTE // 3) + "> a",
    "unclosed pairs": '["a":' * (MEGABYTE // 5),
    "aliases": "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9)),
}


MEASURE = """
import json, pathlib, sys, time
from bot.library.load import load_bytes

load_bytes(b"warm: up", "x.yaml")
for line in sys.stdin:
    name, text = json.loads(line)
    begun = time.process_time()
    scheme, problems = load_bytes(text.encode(), "x.yaml")
    spent = time.process_time() - begun
    status = pathlib.Path("/proc/self/status")  # Linux alone says what this very program took at most
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024 if status.exists() else 0
    print(json.dumps([name, scheme is None, str(problems[0]), problems[0].line, spent, peak]), flush=True)
"""


def test_hostile_files_are_refused_in_a_second_and_100_mb() -> None:
    """In a process of its own: what a file costs, without what tests and coverage cost."""
    lines = "".join(json.dumps([name, text]) + "\n" for name, text in HOSTILE.items())
    done = subprocess.run([sys.executable, "-c", MEASURE], input=lines, capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [name for name, *_ in found] == list(HOSTILE)
    assert [(name, said) for name, refused, said, line, *_ in found if not refused or line < 1 or len(said) > 500] == []
    assert [(name, spent) for name, *_, spent, _ in found if spent >= 1] == []
    assert [(name, peak) for name, *_, peak in found if peak >= 100] == []


def test_a_long_text_that_is_not_endless_is_read() -> None:
    text = "wörd " * 4000
    assert data_of(f"a: {text}\n") == {"a": text.strip()}


def test_the_number_of_values_ends_just_where_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_EVENTS", 100)

    def read(items: int) -> list[str]:
        report = Report("x")
        read_yaml("".join("- a\n" for _ in range(items)), report)
        return [problem.code for problem in report.problems]

    around = 6  # starts and ends of stream, document and list
    assert read(100 - around) == []
    assert read(100 - around + 1) == ["too-many-values"]
