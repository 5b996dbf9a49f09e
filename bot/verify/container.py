"""The bundle's container: a canonical ZIP, so that the same members always make the same bytes, and every byte counts.

Members are stored, not compressed, sorted by name, dated 1980-01-01, without comments or extra fields. Must not know
what the members are.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping

LARGEST = 4 * 2**30
MOST = 65_000
_DATE = (1980, 1, 1, 0, 0, 0)


class ContainerBroken(Exception):  # noqa: N818  a finding about a file, named as the verifier says it
    """The file is no canonical container. where: a member's name, or 'offset N'."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def pack(members: Mapping[str, bytes]) -> bytes:
    """The container of these members: name -> bytes. ValueError for a name that is not plain."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            if not plain(name):
                raise ValueError(name)
            archive.writestr(_info(name), members[name])
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The members of a container. ContainerBroken where packing them again would give other bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _refuse_odd(infos, len(data))
            members = {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise ContainerBroken(_named(error)) from None
    again = pack(members)
    if again != data:
        raise ContainerBroken(_place(again, data, members))
    return members


def plain(name: str) -> bool:
    """Whether a member's name is safe anywhere: ASCII letters, digits, '.', '-', '_', at most one folder."""
    parts = name.split("/")
    return len(parts) <= 2 and all(  # noqa: PLR2004  folder and name
        part and part.isascii() and part.strip(".") and all(sign.isalnum() or sign in "._-" for sign in part)
        for part in parts
    )


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_STORED
    info.create_system = 3  # else it is that of the machine
    info.external_attr = 0o600 << 16
    return info


def _refuse_odd(infos: Iterable[zipfile.ZipInfo], size: int) -> None:
    seen: set[str] = set()
    for info in infos:
        stored = info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 0x1
        if not plain(info.filename) or info.filename in seen or not stored or info.file_size > size:
            raise ContainerBroken(info.filename if plain(info.filename) else "offset 0")
        seen.add(info.filename)
        if len(seen) > MOST:
            raise ContainerBroken("offset 0")


def _named(error: Exception) -> str:
    """What zipfile names: it says "Bad CRC-32 for file 'record.json'", and the name is of use."""
    _, quote, rest = str(error).partition("'")
    name = rest.partition("'")[0]
    return name if quote and plain(name) else "offset 0"


def _place(expected: bytes, found: bytes, members: Mapping[str, bytes]) -> str:
    """The first byte that differs, and the member it belongs to where it lies in one."""
    at = next((n for n, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other), -1)
    at = at if at >= 0 else min(len(expected), len(found))
    return next((name for name, start, end in _ranges(members) if start <= at < end), f"offset {at}")


def _ranges(members: Mapping[str, bytes]) -> Iterator[tuple[str, int, int]]:
    start = 0
    for name in sorted(members):
        end = start + 30 + len(name.encode()) + len(members[name])
        yield name, start, end
        start = end
