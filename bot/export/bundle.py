"""The bundle: everything that a reader without the bot needs, in signed containers (RELIABILITY 6).

The record and the scheme as canonical JSON, the report in every format for people, the evidence, and a manifest of all
their digests, signed when it is made. The same report, evidence and key always give the same bytes. Beyond what
Telegram takes, evidence goes into further volumes (export/split.py). Must not know where evidence or the key are kept.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

from bot.domain.evidence import Evidence, carried
from bot.domain.record import Json, canonical
from bot.export import jsonfile
from bot.export.enclosed import Enclosed
from bot.export.parts import Report
from bot.export.rendered import DRAW, ROOM_BESIDE, Desk
from bot.export.split import volumes
from bot.verify.bundle import (
    FORMAT,
    LISTED,
    RECORD,
    RENDERED,
    SCHEME,
    SIGNED,
    VERSION,
    entry,
    member_of,
    shown_digest,
)
from bot.verify.container import Content, write
from bot.verify.signing import MANIFEST, Signer
from bot.verify.volumes import TICKET, ticket

_CHUNK = 1 << 20


class NotWhole(Exception):  # noqa: N818  a finding about what is kept
    """A piece of evidence is gone, or not what its entry says: no bundle without it. The argument is its digest."""


def kept(report: Report) -> tuple[Evidence, ...]:
    """The evidence whose bytes belong into the bundle."""
    return tuple(one for one in report.state.evidence.values() if carried(one))


def write_to(out: BinaryIO, report: Report, enclosed: Enclosed | None) -> None:
    """The container, or one of its volumes, into an empty file; of evidence one piece at a time is held in memory.

    NotWhole: a bundle without its evidence is none. ValueError beyond 4 GB, without what it needs, or for a volume
    that there is not.
    """
    if enclosed is None or enclosed.signer is None:
        raise ValueError("enclosed")
    pieces = {member_of(one): shown_digest(one) for one in kept(report)}
    measured = _measured_all(pieces, enclosed)
    away = volumes({name: size for name, (_, size) in measured.items()}) if enclosed.volume else ()
    if enclosed.volume > 1:
        if enclosed.volume > 1 + len(away):
            raise ValueError("volume")
        said = ticket(report.assessment, report.head_hash, enclosed.volume, 1 + len(away))
        write(out, {TICKET: said, **_opening_all({name: pieces[name] for name in away[enclosed.volume - 2]}, enclosed)})
        return
    texts = {RECORD: jsonfile.render(report), SCHEME: report.scheme_text.encode(), **_drawn(report, enclosed)}
    listed = {
        **{name: (hashlib.sha256(text).hexdigest(), len(text)) for name, text in texts.items()},
        **measured,
    }
    files: dict[str, Json] = {name: dict(entry(*one)) for name, one in listed.items()}
    manifest = _manifest(report, enclosed.signer, files, away)
    signature = enclosed.signer.sign(MANIFEST, manifest).encode()
    members: dict[str, Content] = {**texts, LISTED: canonical(manifest), SIGNED: signature}
    here = pieces.keys() - {name for one in away for name in one}
    write(out, {**members, **_opening_all({name: pieces[name] for name in here}, enclosed)})


def _drawn(report: Report, enclosed: Enclosed) -> dict[str, bytes]:
    desk = Desk(report, enclosed, ROOM_BESIDE)
    return {RENDERED[name]: draw(desk) for name, draw in DRAW.items()}


def _manifest(report: Report, signer: Signer, files: dict[str, Json], away: Sequence[Sequence[str]]) -> dict[str, Json]:
    seals = report.state.seals
    return {
        "format": FORMAT,
        "version": VERSION,
        "assessment": report.assessment,
        "upto": report.upto,
        "head": report.head_hash,
        "sealed": seals[-1].head if seals else None,
        "made_at": report.made_at,
        "key": signer.key,
        "files": files,
        "volumes": [list(names) for names in away],
    }


def _opening_all(pieces: Mapping[str, str], enclosed: Enclosed) -> dict[str, Content]:
    return {name: _opening(digest, enclosed) for name, digest in pieces.items()}


def _opening(digest: str, enclosed: Enclosed) -> Callable[[], BinaryIO]:
    return lambda: enclosed.opened(digest)


def _measured_all(pieces: Mapping[str, str], enclosed: Enclosed) -> dict[str, tuple[str, int]]:
    """Member -> digest and bytes."""
    found: dict[str, tuple[str, int]] = {}
    for number, (name, digest) in enumerate(pieces.items(), start=1):
        found[name] = (digest, _measured(digest, enclosed))
        enclosed.told("packing", number, len(pieces))
    return found


def _measured(digest: str, enclosed: Enclosed) -> int:
    """A piece's bytes. NotWhole where they are others than were kept."""
    found, size = hashlib.sha256(), 0
    try:
        with enclosed.opened(digest) as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
                size += len(chunk)
    except (LookupError, OSError):
        raise NotWhole(digest) from None
    if found.hexdigest() != digest:
        raise NotWhole(digest)
    return size
