"""A Word file read back for tests: its parts, its texts as a reader sees them; and a report with every block."""

import io
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from bot.export.chart_parts import Bar, Bars
from bot.export.paper_parts import (
    Block,
    Box,
    Cell,
    Chart,
    Column,
    Cover,
    Facts,
    Heading,
    Items,
    Line,
    Paper,
    Para,
    Part,
    Photo,
    Run,
    Table,
    TableRow,
)  # fmt: skip

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MADE = 1_777_700_000_000
_SIGNS = {f"{W}br": "\n", f"{W}tab": "\t"}
# What closes the direction of a typed text stands behind it, in a run of its own.
_MARKS = dict.fromkeys(map(ord, "\u200e\u202c\u2069"))


class Page:
    """One file."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            assert held.testzip() is None
            self.parts = {name: held.read(name) for name in held.namelist()}
        self.xml: dict[str, Any] = {
            name: etree.fromstring(part) for name, part in self.parts.items() if name.endswith((".xml", ".rels"))
        }
        self.body = self.xml["word/document.xml"][0]

    def paragraphs(self, root: Any = None) -> list[str]:
        """The text of each paragraph, in order. Without marks of direction: those are counted elsewhere."""
        return [said(one) for one in (self.body if root is None else root).iter(f"{W}p")]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs())

    def around(self) -> str:
        """Headers and footers."""
        roots = [root for name, root in self.xml.items() if name.startswith(("word/header", "word/footer"))]
        return "\n".join(line for root in roots for line in self.paragraphs(root))

    def styles(self) -> dict[str, str]:
        """Id -> name."""
        return {
            one.get(f"{W}styleId"): one.find(f"{W}name").get(f"{W}val")
            for one in self.xml["word/styles.xml"].iter(f"{W}style")
        }

    def in_style(self, name: str) -> list[str]:
        """Paragraphs of a style."""
        return [said(one) for one in self.body.iter(f"{W}p") if self.style_of(one) == name]

    def style_of(self, paragraph: Any) -> str:
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        return "" if named is None else self.styles()[named.get(f"{W}val")]

    def relations(self) -> Iterator[Any]:
        for name, root in self.xml.items():
            if name.endswith(".rels"):
                yield from root


def said(paragraph: Any) -> str:
    runs = (one for one in paragraph.iter() if one.getparent().tag == f"{W}r" and _of(one, paragraph))
    return "".join(_SIGNS.get(one.tag, (one.text or "") if one.tag == f"{W}t" else "") for one in runs)


def plain(text: str) -> str:
    """A text as `said` and a person read it: without marks of direction."""
    return text.translate(_MARKS)


def _of(one: Any, paragraph: Any) -> bool:
    """Not of a paragraph within a picture's box."""
    return next(one.iterancestors(f"{W}p")) is paragraph


def say(text: str, kind: Any = "plain") -> Line:
    return (Run(text, kind),)


def every_block() -> tuple[Block, ...]:
    """One of each kind, and each kind of each."""
    table = Table(
        (Column("Clause", share=3), Column("Points", "end"), Column("Rate", "end")),
        (
            TableRow((Cell(say("1 Section"), 80), Cell(say("8 / 10")), Cell(say("80%"))), "section"),
            TableRow((Cell(say("1.1 Row"), 0), Cell(say("0 / 5")), Cell(say("0%"))), depth=1),
            TableRow((Cell(say("1.2 Open"), 40, bar_open=True), Cell(say("2 / 5")), Cell(say("40%"))), depth=2),
            TableRow((Cell(say("Sum")), Cell(say("10 / 20")), Cell(say("50%"))), "sum"),
        ),
        "Points by clause",
        "parts",
    )
    log = Table((Column("No"), Column("What", share=4)), (TableRow((Cell(say("1")), Cell(say("begun")))),), kind="log")
    paras = tuple(
        Para(say(f"Said {kind}."), kind)
        for kind in ("plain", "label", "fine", "warn", "given", "question", "statement", "none")
    )
    runs: Line = tuple(Run(f"run {kind} ", kind) for kind in ("plain", "strong", "soft", "user", "code", "gone"))
    boxes = tuple(
        Box((Heading(say(f"In {kind}"), 3), Para(say(f"Text in {kind}")), facts(), Items((say(f"item {kind}"),))), kind)
        for kind in ("card", "question", "answer", "note", "evidence", "basis", "asked", "quiet")
    )
    nested = Box(
        (Box((Box((Para(say("old note")),), "quiet"), Para(say("deep"))), "note"), Para(say("after"))), "answer"
    )
    items = (Items((say("first"), say("second")), numbered=True), Items((say("dot"),)))
    sums = Facts((("Earned", say("41.5")), ("Of", say("50"))), "sums")
    head = Heading(say("Clause title"), 4, "4.2.1", say("5 points", "soft"))
    return (Para(runs), *paras, head, *items, facts(), sums, table, log, *boxes, nested)


def facts() -> Facts:
    return Facts((("A name", say("what stands behind it")),))


def pictures(digest: str = "0" * 64) -> tuple[Block, ...]:
    bar = Bar("Clause one", Fraction(4, 5), "8/10")
    return (
        Chart(Bars("Total", (bar,)), "Picture of points", "Clause one 8/10 80%"),
        Photo(digest, "image/jpeg", say("Photo one <b>")),
        Photo("f" * 64, "image/jpeg", say("Photo two is not there")),
    )


def paper(*blocks: Block, typed: str = "Made-up Ltd", language: Any = "en", parts: tuple[Part, ...] = ()) -> Paper:
    """A made-up report of one chapter, or of some. typed: a text of a person, in the places of all of them."""
    cover = Cover(
        kind="Kind of document",
        title=say(typed, "user"),
        scheme=say("MY 001-2026 Scheme"),
        standing="passed",
        grade_label="Result of it",
        grade="Four-star",
        status="Passed here",
        totals=((Run("Total "), Run("83.56", "strong"), Run(" / 100", "soft")),),
        lines=(say("Small print"),),
        facts=Facts((("Organisation", say(typed, "user")), ("Scope", say("Everything")))),
        signatures=("Lead", "Assessor"),
        disclaimer="This is no certificate.",
        warnings=(say("Not closed yet!"),),
        signing=("Name", "Signature", "Date"),
    )
    chapters = parts or (Part("result", "Why this result", blocks), Part("record", "The record", (), fresh=True))
    lang = "zh-CN" if language == "zh" else "en"
    ending = (say("Made for tests"),)
    return Paper(
        language, lang, f"Report {typed}", cover, chapters, ending, f"Running {typed}", "Page {page} of {pages}", MADE
    )
