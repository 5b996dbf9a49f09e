"""The form of a JSON transcript: what stands in it besides the entries, made from the entries alone.

Exporting writes this, verifying makes it again and compares: what is added to the file is added here. Must not know
sentences, which are in no record.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.domain.answers import Sheet
from bot.domain.entries import HEADER_FIELDS
from bot.domain.figures import figures
from bot.domain.grading import Verdict
from bot.domain.record import Header, Json
from bot.domain.scheme import Scheme
from bot.domain.scoring import Scorecard
from bot.domain.state import AssessmentState

FORMAT = "gradewalk.transcript"
VERSION = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc(ms: int) -> str:
    """UTC in ms -> '2026-05-01T02:22:31.500Z'. OverflowError outside the years 1-9999."""
    return (_EPOCH + timedelta(milliseconds=ms)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(ms: int | None) -> Json:
    """UTC in ms -> both forms; None stays None."""
    return None if ms is None else {"ms": ms, "iso": utc(ms)}


def head(assessment: str, state: AssessmentState, created_at: int, entries: int, head_hash: str) -> dict[str, Json]:
    """What the transcript is of. created_at: UTC in ms."""
    return {
        "assessment": assessment,
        "mode": state.mode,
        "fields": {str(field): state.header.get(field, "") for field in HEADER_FIELDS},
        "created": moment(created_at),
        "closed": moment(state.closed_at) if state.closed else None,
        "erased": state.erased,
        "entries": entries,
        "hash": head_hash,
    }


def result(scheme: Scheme, state: AssessmentState, card: Scorecard, verdict: Verdict) -> dict[str, Json]:
    """The result without the sentences of its reasons.

    The record knows sheets by their ids, and so does its result: names may be erased.
    """
    sheets = [Sheet(sheet.id, sheet.id, "", sheet.covers, {}) for sheet in state.sheets.values()]
    return figures(scheme, sheets, card, verdict)


def row(header: Header, hash_: str, salt: bytes | None, body: Mapping[str, Json] | None) -> dict[str, Json]:
    """An entry; its header's fields are those of `record.Header`."""
    source: dict[str, Json] = {name: getattr(header.source, name) for name in header.source.__slots__}
    plain: dict[str, Json] = {name: getattr(header, name) for name in header.__slots__ if name != "source"}
    return {
        "header": {**plain, "source": source},
        "at": moment(header.at),
        "source_date": moment(header.source_date),
        "hash": hash_,
        "salt": None if salt is None else salt.hex(),
        "body": None if body is None else dict(body),
    }
