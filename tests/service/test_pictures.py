"""Clean copies, made by the real child process."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from bot.service import pictures
from bot.service.filetypes import PICTURES, UNKNOWN, ending_of, type_of
from tests.catalogue.evidence import bomb, evil, gif
from tests.service.proofs import MAKER, picture, tells_place

MEGABYTE = 1 << 20


def cleaned(tmp_path: Path, data: bytes) -> tuple[str, bytes]:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(data)
    target.touch()
    return pictures.cleaned(source, target), target.read_bytes()


@pytest.mark.parametrize(("form", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/png")])
def test_a_copy_looks_the_same_and_says_nothing_else(form: str, mime: str, tmp_path: Path) -> None:
    data = picture(form, (64, 48))
    assert tells_place(data)
    found, copy = cleaned(tmp_path, data)
    assert found == mime == type_of(copy[:64])
    assert not tells_place(copy)
    with Image.open(io.BytesIO(copy)) as image:
        assert image.size == (48, 64), "turned as EXIF says: that is gone then"
        assert "icc_profile" not in image.info


def test_comments_go_and_clearness_stays(tmp_path: Path) -> None:
    file, text = io.BytesIO(), PngImagePlugin.PngInfo()
    text.add_text("Comment", MAKER)
    Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(file, "PNG", pnginfo=text)
    assert MAKER.encode() in file.getvalue()
    found, copy = cleaned(tmp_path, file.getvalue())
    assert (found, MAKER.encode() in copy) == ("image/png", False)
    with Image.open(io.BytesIO(copy)) as image:
        assert image.getpixel((0, 0)) == (1, 2, 3, 0)


def test_of_a_moving_picture_the_first_frame(tmp_path: Path) -> None:
    found, copy = cleaned(tmp_path, gif())
    assert found == "image/png"
    with Image.open(io.BytesIO(copy)) as image:
        assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize("kind", [kind for kind in evil() if kind != "gif"])
def test_what_is_broken_evil_or_foreign_gets_none(kind: str, tmp_path: Path) -> None:
    assert cleaned(tmp_path, evil()[kind])[0] == ""


_MEASURED = """
import resource, sys
from pathlib import Path
from bot.service import pictures
if len(sys.argv) > 3:
    pictures._WORKER = Path(sys.argv[3])
said = pictures.cleaned(Path(sys.argv[1]), Path(sys.argv[2]))
print(repr(said), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def measured(folder: Path, data: bytes, *worker: str) -> tuple[str, int]:
    """What came of it in a process of its own, and the bytes of memory that the worker took."""
    source, target = folder / "bomb.png", folder / "target"
    source.write_bytes(data)
    assert source.stat().st_size < MEGABYTE, "half a megabyte that would be half a gigabyte"
    command = [sys.executable, "-c", _MEASURED, str(source), str(target), *worker]
    root = Path(__file__).parents[2]
    said, kilobytes = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split()
    return said, int(kilobytes) * 1024


LITTLE = 100_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="the system counts memory otherwise")
def test_a_bomb_takes_no_memory(tmp_path: Path) -> None:
    said, memory = measured(tmp_path, bomb())
    assert said == "''"
    assert memory < LITTLE


@pytest.mark.skipif(sys.platform != "linux", reason="the system counts memory otherwise")
def test_switched_off_the_limit_of_pixels_takes_memory(tmp_path: Path) -> None:
    """And then the limit of memory ends it: the bot's own is not touched."""
    worker = tmp_path / "worker.py"
    text = pictures._WORKER.read_text()
    assert text.count("PIXELS = 25_000_000") == 1
    worker.write_text(text.replace("PIXELS = 25_000_000", "PIXELS = 10**9"))
    said, memory = measured(tmp_path, bomb(7000), str(worker))
    assert memory > LITTLE
    worker.write_text(worker.read_text().replace("MEMORY = 640 << 20", "MEMORY = 200 << 20"))
    said, memory = measured(tmp_path, bomb(7000), str(worker))
    assert said == "''"
    assert memory < 200 << 20


def test_a_worker_that_cannot_work_is_a_defect_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pictures, "_WORKER", tmp_path / "gone.py")
    assert cleaned(tmp_path, picture())[0] == ""
    assert "no clean copies can be made" in caplog.text
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(pictures, "_WORKER", slow)
    monkeypatch.setattr(pictures, "SECONDS", 0.1)
    assert cleaned(tmp_path, picture())[0] == ""
    assert "TimeoutExpired" in caplog.text


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00XXXX", UNKNOWN),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"\x00\x00\x00\x18ftypqt  ", "video/quicktime"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"OggS", "audio/ogg"),
        (b"MZ", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_a_type_is_told_by_the_bytes(head: bytes, mime: str) -> None:
    assert type_of(head) == mime
    assert (ending_of(mime) == "bin") == (mime == UNKNOWN)


def test_heic_and_tiff_get_no_copy() -> None:
    assert {"image/heic", "image/tiff"} & PICTURES == set()
