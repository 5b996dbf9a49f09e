"""`python picture_worker.py SOURCE TARGET`: a picture drawn anew, without all that its file said beside the picture.

Runs as a process of its own with little memory and time, since a picture of half a megabyte may unpack to gigabytes
(RELIABILITY 4, "large/evil images"). The only module that knows Pillow; it knows nothing of the bot.
Exit code 0: TARGET was written, its type stands on stdout; REFUSED: it is not one that we draw, or it is broken.
"""

import sys
from contextlib import suppress
from pathlib import Path

REFUSED = 3
PIXELS = 25_000_000
MEMORY = 640 << 20
"""Bytes of address space: 25 megapixels take 100 MB, and turning them as much again."""
SECONDS = 30
"""Of processor time."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 90


def confine() -> None:
    """Take no more memory and time than a lawful picture needs, and let the bot go first."""
    with suppress(ImportError, OSError, ValueError):
        import os  # noqa: PLC0415
        import resource  # noqa: PLC0415  Windows has none

        os.nice(5)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def draw(source: Path, target: Path) -> str:
    """Write the clean picture; its media type. Raises whatever Pillow raises, ValueError for too many pixels."""
    from PIL import Image, ImageOps  # noqa: PLC0415  after the limits are set

    with Image.open(source, formats=_FORMATS) as opened:
        if opened.width * opened.height > PIXELS:  # known from the head, before anything is unpacked
            raise ValueError("pixels")
        photo = opened.format in {"JPEG", "MPO"}
        clear = "A" in opened.getbands() or "transparency" in opened.info
        turned = ImageOps.exif_transpose(opened)  # EXIF says which way is up; it will be gone
        drawn = turned.convert("RGBA" if clear else "L" if opened.mode in {"1", "L"} else "RGB")
    drawn.info = {}  # comments, profiles, EXIF: Pillow would write some of them again
    if photo:
        drawn.convert("RGB" if drawn.mode == "RGBA" else drawn.mode).save(target, "JPEG", quality=_QUALITY)
        return "image/jpeg"
    drawn.save(target, "PNG")
    return "image/png"


def main(source: str, target: str) -> int:
    """The exit code."""
    confine()
    try:
        mime = draw(Path(source), Path(target))
    except ImportError:
        raise  # Pillow is missing: a fault of the installation, not of the picture
    except Exception:  # noqa: BLE001  MemoryError too: whatever a broken or evil file leads to
        return REFUSED
    sys.stdout.write(mime)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
