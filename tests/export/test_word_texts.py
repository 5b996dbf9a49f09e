"""What people typed stands in the Word report as they typed it, and does nothing there (rows 65-70, 112)."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.export.paper_parts import Block, Box, Cell, Column, Facts, Heading, Items, Para, Part, Run, Table, TableRow
from bot.export.word import render
from bot.export.word_xml import run
from tests.export.word_page import Page, every_block, paper, plain, say

NASTY = (
    "<b>bold</b> &lt;i&gt; &amp; </w:t></w:r></w:p>",
    "{{ 7*7 }} {% raw %} {%p for x in parts %} {{p facts }} {# no note #} {_{ }_} {_% %_}",
    "{{ title }}{{ 1/0 }} {% cellbg FF0000 %} {%r x %}",
    "'; DROP TABLE report; --",
    "_x000D_ _x0041_ &#10; \\n",
    '=HYPERLINK("http://127.0.0.1:9/") +1 -1 @x ＝1',
    '<img src=http://127.0.0.1:9/x> file:///etc/passwd <w:instrText>INCLUDEPICTURE "http://127.0.0.1:9"</w:instrText>',
    "two  spaces\tand a tab\nsecond line\n\nfourth line ",
    "\ue0000\ue001 \ue0001\ue001 private signs that our tokens use",
    "汉字 “引号” 😀 \U0001f468\u200d\U0001f469 العربية \u200fעברית mixed 123",
    "e" + "\u0301" * 300,
    "\u200b\u200d\u2060",
    "W" * 400,
    '" onload="x\' alt',
)


def everywhere(text: str) -> tuple[Part, ...]:
    typed = say(text, "user")
    blocks: tuple[Block, ...] = (
        Para(typed),
        Heading(typed, 3, text, typed),
        Items((typed,)),
        Facts((("A name", typed),)),
        Table((Column("One"), Column(text)), (TableRow((Cell(typed), Cell(typed))),), text),
        *(Box((Para(typed), Facts(((text, typed),))), kind) for kind in ("card", "answer", "note", "quiet")),
    )
    return (Part("result", text, blocks),)


@pytest.mark.parametrize("text", NASTY)
def test_it_stands_there_as_it_was_typed(text: str) -> None:
    page = Page(render(paper(typed=text, parts=everywhere(text))))
    # cover: title and organisation; 14 of the chapter, whose title is one of them, and the same four boxes twelve more
    assert plain("\n".join(page.paragraphs())).count(plain(text)) >= 22
    assert plain(text) in plain(page.around())
    assert {one.tag for one in page.body.iter()} <= {one.tag for one in calm().body.iter()} | {f"{W}br", f"{W}rtl"}
    assert [one for one in page.relations() if one.get("TargetMode")] == []


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def calm() -> Page:
    return Page(render(paper(typed="calm", parts=everywhere("calm\ttab"))))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@settings(max_examples=12, deadline=None)
def test_any_text_can_be_written(text: str) -> None:
    page = Page(render(paper(Para(say(text, "user")), typed=text)))
    signs = "".join("\ufffd" if (one < " " and one not in "\t\n\r") or one in "\ufffe\uffff" else one for one in text)
    assert plain(signs.replace("\r\n", "\n").replace("\r", "\n")) in plain(page.text)


def test_what_xml_cannot_hold_is_replaced_and_a_half_sign_too() -> None:
    page = Page(render(paper(Para(say("a\x00b\x0bc\ud800d\ufffee", "user")))))
    assert "a\ufffdb\ufffdc\ufffdd\ufffde" in page.text


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("abc \u202e321", "\u202c"),
        ("\u202a\u2067x", "\u2069\u202c"),
        ("\u2066a\u202eb\u2069", ""),
        ("\u202ea\u202c", ""),
        ("\u2069\u202c", ""),
        ("\u2068\u202e\u2069\u202b", "\u202c"),
    ],
)
def test_what_turns_the_text_behind_it_is_ended(text: str, closing: str) -> None:
    assert run(text).endswith(f'<w:t xml:space="preserve">{closing}\u200e</w:t></w:r>')


def test_what_is_written_from_the_right_is_told_so() -> None:
    page = Page(render(paper(Para((Run("name: "), Run("Li العربية (x) עברית 2026", "user"), Run(" said"))))))
    turned = ["".join(one.getparent().getparent().itertext()) for one in page.body.iter(f"{W}rtl")]
    assert turned == ["العربية", "עברית"]


def test_a_note_of_forty_thousand_signs_is_whole() -> None:
    long = "很长的备注。" * 7_000
    assert long in Page(render(paper(Para(say(long, "user"))))).text


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    """A stranger's program reads the file, nasty texts and all, and finds them."""
    texts = NASTY[:7]
    parts = tuple(Part(f"part{number}", text, (Para(say(text, "user")),)) for number, text in enumerate(texts))
    (tmp_path / "a.docx").write_bytes(render(paper(parts=(*parts, Part("all", "All", every_block())))))
    subprocess.run(
        (str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt:Text",
         "--outdir", tmp_path, tmp_path / "a.docx"),
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip
    read = (tmp_path / "a.txt").read_text("utf-8-sig")
    for text in texts:
        assert read.count(text) == 2
    assert "deep" in read
