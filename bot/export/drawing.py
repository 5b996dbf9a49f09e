"""A picture as PNG: what a chat shows, and what Word takes. typst draws the SVG. Must not know what it shows."""

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from bot.export import fonts
from bot.export.chart_parts import Bars, Radar
from bot.export.charts import svg
from bot.paths import templates_dir

if TYPE_CHECKING:
    import typst

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: int(sys.inputs.width) * 1pt)
"""
_POINTS = 72
"""Points in an inch: at so many pixels an inch, a point is a pixel."""
_ONE = Lock()
"""A compiler keeps what it was told last: one picture at a time."""


def png(picture: Bars | Radar | str, width: int = 1080) -> bytes:
    """A figure, or an SVG of ours, so many pixels wide. ValueError where that is no picture."""
    import typst  # noqa: PLC0415  the bot starts without it

    drawn = picture if isinstance(picture, str) else svg(picture)
    with _ONE:
        try:
            made = _compiler().compile(_PAGE, format="png", ppi=_POINTS, sys_inputs={"svg": drawn, "width": str(width)})
        except typst.TypstError as error:
            raise ValueError("no picture") from error
    if not isinstance(made, bytes):
        raise ValueError("no picture")  # noqa: TRY004  it would be several pages
    return made


def _compiler() -> "typst.Compiler":
    return _made(fonts.fonts())


@cache
def _made(held: "typst.Fonts") -> "typst.Compiler":
    """One per set of fonts. It may read the folder of pictures' templates, and fetches nothing."""
    import typst  # noqa: PLC0415  the bot starts without it

    root = templates_dir() / "chart"
    return typst.Compiler(
        _PAGE, root=root, font_paths=held, package_path=root / "none", package_cache_path=root / "none"
    )
