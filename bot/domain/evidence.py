"""Findings and evidence as their entries make them. Must not know who may record them, or where bytes are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never

from bot.domain import evidence_entries as v
from bot.domain.scheme import QuestionId

Keeping: TypeAlias = Literal["coming", "kept", "lost", "removed"]
MOST_FILES, MOST_BYTES = 200, 10**9
"""What an assessment may hold (RELIABILITY 4): a panel's phones must not fill the disk."""

_CORRECTED: frozenset[v.FindingKind] = frozenset({"deduction", "major", "minor"})
"""What is to be corrected though nobody said how, or by when."""
_BEYOND = 10**9
"""More than an assessment has entries: names of findings beyond the first of one old list."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence; seq is the entry that brought it, and its name. A location is kept from the start.

    It stands on a question of a sheet, or on a finding: then sheet is '' and the question says nothing.
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
    def asked(self) -> QuestionId | None:
        """The question on which it stands; None for evidence of a finding."""
        return self.question if self.sheet else None

    @property
    def stands(self) -> bool:
        """It supports its question or its finding: it is there, or on its way."""
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


def agreed(findings: Found, texts: tuple[str, ...], seq: int, person: str, at: int) -> Found:
    """The findings after entry `seq` agreed on these special deductions. The same object where they read so already.

    Records from before findings had entries of their own hold such lists alone: what a list names anew is a finding
    that goes by the number of its entry, and what it names no more is none. Nothing of such a list gets lost, and
    it is worded anew or withdrawn as any other.
    """
    held = list(standing(findings, "deduction"))
    if tuple(one.text for one in held) == texts:
        return findings
    named: list[Finding] = []
    fresh = seq
    for text in texts:
        one = next((one for one in held if one.text == text), None)
        if one is None:
            one = Finding(fresh, "deduction", text, "", person, at)
            fresh += _BEYOND
        else:
            held.remove(one)
        named.append(one)
    others = {name: one for name, one in findings.items() if one.withdrawn or one.kind != "deduction"}
    return {**others, **{one.seq: one for one in named}}


def deductions(findings: Found) -> tuple[str, ...]:
    """The texts of the special deductions that stand: the list that is agreed (DN-09)."""
    return tuple(one.text for one in standing(findings, "deduction"))


def actions(findings: Found) -> tuple[Finding, ...]:
    """The findings about which something is to be done still: what is no observation, or has an action or a day.

    Those with a day first, the earliest first.
    """
    asked = (one for one in standing(findings) if one.kind in _CORRECTED or one.action or one.due)
    return tuple(sorted((one for one in asked if one.state == "open"), key=lambda one: (not one.due, one.due, one.seq)))


def standing(findings: Found, kind: v.FindingKind | None = None) -> tuple[Finding, ...]:
    """The findings that were not withdrawn, in the order they were recorded; of one kind, or all."""
    return tuple(one for one in findings.values() if not one.withdrawn and kind in {None, one.kind})


def at(held: Held, sheet: str, question: QuestionId) -> tuple[Evidence, ...]:
    """All evidence of a sheet's question, removed and lost too, in the order it came."""
    return tuple(one for one in held.values() if one.sheet == sheet and one.question == question)


def hung(held: Held, finding: int) -> tuple[Evidence, ...]:
    """All evidence of a finding, removed and lost too, in the order it came."""
    return tuple(one for one in held.values() if not one.sheet and one.finding == finding)


def beside(held: Held, one: Evidence) -> tuple[Evidence, ...]:
    """All evidence that stands where this piece does."""
    return at(held, one.sheet, one.question) if one.sheet else hung(held, one.finding)


def caption(held: Held, one: Evidence) -> str:
    """Its caption; a picture of an album without one has that of the album: people write it once."""
    if one.caption or not one.album:
        return one.caption
    same = (other for other in held.values() if other.album == one.album and other.person == one.person)
    return next((other.caption for other in same if other.caption), "")


def proven(held: Held, sheet: str) -> frozenset[QuestionId]:
    """The sheet's questions that evidence supports."""
    return frozenset(one.question for one in held.values() if one.sheet == sheet and one.stands)


def bare(one: Evidence) -> bool:
    """A picture of which no clean copy could be made: it may tell where it was taken (RELIABILITY 4, EXIF)."""
    return not one.clean and one.mime.startswith("image/")


def carried(one: Evidence) -> bool:
    """Its bytes belong into exports: they are kept, and no picture among them tells where it was taken."""
    return one.keeping == "kept" and bool(one.sha256) and not bare(one)


def full(held: Held, but: int = 0) -> bool:
    """Whether an assessment holds as much as it may, leaving piece `but` out. Places are no files."""
    files = [one.size for one in held.values() if one.stands and one.kind != "location" and one.seq != but]
    return len(files) >= MOST_FILES or sum(files) >= MOST_BYTES


def twin(held: Held, one: Evidence) -> Evidence | None:
    """A piece with the same bytes that stood at the same question, or finding, before."""
    same = (other for other in beside(held, one) if other.seq < one.seq and other.keeping == "kept")
    return next((other for other in same if other.sha256 and other.sha256 == one.sha256), None)
