"""A made-up assessment with evidence and a seal, as a bundle; and ways to forge one."""

import hashlib
import json
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_entries as p
from bot.domain.record import Json, entry_hash, genesis
from bot.domain.scheme import QuestionId
from bot.export.bundle import Signer, render
from bot.verify.bundle import LISTED, SIGNED, entry
from bot.verify.container import pack, unpack
from bot.verify.signing import MANIFEST, SEAL, public, sealed, sign
from tests.export.story import Story, story

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
PHOTO = b"\xff\xd8 a picture"
DIGEST = hashlib.sha256(PHOTO).hexdigest()


def told(photo: bytes = PHOTO) -> Story:
    """Answered, with a photo, closed and sealed."""
    one = story("stars")
    one.fill(one.scheme.dimensions["total"].scale.bands[3].high)
    question = next(row.id for row in one.scheme.indicators if not row.veto)
    received = v.EvidenceReceived("photo", "AgAC", len(photo), "image/jpeg", "", "前台")
    one.add(e.Draft(received, "s-1", QuestionId(question, "total")))
    one.add(
        e.Draft(v.EvidenceStored(len(one.records), hashlib.sha256(photo).hexdigest(), len(photo), "image/jpeg", ""))
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
    kept = tuple(piece for piece in one.state.evidence.values() if piece.keeping == "kept")
    head = one.state.seals[-1].head if one.state.seals else ""
    signer = Signer(public(key), lambda purpose, value: sign(key, purpose, value))
    return render(one.report(), kept, lambda _: photo, signer, head)


def again(members: dict[str, bytes], key: Ed25519PrivateKey = KEY) -> bytes:
    """Manifest and signature made anew over changed members: what one who has the key can do."""
    files: Json = {name: dict(entry(content)) for name, content in members.items() if name not in {LISTED, SIGNED}}
    manifest = {**json.loads(members[LISTED]), "files": files, "key": public(key)}
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return pack({**members, LISTED: text, SIGNED: sign(key, MANIFEST, manifest).encode()})


def opened(data: bytes) -> dict[str, bytes]:
    return unpack(data)


def rechained(one: Story) -> Story:
    """The same entries with every link and hash made anew: what one who has the database can do."""
    last = genesis(one.id)
    for number, record in enumerate(one.records):
        header = replace(record.header, prev=last)
        last = entry_hash(header)
        one.records[number] = replace(record, header=header, hash=last)
    return one
