"""The key's file: made once, for its owner alone, never replaced in silence."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.verify.keyfile import KeyMissing, Keyring, KeyUnreadable, load, make, put_aside
from bot.verify.signing import SEAL, fingerprint, holds

WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="other rights")


def test_it_is_made_at_first_need_and_the_same_afterwards(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys" / "signing.key")
    made = ring.signer(lambda: True)
    again = ring.signer(lambda: pytest.fail("asked though there is a key"))
    assert made.key == again.key == load(ring.path).key
    assert holds(made.key, made.sign(SEAL, {"a": 1}), SEAL, {"a": 1})
    assert [path.name for path in ring.path.parent.iterdir()] == ["signing.key"], "nothing is left beside it"


@WINDOWS
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        make(tmp_path / "signing.key")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "signing.key").stat().st_mode) == 0o600


def test_a_lost_one_is_not_replaced_in_silence(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "signing.key")
    with pytest.raises(KeyMissing):
        ring.signer(lambda: False)
    assert not ring.path.exists()


@pytest.mark.parametrize("text", [b"", b"junk", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_damaged_one_is_said_to_be_damaged(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "signing.key").write_bytes(text)
    with pytest.raises(KeyUnreadable):
        Keyring(tmp_path / "signing.key").signer(lambda: True)
    assert (tmp_path / "signing.key").read_bytes() == text


def test_a_key_of_another_kind_is_none(tmp_path: Path) -> None:
    made = subprocess.run([sys.executable, "-c", _RSA], check=True, capture_output=True).stdout
    (tmp_path / "signing.key").write_bytes(made)
    with pytest.raises(KeyUnreadable, match="Ed25519"):
        load(tmp_path / "signing.key")


_RSA = """
import sys
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey as K
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
sys.stdout.buffer.write(K.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
"""


def test_of_many_that_make_one_at_once_all_get_the_same(tmp_path: Path) -> None:
    path = tmp_path / "signing.key"
    script = f"import pathlib; from bot.verify.keyfile import make; print(make(pathlib.Path({str(path)!r})).key)"

    def run(_: int) -> bytes:
        return subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout

    with ThreadPoolExecutor() as pool:
        keys = set(pool.map(run, range(4)))
    assert len(keys) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["signing.key"]


def test_where_a_file_system_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links")

    monkeypatch.setattr(os, "link", refuse)
    made = make(tmp_path / "signing.key")
    assert make(tmp_path / "signing.key").key == made.key
    assert [one.name for one in tmp_path.iterdir()] == ["signing.key"]


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeyUnreadable):
        make(tmp_path / "file" / "signing.key")
    monkeypatch.setattr(Path, "read_bytes", lambda _: (_ for _ in ()).throw(PermissionError(13, "denied")))
    with pytest.raises(KeyUnreadable, match="denied"):
        load(tmp_path / "signing.key")


def test_it_is_put_aside_and_never_over_another(tmp_path: Path) -> None:
    old = make(tmp_path / "signing.key")
    aside = put_aside(tmp_path / "signing.key", "signing.key.old")
    assert load(aside).key == old.key
    new = make(tmp_path / "signing.key")
    assert new.key != old.key
    with pytest.raises(FileExistsError):
        put_aside(tmp_path / "signing.key", "signing.key.old")


def test_a_fingerprint_can_be_compared_by_eye() -> None:
    mark = fingerprint("ab" * 32)
    assert mark != fingerprint("ac" + "ab" * 31)
    assert [len(group) for group in mark.split()] == [4] * 8
