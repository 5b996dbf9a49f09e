"""The rows of a scheme file in their order: every section and indicator with its path.

A section's own row comes first, then its `indicators`, then its `sections`. Must not know what rows are checked for.
"""

from collections.abc import Iterator
from typing import NamedTuple

from bot.library.format import Indicator, SchemeFile, Section
from bot.library.problems import Path


class Row(NamedTuple):
    """A section, an indicator, or both in one. parent: id of the section above, '' at the top; depth from 1."""

    path: Path
    entry: Indicator
    parent: str
    depth: int

    @property
    def section(self) -> Section | None:
        return self.entry if isinstance(self.entry, Section) else None

    @property
    def asked(self) -> bool:
        """Whether it is an indicator."""
        return self.section is None or self.entry.asked

    @property
    def belongs(self) -> str:
        """The section that an indicator stands in: itself, where it is both."""
        return self.parent if self.section is None else self.entry.id


def rows(file: SchemeFile) -> Iterator[Row]:
    """Every section and indicator of the file."""
    yield from _rows(file.sections, ("sections",), "", 1)


def _rows(sections: tuple[Section, ...], path: Path, parent: str, depth: int) -> Iterator[Row]:
    for place, section in enumerate(sections):
        here = (*path, place)
        yield Row(here, section, parent, depth)
        for index, indicator in enumerate(section.indicators):
            yield Row((*here, "indicators", index), indicator, section.id, depth + 1)
        yield from _rows(section.sections, (*here, "sections"), section.id, depth + 1)
