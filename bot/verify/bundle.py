"""A file checked from its container to its score. Must not know sentences, or where the file came from."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.evidence import Evidence
from bot.domain.record import canonical
from bot.verify.container import ContainerBroken, unpack
from bot.verify.findings import Check, Report, broken, ok, unknown
from bot.verify.signing import MANIFEST, holds
from bot.verify.transcript import NotReadable, Transcript, chain_checks, read, score_checks, seal_checks

FORMAT = "gradewalk.bundle"
RECORD, SCHEME, HTML, LISTED, SIGNED = "record.json", "scheme.json", "transcript.html", "manifest.json", "manifest.sig"
FOLDER = "evidence/"


def verify(data: bytes, posted: tuple[int, str] | None = None) -> Report:
    """All that can be checked of a bundle, or of a transcript in JSON; it ends at the first thing that is broken.

    posted: number and head of a seal that was kept elsewhere.
    """
    found: list[Check] = []
    for check in _checks(data, posted):
        found.append(check)
        if check.state == "broken":
            break
    return Report(tuple(found))


def _checks(data: bytes, posted: tuple[int, str] | None) -> Iterator[Check]:
    if not data.startswith(b"PK"):
        yield from _record(data, posted)
        return
    try:
        members = unpack(data)
    except ContainerBroken as fault:
        yield broken("container", fault.where)
        return
    yield ok("container", members=len(members))
    yield from _manifest(members)
    try:
        file = read(members[RECORD])
    except NotReadable as fault:
        yield fault.check
        return
    yield from chain_checks(file)
    if members[SCHEME].decode("utf-8", "replace") != file.scheme_text:
        yield broken("scheme", SCHEME)
    yield from seal_checks(file, posted)
    yield from _evidence(file, members)
    yield from score_checks(file)
    yield from _named_head(members, file)


def _record(data: bytes, posted: tuple[int, str] | None) -> Iterator[Check]:
    try:
        file = read(data)
    except NotReadable as fault:
        yield fault.check
        return
    yield from chain_checks(file)
    yield from seal_checks(file, posted)
    yield from score_checks(file)


def _manifest(members: Mapping[str, bytes]) -> Iterator[Check]:
    """The list of members with their digests, and its signature."""
    missing = [name for name in (LISTED, SIGNED, RECORD, SCHEME, HTML) if name not in members]
    if missing:
        yield broken("manifest", missing[0])
        return
    manifest = _object(members[LISTED])
    if manifest.get("format") != FORMAT or manifest.get("version") != 1 or canonical(manifest) != members[LISTED]:
        yield broken("manifest", LISTED)
        return
    files = manifest.get("files")
    listed = files if isinstance(files, dict) else {}
    for name in sorted(listed.keys() | (members.keys() - {LISTED, SIGNED})):
        if name not in members or listed.get(name) != entry(members[name]):
            yield broken("manifest", name)
            return
    yield ok("manifest", files=len(listed))
    if not holds(str(manifest.get("key")), members[SIGNED].decode("ascii", "replace"), MANIFEST, manifest):
        yield broken("manifest-signature", SIGNED)
        return
    yield ok("manifest-signature", key=str(manifest["key"]))


def entry(content: bytes) -> dict[str, str | int]:
    """How the manifest names a member's bytes."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def _named_head(members: Mapping[str, bytes], file: Transcript) -> Iterator[Check]:
    """The manifest names the head and the last seal of this very record."""
    manifest = _object(members[LISTED])
    last = len(file.headers)
    seal = file.state.seals[-1] if file.state.seals else None
    named = (manifest.get("assessment"), manifest.get("upto"), manifest.get("head"), manifest.get("sealed"))
    if named != (file.assessment, last, file.heads.get(last), None if seal is None else seal.head):
        yield broken("manifest", LISTED)


def _evidence(file: Transcript, members: Mapping[str, bytes]) -> Iterator[Check]:
    """Every piece that was kept is there with the digest that its entry names, and nothing else is."""
    kept = {member_of(one): one for one in file.state.evidence.values() if one.sha256 and one.keeping == "kept"}
    there = {name for name in members if name.startswith(FOLDER)}
    for name in sorted(there | kept.keys()):
        if name not in kept or name not in there:
            yield broken("evidence", name)
            return
        if hashlib.sha256(members[name]).hexdigest() != shown_digest(kept[name]):
            yield broken("evidence", name)
            return
    if kept:
        yield ok("evidence", pieces=len(kept))
    gone = sum(1 for one in file.state.evidence.values() if one.keeping == "removed")
    if gone:
        yield unknown("evidence-removed", pieces=gone)


def shown_digest(one: Evidence) -> str:
    """The digest of what is handed out: the clean copy, where one was made."""
    return one.clean or one.sha256


def member_of(one: Evidence) -> str:
    """Where a piece of evidence stands in a bundle: by its digest, with the ending of its kind; never its own name."""
    ending = {
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "application/pdf": ".pdf",
        "audio/ogg": ".ogg",
        "video/mp4": ".mp4",
    }.get(one.mime, ".bin")
    return f"{FOLDER}{shown_digest(one)}{ending}"


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
