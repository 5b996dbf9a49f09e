"""Findings and evidence as their entries make them. Must not know who may record them, or where bytes are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never

from bot.domain import evidence_entries as v
from bot.domain.scheme import QuestionId

Keeping: TypeAlias = Literal["coming", "kept", "lost", "removed"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence; seq is the entry that brought it, and its name. A location is kept from the start.

    at: UTC in ms, when it was received; reason: why it was lost or removed. revision: how often its caption changed.
    """

    seq: int
    sheet: str
    question: QuestionId
    person: str
    at: int
    kind: v.EvidenceKind
    file: str
    size: int
    mime: str
    name: str
    caption: str
    claimed: str
    place: str
    album: str
    finding: int = 0
    keeping: Keeping = "coming"
    sha256: str = ""
    clean: str = ""
    reason: str = ""
    revision: int = 0

    @property
    def stands(self) -> bool:
        """It supports its question: it is there, or on its way."""
        return self.keeping in {"coming", "kept"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as it reads now; seq is its name. due: a date or ''; at: UTC in ms."""

    seq: int
    kind: v.FindingKind
    text: str
    clause: str
    person: str
    at: int
    action: str = ""
    due: str = ""
    state: v.FindingState = "open"
    withdrawn: str = ""


Held: TypeAlias = Mapping[int, Evidence]
Found: TypeAlias = Mapping[int, Finding]


def received(body: v.EvidenceReceived, seq: int, at: int, person: str, sheet: str, question: QuestionId) -> Evidence:
    """A new piece of evidence."""
    return Evidence(
        seq,
        sheet,
        question,
        person,
        at,
        body.kind,
        body.file,
        body.size,
        body.mime,
        body.name,
        body.caption,
        body.claimed,
        body.place,
        body.album,
        body.finding,
        keeping="kept" if body.kind == "location" else "coming",
    )


EvidenceChange: TypeAlias = v.EvidenceStored | v.EvidenceLost | v.EvidenceCaptioned | v.EvidenceRemoved


def changed(held: Held, body: EvidenceChange) -> Held:
    """The evidence after an entry about one piece of it. KeyError where there is no such piece."""
    one = held[body.of]
    match body:
        case v.EvidenceStored(of, sha256, size, mime, clean):
            if one.keeping == "removed":  # taken away while it was being fetched
                return held
            new = replace(one, sha256=sha256, size=size, mime=mime, clean=clean, keeping="kept", reason="")
        case v.EvidenceLost(of, reason):
            if one.keeping == "removed":
                return held
            new = replace(one, keeping="lost", reason=reason)
        case v.EvidenceCaptioned(of, caption, claimed):
            new = replace(one, caption=caption, claimed=claimed, revision=one.revision + 1)
        case v.EvidenceRemoved(of, reason):
            new = replace(one, keeping="removed", reason=reason)
        case _:
            assert_never(body)
    return {**held, of: new}


def found(findings: Found, body: v.FindingChanged | v.FindingWithdrawn) -> Found:
    """The findings after an entry about one of them. KeyError where there is no such one."""
    one = findings[body.of]
    match body:
        case v.FindingChanged(of, field, value):
            return {**findings, of: replace(one, **{field: value})}  # type: ignore[arg-type]
        case v.FindingWithdrawn(of, reason):
            return {**findings, of: replace(one, withdrawn=reason)}
        case _:
            assert_never(body)


def standing(findings: Found, kind: v.FindingKind | None = None) -> tuple[Finding, ...]:
    """The findings that were not withdrawn, in the order they were recorded; of one kind, or all."""
    return tuple(one for one in findings.values() if not one.withdrawn and kind in {None, one.kind})
