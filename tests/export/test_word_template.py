"""Templates of customers: other looks, a logo, chapters left out and in another order; and each way to be broken."""

import io
import logging
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Pt, RGBColor, Twips
from PIL import Image

from bot.export.paper_parts import Box, Para, Part, Run
from bot.export.word import render
from bot.export.word_check import fault
from bot.export.word_make import make
from bot.export.word_slots import CHAPTERS
from bot.export.word_template import ours
from tests.export.word_page import Page, W, every_block, paper, say

ROOT = Path(__file__).parents[2]
CHAPTER = (
    Part("result", "Why this result", every_block()),
    Part("breakdown", "Points", (Para(say("points said")),)),
    Part("transcript", "Transcript", (Para(say("transcript said")),), fresh=True),
    Part("record", "Record", (Para(say("record said")),)),
)


def saved(document: Any, folder: Path) -> Path:
    file = folder / "own.docx"
    document.save(str(file))
    return file


def bare(*lines: str) -> Any:
    """A letter paper of somebody's: none of our styles in it."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return document


def branded() -> Any:
    """Our template as a certification body would change it, in Word."""
    document = Document(io.BytesIO(ours()))
    document.styles["Gradewalk Text"].font.name = "Georgia"
    document.styles["heading 1"].font.color.rgb = RGBColor(0x80, 0, 0x80)
    document.styles["Gradewalk Box answer"].element.find(f".//{W}left").set(f"{W}color", "FF00FF")
    logo = io.BytesIO()
    Image.new("RGB", (60, 20), "navy").save(logo, "PNG")
    logo.seek(0)
    # The logo moves from the first page to all others.
    document.sections[0].header.paragraphs[0].insert_paragraph_before().add_run().add_picture(logo, Pt(60))
    body = document.element.body
    (loop,) = [one for one in body.iter(f"{W}p") if "{{p part }}" in "".join(one.itertext())]
    for line in ("{{p chapter.transcript }}", "Between {{ chapter.result.title }} and {{ title|upper }}",
                 "{{p chapter.result.content }}", "{{p chapter.findings }}"):  # fmt: skip
        made = deepcopy(loop)
        (text,) = made.iter(f"{W}t")
        text.text = line
        loop.getprevious().addprevious(made)
    for one in (loop.getprevious(), loop.getnext(), loop):
        body.remove(one)
    return document


def test_the_file_is_what_the_script_makes() -> None:
    """`python -m bot.export.word_make` writes it; compressors differ between machines, contents do not."""
    kept, made = Page((ROOT / "templates" / "report.docx").read_bytes()), Page(make())
    assert kept.parts == made.parts


def test_our_template_can_be_used() -> None:
    assert fault(ROOT / "templates" / "report.docx") is None


def test_a_branded_template_gives_looks_order_and_logo(tmp_path: Path) -> None:
    template = saved(branded(), tmp_path)
    assert fault(template) is None
    page = Page(render(paper(typed="Ltd {{ 7*7 }}", parts=CHAPTER), None, template))
    lines = page.paragraphs()
    order = [lines.index(line) for line in ("transcript said", "Between Why this result and Ltd {{ 7*7 }}", "deep")]
    assert order == sorted(order)
    assert page.in_style("heading 1") == ["Transcript"]  # of the other, the content alone was asked for
    assert not {"points said", "record said"} & set(lines)
    styles = page.parts["word/styles.xml"].decode()
    assert "Georgia" in styles
    assert "800080" in styles
    bars = {one.get(f"{W}color") for one in page.body.iter(f"{W}left") if one.get(f"{W}val") == "single"}
    assert "FF00FF" in bars
    assert [name for name in page.parts if name.startswith("word/media/")] == ["word/media/image1.png"]
    assert "Running Ltd {{ 7*7 }}" in page.around()


def test_a_template_without_our_styles_gets_them(tmp_path: Path) -> None:
    document = bare(
        "Letter of {{ name }}", "{%p for part in parts %}", "{{ part }}", "{%p endfor %}", "{{p signatures }}"
    )
    page = Page(render(paper(parts=CHAPTER), None, saved(document, tmp_path)))
    assert "Letter of Report Made-up Ltd" in page.paragraphs()
    assert page.in_style("heading 1") == ["Why this result", "Points", "Transcript", "Record"]  # its own, by name
    assert page.in_style("Gradewalk Given")[0] == "Said given."
    used = {one.get(f"{W}val") for one in page.body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    assert used <= set(page.styles())
    based = {one.get(f"{W}val") for one in page.xml["word/styles.xml"].iter(f"{W}basedOn")}
    assert based <= set(page.styles())


def test_ids_of_styles_may_be_other_ones(tmp_path: Path) -> None:
    """Word in Chinese calls "heading 1" 1 and Normal a; so does every program as it likes."""
    data = io.BytesIO(ours())
    document = Document(data)
    for number, style in enumerate(document.styles.element.findall(f"{W}style")):
        old, new = style.get(f"{W}styleId"), f"a{number}"
        for one in [*document.styles.element.iter(), *document.element.iter()]:
            for key in (f"{W}val", f"{W}styleId"):
                if one.get(key) == old and one.tag in {f"{W}{name}" for name in ("style", "basedOn", "next", "pStyle")}:
                    one.set(key, new)
    page = Page(render(paper(*every_block()), None, saved(document, tmp_path)))
    assert page.in_style("heading 1") == ["Why this result", "The record"]
    assert len(page.styles()) == len(Page(ours()).styles())


def test_a_narrow_page_makes_narrow_tables(tmp_path: Path) -> None:
    document = Document(io.BytesIO(ours()))
    page = document.sections[0]
    page.page_width = Twips((page.page_width or 0) // 635 - 4_000)
    read = Page(render(paper(*every_block()), None, saved(document, tmp_path)))
    widths = [int(one.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) for one in read.body.iter(f"{W}tbl")][1:]
    assert len(widths) > 3  # the first is of the template
    assert max(widths) == 9_412 - 4_000


def linked(document: Any) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    document.part.relate_to("http://127.0.0.1:9/logo.png", kind, is_external=True)


def field(document: Any) -> None:
    run = document.paragraphs[0].add_run()
    run._r.append(run._r.makeelement(f"{W}instrText"))
    run._r[-1].text = ' INCLUDEPICTURE "http://127.0.0.1:9/x" '


def in_header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "{{ facts }}"


def noted(document: Any) -> None:
    comment = document.add_comment(document.paragraphs[0].runs, text="{{ title }}")
    assert comment.text


def nothing(_: Any) -> None:
    pass


@pytest.mark.parametrize(
    ("lines", "change", "code"),
    [
        (["{{ titel }}"], nothing, "unknown-tag"),
        (["{{p chapter.transcrpt }}"], nothing, "unknown-tag"),
        (["{{ facts.nothing }}"], nothing, "unknown-tag"),
        (["{{ title"], nothing, "bad-tag"),
        (["{% if grade %} for ever"], nothing, "bad-tag"),
        (["{{ title.__class__.__mro__ }}"], nothing, "bad-tag"),
        (["{{ ''.__class__ }}"], nothing, "bad-tag"),
        (["{{ 1 / 0 }}"], nothing, "bad-tag"),
        (["{% include '/etc/passwd' %}"], nothing, "bad-tag"),
        (["The facts: {{ facts }}"], nothing, "misplaced"),
        (["x"], in_header, "misplaced"),
        (["{{ title }}"], noted, "left-over"),
        (["x"], linked, "fetches"),
        (["x"], field, "fetches"),
        (["{{ title }}"], nothing, None),
    ],
)
def test_a_broken_template_is_told_from_a_sound_one(
    lines: list[str], change: Callable[[Any], None], code: str | None, tmp_path: Path
) -> None:
    document = bare(*lines)
    change(document)
    found = fault(saved(document, tmp_path))
    assert (found.fault if found else None) == code


def test_what_is_no_word_file_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "note.docx").write_text("{{ title }}", "utf-8")
    with zipfile.ZipFile(tmp_path / "zip.docx", "w") as held:
        held.writestr("a.txt", "a")
    codes = [fault(tmp_path / name) for name in ("note.docx", "zip.docx", "none.docx", ".")]
    assert [one.fault if one else None for one in codes] == ["not-word", "not-word", "missing", "missing"]


def test_with_a_broken_template_the_report_is_made_with_ours(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    template = saved(bare("{{ titel of secrets }}"), tmp_path)
    shown = paper(*every_block(), typed="Secret Ltd")
    with caplog.at_level(logging.WARNING):
        made = render(shown, None, template)
    assert made == render(shown)
    (record,) = caplog.records
    assert "WORD_TEMPLATE" in record.message
    assert "bad-tag" in record.message
    assert not any(word in caplog.text for word in ("Secret", "titel", "own.docx"))


def test_a_hyperlink_of_the_customer_may_stay(tmp_path: Path) -> None:
    document = bare("{{ title }}")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    document.part.relate_to("https://body.example", kind, is_external=True)
    assert fault(saved(document, tmp_path)) is None


def test_tags_may_be_compared_and_looped_over(tmp_path: Path) -> None:
    lines = (
        "{%p if standing == 'passed' and language == 'en' %}", "It has passed.", "{%p endif %}",
        "{%p for fact in facts %}", "{{ fact.name }}: {{ fact.text }}!", "{%p endfor %}",
        "{% for label in signatures %}{{ label }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{%p for part in parts if part.ident not in ['record', 'result'] %}", "§ {{ part.title }}", "{%p endfor %}",
        "{{p chapter.findings }}",
        "{% if chapter.findings %}found{% else %}none found{% endif %}",
    )  # fmt: skip
    page = Page(render(paper(typed="A {{ b }}", parts=CHAPTER), None, saved(bare(*lines), tmp_path)))
    assert page.paragraphs() == [
        "It has passed.", "Organisation: A {{ b }}!", "Scope: Everything!", "Lead, Assessor", "§ Points",
        "§ Transcript", "none found",
    ]  # fmt: skip


def test_the_look_of_a_tag_is_kept(tmp_path: Path) -> None:
    document = Document()
    one = document.add_paragraph().add_run("To {{ title }} from {{ page }}")
    one.bold, one.font.size = True, Pt(30)
    page = Page(render(paper(typed="A b", language="zh"), None, saved(document, tmp_path)))
    runs = list(page.body.iter(f"{W}r"))
    assert "".join(page.paragraphs()) == "To A b from Page 1 of 1"
    assert len([run for run in runs if run.find(f"{W}rPr/{W}b") is not None]) == len(runs) >= 4
    assert {run.find(f"{W}rPr/{W}sz").get(f"{W}val") for run in runs} == {"60"}


def test_every_chapter_of_a_report_has_a_tag() -> None:
    """A tag for a chapter that this report has not is empty; so all names must be known."""
    from bot.export.paper import paper as paper_of
    from tests.assessments.told import finished

    assert {part.ident for part in paper_of(finished("bjkb-007", "zh")).parts} <= set(CHAPTERS)


def test_boxes_take_their_border_from_the_template_whatever_stands_in_them() -> None:
    page = Page(render(paper(Box((Para((Run("in"),)), Para((Run("warned"),), "warn")), "answer"))))
    edges = [[one.tag.removeprefix(W) for one in each] for each in page.body.iter(f"{W}pBdr")]
    assert edges.count(["left"]) == 2
