"""The bundle's container: a canonical ZIP, so that the same members always make the same bytes, and every byte counts.

Members are stored, not compressed, sorted by name, dated 1980-01-01, without comments or extra fields. The form is
written out here and owes nothing to any version of a ZIP library: what is made today is canonical in twenty years.
Must not know what the members are.
"""

import hashlib
import io
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

LARGEST: Final = 2**32 - 1
"""Bytes of a container; beyond it the ZIP form would change."""
MOST: Final = 2**16 - 2
_CHUNK: Final = 1 << 20
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION: Final = 20
_MADE_BY: Final = 3 << 8 | _VERSION  # Unix: so that the rights below are read
_TIME, _DATE = 0, 1 << 5 | 1
_RIGHTS: Final = 0o100600 << 16


class ContainerBroken(Exception):  # noqa: N818  a finding about a file, named as the verifier says it
    """The file is no canonical container. where: a member's name, or 'offset N'."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True, slots=True)
class Member:
    """Where a member's bytes stand, and what they are. sha256: hex; at: of its header; offset, size: of its bytes."""

    name: str
    at: int
    offset: int
    size: int
    crc: int
    sha256: str


class Container:
    """An opened container; every byte of it was looked at."""

    def __init__(self, file: BinaryIO, members: Iterable[Member]) -> None:
        self._file = file
        self.members: Mapping[str, Member] = {member.name: member for member in members}

    def read(self, name: str) -> bytes:
        """A member's bytes. KeyError where there is none."""
        member = self.members[name]
        self._file.seek(member.offset)
        return self._file.read(member.size)


Content = bytes | Callable[[], BinaryIO]
"""A member's bytes, or a way to open them: evidence may be large."""


def pack(members: Mapping[str, bytes]) -> bytes:
    """The container of these members in memory. ValueError for a name that is not plain."""
    out = io.BytesIO()
    write(out, members)
    return out.getvalue()


def write(out: BinaryIO, members: Mapping[str, Content]) -> None:
    """The container of these members into an empty file. ValueError for a name that is not plain, or too much."""
    if not all(map(plain, members)) or len(members) > MOST:
        raise ValueError("names")
    written = []
    for name in sorted(members):
        at = out.tell()
        out.write(_local(name, 0, 0))
        offset, size, crc = out.tell(), 0, 0
        for chunk in _chunks(members[name]):
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            out.write(chunk)
        if out.tell() > LARGEST:
            raise ValueError("size")
        end = out.tell()
        out.seek(at)
        out.write(_local(name, crc, size))
        out.seek(end)
        written.append(Member(name, at, offset, size, crc, ""))
    start = out.tell()
    out.writelines(_directory(written, start))


def opened(file: BinaryIO) -> Container:
    """The container in a file, read to its end. ContainerBroken at the first byte that no canonical one has there."""
    members: list[Member] = []
    file.seek(0)
    while file.read(len(_LOCAL_SIGN)) == _LOCAL_SIGN and len(members) < MOST:
        members.append(_member(file, file.tell() - len(_LOCAL_SIGN), members[-1].name if members else ""))
    start = members[-1].offset + members[-1].size if members else 0
    file.seek(start)
    at = start
    for number, record in enumerate(_directory(members, start)):
        found = file.read(len(record))
        if found != record:
            named = number < len(members) and found[_CENTRAL.size :] == record[_CENTRAL.size :]
            raise ContainerBroken(members[number].name if named else f"offset {at + _first_difference(found, record)}")
        at += len(record)
    if file.read(1):
        raise ContainerBroken(f"offset {at}")
    return Container(file, members)


def plain(name: str) -> bool:
    """Whether a member's name is safe anywhere: ASCII letters, digits, '.', '-', '_', at most one folder."""
    parts = name.split("/")
    return len(parts) <= 2 and all(  # noqa: PLR2004  folder and name
        part and part.isascii() and part.strip(".") and all(sign.isalnum() or sign in "._-" for sign in part)
        for part in parts
    )


def _member(file: BinaryIO, at: int, before: str) -> Member:
    """The member whose header stands at `at`; its bytes are read through."""
    file.seek(at)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size:
        raise ContainerBroken(f"offset {at}")
    *_, crc, size, _, length, _ = _LOCAL.unpack(head)
    raw = file.read(length)
    name = raw.decode("ascii", "replace")
    if not plain(name) or name <= before:
        raise ContainerBroken(f"offset {at + _LOCAL.size}")
    if head + raw != _local(name, crc, size):
        raise ContainerBroken(name)
    offset, digest, found, left = file.tell(), hashlib.sha256(), 0, size
    while left and (chunk := file.read(min(left, _CHUNK))):
        digest.update(chunk)
        found, left = zlib.crc32(chunk, found), left - len(chunk)
    if left or found != crc:
        raise ContainerBroken(name)
    return Member(name, at, offset, size, crc, digest.hexdigest())


def _chunks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content() as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _local(name: str, crc: int, size: int) -> bytes:
    raw = name.encode()
    return _LOCAL.pack(_LOCAL_SIGN, _VERSION, 0, 0, _TIME, _DATE, crc, size, size, len(raw), 0) + raw


def _directory(members: Iterable[Member], start: int) -> Iterator[bytes]:
    """What follows the members: one record for each, and the end. start: where it begins."""
    count = length = 0
    for one in members:
        raw = one.name.encode()
        fixed = (_CENTRAL_SIGN, _MADE_BY, _VERSION, 0, 0, _TIME, _DATE, one.crc, one.size, one.size, len(raw))
        record = _CENTRAL.pack(*fixed, 0, 0, 0, 0, _RIGHTS, one.at) + raw
        count, length = count + 1, length + len(record)
        yield record
    yield _END.pack(_END_SIGN, 0, 0, count, count, length, start, 0)


def _first_difference(found: bytes, expected: bytes) -> int:
    pairs = enumerate(zip(found, expected, strict=False))
    return next((n for n, (one, other) in pairs if one != other), len(found))
