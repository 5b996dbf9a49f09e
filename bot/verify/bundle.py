"""A file checked from its container to its score. Must not know sentences, or where the file came from."""

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from bot.domain.evidence import Evidence, bare, carried
from bot.domain.record import canonical
from bot.verify.container import Container, ContainerBroken, Member, opened
from bot.verify.findings import Broken, Check, Report, broken, ok, unknown
from bot.verify.outcome import score_checks
from bot.verify.seals import key_checks, posted_checks, seal_checks
from bot.verify.signing import MANIFEST, fingerprint, holds
from bot.verify.transcript import Transcript, read, record_checks

FORMAT = "gradewalk.bundle"
RECORD, SCHEME, HTML, LISTED, SIGNED = "record.json", "scheme.json", "transcript.html", "manifest.json", "manifest.sig"
FOLDER = "evidence/"
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "audio/ogg": ".ogg",
    "video/mp4": ".mp4",
    "text/plain": ".txt",
}
LARGEST_TEXT = 256 * 2**20
"""Bytes of a record, a scheme or a manifest: they are read as a whole, and nobody writes that much."""


def verify(data: bytes | BinaryIO, posted: tuple[int, str] | None = None) -> Report:
    """All that can be checked of a bundle, or of a transcript in JSON; it ends at the first thing that is broken.

    data: the file, or its bytes. posted: number and head of a seal that was kept elsewhere. Raises what reading it
    raises and nothing else, whatever stands in it.
    """
    found: list[Check] = []
    try:
        for check in _checks(io.BytesIO(data) if isinstance(data, bytes) else data, posted):
            found.append(check)
            if check.state == "broken":
                break
    except Broken as fault:
        found.append(fault.check)
    except (OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  a file that we never wrote may break anything; that is a finding too
        found.append(broken("format", type(error).__name__))
    return Report(tuple(found))


def _checks(file: BinaryIO, posted: tuple[int, str] | None) -> Iterator[Check]:
    start = file.read(512)
    file.seek(0)
    if not start.startswith(b"PK"):
        if start.lstrip().lower().startswith(b"<!doctype html"):
            yield broken("page", "html")
            return
        found = read(file.read(LARGEST_TEXT))
        yield from record_checks(found)
        yield from _said(found, posted)
        held = sum(1 for one in found.state.evidence.values() if carried(one))
        if held:
            yield unknown("evidence-outside", pieces=held)
        yield from score_checks(found, signed=False)
        return
    try:
        bundle = opened(file)
    except ContainerBroken as fault:
        yield broken("container", fault.where)
        return
    yield ok("container", members=len(bundle.members))
    manifest = _manifest(bundle)
    yield ok("manifest", files=len(bundle.members) - 2)
    key = str(manifest["key"])
    yield ok("manifest-signature", key=key, fingerprint=fingerprint(key))
    found = read(bundle.read(RECORD))
    yield from record_checks(found)
    if bundle.read(SCHEME) != found.scheme_text.encode():
        yield broken("scheme", SCHEME)
    yield from _said(found, posted, key)
    yield from _evidence(found, bundle)
    yield from score_checks(found, signed=True)
    _same_head(manifest, found)


def _said(found: Transcript, posted: tuple[int, str] | None, key: str = "") -> Iterator[Check]:
    yield from seal_checks(found)
    yield from key_checks(found, key)
    yield from posted_checks(found, posted)


def _manifest(bundle: Container) -> dict[str, Any]:
    """The signed list of members, each of which is as it says. Broken."""
    for name in (LISTED, SIGNED, RECORD, SCHEME, HTML):
        if name not in bundle.members or (name != HTML and bundle.members[name].size > LARGEST_TEXT):
            raise Broken(broken("manifest", name))
    manifest = _object(bundle.read(LISTED))
    fields = {"format", "version", "assessment", "upto", "head", "sealed", "made_at", "key", "files"}
    version = manifest.get("version")
    if set(manifest) != fields or manifest["format"] != FORMAT or version is True or version != 1:
        raise Broken(broken("manifest", LISTED))
    listed = manifest["files"] if isinstance(manifest["files"], dict) else {}
    for name in sorted(listed.keys() | (bundle.members.keys() - {LISTED, SIGNED})):
        known = name in {RECORD, SCHEME, HTML} or name.startswith(FOLDER)
        if not known or name not in bundle.members or listed.get(name) != _entry(bundle.members[name]):
            raise Broken(broken("manifest", name))
    signature = bundle.read(SIGNED).decode("ascii", "replace")
    if not isinstance(manifest["key"], str) or not holds(manifest["key"], signature, MANIFEST, manifest):
        raise Broken(broken("manifest-signature", SIGNED))
    return manifest


def _entry(member: Member) -> dict[str, str | int]:
    return entry(member.sha256, member.size)


def entry(sha256: str, size: int) -> dict[str, str | int]:
    """How the manifest names a member's bytes."""
    return {"sha256": sha256, "size": size}


def _same_head(manifest: dict[str, Any], found: Transcript) -> None:
    """The manifest names the head and the last seal of this very record. Broken."""
    seal = found.state.seals[-1].head if found.state.seals else None
    named = tuple(manifest[name] for name in ("assessment", "upto", "head", "sealed"))
    if named != (found.assessment, len(found.headers), found.head, seal):
        raise Broken(broken("manifest", LISTED))


def _evidence(found: Transcript, bundle: Container) -> Iterator[Check]:
    """Every piece that was kept is there with the digest that its entry names, and nothing else is."""
    pieces = found.state.evidence.values()
    kept = {member_of(one): one for one in pieces if carried(one)}
    there = {name for name in bundle.members if name.startswith(FOLDER)}
    for name in sorted(there | kept.keys()):
        if name not in kept or name not in there or bundle.members[name].sha256 != shown_digest(kept[name]):
            yield broken("evidence", name)
            return
    if kept:
        yield ok("evidence", pieces=sum(1 for one in pieces if carried(one)))
    inside = sum(1 for one in pieces if one.keeping == "kept" and one.sha256 and bare(one))
    if inside:
        yield unknown("evidence-inside", pieces=inside)
    gone = sum(1 for one in pieces if one.keeping in {"removed", "lost", "coming"})
    if gone:
        yield unknown("evidence-gone", pieces=gone)


def shown_digest(one: Evidence) -> str:
    """The digest of what is handed out: the clean copy, where one was made."""
    return one.clean or one.sha256


def member_of(one: Evidence) -> str:
    """Where a piece of evidence stands in a bundle: by its digest, with the ending of its kind; never its own name."""
    return f"{FOLDER}{shown_digest(one)}{ENDINGS.get(one.mime, '.bin')}"


def _object(data: bytes) -> dict[str, Any]:
    """A JSON object in its canonical form; empty where it is none."""
    try:
        found = json.loads(data)
        return found if isinstance(found, dict) and canonical(found) == data else {}
    except (ValueError, TypeError, RecursionError):
        return {}
