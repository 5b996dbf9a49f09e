"""Photos as files carry them: small, the same bytes each time, nothing in them but the picture."""

import io

import pytest
from PIL import Image, PngImagePlugin

from bot.export.photos import shrink, size
from tests.catalogue.evidence import evil
from tests.service.proofs import MAKER, picture, tells_place


def drawn(mode: str, side: tuple[int, int], form: str, colour: object = None, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, side, colour).save(out, form, **more)  # type: ignore[arg-type]
    return out.getvalue()


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    image = Image.open(io.BytesIO(data))
    assert image.format == "JPEG"
    return image


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((3200, 2400), (1600, 1200)),
        ((1000, 4000), (400, 1600)),
        ((1600, 1600), (1600, 1600)),
        ((300, 200), (300, 200)),
        ((9000, 2), (1600, 1)),
    ],
)
def test_the_long_side_is_at_most_1600_and_nothing_is_enlarged(before: tuple[int, int], after: tuple[int, int]) -> None:
    assert opened(shrink(drawn("RGB", before, "JPEG", "teal"))).size == after


def test_a_smaller_side_can_be_asked_for() -> None:
    assert opened(shrink(drawn("RGB", (1000, 500), "JPEG", "teal"), 400)).size == (400, 200)


def test_it_becomes_smaller_and_always_the_same() -> None:
    noise = Image.effect_noise((2000, 1500), 80)
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=90)
    data = out.getvalue()
    found = shrink(data)
    assert found == shrink(data)
    assert found is not None
    assert len(found) < len(data)


@pytest.mark.parametrize(("mode", "after"), [("1", "L"), ("L", "L"), ("P", "RGB"), ("RGB", "RGB"), ("I;16", "RGB")])
def test_every_kind_of_png_becomes_grey_or_colours(mode: str, after: str) -> None:
    assert opened(shrink(drawn(mode, (20, 10), "PNG"))).mode == after


def test_what_is_clear_becomes_white() -> None:
    assert opened(shrink(drawn("RGBA", (8, 8), "PNG", (200, 0, 0, 0)))).getpixel((4, 4)) == (255, 255, 255)
    seen = Image.new("P", (8, 8), 0)
    seen.putpalette([10, 20, 30])
    out = io.BytesIO()
    seen.save(out, "PNG", transparency=0)
    assert opened(shrink(out.getvalue())).getpixel((4, 4)) == (255, 255, 255)


def test_nothing_but_the_picture_is_in_it() -> None:
    assert tells_place(picture("JPEG", (64, 48)))
    found = shrink(picture("JPEG", (64, 48)))
    assert found is not None
    assert not tells_place(found)
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", MAKER)
    for data in (drawn("RGB", (4, 4), "PNG", pnginfo=text), drawn("RGB", (4, 4), "JPEG", comment=MAKER)):
        assert MAKER.encode() in data
        shrunk = shrink(data)
        assert shrunk is not None
        assert MAKER.encode() not in shrunk
    assert {"icc_profile", "exif", "comment"} & opened(found).info.keys() == set()


@pytest.mark.parametrize("kind", evil())
def test_what_is_broken_evil_or_foreign_gets_none(kind: str) -> None:
    assert shrink(evil()[kind]) is None


def test_a_picture_with_too_many_pixels_is_not_unpacked() -> None:
    assert shrink(drawn("1", (5001, 5000), "PNG")) is None
    assert shrink(drawn("1", (5000, 1), "PNG")) is not None


def test_the_size_is_read_from_the_head() -> None:
    whole = drawn("RGB", (400, 300), "JPEG", "teal")
    assert size(whole) == size(whole[: len(whole) // 2]) == (400, 300)
    assert size(drawn("RGB", (4, 3), "PNG")) is None
    assert size(b"") is None
