"""A Paper as the values that templates/report.typ reads: lines in pieces, what is kept on one page, photos in grids.

A block gets its height estimated here, on the generous side, since asking typst for it costs a second layout: what is
surely short stays together, all else may break. Must not know typst, fonts, or what stands in a report.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol, TypeAlias, assert_never

from bot.export import paper_parts as p
from bot.export.pdf_lines import Line, Texts

Value: TypeAlias = dict[str, object]
WIDTH = 482.0
"""Points: the text on an A4 page with margins of 20 mm. report.typ says the same."""
_TOGETHER = 210.0
"""Points that may stay empty at the foot of a page, at most, because the next block did not fit."""
_ROW = 90.0
_SIZES = {"label": 8.0, "fine": 8.0, "given": 10.0}
_INSETS = {"card": 20.0, "answer": 11.0, "evidence": 16.0, "basis": 11.0, "asked": 10.0, "quiet": 8.0}
_GAP = 8.0
_BESIDE = 15.0
"""Points between two boxes that stand beside each other."""
_BRIEF = 200
"""Letters of a paragraph that only introduces what follows."""
_BAR = 92.0
"""Points at the end of a cell that its bar takes. report.typ says the same."""
_SHORT = 105.0
"""Points of an answer that may stand beside another: a rating, and a few lines of a note."""


class Pictures(Protocol):
    """What a PDF needs besides the words: where a chart and a photo are found, how large, what to say without."""

    def svg(self, chart: p.Chart) -> str:
        """The drawing, with its title."""

    def photo(self, sha256: str) -> tuple[str, float] | None:
        """Name of the file in the root folder, height : width. None: it cannot be shown."""

    @property
    def missing(self) -> str:
        """The sentence for a picture that cannot be shown."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Turns blocks into values. width: points they may take. texts, pictures: see their types."""

    texts: Texts
    pictures: Pictures
    width: float = WIDTH

    def blocks(self, blocks: Sequence[p.Block]) -> list[Value]:
        """Blocks in order; photos form a grid, charts and short answers stand in pairs."""
        values: list[Value] = []
        for kind, group in groupby(blocks, self._grouped):
            if kind == "photo":
                values.append(self._photos([one for one in group if isinstance(one, p.Photo)]))
            elif kind == "chart":
                values.append(self._charts([one for one in group if isinstance(one, p.Chart)]))
            elif kind == "short":
                values.append(self._beside([one for one in group if isinstance(one, p.Box)]))
            else:
                values.extend(self.block(one) for one in group)
        _stick(values)
        return values

    def block(self, block: p.Block) -> Value:
        """One block with all that is in it."""
        match block:
            case p.Para():
                size = _SIZES.get(block.kind, 9.5)
                return {"type": "para", "kind": block.kind, "line": self.line(block.line, size), "sticky": False}
            case p.Items():
                items = [self.line(one, 9.5, self.width - 20) for one in block.items]
                return {"type": "items", "items": items, "numbered": block.numbered}
            case p.Facts():
                return self.facts(block)
            case p.Table():
                return self._table(block)
            case p.Heading():
                head, aside = self.line(block.line, 12.0, self.width * 0.6), self.line(block.aside, 8.0)
                return {"type": "heading", "level": block.level, "line": head, "aside": aside}
            case p.Chart():
                return self._charts([block])
            case p.Photo():
                return self._photos([block])
            case p.Box():
                return self._box(block)
            case _:
                assert_never(block)

    def line(self, runs: p.Line, size: float, width: float | None = None) -> Line:
        return self.texts.line(runs, (self.width if width is None else width) / size)

    def text(self, text: str) -> str:
        """A text of ours, which is never too long a word."""
        return self.texts.shown(text)

    def facts(self, facts: p.Facts) -> Value:
        """Names in a column as wide as the widest needs, up to a third of the width."""
        column = min(max((self.texts.width(name) for name, _ in facts.pairs), default=0.0) + 0.5, self.width / 9.5 / 3)
        lines = [self.line(said, 9.5, self.width - column * 9.5 - 12) for _, said in facts.pairs]
        kind = "sums" if facts.kind == "sums" else "facts"
        named = [self.texts.line((p.Run(name),), column) for name, _ in facts.pairs]
        return {"type": kind, "width": round(column, 2), "pairs": list(zip(named, lines, strict=True))}

    def _table(self, table: p.Table) -> Value:
        size = 7.0 if table.kind == "log" else 8.5
        shares = self._shares(table)
        widths = [share - 8 for share in shares]
        return {
            "type": "table",
            "kind": table.kind,
            "caption": self.text(table.caption),
            "shares": shares,
            "ends": [column.align == "end" for column in table.columns],
            "titles": [
                self.line((p.Run(column.title),), 8.0, width)
                for column, width in zip(table.columns, widths, strict=True)
            ],
            "rows": [self._row(row, widths, size) for row in table.rows],
        }

    def _shares(self, table: p.Table) -> list[float]:
        """Points of each column, of which 8 stay empty: its share, but its title has room; the widest gives it."""
        unit = self.width / sum(column.share for column in table.columns)
        least = [min(self.texts.width(column.title) * 8 + 8, self.width / 4) for column in table.columns]
        points = [max(column.share * unit, small) for column, small in zip(table.columns, least, strict=True)]
        widest = points.index(max(points))
        points[widest] -= sum(points) - self.width
        return [round(one, 1) for one in points]

    def _row(self, row: p.TableRow, widths: Sequence[float], size: float) -> Value:
        cells = list(zip(row.cells, widths, strict=True))
        tall = max(self.texts.height(cell.line, size, width) for cell, width in cells)
        return {
            "kind": row.kind,
            "depth": row.depth,
            "breakable": tall > _ROW,
            "cells": [self._cell(cell, size, width) for cell, width in cells],
        }

    def _cell(self, cell: p.Cell, size: float, width: float) -> Value | Line:
        said = self.line(cell.line, size, width if cell.bar is None else width - _BAR)
        return said if cell.bar is None else {"line": said, "bar": cell.bar, "open": cell.bar_open}

    def _photos(self, photos: Sequence[p.Photo]) -> Value:
        columns = {1: 1, 2: 2, 4: 2}.get(len(photos), 3)
        width = (self.width - 10 * (columns - 1)) / columns
        limit = {1: 200.0, 2: 190.0, 3: 128.0}[columns]
        values = []
        for photo in photos:
            found = self.pictures.photo(photo.sha256)
            caption = self.line(photo.caption, 8.0, width)
            file, tall = (found[0], min(limit, width * found[1])) if found else (None, 0.0)
            wide = tall / found[1] if found else 0.0
            alt = self.text("".join(run.text for run in photo.caption)) or photo.sha256
            laid = {"file": file, "width": round(wide, 1), "height": round(tall, 1), "alt": alt, "line": caption}
            values.append({**laid, "missing": self.pictures.missing})
        return {"type": "photos", "columns": columns, "photos": values}

    def _box(self, box: p.Box) -> Value:
        inside = replace(self, width=self.width - _INSETS.get(box.kind, 0.0))
        tall = inside.tall(box.blocks)
        blocks = inside.blocks(box.blocks) if tall <= _TOGETHER else inside.broken(box.blocks)
        return {"type": "box", "kind": box.kind, "breakable": tall > _TOGETHER, "blocks": blocks}

    def broken(self, blocks: Sequence[p.Block]) -> list[Value]:
        """The blocks of a box that may break: what stands before its first box, as a question does, stays together."""
        first = next((n for n, block in enumerate(blocks) if isinstance(block, p.Box)), len(blocks))
        head, rest = blocks[:first], blocks[first:]
        if not rest or len(head) < 2 or self.tall(head) > _TOGETHER:  # noqa: PLR2004  one block needs no company
            return self.blocks(blocks)
        return [{"type": "together", "blocks": self.blocks(head)}, *self.blocks(rest)]

    def _charts(self, charts: Sequence[p.Chart]) -> Value:
        drawn = []
        for one in charts:
            title = "" if one.title == one.figure.title else self.text(one.title)  # the drawing says its own
            drawn.append({"svg": self.pictures.svg(one), "said": self.text(one.said), "title": title})
        return {"type": "charts", "charts": drawn}

    def _beside(self, boxes: Sequence[p.Box]) -> Value:
        """Short answers of several sheets in two columns."""
        half = replace(self, width=(self.width - _BESIDE) / 2) if len(boxes) > 1 else self
        blocks = [half.block(box) for box in boxes]
        return {"type": "beside", "blocks": blocks} if len(boxes) > 1 else blocks[0]

    def _grouped(self, block: p.Block) -> str:
        match block:
            case p.Photo():
                return "photo"
            case p.Chart():
                return "chart"
            case p.Box(kind="answer") if self.width > WIDTH / 2:
                half = replace(self, width=(self.width - _BESIDE) / 2)
                return "short" if half.tall([block]) <= _SHORT else ""
            case _:
                return ""

    def tall(self, blocks: Iterable[p.Block]) -> float:
        """Points that the blocks take at most, by estimate."""
        return sum(self._tall(block) + _GAP for block in blocks)

    def _tall(self, block: p.Block) -> float:
        match block:
            case p.Para(said, kind):
                return self.texts.height(said, _SIZES.get(kind, 9.5), self.width) + (18 if kind == "warn" else 0)
            case p.Items(items):
                return sum(self.texts.height(one, 9.5, self.width - 20) + 2 for one in items)
            case p.Facts(pairs):
                return sum(self.texts.height(said, 9.5, self.width * 0.6) + 3 for _, said in pairs)
            case p.Table(columns, rows):
                share = self.width / sum(column.share for column in columns)
                widths = [share * column.share - 8 for column in columns]
                return 30.0 + sum(
                    max(
                        self.texts.height(cell.line, 8.5, width) + 14
                        for cell, width in zip(row.cells, widths, strict=True)
                    )
                    for row in rows
                )
            case p.Heading(said):
                return self.texts.height(said, 12.0, self.width * 0.6) + 12
            case p.Chart() | p.Photo():
                return 220.0
            case p.Box(blocks, kind):
                return replace(self, width=self.width - _INSETS.get(kind, 0.0)).tall(blocks) + 16
            case _:
                assert_never(block)


def _stick(values: Sequence[Value]) -> None:
    """A short paragraph under a heading goes with what it introduces: none stands alone at the foot of a page."""
    for before, here, _ in zip([None, *values], values, values[1:], strict=False):
        opening = before is None or before["type"] == "heading"
        if opening and here["type"] == "para" and here["kind"] in {"fine", "plain"} and len(str(here["line"])) < _BRIEF:
            here["sticky"] = True
