"""Signatures over canonical values: Ed25519, with a purpose bound in. Must not know where a key is kept.

Keys and signatures are hex. A purpose keeps a signature over one kind of value from passing for one over another.
"""

from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.domain.record import Json, canonical

SEAL = b"gradewalk.seal.v1\0"
MANIFEST = b"gradewalk.manifest.v1\0"


def sign(key: Ed25519PrivateKey, purpose: bytes, value: Mapping[str, Json]) -> str:
    """The signature over a value, hex."""
    return key.sign(purpose + canonical(value)).hex()


def public(key: Ed25519PrivateKey) -> str:
    """The public key, hex: it names who signed."""
    return key.public_key().public_bytes_raw().hex()


def holds(key: str, signature: str, purpose: bytes, value: Mapping[str, Json]) -> bool:
    """Whether the signature is this key's over this value. Anything malformed does not hold."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), purpose + canonical(value)
        )
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def sealed(assessment: str, upto: int, head: str, at: int) -> dict[str, Json]:
    """The value that a seal signs."""
    return {"assessment": assessment, "upto": upto, "head": head, "at": at}


def seal_code(upto: int, head: str) -> str:
    """What every member is sent at closing, short enough to copy: entry number and head."""
    return f"GW1-{upto}-{head}"


def read_code(text: str) -> tuple[int, str]:
    """(entry number, head) of a posted code, however it was copied. ValueError where it is none."""
    version, number, head = "".join(text.split()).upper().split("-")
    if version != "GW1" or not number.isdigit() or len(head) != 64:  # noqa: PLR2004  a SHA-256 in hex
        raise ValueError(text)
    return int(number), bytes.fromhex(head).hex()
