"""A file checked from its container to its score. Must not know sentences, or where the file came from."""

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from bot.domain.evidence import Evidence, bare, carried
from bot.domain.record import canonical
from bot.verify.container import Container, ContainerBroken, Member, opened
from bot.verify.findings import Broken, Check, Report, broken, ok, unknown
from bot.verify.outcome import score_checks
from bot.verify.seals import key_checks, posted_checks, seal_checks
from bot.verify.signing import MANIFEST, fingerprint, holds
from bot.verify.transcript import Transcript, read, record_checks
from bot.verify.volumes import TICKET, Volumes, alone, listed, matched

FORMAT = "gradewalk.bundle"
VERSION = 2
"""Of 1 were those with a page alone beside the record, and all in one container."""
RECORD, SCHEME, HTML, LISTED, SIGNED = "record.json", "scheme.json", "transcript.html", "manifest.json", "manifest.sig"
RENDERED = {"html": HTML, "pdf": "report.pdf", "word": "report.docx", "excel": "report.xlsx", "csv": "answers.csv"}
"""Format -> the member that holds it: drawn for people, and not made again here."""
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


_DRAWN = {
    "html": re.compile(rb"\s*<!doctype html", re.IGNORECASE),
    "pdf": re.compile(rb"%PDF-"),
    "office": re.compile(rb"PK\x03\x04.{26}\[Content_Types\]\.xml", re.DOTALL),
    "csv": re.compile(rb"\xef\xbb\xbf[^\s{\[]"),
}
"""How files for people begin. Nobody signed them on their own: that they are not as issued would be untrue."""


def verify(
    data: bytes | BinaryIO, posted: tuple[int, str] | None = None, more: Sequence[bytes | BinaryIO] = ()
) -> Report:
    """All that can be checked of a bundle, or of a transcript in JSON; it ends at the first thing that is broken.

    data: the file, or its bytes. posted: number and head of a seal that was kept elsewhere. more: the other volumes
    of a bundle that was split, in any order. Raises what reading them raises and nothing else, whatever stands there.
    """
    found: list[Check] = []
    try:
        for check in _checks(tuple(map(_file, (data, *more))), posted):
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


def _file(data: bytes | BinaryIO) -> BinaryIO:
    return io.BytesIO(data) if isinstance(data, bytes) else data


def _checks(files: Sequence[BinaryIO], posted: tuple[int, str] | None) -> Iterator[Check]:
    start = files[0].read(512)
    files[0].seek(0)
    drawn = next((name for name, sign in _DRAWN.items() if sign.match(start)), "")
    if drawn and len(files) == 1:
        yield broken("page", drawn)
    elif start.startswith(b"PK") or len(files) > 1:
        yield from _bundled(files, posted)
    else:
        found = read(files[0].read(LARGEST_TEXT))
        yield from record_checks(found)
        yield from _said(found, posted)
        held = sum(1 for one in found.state.evidence.values() if carried(one))
        if held:
            yield unknown("evidence-outside", pieces=held)
        yield from score_checks(found, signed=False)


def _bundled(files: Sequence[BinaryIO], posted: tuple[int, str] | None) -> Iterator[Check]:
    containers = tuple(_opened(file, number if len(files) > 1 else 0) for number, file in enumerate(files, start=1))
    if alone(containers):
        yield broken("volume-alone", TICKET)
        return
    first = next((one for one in containers if LISTED in one.members), containers[0])
    others = tuple(one for one in containers if one is not first)
    yield ok("container", members=sum(len(one.members) for one in containers))
    manifest, volumes = _manifest(first, others)
    there = sum(len(one.members) for one in containers) - 2 - len(others)
    yield ok("manifest", files=there)
    key = str(manifest["key"])
    yield ok("manifest-signature", key=key, fingerprint=fingerprint(key))
    if volumes.missing:
        yield unknown("volumes-missing", volumes=", ".join(map(str, volumes.missing)), of=1 + len(listed(manifest)))
    found = read(first.read(RECORD))
    yield from record_checks(found)
    if first.read(SCHEME) != found.scheme_text.encode():
        yield broken("scheme", SCHEME)
    yield from _said(found, posted, key)
    yield from _evidence(found, manifest["files"], frozenset().union(*volumes.missing.values()))
    yield from score_checks(found, signed=True)
    if manifest["version"] == VERSION:
        yield unknown("renderings", files=sum(1 for name in RENDERED.values() if name in first.members))
    _same_head(manifest, found)


def _opened(file: BinaryIO, number: int) -> Container:
    """number: of the file among several, 0 where there is one. Broken."""
    try:
        return opened(file)
    except ContainerBroken as fault:
        raise Broken(broken("container", f"{number}: {fault.where}" if number else fault.where)) from None


def _said(found: Transcript, posted: tuple[int, str] | None, key: str = "") -> Iterator[Check]:
    yield from seal_checks(found)
    yield from key_checks(found, key)
    yield from posted_checks(found, posted)


_FIELDS = {"format", "version", "assessment", "upto", "head", "sealed", "made_at", "key", "files"}
_KNOWN: Mapping[int, tuple[set[str], set[str]]] = {
    1: (_FIELDS, {RECORD, SCHEME, HTML}),
    VERSION: (_FIELDS | {"volumes"}, {RECORD, SCHEME, *RENDERED.values()}),
}
"""Version -> the fields of a manifest, and the members besides evidence."""


def _manifest(first: Container, others: Sequence[Container]) -> tuple[dict[str, Any], Volumes]:
    """The signed list of members, each of which is as it says and where it says. Broken."""
    for name in (LISTED, SIGNED, RECORD, SCHEME, HTML):
        if name not in first.members or (name != HTML and first.members[name].size > LARGEST_TEXT):
            raise Broken(broken("manifest", name))
    manifest = _object(first.read(LISTED))
    version = manifest.get("version")
    fields, plain = _KNOWN.get(version if type(version) is int else 0, (set(), set()))
    if not fields or set(manifest) != fields or manifest["format"] != FORMAT:
        raise Broken(broken("manifest", LISTED))
    volumes = matched(manifest, first, others)
    files = manifest["files"] if isinstance(manifest["files"], dict) else {}
    members = {name: one.members[name] for one in (first, *others) for name in one.members}
    away = frozenset().union(*listed(manifest))
    gone = frozenset().union(*volumes.missing.values())
    for name in sorted(files.keys() | (members.keys() - {LISTED, SIGNED, TICKET})):
        known = name.startswith(FOLDER) or (name in plain and name not in away)
        placed = name in gone if name not in members else (name in first.members) != (name in away)
        if not known or not placed or (name in members and files.get(name) != _entry(members[name])):
            raise Broken(broken("manifest", name))
    if not away <= files.keys():
        raise Broken(broken("manifest", "volumes"))
    signature = first.read(SIGNED).decode("ascii", "replace")
    if not isinstance(manifest["key"], str) or not holds(manifest["key"], signature, MANIFEST, manifest):
        raise Broken(broken("manifest-signature", SIGNED))
    return manifest, volumes


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


def _evidence(found: Transcript, files: Mapping[str, Any], away: frozenset[str]) -> Iterator[Check]:
    """Every piece that was kept is listed with the digest that its entry names, and nothing else is.

    files: the manifest's, which the members at hand match; away: names in volumes that are not at hand.
    """
    pieces = found.state.evidence.values()
    kept = {member_of(one): one for one in pieces if carried(one)}
    there = {name for name in files if name.startswith(FOLDER)}
    for name in sorted(there | kept.keys()):
        digest = files[name]["sha256"] if name in there and isinstance(files[name], dict) else None
        if name not in kept or digest != shown_digest(kept[name]):
            yield broken("evidence", name)
            return
    held = sum(1 for one in pieces if carried(one) and member_of(one) not in away)
    if held:
        yield ok("evidence", pieces=held)
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
