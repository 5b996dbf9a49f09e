"""What the tags of a template stand for. A tag leaves a token, which is replaced once the template is done.

So nothing that people wrote passes through Jinja or docxtpl, which would read signs of theirs in it. A template gets
tokens, and words of ours (language, standing, ident) that it may compare. Must not know how a token is replaced.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bot.export.paper_parts import Block, Line, Paper, Para, Part, Run

OPEN, CLOSE = "\ue000", "\ue001"
"""Around the number of a token: signs of the private area, which no template needs."""
CHAPTERS = (
    "result", "charts", "breakdown", "findings", "panel", "readings", "transcript", "evidence", "seals", "record",
)  # fmt: skip
"""Chapters that a report may have. A tag for one that this report lacks stays empty."""
COLOURS: Mapping[Literal["passed", "failed", "undecided"], str] = {
    "passed": "1D6B3C",
    "failed": "9B2C2C",
    "undecided": "3D4A5C",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A line, within a paragraph of the template."""

    line: Line


@dataclass(frozen=True, slots=True)
class Page:
    """'第 {page} 页，共 {pages} 页', with fields that Word fills."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Signing:
    """The rows to be signed by hand."""

    labels: tuple[str, ...]
    columns: tuple[str, ...]


Filling: TypeAlias = Text | Page | Signing | Part | tuple[Block, ...]
"""What takes the place of a token; all but the first two take the place of a whole paragraph."""


class Slot:
    """A value in a template: prints its token, is true where there is something, and may be a list of others."""

    def __init__(self, token: str, several: tuple["Slot", ...] = (), *, full: bool = True) -> None:
        self._token, self._several, self._full = token, several, full

    def __html__(self) -> str:
        return self._token

    __str__ = __html__

    def __bool__(self) -> bool:
        return self._full

    def __iter__(self) -> Iterator["Slot"]:
        return iter(self._several)

    def __len__(self) -> int:
        return len(self._several)


class Fact(Slot):
    """A pair: name, text."""

    def __init__(self, name: Slot, text: Slot) -> None:
        super().__init__(str(text))
        self.name, self.text = name, text


class Chapter(Slot):
    """A chapter with its title. content: without it. fresh: begins on a new page."""

    def __init__(self, whole: Slot, part: Part, title: Slot, content: Slot) -> None:
        super().__init__(str(whole), full=bool(whole))
        self.ident, self.fresh, self.title, self.content = part.ident, part.fresh, title, content


class Slots:
    """The tags of one document, and what each of them stands for, by its number."""

    def __init__(self, paper: Paper) -> None:
        self.fillings: list[Filling] = []
        self.tags = self._tags(paper)

    def _slot(self, filling: Filling, several: Iterable[Slot] = (), *, full: bool = True) -> Slot:
        self.fillings.append(filling)
        return Slot(f"{OPEN}{len(self.fillings) - 1}{CLOSE}", tuple(several), full=full)

    def _text(self, text: str) -> Slot:
        return self._line((Run(text),) if text else ())

    def _line(self, line: Line) -> Slot:
        return self._slot(Text(line), full=bool(line))

    def _lines(self, lines: Iterable[Line], kind: Literal["plain", "fine", "warn"] = "plain") -> Slot:
        told = tuple(lines)
        return self._slot(
            tuple(Para(line, kind) for line in told), [self._line(line) for line in told], full=bool(told)
        )

    def _chapter(self, part: Part, *, full: bool = True) -> Chapter:
        whole = self._slot(part if full else (), full=full)
        return Chapter(whole, part, self._text(part.title), self._slot(part.blocks, full=bool(part.blocks)))

    def _tags(self, paper: Paper) -> dict[str, object]:
        cover = paper.cover
        # The first stands behind the cover. Who asks for a chapter by its name puts page breaks where they want them.
        parts = [self._chapter(replace(part, fresh=part.fresh or not n)) for n, part in enumerate(paper.parts)]
        named = {part.ident: self._chapter(part) for part in paper.parts}
        none = {ident: self._chapter(Part(ident, "", ()), full=False) for ident in CHAPTERS}
        facts = [Fact(self._text(name), self._line(line)) for name, line in cover.facts.pairs]
        labels = [self._text(label) for label in cover.signatures]
        return {
            "language": paper.language,
            "standing": cover.standing,
            "colour": COLOURS[cover.standing],
            "name": self._text(paper.name),
            "kind": self._text(cover.kind),
            "title": self._line(cover.title),
            "scheme": self._line(cover.scheme),
            "warnings": self._lines(cover.warnings, "warn"),
            "grade_label": self._text(cover.grade_label),
            "grade": self._text(cover.grade),
            "status": self._text(cover.status),
            "totals": self._lines(cover.totals),
            "lines": self._lines(cover.lines, "fine"),
            "facts": self._slot((cover.facts,), facts, full=bool(facts)),
            "signatures": self._slot(Signing(cover.signatures, cover.signing), labels, full=bool(labels)),
            "disclaimer": self._text(cover.disclaimer),
            "parts": parts,
            "chapter": none | named,
            "ending": self._lines(paper.ending, "fine"),
            "running": self._text(paper.running),
            "page": self._slot(Page(paper.page)),
        }
