"""Made-up evidence as bytes: small JPEG pictures and other files, made at need, always the same. Nothing is stored."""

import hashlib
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

SHAPES = ((640, 480), (480, 640), (960, 400), (500, 500), (400, 860))
_COLOURS = ((176, 98, 64), (62, 108, 150), (88, 132, 84), (150, 120, 60), (120, 84, 132), (84, 96, 108))


@cache
def jpeg(number: int, quality: int = 80) -> bytes:
    """Picture `number`: shelves with boxes, each in another shape and colour; lower quality: the clean copy."""
    width, height = SHAPES[number % len(SHAPES)]
    colour = _COLOURS[number % len(_COLOURS)]
    picture = Image.new("RGB", (width, height), (236, 232, 224))
    draw = ImageDraw.Draw(picture)
    step = max(48, height // 6)
    for row, top in enumerate(range(20, height - step, step)):
        draw.rectangle((16, top + step - 14, width - 16, top + step - 6), fill=(110, 110, 116))
        for column, left in enumerate(range(24, width - 60, 64)):
            high = 12 + (number * 7 + row * 11 + column * 17) % (step - 26)
            box = (left, top + step - 14 - high, left + 44, top + step - 15)
            draw.rectangle(box, fill=tuple(min(255, part + (column * 9 + row * 5) % 50) for part in colour))
    draw.text((20, 4), f"made-up picture {number}", fill=(60, 60, 60))
    held = BytesIO()
    picture.save(held, "JPEG", quality=quality)
    return held.getvalue()


def file(name: str) -> bytes:
    """The bytes of any other made-up file."""
    return f"made-up file {name}\n".encode() * 64


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
