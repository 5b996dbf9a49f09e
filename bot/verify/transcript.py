"""A transcript read and held against itself: chain, contents, scheme, and all that is written beside them.

Must not know containers, manifests or files.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.entries import Body, Entry, WordingAdopted
from bot.domain.panel_entries import LeadHandedOver, MemberJoined, MemberRemoved
from bot.domain.plain_scheme import read_scheme
from bot.domain.record import Header, RecordBroken, canonical
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.state import AssessmentState, fold
from bot.domain.written import decode
from bot.verify import form
from bot.verify.chain import Erasure, chain, contents, erasures, headers_of
from bot.verify.findings import Broken, Check, broken, ok, unknown
from bot.verify.untrusted import COUNTED, calm, difference, exact


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was read. bodies: number -> body; heads: number -> hash of that entry; state: all entries folded."""

    assessment: str
    headers: tuple[Header, ...]
    bodies: Mapping[int, Body]
    heads: Mapping[int, str]
    erasures: tuple[Erasure, ...]
    scheme: Scheme
    scheme_text: str
    state: AssessmentState
    file: Mapping[str, Any]

    @property
    def entries(self) -> Iterator[Entry]:
        """What the fold reads, in order: those whose content is there."""
        return _entries(self.headers, self.bodies)

    @property
    def head(self) -> str:
        """The hash of the last entry; '' where there is none."""
        return self.heads.get(len(self.headers), "")


def read(data: bytes) -> Transcript:
    """The record of a transcript file. Broken with the first fault: form, chain, content or scheme."""
    try:
        return _read(data)
    except RecordBroken as fault:
        if fault.what == "body":
            raise Broken(broken("bodies", f"{fault.seq}")) from None
        raise Broken(broken("chain", f"{fault.seq}", what=fault.what)) from None
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError) as no:
        raise Broken(broken("format", type(no).__name__)) from None


def _read(data: bytes) -> Transcript:
    file = json.loads(data)
    if file["format"] != form.FORMAT or file["version"] != form.VERSION:
        raise Broken(broken("format", "format"))
    if canonical(file) != data:
        raise Broken(broken("format", "canonical"))
    assessment, rows = file["head"]["assessment"], file["record"]
    if not isinstance(assessment, str) or not calm(file["scheme"]):
        raise Broken(broken("format", "scheme"))
    headers = headers_of(rows)
    heads = chain(headers, assessment, rows)
    if file["head"]["hash"] != heads[len(headers)]:
        raise RecordBroken(len(headers), "hash")
    held = contents(headers, rows)
    if not all(exact(body) for seq, body in held.items() if headers[seq - 1].kind in COUNTED):
        raise Broken(broken("format", "record"))
    bodies = {seq: decode(headers[seq - 1].kind, body) for seq, body in held.items()}
    text = canonical(file["scheme"]["text"]).decode()
    return Transcript(
        assessment=assessment,
        headers=headers,
        bodies=bodies,
        heads=heads,
        erasures=erasures(headers, held),
        scheme=_scheme(text, file["scheme"]["digest"], headers, bodies),
        scheme_text=text,
        state=fold(AssessmentState(), _entries(headers, bodies)),
        file=file,
    )


def _scheme(text: str, digest: str, headers: Sequence[Header], bodies: Mapping[int, Body]) -> Scheme:
    """The scheme that the entries name; another wording of it only from an entry on that says so."""
    scheme = read_scheme(text)
    current = headers[0].scheme
    for header in headers:
        if header.scheme != current:
            raise Broken(broken("scheme", f"{header.seq}"))
        body = bodies.get(header.seq)
        current = body.digest if isinstance(body, WordingAdopted) else current
    if scheme.digest != digest or current != digest:
        raise Broken(broken("scheme", scheme.digest))
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


def record_checks(file: Transcript) -> Iterator[Check]:
    """What holds already, since it was read: chain, contents, scheme; and what was erased."""
    yield ok("chain", entries=len(file.headers), head=file.head)
    yield ok("bodies", bodies=len(file.bodies))
    for one in file.erasures:
        said = {"at": form.utc(one.at), "by": _named(file, one.person), "role": str(one.role), "reason": one.reason}
        if one.of:
            yield ok("text-erased", of=one.of, **said)
        else:
            yield ok("erased", entries=one.seq - 1, **said)
    yield ok("scheme", standard=file.scheme.code, digest=file.scheme.digest)


def _named(file: Transcript, person: str) -> str:
    """What a person is called in this file, else our id for them."""
    name = file.file["names"].get(person) if isinstance(file.file["names"], dict) else None
    return name if isinstance(name, str) and name else person


def written_checks(file: Transcript, result: Mapping[str, Any], *, signed: bool) -> Iterator[Check]:
    """All that the file says beside the entries, made again from them. result: without sentences.

    Names and the sentences of reasons are in no entry: they are only looked at for their form. signed: a manifest
    vouches for them.
    """
    rows = [
        form.row(header, file.heads[header.seq], _salt(row), row["body"])
        for header, row in zip(file.headers, file.file["record"], strict=True)
    ]
    count = len(file.headers)
    expected = {
        "format": form.FORMAT,
        "version": form.VERSION,
        "made_from": count,
        "head": form.head(file.assessment, file.state, file.headers[0].at, count, file.head),
        "names": _names(file),
        "scheme": {"digest": file.scheme.digest, "text": file.file["scheme"]["text"]},
        "result": {**result, "reasons": _reasons(result["reasons"], _object(file.file["result"]))},
        "record": rows,
    }
    place = difference(expected, file.file)
    if place is not None:
        yield broken("written", place)
        return
    yield ok("written")
    yield unknown("outside", **({"what": "signed"} if signed else {}))


def _salt(row: Mapping[str, Any]) -> bytes | None:
    return None if row["salt"] is None else bytes.fromhex(row["salt"])


def _names(file: Transcript) -> dict[str, str]:
    """The names as they stand, of those alone who are in the record."""
    joined = {body.member for body in file.bodies.values() if isinstance(body, MemberJoined | MemberRemoved)}
    led = {body.to for body in file.bodies.values() if isinstance(body, LeadHandedOver)}
    people = {header.person for header in file.headers} | joined | led
    names = file.file["names"]
    if not isinstance(names, dict):
        return {}
    return {person: str(name) for person, name in names.items() if person in people}


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _reasons(codes: Sequence[Mapping[str, Any]], found: Mapping[str, Any]) -> list[dict[str, str]]:
    """The codes that follow from the record, with the sentences that stand in the file."""
    reasons = found.get("reasons")
    said = [one if isinstance(one, Mapping) else {} for one in reasons] if isinstance(reasons, list) else []
    said += [{}] * (len(codes) - len(said))
    return [
        {**code, "zh": str(one.get("zh")), "en": str(one.get("en"))} for code, one in zip(codes, said, strict=False)
    ]
