"""Photos as files carry them: small enough to send, and nothing in them but the picture.

What comes in is our own clean copy, without EXIF (`service/picture_worker.py` drew it); it is still treated as a
stranger's. With that worker the only module that knows Pillow. Must not know what a file does with a picture.
"""

import io
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from PIL import Image

LONG_SIDE = 1600
"""Pixels: 200 dots an inch over the width of a page."""
PIXELS = 25_000_000
"""As in the picture worker: a copy with more is none of ours."""
_QUALITY = 80
_FORMATS = ("JPEG", "PNG")

Photos: TypeAlias = Callable[[str], bytes | None]
"""SHA-256 of a clean copy -> the picture as JPEG, fit for a file; None: it is not there, or cannot be read."""


def shrink(clean: bytes, long_side: int = LONG_SIDE) -> bytes | None:
    """A JPEG, at most `long_side` pixels long, never enlarged; the same bytes each time. None: it cannot be read."""
    from PIL import Image  # noqa: PLC0415  the bot starts without it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a size that is refused below, of a strange palette
            with Image.open(io.BytesIO(clean), formats=_FORMATS) as opened:
                if opened.width * opened.height > PIXELS:  # known from the head, before anything is unpacked
                    return None
                return _drawn(opened, long_side)
    except Exception:  # noqa: BLE001  MemoryError too: whatever a broken or evil file leads to
        return None


def _drawn(opened: "Image.Image", long_side: int) -> bytes:
    from PIL import Image  # noqa: PLC0415  see above

    lettering = opened.format == "PNG"  # screens and scans: colour is kept sharp around letters
    opened.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)
    picture: Image.Image = opened
    if "A" in opened.getbands() or "transparency" in opened.info:
        clear = opened.convert("RGBA")
        picture = Image.new("RGB", clear.size, "white")
        picture.paste(clear, mask=clear.getchannel("A"))
    picture = picture.convert("L" if picture.mode in {"1", "L"} else "RGB")
    picture.info = {}  # a comment would be written again
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0 if lettering else 2)
    return out.getvalue()


def size(jpeg: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, read from the head; None: it is no JPEG."""
    from PIL import Image  # noqa: PLC0415  see above

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
                return opened.size
    except Exception:  # noqa: BLE001  see above
        return None
