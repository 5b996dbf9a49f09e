"""The bundle: everything that a reader without the bot needs, in one signed container (RELIABILITY 6).

The record and the scheme as canonical JSON, the printable transcript, the evidence, and a manifest of all their
digests, signed when it is made. The same report, evidence and key always give the same bytes. Must not know where
evidence or the key are kept.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from bot.domain.evidence import Evidence, carried
from bot.domain.record import Json, canonical
from bot.export import html, jsonfile
from bot.export.parts import Report
from bot.verify.bundle import FORMAT, HTML, LISTED, RECORD, SCHEME, SIGNED, entry, member_of, shown_digest
from bot.verify.container import Content, write
from bot.verify.signing import MANIFEST, Signer

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What a bundle needs beside a report. opened: SHA-256 -> the bytes, to be read and closed; LookupError."""

    opened: Callable[[str], BinaryIO]
    signer: Signer


class NotWhole(Exception):  # noqa: N818  a finding about what is kept
    """A piece of evidence is gone, or not what its entry says: no bundle without it. The argument is its digest."""


def kept(report: Report) -> tuple[Evidence, ...]:
    """The evidence whose bytes belong into the bundle."""
    return tuple(one for one in report.state.evidence.values() if carried(one))


def write_to(out: BinaryIO, report: Report, enclosed: Enclosed | None) -> None:
    """The container into an empty file; of evidence one piece at a time is held in memory.

    NotWhole: a bundle without its evidence is none. ValueError beyond 4 GB, or without what it needs.
    """
    if enclosed is None:
        raise ValueError("enclosed")
    texts = {
        RECORD: jsonfile.render(report),
        SCHEME: report.scheme_text.encode(),
        HTML: html.render(report),
    }
    pieces = {member_of(one): shown_digest(one) for one in kept(report)}
    files: dict[str, Json] = {
        **{name: dict(entry(hashlib.sha256(text).hexdigest(), len(text))) for name, text in texts.items()},
        **{name: dict(_measured(digest, enclosed)) for name, digest in pieces.items()},
    }
    seals = report.state.seals
    manifest: dict[str, Json] = {
        "format": FORMAT,
        "version": 1,
        "assessment": report.assessment,
        "upto": report.upto,
        "head": report.head_hash,
        "sealed": seals[-1].head if seals else None,
        "made_at": report.made_at,
        "key": enclosed.signer.key,
        "files": files,
    }
    signature = enclosed.signer.sign(MANIFEST, manifest).encode()
    members: dict[str, Content] = {**texts, LISTED: canonical(manifest), SIGNED: signature}
    write(out, {**members, **{name: _opening(digest, enclosed) for name, digest in pieces.items()}})


def _opening(digest: str, enclosed: Enclosed) -> Callable[[], BinaryIO]:
    return lambda: enclosed.opened(digest)


def _measured(digest: str, enclosed: Enclosed) -> dict[str, str | int]:
    """A piece's line of the manifest. NotWhole where its bytes are others than were kept."""
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
    return entry(digest, size)
