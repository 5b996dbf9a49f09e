"""The pictures of one PDF: charts as SVG texts, photos as files under names of ours in the folder that typst may read.

Must not know what they show.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.export import charts
from bot.export.paper_parts import Chart
from bot.export.photos import size


@dataclass(slots=True)
class Laid:
    """folder: of this document alone. photos: JPEG by SHA-256; missing: the sentence where one cannot be shown."""

    folder: Path
    photos: Callable[[str], bytes | None] | None
    missing: str
    _files: dict[str, tuple[str, float] | None] = field(default_factory=dict)

    def svg(self, chart: Chart) -> str:
        """The drawing, with its title."""
        return charts.svg(chart.figure)

    def photo(self, sha256: str) -> tuple[str, float] | None:
        """Name of the file, and how many times as high as wide it is; None: it cannot be shown."""
        if sha256 not in self._files:
            self._files[sha256] = self._lay(sha256)
        return self._files[sha256]

    def drop_unreadable(self) -> bool:
        """Forget the files that typst cannot read, each tried alone; whether there were any."""
        broken = [sha256 for sha256, file in self._files.items() if file and not self._readable(file[0])]
        self._files.update(dict.fromkeys(broken))
        return bool(broken)

    def _lay(self, sha256: str) -> tuple[str, float] | None:
        data = self.photos(sha256) if self.photos else None
        found = size(data) if data else None
        if not data or not found:
            return None
        name = f"photo-{len(self._files)}.jpg"
        (self.folder / name).write_bytes(data)
        return name, found[1] / found[0]

    def _readable(self, name: str) -> bool:
        import typst  # noqa: PLC0415  the bot starts without it

        try:
            lonely = typst.Compiler(f'#image("{name}")'.encode(), root=self.folder, ignore_system_fonts=True)
            lonely.compile(format="pdf")
        except typst.TypstError:
            return False
        return True
