"""How large a file will be, without making it: from what is counted anyway. Must not know who asks.

A rule of thumb, right within a factor of two for finished assessments (tests/export/test_sizes.py): a part that every
file of the format has, and one for each question, entry, sign and photo. Measured in November 2026 on five
assessments; whoever changes a format's looks measures anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.evidence import carried
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState
from bot.export.rendered import ROOM, ROOM_BESIDE, pictures
from bot.export.split import volumes
from bot.verify.bundle import member_of, shown_digest

PHOTO = 250_000
"""Bytes of a photo as files show it, at most; a smaller one stays as it is."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the person may see of an assessment, in numbers.

    questions: on all sheets; entries: of the record; text: bytes of notes and findings as UTF-8; scheme: of its
    canonical JSON; evidence: member -> bytes; photos: bytes of each that files show.
    """

    questions: int
    entries: int
    text: int
    scheme: int
    evidence: Mapping[str, int]
    photos: tuple[int, ...] = ()


def counted(scheme: Scheme, seen: AssessmentState, scheme_text: str, size: Callable[[str], int]) -> Counted:
    """What there is to be shown. seen: what the person may see of it, and no more; size: digest -> bytes."""
    questions = sum(len(scheme.covered(sheet.covers)) for sheet in seen.sheets.values())
    notes = (note.text for sheet in seen.sheets.values() for row in sheet.notes.values() for note in row)
    found = (part for one in seen.found.values() for part in (one.text, one.action))
    held = seen.evidence.values()
    return Counted(
        questions=questions,
        entries=seen.seq or questions,
        text=sum(len(text.encode()) for text in (*notes, *found)),
        scheme=len(scheme_text.encode()),
        evidence={member_of(one): size(shown_digest(one)) for one in held if carried(one)},
        photos=tuple(size(digest) for digest in dict.fromkeys(map(shown_digest, pictures(held)))),
    )


def estimate(format_: str, told: Counted) -> int:
    """Bytes. KeyError where there is no such format."""
    return _RULES[format_](told)


def _pdf(told: Counted, room: int = ROOM) -> int:
    return 90_000 + _signs(told) + 1_300 * told.questions + 2_300 * told.entries + _photos(told, room)


def _word(told: Counted, room: int = ROOM) -> int:
    return 120_000 + _signs(told) + 50 * told.entries + _photos(told, room)


def _excel(told: Counted) -> int:
    return 24_000 + 100 * told.questions + 150 * told.entries + (3 * told.scheme + 8 * told.text) // 20


def _html(told: Counted, room: int = ROOM) -> int:
    drawn = _photos(told, room) * 4 // 3 + 1_000 * len(told.photos)
    return 18_000 + 500 * told.entries + told.scheme * 9 // 10 + 2 * told.text + drawn


def _csv(told: Counted) -> int:
    return 1_000 + 450 * told.entries + (told.scheme + 3 * told.text) // 2


def _json(told: Counted) -> int:
    return told.scheme + 950 * told.entries + told.text // 2


def _signs(told: Counted) -> int:
    """Of fonts what the text needs, and pictures of charts: a standard of any length has all of it."""
    return min(280_000, 6 * told.scheme)


def _bundle(told: Counted) -> int:
    drawn = _pdf(told, ROOM_BESIDE) + _word(told, ROOM_BESIDE) + _excel(told) + _html(told, ROOM_BESIDE) + _csv(told)
    return drawn + _json(told) + told.scheme + sum(told.evidence.values())


def _photos(told: Counted, room: int) -> int:
    return min(room, sum(min(one, PHOTO) for one in told.photos))


def files_of(format_: str, told: Counted) -> int:
    """As how many files it will be sent."""
    return 1 + len(volumes(told.evidence)) if format_ == "bundle" else 1


_RULES: Mapping[str, Callable[[Counted], int]] = {
    "pdf": _pdf,
    "word": _word,
    "excel": _excel,
    "html": _html,
    "csv": _csv,
    "json": _json,
    "bundle": _bundle,
}
