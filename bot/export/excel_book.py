"""A workbook by XlsxWriter: its looks, and the one way in which texts, numbers and formulas get into cells.

What people wrote is always a text: never a formula, a link or a number. Must not know reports.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, TypeAlias

Look: TypeAlias = Literal[
    "title",
    "head",
    "text",
    "strong",
    "soft",
    "note",
    "warn",
    "section",
    "code",
    "number",
    "flag",
    "whole",
    "input",
    "result",
]
LINES = 24
"""Lines of a wrapped cell that a row can show: Excel makes no row higher than 409 points, and holds 32,767 signs."""
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  XlsxWriter takes naive times for UTC
_LINE_HEIGHT = 16.5
"""Points; the rows of a sheet are made as high as their texts want, as not every program does so by itself."""
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
_LOOKS: Mapping[Look, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 14, "valign": "vcenter"},
    "head": {"bold": True, "text_wrap": True, "bg_color": "#E4EEEE", "valign": "vcenter"},
    "text": {"text_wrap": True, "num_format": "@"},
    "strong": {"text_wrap": True, "bold": True, "num_format": "@"},
    "soft": {"text_wrap": True, "font_color": "#5B6673"},
    "note": {"font_color": "#5B6673", "indent": 1},
    "warn": {"text_wrap": True, "bold": True, "font_color": "#9B2C2C"},
    "section": {"text_wrap": True, "bold": True, "bg_color": "#F4F6F8"},
    "code": {"text_wrap": True, "font_name": "Consolas", "font_size": 9, "num_format": "@"},
    "number": {},
    "flag": {"align": "center"},
    "whole": {"num_format": "0"},
    "input": {"num_format": "0", "font_color": "#0000FF", "bg_color": "#FFF9E5"},
    "result": {"bold": True, "text_wrap": True, "bg_color": "#E4EEEE"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """width: in signs of the default font; a Chinese sign takes two."""

    title: str
    width: int


class Book:
    """The workbook while it is written. made_at: UTC in ms; the same calls give the same bytes."""

    def __init__(self, title: str, made_at: int) -> None:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415  heavy, for this format alone

        self._out = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.made: Any = Workbook(self._out, options)
        self.kind = plain_sheet()
        self.made.set_properties({"title": title, "created": _EPOCH + timedelta(milliseconds=made_at)})
        self._looks: dict[tuple[Look, str], Any] = {}

    @cached_property
    def lined(self) -> object:
        """The format of thin lines."""
        return self.made.add_format({"border": 1, "border_color": "#D9DEE4"})

    def look(self, name: Look, form: str = "") -> object:
        """A format, made once. form: of numbers."""
        key = (name, form)
        if key not in self._looks:
            more = {"num_format": form} if form else {}
            self._looks[key] = self.made.add_format({**_FONT, **_LOOKS[name], **more})
        return self._looks[key]

    def page(self, name: str, widths: Sequence[int]) -> "Page":
        """A new sheet, landscape, as wide as a page. name: made fit for a tab."""
        return Page(self, tab(name), widths)

    def close(self) -> bytes:
        """The file."""
        self.made.close()
        return self._out.getvalue()


def tab(name: str) -> str:
    r"""A name that a sheet may have: 31 signs at most, none of []:*?/\, no ' at its ends."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in name).strip("' ")[:31].strip("' ") or "-"


class Page:
    """One sheet. Rows and columns count from 0; `row` is the next free one."""

    def __init__(self, book: Book, name: str, widths: Sequence[int]) -> None:
        self.book, self.name, self.row = book, name, 0
        self.sheet: Any = book.made.add_worksheet(name, book.kind)
        self._widths = widths
        self._cuts: list[int] = []
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_default_row(_LINE_HEIGHT)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        self.sheet.set_footer("&L&A&R&P / &N")

    def head(self, titles: Sequence[str], freeze: int = 0) -> None:
        """The titles of a table, always in sight and on every page. freeze: columns that stay too."""
        for column, title in enumerate(titles):
            self.text(column, title, "head")
        self.fit(dict(enumerate(titles)))
        self.sheet.freeze_panes(self.row + 1, freeze)
        self.sheet.repeat_rows(self.row)
        self.row += 1

    def text(self, column: int, text: str, look: Look = "text", row: int | None = None) -> None:
        """A text into the next row; nothing for ''. It must not be longer than `pieces` makes it."""
        if text:
            self.sheet.write_string(self.row if row is None else row, column, text, self.book.look(look))

    def number(self, column: int, value: float | None, look: Look = "number", form: str = "") -> None:
        """A number into the next row; nothing for None."""
        if value is not None:
            self.sheet.write_number(self.row, column, value, self.book.look(look, form))

    def figure(self, column: int, exact: Fraction, shown: str, look: Look = "number") -> None:
        """A number with all its digits in a form in which it reads as everywhere else: '77.78%', '3.5'."""
        bare = shown.rstrip("%")
        places = len(bare.partition(".")[2])
        percent = "%" * (bare != shown)
        form = f"0.{'0' * places}{percent}" if places else f"0{percent}"
        value = float(exact)
        if not _reads(value * (100 if percent else 1), places, bare):
            value = float(bare) / (100 if percent else 1)
        self.number(column, value, look, form)

    def blank(self, column: int, look: Look = "input") -> None:
        """An empty cell that has a look."""
        self.sheet.write_blank(self.row, column, None, self.book.look(look))

    def formula(self, column: int, formula: str, value: float | str, look: Look = "number", form: str = "") -> str:
        """A formula of ours into the next row, with what it gives now; its address on this sheet."""
        self.sheet.write_formula(self.row, column, f"={formula}", self.book.look(look, form), value)
        return address(self.row, column)

    def texts(self, cells: Sequence[str], looks: Sequence[Look]) -> None:
        """A row of texts; those that no row can show whole go on in rows below, in the same column."""
        parts = {column: pieces(text, self._widths[column]) for column, text in enumerate(cells) if text}
        for number in range(max((len(some) for some in parts.values()), default=1)):
            shown = {column: some[number] for column, some in parts.items() if number < len(some)}
            for column, text in shown.items():
                self.text(column, text, looks[column])
            self.fit(shown)
            self.row += 1

    def fit(self, shown: Mapping[int, str]) -> None:
        """Make the next row high enough for wrapped texts. shown: column -> text."""
        lines = max((high(text, self._widths[column]) for column, text in shown.items()), default=1)
        if lines > 1:
            self.sheet.set_row(self.row, min(lines, LINES) * _LINE_HEIGHT)

    def grid(self, first: int, last_column: int) -> None:
        """Thin lines around all cells from row `first` to here, empty ones too."""
        if self.row > first:
            line = {"type": "no_errors", "format": self.book.lined}
            self.sheet.conditional_format(first, 0, self.row - 1, last_column, line)

    def cut(self) -> None:
        """The next row begins a new page."""
        self._cuts.append(self.row)
        self.sheet.set_h_pagebreaks(self._cuts)

    def there(self, where: str) -> str:
        """An address on this sheet, as other sheets name it."""
        return f"'{self.name.replace(chr(39), chr(39) * 2)}'!{where}"


def _reads(value: float, places: int, shown: str) -> bool:
    """Whether a program that rounds half up by 15 digits shows this number so."""
    digits = Decimal(f"{value:.15g}")
    return digits.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) == Decimal(shown)


def address(row: int, column: int) -> str:
    """(4, 1) -> '$B$5'."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"${letters}${row + 1}"


def area(first: int, last: int, column: int) -> str:
    """Rows first to last of a column: '$B$5:$B$9'."""
    return f"{address(first, column)}:{address(last, column)}"


def high(text: str, width: int) -> int:
    """How many lines a text takes in a column, counted rather too many than too few."""
    if len(text) * 2 < width and "\n" not in text:
        return 1
    return sum(max(1, -(-_across(line) // (width - 1))) for line in text.removesuffix("\n").split("\n"))


def _across(text: str) -> int:
    """Places that a text takes: a Chinese sign has three bytes and takes two."""
    return (len(text.encode()) + len(text) + 1) // 2


def pieces(text: str, width: int) -> list[str]:
    """A text in parts of which a row of this width can show each; together they are the text."""
    if high(text, width) <= LINES:
        return [text]
    found, lines = [""], 0
    for line in text.splitlines(keepends=True):
        for start in range(0, len(line), width // 2 - 1):  # as if all signs were wide
            lines += 1
            if lines > LINES:
                found.append("")
                lines = 1
            found[-1] += line[start : start + width // 2 - 1]
    return found


def plain_sheet() -> type[Any]:
    """A worksheet that takes formulas as they are. XlsxWriter looks for 29 newer functions in each; ours use none."""
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # noqa: PLC0415  as above

    class Plain(Worksheet):  # type: ignore[misc]
        """See above; where the library names this method otherwise, all goes on, slower."""

        def _prepare_formula(self, formula: str, _expand: bool = False) -> str:  # noqa: FBT001, FBT002  not ours
            return formula.removeprefix("=")

    return Plain
