"""The PDF is unmoved by what people may write: typst's commands, other markup, signs that turn text, endless words."""

import socket
import tempfile
from functools import cache
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from bot.export.paper import paper as paper_of
from bot.export.paper_parts import Cell, Column, Paper, Para, Photo, Run, Table, TableRow
from bot.export.pdf import render
from bot.export.pdf_lines import BREAK, Texts, literal
from tests.export.pdf_page import Pages
from tests.export.test_html_nasty import nasty
from tests.export.test_pdf import jpeg, marked, pages, wanted
from tests.export.word_page import every_block, paper, say
from tests.sampled import sampled

COMMANDS = (
    '#import "@preview/tablex:0.0.8": *',
    '#read("/etc/passwd")',
    "#panic()",
    "= No heading",
    "$x^2$ *bold* _it_ `raw` <label> @ref ~ -- --- ... \\ \\u{41} [x] {y} // no comment /* nor */",
    '"quoted\\" #sys.inputs',
    "http://127.0.0.1:9/x",
    "'single' \"double\"",
)
SIGNS = (
    "Grade \u202eA edarg\u202c \u2067x\u2069 \u200f end",
    "\u2066\u2067\u2068 open",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 中文 \u05e2\u05d1\u05e8\u05d9\u05ea 123",
    "👨\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 ✔ ✗",
    "e" + "\u0301" * 1000,
    "one\u2028two\u2029three\u0085four\u000bfive\tsix",
    "not a character \ufffe\uffff\U0010ffff x",
    "private \ue000 \U000f0000 x",
    "feff\ufeffbom soft\u00adhyphen",
    "".join(map(chr, range(1, 32))) + "x" + "".join(map(chr, range(127, 160))),
)
ENDLESS = (
    "x" * 5000,
    "&" * 4096,
    "Ｗ" * 3000,
    "ab-" * 900,
    "）" * 2000,
    "\u00a0" + "n\u00a0" * 900,
    "@" * 900,
    "😀" * 300,
)


def drawn_in_every_place(text: str) -> Paper:
    typed = say(text, "user")
    row = TableRow((Cell(say("1")), Cell(typed, 50), Cell(typed)))
    table = Table((Column("No"), Column("What", "end"), Column("x", share=9)), (row,), kind="log")
    return paper(Para((Run(text, "user"), Run(" behind", "soft"))), *every_block(), table, typed=text)


@cache
def calm() -> list[tuple[int, str]]:
    return pages(drawn_in_every_place("calm")).bookmarks


@pytest.mark.parametrize("text", [*COMMANDS, *SIGNS])
def test_whatever_is_typed_stands_there_as_it_was_typed(text: str) -> None:
    shown = drawn_in_every_place(text)
    made = pages(shown)
    assert made.missing(wanted(shown)) == []
    assert made.bookmarks == calm()
    assert marked(made.data) == (b"2", b"A"), "every sign had a glyph"


def test_a_report_full_of_nasty_texts_is_drawn_whole() -> None:
    shown = paper_of(nasty().report("zh"))
    made = pages(shown)
    assert made.missing(wanted(shown)) == []
    assert marked(made.data) == (b"2", b"A")


@pytest.mark.parametrize("text", sampled(ENDLESS, 3, 1))
def test_a_word_without_end_breaks_inside_the_page(text: str) -> None:
    shown = drawn_in_every_place(text)
    data = render(shown, None)
    assert Pages(data).missing(wanted(shown)) == []
    document = pypdfium2.PdfDocument(data)
    for page in document:
        texts_ = page.get_textpage()
        boxes = (texts_.get_charbox(n) for n in range(texts_.count_chars()))
        assert max((right for _, _, right, _ in boxes), default=0) <= 595 - 56 + 2
    document.close()


def test_signs_that_turn_text_do_not_reach_the_page() -> None:
    data = Pages(render(paper(Para((Run("abc \u202e321", "user"), Run(" behind", "soft")))), None))
    assert "abc 321 behind" in " ".join(data.text.split())


def test_a_long_word_is_cut_where_no_letter_loses_its_marks() -> None:
    word = "e\u0301\u0327" * 60
    pieces = Texts(str).line((Run(word, "code"),), 10)
    assert pieces.count(BREAK) > 5
    told = [piece[1] for piece in pieces if isinstance(piece, tuple)]
    assert "".join(told) == word
    assert {piece[0] for piece in told} == {"e"}


def test_short_words_are_left_whole_and_neighbours_are_joined() -> None:
    line = (Run("a "), Run("b · c", "user"), Run(" · d"), Run("e", "strong"))
    assert Texts(str).line(line, 50) == ["a b · c·d", ("strong", "e")]


def test_literal_keeps_every_sign_that_is_seen() -> None:
    assert literal("a\tb\r\nc\rd\u2028e\u202e\u00adf") == "a    b\nc\nd\nef"
    assert literal("plain") == "plain"


def test_nothing_is_fetched_and_only_its_own_folder_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """typst runs in native code: what Python sees is its own sockets; the folder must be gone when it is done."""
    asked: list[object] = []
    monkeypatch.setattr(socket, "socket", lambda *args: asked.append(args))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[set[str]] = []

    def photo(_: str) -> bytes:
        (folder,) = tmp_path.iterdir()
        seen.append({one.name for one in folder.iterdir()})
        assert folder.stat().st_mode & 0o077 == 0
        return jpeg()

    blocks = (Photo("0" * 64, "image/jpeg", say("x")), Para(say("apart")), Photo("1" * 64, "image/jpeg", say("y")))
    data = render(paper(*blocks, *map(_typed, COMMANDS)), photo)
    assert (asked, seen) == ([], [set(), {"photo-0.jpg"}])
    assert list(tmp_path.iterdir()) == []
    assert b"/URI" not in data
    assert b"/EmbeddedFile" not in data


def _typed(text: str) -> Para:
    return Para(say(text, "user"))


def test_the_template_imports_nothing_and_takes_no_text_as_markup() -> None:
    from bot.paths import templates_dir

    source = (templates_dir() / "report.typ").read_text("utf-8")
    code = [line.partition("//")[0] for line in source.splitlines()]
    assert not [
        line for line in code if any(word in line for word in ("import", "include", "eval(", "read(", "plugin", "@"))
    ]
