"""The PDF holds every text of the Paper, on numbered pages with bookmarks, as PDF/A, the same bytes each time."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.scales import Language
from bot.export import fonts, pdf, pdf_pictures
from bot.export.paper import paper as paper_of
from bot.export.paper_parts import Block, Box, Facts, Heading, Paper, Para, Part, Photo, Run, texts
from bot.export.pdf import render
from bot.export.pdf_lines import literal
from tests.assessments.told import NAMES, finished, photo
from tests.export.pdf_page import Pages
from tests.export.story import eventful, panelled
from tests.export.test_paper import erased, partial
from tests.export.word_page import every_block, paper, pictures, say
from tests.sampled import sampled


def jpeg(size: tuple[int, int] = (400, 300), colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def pages(shown: Paper) -> Pages:
    return Pages(render(shown, lambda _: None))


def wanted(shown: Paper) -> list[str]:
    """Every text as the fonts can draw it."""
    return [fonts.drawable(literal(text)) for text in texts(shown)]


def marked(data: bytes) -> tuple[bytes, bytes]:
    """Part and conformance of PDF/A that the file claims."""
    found = re.search(rb"<pdfaid:part>(\d)</pdfaid:part>\s*<pdfaid:conformance>(\w)</pdfaid:conformance>", data)
    return found.groups() if found else (b"", b"")  # type: ignore[return-value]


def test_every_text_of_every_block_stands_on_the_pages() -> None:
    shown = paper(*every_block(), *pictures())
    made = pages(shown)
    assert made.missing(wanted(shown)) == []
    assert made.missing(["never said"]) == ["never said"]


@pytest.mark.parametrize(
    ("name", "language"), sampled([(name, language) for name in NAMES for language in ("zh", "en")], 10, 2)
)
def test_finished_assessments_stand_on_the_pages_whole(name: str, language: Language) -> None:
    shown = paper_of(finished(name, language))
    made = Pages(render(shown, photo))
    assert made.missing(wanted(shown)) == []
    assert marked(made.data) == (b"2", b"A")


def test_pages_are_numbered_and_named() -> None:
    shown = paper(*(Para(say(f"Paragraph {n}. " * 40)) for n in range(40)))
    made = pages(shown)
    count = len(made.bodies)
    assert count > 4
    assert set(made.sizes) == {(595, 842)}
    assert [f"Page {n} of {count}" in text for n, text in enumerate(made.around, start=1)] == [True] * count
    assert ["Running Made-up Ltd" in text for text in made.around] == [False] + [True] * (count - 1)
    assert (made.title, made.author) == (shown.name, "")


def test_chapters_and_headings_are_bookmarks() -> None:
    parts = (
        Part("result", "Why", (Heading(say("Management")), Heading(say("Clause"), 3, "4.1", say("5 points")))),
        Part("record", "Record", (Para(say("x")),)),
    )
    assert pages(paper(parts=parts)).bookmarks == [(0, "Why"), (1, "Management"), (2, "Clause"), (0, "Record")]


def test_it_is_pdf_a_in_the_paper_s_language() -> None:
    data = render(paper(*every_block(), language="zh"), None)
    assert marked(data) == (b"2", b"A")
    assert re.search(rb"/Lang ?\((zh|\xfe\xff\0z\0h)", data)


def test_equal_papers_make_equal_bytes() -> None:
    shown = paper(*every_block(), *pictures())
    held = {"0" * 64: jpeg()}
    assert render(shown, held.get) == render(shown, held.get)
    assert render(shown, held.get) != render(replace(shown, made_at=shown.made_at + 1000), held.get)


def test_a_chapter_begins_on_a_new_page_where_it_is_asked_to_or_long() -> None:
    short = (Para(say("short")),)
    long = tuple(Para(say(f"line {n}")) for n in range(200))
    parts = (
        Part("a", "One", short),
        Part("b", "Two", short),
        Part("c", "Three", short, fresh=True),
        Part("d", "Fourth", long),
    )
    bodies = pages(paper(parts=parts)).bodies
    first = {
        title: next(n for n, body in enumerate(bodies) if title in body) for title in ("One", "Two", "Three", "Fourth")
    }
    assert first == {"One": 1, "Two": 1, "Three": 2, "Fourth": 3}


def test_a_box_that_fits_stays_on_one_page() -> None:
    boxes = [
        Box((Para(say(f"begin-{n} ")), *(Para(say("line")) for _ in range(7)), Para(say(f"end-{n} "))))
        for n in range(30)
    ]
    made = pages(paper(*boxes))
    assert len(made.bodies) > 4
    torn = [n for n in range(30) if not any(f"begin-{n} " in body and f"end-{n} " in body for body in _spaced(made))]
    assert torn == []


def _spaced(made: Pages) -> list[str]:
    return [" ".join(body.split()) + " " for body in made.bodies]


def test_no_heading_is_left_alone_at_the_foot_of_a_page() -> None:
    for lines in range(20, 60, 3):
        blocks: list[Block] = [
            *(Para(say("filling")) for _ in range(lines)),
            Heading(say("The heading")),
            Para(say("Why."), "fine"),
        ]
        card = Box(tuple(Para(say("first line" if n == 0 else "more")) for n in range(9)))
        bodies = pages(paper(*blocks, card)).bodies
        (page,) = (n for n, body in enumerate(bodies) if "The heading" in body)
        assert "first line" in bodies[page], lines


def test_a_note_longer_than_pages_breaks_and_loses_nothing() -> None:
    note = "".join(f"第{n}句写得很长。" for n in range(4000))
    assert len(note) > 30_000
    shown = paper(
        Box((Heading(say("Clause"), 3), Box((Box((Para(say(note, "user")),), "note"),), "answer")), "question")
    )
    made = pages(shown)
    assert made.missing(wanted(shown)) == []
    assert len(made.bodies) > 10
    assert all(len(body) > 1000 for body in made.bodies[3:-3]), "no page is left half empty"


def test_a_tall_row_of_a_table_goes_on_over_the_page() -> None:
    made = pages(paper(*every_block(), Facts((("Name", say("很长的一段话。" * 1500, "user")),))))
    assert made.missing(["很长的一段话。" * 1500]) == []


def test_thirty_photos_stand_in_a_grid() -> None:
    held = {f"{n:064}": jpeg((300, 200) if n % 3 else (200, 900), "olive" if n % 2 else "navy") for n in range(30)}
    shown = paper(*(Photo(name, "image/jpeg", say(f"Caption {name[-2:]}.")) for name in held))
    made = Pages(render(shown, held.get))
    assert made.missing(wanted(shown)) == []
    assert 4 <= len(made.bodies) <= 7
    assert made.data.count(b"/DCTDecode") == len(set(held.values()))
    assert [f"Caption {a}." in body for a, body in pairwise(("01", made.bodies[1]))] == [True]


@pytest.mark.parametrize("data", [None, b"", b"no picture", jpeg()[:200]])
def test_a_picture_that_cannot_be_shown_is_said(data: bytes | None) -> None:
    shown = paper(Photo("0" * 64, "image/jpeg", say("Its caption")))
    made = Pages(render(shown, lambda _: data))
    assert made.missing(["Its caption", "This picture cannot be shown in the file"]) == []
    assert marked(made.data) == (b"2", b"A")


def test_one_picture_that_typst_refuses_is_left_out_and_the_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pictures, "size", lambda _: (4, 3))
    held = {"0" * 64: b"no picture", "1" * 64: jpeg()}
    made = Pages(render(paper(*(Photo(name, "image/jpeg", say(f"Caption {name[:2]}")) for name in held)), held.get))
    assert made.missing(["Caption 00", "Caption 11"]) == []
    assert made.text.count("cannot be shown") == 1
    assert made.data.count(b"/DCTDecode") == 1
    assert marked(made.data) == (b"2", b"A")


def test_without_the_standard_rather_than_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "drawable", str)
    made = Pages(render(paper(Para(say("before \U00012345 after"))), None))
    assert made.missing(["before", "after"]) == []
    assert marked(made.data) == (b"", b"")


def test_what_was_laid_out_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def grown(times: int) -> int:
        before = _resident()
        for n in range(times):
            render(paper(*(Para(say(f"{times} {n} {row} " * 40)) for row in range(400))), None)
        pdf.settle()
        return _resident() - before

    grown(2)
    assert grown(4) < 40
    monkeypatch.setattr(pdf, "_forget", lambda: None)
    assert grown(8) > 40


def _resident() -> int:
    """MB of memory that this process holds."""
    status = Path("/proc/self/statm")
    if not status.is_file():
        pytest.skip("tells memory on Linux alone")
    return int(status.read_text("ascii").split()[1]) * 4096 >> 20


def test_a_template_that_typst_refuses_is_a_defect_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_template", lambda: b"#nonsense()")
    with pytest.raises(ValueError, match="template"):
        render(paper(), None)


def test_open_partial_and_erased_reports_are_drawn_whole() -> None:
    for told in (eventful().report("en"), partial(panelled()), erased().report("zh")):
        shown = paper_of(told)
        made = pages(shown)
        assert made.missing(wanted(shown)) == []
        assert marked(made.data) == (b"2", b"A")


def test_nothing_to_sign_and_no_grade_leave_no_empty_frame() -> None:
    cover = replace(
        paper().cover, grade="", grade_label="", status="", totals=(), lines=(), signatures=(), disclaimer=""
    )
    made = pages(replace(paper(), cover=cover))
    assert made.missing(["Kind of document", "Not closed yet!"]) == []
    assert "Signature" not in made.text


def test_a_long_title_stays_on_its_page() -> None:
    shown = replace(paper(), running="长" * 300, cover=replace(paper().cover, title=(Run("Ŵ" * 400, "user"),)))
    made = pages(shown)
    assert made.missing(["Ŵ" * 400]) == []
    assert len(made.around[1].split("…")[0]) < 100
