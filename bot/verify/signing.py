"""Signatures over canonical values: Ed25519, with a purpose bound in. Must not know where a key is kept.

Keys and signatures are hex in lower case, in one form only: another spelling of a signature does not hold. A purpose
keeps a signature over one kind of value from passing for one over another.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from bot.domain.record import Json, canonical

SEAL = b"gradewalk.seal.v1\0"
MANIFEST = b"gradewalk.manifest.v1\0"


@dataclass(frozen=True, slots=True)
class Signer:
    """key: the public key, hex. sign: purpose and value -> signature, hex."""

    key: str
    sign: Callable[[bytes, Mapping[str, Json]], str]


def signer(key: Ed25519PrivateKey) -> Signer:
    """What signs with this key."""
    return Signer(public(key), lambda purpose, value: sign(key, purpose, value))


def new_pem() -> bytes:
    """A new private key, as the text of a key file."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def from_pem(text: bytes) -> Signer:
    """The signer of a key file's text. ValueError where it holds no Ed25519 key."""
    try:
        key = load_pem_private_key(text, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("no private key") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("no Ed25519 key")  # noqa: TRY004  what stands in the file, not its type
    return signer(key)


def sign(key: Ed25519PrivateKey, purpose: bytes, value: Mapping[str, Json]) -> str:
    """The signature over a value, hex."""
    return key.sign(purpose + canonical(value)).hex()


def public(key: Ed25519PrivateKey) -> str:
    """The public key, hex: it names who signed."""
    return key.public_key().public_bytes_raw().hex()


def fingerprint(key: str) -> str:
    """A public key, short enough to compare by eye: 128 bits of its SHA-256 in groups. key: hex."""
    digest = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def holds(key: str, signature: str, purpose: bytes, value: Mapping[str, Json]) -> bool:
    """Whether the signature is this key's over this value. Anything malformed does not hold."""
    try:
        raw, signed = bytes.fromhex(key), bytes.fromhex(signature)
        if raw.hex() != key or signed.hex() != signature:
            return False
        Ed25519PublicKey.from_public_bytes(raw).verify(signed, purpose + canonical(value))
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
    if version != "GW1" or not (number.isascii() and number.isdigit()) or len(head) != 64:  # noqa: PLR2004  a SHA-256
        raise ValueError(text)
    return int(number), bytes.fromhex(head).hex()
