"""The container: one form alone, the same for ever, and readable by any ZIP program."""

import hashlib
import io
import zipfile
from functools import partial

import pytest

from bot.verify import container
from bot.verify.container import ContainerBroken, opened, pack, plain, write

MEMBERS = {"record.json": b"{}" * 500, "evidence/aa.jpg": b"\xff\xd8" * 40, "manifest.sig": b"", "b": b"x"}
DIGEST = "6257d8cc389bbf03a2679503c21296a9bd87f5d6a15f877f7ea375d7fd9e39d3"


def broken(data: bytes) -> str:
    with pytest.raises(ContainerBroken) as found:
        opened(io.BytesIO(data))
    return found.value.where


def test_any_zip_program_reads_it() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(MEMBERS))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(MEMBERS)
        assert {info.filename: archive.read(info) for info in archive.infolist()} == MEMBERS
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100600}


def test_its_bytes_are_these_for_ever() -> None:
    """A change here makes every bundle that was ever issued look forged."""
    assert hashlib.sha256(pack(MEMBERS)).hexdigest() == DIGEST


def test_it_reads_what_it_wrote() -> None:
    found = opened(io.BytesIO(pack(MEMBERS)))
    assert {name: found.read(name) for name in found.members} == MEMBERS
    assert all(found.members[name].sha256 == hashlib.sha256(data).hexdigest() for name, data in MEMBERS.items())
    assert opened(io.BytesIO(pack({}))).members == {}


def test_large_members_are_written_from_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "_CHUNK", 7)
    out = io.BytesIO()
    write(out, {name: partial(io.BytesIO, data) for name, data in MEMBERS.items()})
    assert out.getvalue() == pack(MEMBERS)
    assert opened(io.BytesIO(pack(MEMBERS))).read("record.json") == MEMBERS["record.json"]


def test_every_single_bit_counts() -> None:
    data = pack(MEMBERS)
    for place in range(len(data)):
        for bit in (1, 0x20, 0x80):
            assert broken(data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]), place


def test_so_does_every_length() -> None:
    data = pack(MEMBERS)
    assert all(broken(data[:length]) for length in range(len(data)))
    assert broken(data + b"\0") == f"offset {len(data)}"
    assert broken(b"\0" + data)


def test_what_any_other_program_makes_is_not_ours() -> None:
    for how, name in ((zipfile.ZIP_DEFLATED, "a"), (zipfile.ZIP_STORED, "a"), (zipfile.ZIP_STORED, "../a")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", how) as archive:
            archive.writestr(name, b"x" * 99)
        assert broken(out.getvalue())


@pytest.mark.parametrize("name", ["", "/a", "a/", "a/b/c", "..", "a/..", "a\\b", "ä", "a b", "a\0", "C:a", "."])
def test_names_that_are_not_plain(name: str) -> None:
    assert not plain(name)
    with pytest.raises(ValueError):
        pack({name: b""})


def test_no_more_than_the_form_can_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "LARGEST", 900)
    with pytest.raises(ValueError):
        pack(MEMBERS)
    monkeypatch.setattr(container, "MOST", 3)
    with pytest.raises(ValueError):
        pack(MEMBERS)


def test_members_in_another_order_are_not_canonical(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.sorted", list)
    data = pack({"b": b"x", "a": b"y"})
    monkeypatch.undo()
    assert broken(data).startswith("offset ")
