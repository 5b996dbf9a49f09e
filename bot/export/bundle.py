"""The bundle: everything that a reader without the bot needs, in one signed container (RELIABILITY 6).

The record and the scheme as canonical JSON, the printable transcript, the evidence, and a manifest of all their
digests, signed when it is made. The same report, evidence and key always give the same bytes. Must not know where
evidence or the key are kept.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.evidence import Evidence
from bot.domain.record import Json, canonical
from bot.export import html, jsonfile
from bot.export.parts import Report
from bot.verify.bundle import FORMAT, HTML, LISTED, RECORD, SCHEME, SIGNED, entry, member_of, shown_digest
from bot.verify.container import pack
from bot.verify.signing import MANIFEST


@dataclass(frozen=True, slots=True)
class Signer:
    """key: the public key, hex. sign: purpose and value -> signature, hex."""

    key: str
    sign: Callable[[bytes, dict[str, Json]], str]


def render(
    report: Report, evidence: tuple[Evidence, ...], read: Callable[[str], bytes], signer: Signer, head: str = ""
) -> bytes:
    """The container. evidence: what is kept; read: SHA-256 -> bytes; head: of the last seal, '' where there is none.

    Raises what `read` raises: a bundle without its evidence is none.
    """
    members = {
        RECORD: jsonfile.render(report),
        SCHEME: report.scheme_text.encode(),
        HTML: html.render(report),
        **{member_of(one): read(shown_digest(one)) for one in evidence},
    }
    manifest: dict[str, Json] = {
        "format": FORMAT,
        "version": 1,
        "assessment": report.assessment,
        "upto": report.upto,
        "head": report.head_hash,
        "sealed": head or None,
        "made_at": report.made_at,
        "key": signer.key,
        "files": {name: dict(entry(content)) for name, content in members.items()},
    }
    members[LISTED] = canonical(manifest)
    members[SIGNED] = signer.sign(MANIFEST, manifest).encode()
    return pack(members)
