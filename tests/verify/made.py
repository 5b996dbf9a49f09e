"""A made-up assessment with evidence and a seal, as a bundle; and ways to forge one."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_entries as p
from bot.domain.record import Json, canonical, entry_hash, genesis
from bot.domain.scheme import QuestionId
from bot.export import FORMATS, Enclosed
from bot.verify.bundle import LISTED, SIGNED, entry
from bot.verify.container import opened as open_container
from bot.verify.container import pack
from bot.verify.signing import MANIFEST, SEAL, public, sealed, sign, signer
from tests.export.story import Story, story

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
PHOTO = b"\xff\xd8 a picture"
DIGEST = hashlib.sha256(PHOTO).hexdigest()


def told(photo: bytes = PHOTO, band: int = 3) -> Story:
    """Answered, with a photo, closed and sealed."""
    one = story("stars")
    one.fill(one.scheme.dimensions["total"].scale.bands[band].high)
    question = next(row.id for row in one.scheme.indicators if not row.veto)
    received = v.EvidenceReceived("photo", "AgAC", len(photo), "image/jpeg", "", "前台")
    one.add(e.Draft(received, "s-1", QuestionId(question, "total")))
    one.add(
        e.Draft(
            v.EvidenceStored(
                len(one.records),
                hashlib.sha256(photo).hexdigest(),
                len(photo),
                "image/jpeg",
                hashlib.sha256(photo).hexdigest(),
            )
        )
    )
    one.do(c.Close())
    seal(one)
    return one


def seal(one: Story, key: Ed25519PrivateKey = KEY) -> None:
    last = one.records[-1]
    at = last.header.at + 1
    signature = sign(key, SEAL, sealed(one.id, last.header.seq, last.hash, at))
    one.add(e.Draft(p.Sealed(last.header.seq, last.hash, at, public(key), signature)))


def bundle(one: Story, photo: bytes = PHOTO, key: Ed25519PrivateKey = KEY) -> bytes:
    return FORMATS["bundle"].render(one.report(), Enclosed(lambda _: io.BytesIO(photo), signer(key)))


def measured(content: bytes) -> dict[str, str | int]:
    return entry(hashlib.sha256(content).hexdigest(), len(content))


def again(members: dict[str, bytes], key: Ed25519PrivateKey = KEY, more: Mapping[str, Json] | None = None) -> bytes:
    """Manifest and signature made anew over changed members: what one who has the key can do."""
    files: Json = {name: dict(measured(content)) for name, content in members.items() if name not in {LISTED, SIGNED}}
    manifest = {**json.loads(members[LISTED]), "files": files, "key": public(key), **(more or {})}
    return pack({**members, LISTED: canonical(manifest), SIGNED: sign(key, MANIFEST, manifest).encode()})


def opened(data: bytes) -> dict[str, bytes]:
    container = open_container(io.BytesIO(data))
    return {name: container.read(name) for name in container.members}


def rechained(one: Story) -> Story:
    """The same entries with every link and hash made anew: what one who has the database can do."""
    last = genesis(one.id)
    for number, record in enumerate(one.records):
        header = replace(record.header, prev=last)
        last = entry_hash(header)
        one.records[number] = replace(record, header=header, hash=last)
    return one
