"""The Word report holds every text of the Paper, in real styles, and nothing that is fetched or changes."""

import io
import zipfile
from collections import Counter
from typing import Any

import pytest
from PIL import Image

from bot.export import word_blocks
from bot.export.paper import paper as paper_of
from bot.export.paper_parts import Box, Heading, Paper, Para, Part, Photo, texts
from bot.export.word import render
from tests.assessments.told import NAMES, finished
from tests.export.word_page import Page, W, every_block, paper, pictures, plain, say

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def png(size: tuple[int, int] = (400, 200), colour: str = "teal", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are drawn elsewhere, and tested there."""
    monkeypatch.setattr(word_blocks, "_drawing", lambda _: png())


def missing(page: Page, shown: Paper) -> list[str]:
    """Texts that stand less often in the file than in the report."""
    whole = plain(page.text)
    wanted = Counter(plain(text) for text in texts(shown) if text.strip())
    return [text for text, times in wanted.items() if whole.count(text) < times]


def test_every_text_stands_in_the_document() -> None:
    shown = paper(*every_block())
    page = Page(render(shown))
    assert missing(page, shown) == []
    assert "Running Made-up Ltd" in page.around()


@pytest.mark.usefixtures("drawn")
def test_finished_assessments_stand_in_the_document_whole() -> None:
    for name, language in (("bjkb-007", "zh"), ("bjkb-007", "en")):
        shown = paper_of(finished(name, language))
        page = Page(render(shown))
        assert missing(page, shown) == []
        assert {one.get(f"{W}eastAsia") for one in page.xml["word/styles.xml"].iter(f"{W}lang")} == {"zh-CN"}


@pytest.mark.long
@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_all_finished_assessments(name: str, language: Any) -> None:
    shown = paper_of(finished(name, language))
    assert missing(Page(render(shown)), shown) == []


def test_headings_are_headings_and_may_be_jumped_to() -> None:
    shown = paper(Heading(say("4.2.1 Title"), 4, "4.2.1"), Heading(say("Once more"), 3, "4.2.1"))
    page = Page(render(shown))
    assert page.in_style("heading 1") == ["Why this result", "The record"]
    assert page.in_style("heading 4") == ["4.2.1 Title"]
    marks = [one.get(f"{W}name") for one in page.body.iter(f"{W}bookmarkStart")]
    assert marks == ["part_result", "clause_4_2_1", "part_record"]  # a name stands once
    numbers = [one.get(f"{W}id") for one in page.body.iter(f"{W}bookmarkStart")]
    assert numbers == [one.get(f"{W}id") for one in page.body.iter(f"{W}bookmarkEnd")]
    broken = [one for one in page.body.iter(f"{W}p") if one.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert ["".join(one.itertext()) for one in broken] == [
        "Why this result",
        "The record",
    ]  # behind the cover, and asked


def test_tables_repeat_their_head_and_do_not_tear_rows() -> None:
    page = Page(render(paper(*every_block())))
    heads = [row for row in page.body.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert [page.paragraphs(row) for row in heads] == [["Clause", "Points", "Rate"], ["No", "What"]]
    torn = [row for row in page.body.iter(f"{W}tr") if row.find(f"{W}trPr/{W}cantSplit") is None]
    assert torn == []
    for one in page.body.iter(f"{W}tbl"):
        widths = [int(column.get(f"{W}w")) for column in one.find(f"{W}tblGrid")]
        assert sum(widths) == int(one.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) <= 9_412
        after = one.getnext()
        assert after.tag == f"{W}p"  # two tables side by side would become one


def test_a_long_box_may_break_and_a_short_one_is_kept_together() -> None:
    short = Box((Para(say("one")), Para(say("two"))), "answer")
    long = Box(tuple(Para(say(f"line {n}")) for n in range(40)), "answer")
    page = Page(render(paper(short, long)))
    kept = [one for one in page.body.iter(f"{W}p") if one.find(f"{W}pPr/{W}keepNext") is not None]
    assert ["".join(one.itertext()) for one in kept if page.style_of(one) == "Gradewalk Text"] == ["one"]


def test_bars_are_as_long_as_their_share() -> None:
    page = Page(render(paper(*every_block())))
    bars = [one for one in page.body.iter(f"{W}p") if page.style_of(one).startswith("Gradewalk Bar")]
    ends = [int(one.find(f"{W}pPr/{W}ind").get(f"{W}right")) for one in bars]
    inner = 9_412 * 3 // 5 - 160
    assert ends == [inner * 20 // 100, inner - 240, (inner - 480) * 60 // 100]
    assert [page.style_of(one) for one in bars] == ["Gradewalk Bar", "Gradewalk Bar", "Gradewalk Bar Open"]


@pytest.mark.usefixtures("drawn")
def test_pictures_are_kept_once_with_words_for_who_cannot_see_them() -> None:
    digest = "a" * 64
    photo = {digest: png((300, 600), "olive", "JPEG"), "b" * 64: b"no picture"}
    blocks = (*pictures(digest), Photo(digest, "image/jpeg", say("The same again")), Photo("b" * 64, "", say("Broken")))
    page = Page(render(paper(*blocks), photo.get))
    described = [one.get("descr") for one in page.body.iter(f"{WP}docPr")]
    assert described == ["Clause one 8/10 80%", "Photo one <b>", "The same again"]
    numbers = [one.get("id") for one in page.body.iter(f"{WP}docPr")]
    assert len(set(numbers)) == len(numbers)
    media = sorted(name for name in page.parts if name.startswith("word/media/"))
    assert [page.parts[name] for name in media] == [png(), photo[digest]]
    assert {"Photo two is not there", "Broken", "Picture of points"} <= set(page.paragraphs())
    for one in page.body.iter(f"{WP}extent"):
        ratio = int(one.get("cx")) / int(one.get("cy"))
        assert ratio == pytest.approx(2, rel=0.01) or ratio == pytest.approx(0.5, rel=0.01)


def test_the_same_input_gives_the_same_bytes_and_another_time_is_told() -> None:
    shown = paper(*every_block())
    made = render(shown)
    assert made == render(shown)
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        assert {one.date_time for one in held.infolist()} == {(2026, 5, 2, 5, 33, 20)}
    about = Page(render(shown)).parts["docProps/core.xml"].decode()
    assert "2026-05-02T05:33:20Z" in about
    assert "Report Made-up Ltd" in about
    assert "<dc:language>en</dc:language>" in about


def test_pages_are_counted_by_fields_and_there_are_no_others() -> None:
    page = Page(render(paper(*every_block(), typed="{ PAGE } HYPERLINK")))
    for name, root in page.xml.items():
        fields = [one.text.strip() for one in root.iter(f"{W}instrText")]
        assert fields == (["PAGE", "NUMPAGES"] if name.startswith("word/footer") else [])
        assert not list(root.iter(f"{W}hyperlink", f"{W}fldSimple", f"{W}object"))
    assert "Page 1 of 1" in page.around()
    assert [one for one in page.relations() if one.get("TargetMode")] == []


def test_the_language_is_told() -> None:
    chinese, english = (Page(render(paper(*every_block(), language=one))) for one in ("zh", "en"))
    for page, lang in ((chinese, "en-US"), (english, "en-GB")):
        (told,) = page.xml["word/styles.xml"].iter(f"{W}lang")
        assert (told.get(f"{W}val"), told.get(f"{W}eastAsia")) == (lang, "zh-CN")
    hints = [one.get(f"{W}hint") for one in chinese.body.iter(f"{W}rFonts")]
    assert set(hints) == {"eastAsia"}  # so that Chinese quotation marks are wide
    assert list(english.body.iter(f"{W}rFonts")) == []
    for one in chinese.xml["word/styles.xml"].iter(f"{W}rFonts"):
        assert one.get(f"{W}eastAsia")


def test_a_report_of_an_erased_assessment_has_no_empty_frames() -> None:
    from dataclasses import replace

    shown = paper(parts=(Part("record", "The record", ()),))
    bare = replace(shown, cover=replace(
        shown.cover, grade="", grade_label="", status="", totals=(), lines=(), signatures=(), disclaimer="", warnings=()
    ))  # fmt: skip
    page = Page(render(bare))
    assert page.in_style("Gradewalk Cover Grade") == []
    assert len(list(page.body.iter(f"{W}tbl"))) == 1  # the facts
