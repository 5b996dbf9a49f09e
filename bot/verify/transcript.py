"""The record inside a bundle, or a transcript on its own: chain, bodies, seals, scheme, and the score again.

Must not know containers, manifests or files.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.entries import Body, Closed, Entry
from bot.domain.grading import verdict
from bot.domain.panel_entries import Reopened, Sealed
from bot.domain.plain_scheme import read_scheme
from bot.domain.record import Header, RecordBroken, canonical, entry_hash, genesis, header_from, verify_body
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.scoring import score
from bot.domain.state import AssessmentState, fold
from bot.domain.written import decode
from bot.verify.findings import Check, broken, ok, unknown
from bot.verify.signing import SEAL, holds, sealed

FORMAT = "gradewalk.transcript"
ERASERS = frozenset({"erased", "text-erased"})


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was read. bodies: number -> body; heads: number -> hash of that entry; state: all entries folded."""

    assessment: str
    headers: tuple[Header, ...]
    bodies: Mapping[int, Body]
    heads: Mapping[int, str]
    scheme: Scheme
    scheme_text: str
    state: AssessmentState
    result: Mapping[str, Any]


class NotReadable(Exception):  # noqa: N818  a finding, with the checks that led to it
    """The record is no record, or is broken; `check` says where."""

    def __init__(self, check: Check) -> None:
        super().__init__(check.place)
        self.check = check


def read(data: bytes) -> Transcript:
    """The record of a transcript file. NotReadable with the first fault: form, chain, body or scheme."""
    try:
        file = json.loads(data)
        _refuse_odd(file, data)
        assessment = str(file["head"]["assessment"])
        rows = file["record"]
        headers = tuple(header_from(row["header"]) for row in rows)
        heads = _chain(headers, assessment, rows, file["head"])
        bodies = dict(_bodies(headers, rows))
        text = canonical(file["scheme"]["text"]).decode()
        scheme = _scheme(text, str(file["scheme"]["digest"]), headers)
        state = fold(AssessmentState(), _entries(headers, bodies))
        return Transcript(assessment, headers, bodies, heads, scheme, text, state, file["result"])
    except NotReadable:
        raise
    except RecordBroken as fault:
        body = fault.what == "body"
        check = broken("bodies", f"{fault.seq}") if body else broken("chain", f"{fault.seq}", what=fault.what)
        raise NotReadable(check) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as error:
        raise NotReadable(broken("format", type(error).__name__)) from None


def _refuse_odd(file: Mapping[str, Any], data: bytes) -> None:
    if file["format"] != FORMAT or file["version"] != 1:
        raise NotReadable(broken("format", "format"))
    if canonical(file) != data:
        raise NotReadable(broken("format", "canonical"))


def _chain(headers: Sequence[Header], assessment: str, rows: Sequence[Any], head: Mapping[str, Any]) -> dict[int, str]:
    """Number -> hash. RecordBroken at the first entry whose number, link or written hash is wrong."""
    last, heads = genesis(assessment), {}
    for expected, (header, row) in enumerate(zip(headers, rows, strict=True), start=1):
        if header.seq != expected or header.assessment != assessment:
            raise RecordBroken(expected, "seq")
        if header.prev != last:
            raise RecordBroken(header.seq, "prev")
        last = heads[header.seq] = entry_hash(header)
        if row["hash"] != last:
            raise RecordBroken(header.seq, "hash")
    if head["hash"] != last or head["entries"] != len(headers):
        raise RecordBroken(len(headers), "hash")
    return heads


def _bodies(headers: Sequence[Header], rows: Sequence[Any]) -> Iterator[tuple[int, Body]]:
    """Each body against the hash in its header; a body that is missing needs an entry that erased it."""
    erasable = max((header.seq for header in headers if header.kind in ERASERS), default=0)
    for header, row in zip(headers, rows, strict=True):
        if row["body"] is None:
            if header.seq >= erasable and header.kind not in ERASERS:
                raise RecordBroken(header.seq, "body")
            continue
        verify_body(header, bytes.fromhex(row["salt"]), row["body"])
        yield header.seq, decode(header.kind, row["body"])


def _scheme(text: str, digest: str, headers: Sequence[Header]) -> Scheme:
    scheme = read_scheme(text)
    if scheme.digest != digest or (headers and headers[-1].scheme != digest):
        raise NotReadable(broken("scheme", scheme.digest))
    return scheme


def _entries(headers: Sequence[Header], bodies: Mapping[int, Body]) -> Iterator[Entry]:
    for header in headers:
        if header.seq in bodies:
            question = QuestionId.parse(header.question) if header.question else None
            yield Entry(
                header.seq,
                header.at,
                header.person,
                bodies[header.seq],
                header.sheet,
                question,
                header.revision,
                header.source.message,
            )


def chain_checks(file: Transcript) -> Iterator[Check]:
    """What holds already, since it was read: chain, bodies, scheme."""
    yield ok("chain", entries=len(file.headers), head=file.heads.get(len(file.headers), ""))
    yield ok("bodies", bodies=len(file.bodies))
    gone = len(file.headers) - len(file.bodies)
    if gone:
        yield ok("erased", entries=gone)
    yield ok("scheme", standard=file.scheme.code, digest=file.scheme.digest)


def seal_checks(file: Transcript, posted: tuple[int, str] | None) -> Iterator[Check]:
    """Every seal in the record, and the posted one where it is at hand."""
    seals = [(seq, body) for seq, body in file.bodies.items() if isinstance(body, Sealed)]
    for seq, seal in seals:
        signed = sealed(file.assessment, seal.upto, seal.head, seal.at)
        fits = seal.upto < seq and file.heads.get(seal.upto) == seal.head
        if not fits or not holds(seal.key, seal.signature, SEAL, signed):
            yield broken("seal", f"{seq}")
            return
    if seals:
        yield ok("seal", upto=seals[-1][1].upto, key=seals[-1][1].key)
    else:
        yield unknown("no-seal")
    again = [seq for seq, body in file.bodies.items() if isinstance(body, Reopened)]
    if again:
        yield ok("reopened", times=len(again))
    if posted is None:
        yield unknown("not-posted")
    elif file.heads.get(posted[0]) == posted[1]:
        yield ok("posted", upto=posted[0])
    else:
        yield broken("posted", f"{posted[0]}")


def score_checks(file: Transcript) -> Iterator[Check]:
    """The result once more from the entries, against the one written down and against the closing entry."""
    if file.state.erased:
        yield unknown("not-scored")
        return
    sheets = [sheet.sheet() for sheet in file.state.counted]
    card = score(file.scheme, sheets, file.state.decisions)
    found = verdict(file.scheme, card)
    outcome = found.outcome.id if found.outcome else "incomplete"
    exact = {name: str(part.total) for name, part in card.dimensions.items() if part.total is not None}
    written = {name: part["exact"] for name, part in file.result["dimensions"].items() if part["exact"] is not None}
    grade = file.result["grade"]
    if file.result["outcome"]["id"] != outcome or written != {name: exact.get(name) for name in written}:
        yield broken("score", "result")
        return
    if (grade["id"] if grade else None) != (found.grade.id if found.grade else None):
        yield broken("score", "grade")
        return
    shown = ", ".join(f"{name} {value}" for name, value in written.items()) or "–"
    yield ok("score", outcome=outcome, totals=shown)
    closed: Closed | None = file.state.closed
    if closed is not None:
        if closed.outcome != outcome or dict(closed.totals) != exact:
            yield broken("closing", "closed")
            return
        yield ok("closing")
