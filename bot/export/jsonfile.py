"""The report as canonical JSON: the whole record, the scheme it was made with, and the result. For machines and years.

It depends on the record alone, not on language, zone or the moment: exported twice from one entry, it has equal bytes.
All of it but names and sentences is made by `verify/form.py`, so that a verifier can make it again and compare. Must
not know words beyond the sentences of reasons.
"""

import json

from bot.domain.record import Json, canonical
from bot.export.parts import Report
from bot.export.result import reasons_json
from bot.verify.form import FORMAT, VERSION, head, result, row
from bot.words import Words


def render(report: Report) -> bytes:
    """The file. TypeError where a scheme or a body holds a float: it could not be written twice alike."""
    entries = len(report.records)
    return canonical(
        {
            "format": FORMAT,
            "version": VERSION,
            "made_from": report.upto,
            "head": head(report.assessment, report.state, report.created_at, entries, report.head_hash),
            "names": dict(report.names),
            "scheme": {"digest": report.scheme.digest, "text": json.loads(report.scheme_text)},
            "result": _result(report),
            "record": [row(one.header, one.hash, one.salt, one.body) for one in report.records],
        }
    )


def _result(report: Report) -> dict[str, Json]:
    found = result(report.scheme, report.state, report.card, report.verdict)
    return {**found, "reasons": reasons_json(report.scheme, report.verdict, Words.of("zh"), Words.of("en"))}
