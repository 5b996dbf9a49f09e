"""The report as canonical JSON: the whole record, the scheme it was made with, and the result. For machines and years.

It depends on the record alone, not on language, zone or the moment: exported twice from one entry, it has equal bytes.
Must not know words beyond the sentences of reasons.
"""

import json
from dataclasses import asdict

from bot.domain.answers import Sheet
from bot.domain.record import Json, canonical
from bot.export.clock import utc
from bot.export.history import Recorded
from bot.export.parts import Report
from bot.export.result import result_json
from bot.words import Words

FORMAT = "gradewalk.transcript"
VERSION = 1


def render(report: Report) -> bytes:
    """The file. TypeError where a scheme or a body holds a float: it could not be written twice alike."""
    return canonical(
        {
            "format": FORMAT,
            "version": VERSION,
            "made_from": report.upto,
            "head": _head(report),
            "names": dict(report.names),
            "scheme": {"digest": report.scheme.digest, "text": json.loads(report.scheme_text)},
            "result": _result(report),
            "record": [_entry(record) for record in report.records],
        }
    )


def moment(ms: int | None) -> Json:
    """UTC in ms -> both forms; None stays None."""
    return None if ms is None else {"ms": ms, "iso": utc(ms)}


def _result(report: Report) -> dict[str, Json]:
    # The record knows sheets by their ids, and so does its result: names may be erased.
    sheets = [Sheet(sheet.id, sheet.id, "", frozenset(sheet.covers), {}) for sheet in report.sheets]
    return result_json(report.scheme, sheets, report.card, report.verdict, Words.of("zh"), Words.of("en"))


def _head(report: Report) -> dict[str, Json]:
    return {
        "assessment": report.assessment,
        "mode": report.mode,
        "fields": {str(field): value for field, value in report.head},
        "created": moment(report.created_at),
        "closed": moment(report.closed_at),
        "erased": report.erased,
        "entries": len(report.records),
        "hash": report.head_hash,
    }


def _entry(record: Recorded) -> dict[str, Json]:
    return {
        "header": asdict(record.header),
        "at": moment(record.header.at),
        "source_date": moment(record.header.source_date),
        "hash": record.hash,
        "salt": None if record.salt is None else record.salt.hex(),
        "body": None if record.body is None else dict(record.body),
    }
