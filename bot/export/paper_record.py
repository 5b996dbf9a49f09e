"""What the paper can be checked by: evidence with digests, closings and seals, the list of all entries.

Must not know the result, or any file format.
"""

from collections.abc import Iterator

from bot.domain.evidence import carried
from bot.domain.panel_entries import Reopened
from bot.export.history import Logged
from bot.export.panel_parts import EvidencePart, SealPart
from bot.export.paper_detail import detail, said
from bot.export.paper_marks import DOT, SPACE, Marks, joined, typed
from bot.export.paper_parts import (
    Block,
    Box,
    Cell,
    Column,
    Facts,
    Heading,
    Items,
    Line,
    Para,
    Part,
    Photo,
    Run,
    Table,
    TableRow,
)
from bot.export.paper_pieces import evidence_name, keeping

HASH = 12
"""Digits of a hash in the list; the whole one stands in the JSON file."""


def pictures(m: Marks) -> Part | None:
    """All evidence once more: pictures that may be shown, then in words what is none, or is not there."""
    held = m.report.panel.evidence
    if not held:
        return None
    absent = m.say("transcript.picture-absent")
    shown = [Photo(part.item.clean, part.item.mime, _piece(m, part), absent) for part in held if _shown(part)]
    others = tuple(_piece(m, part) for part in held if not _shown(part))
    why = [Para((Run(m.say("transcript.pictures-why")),), "fine")] if shown else []
    rest = [Heading((Run(m.say("transcript.no-pictures")),))] if shown and others else []
    return Part("evidence", m.say("transcript.pictures"), (*why, *shown, *rest, *([Items(others)] if others else [])))


def _shown(part: EvidencePart) -> bool:
    """A clean copy of a picture is there: nothing in it tells where it was taken."""
    return bool(part.item.clean) and carried(part.item)


def _piece(m: Marks, part: EvidencePart) -> Line:
    """What it is, where it belongs, what is said of it, when it came, and by what its bytes are known again."""
    item = part.item
    kept = () if item.keeping == "kept" else (Run(keeping(m, part)),)
    dates = [("transcript.received", m.at(item.at)), ("transcript.claimed", typed(item.claimed))]
    told = [(Run(f"{m.say(key)} ", "soft"), run) for key, run in dates if run.text]
    name = (Run(evidence_name(m, part), "strong"),)
    line = joined([name, kept, _where(m, part), *said(item.caption, item.name, item.place), *told])
    return (*line, DOT, Run("SHA-256 ", "soft"), Run(item.sha256, "code")) if item.sha256 else line


def _where(m: Marks, part: EvidencePart) -> Line:
    """The question of whose sheet, or the finding, that it supports."""
    item = part.item
    if item.asked:
        row = m.scheme.by_id[item.asked.indicator]
        dimension = m.dimension(item.asked.dimension)
        sheet = m.sheet_of(item.sheet) if len(m.report.sheets) > 1 else ()
        return joined([m.clause(row), (Run(dimension),) if dimension else (), sheet])
    found = {one.item.seq: one.number for one in m.report.panel.findings}
    return (Run(m.say("transcript.found-number", n=found[item.finding])),) if item.finding in found else ()


def seals(m: Marks) -> Part | None:
    """Each time it was reopened, and each seal; None where it never was closed."""
    blocks = (*_reopenings(m), *_seals(m))
    return Part("seals", m.say("transcript.closings"), blocks) if blocks else None


def _reopenings(m: Marks) -> Iterator[Block]:
    if m.report.panel.reopenings:
        yield Heading((Run(m.say("transcript.reopened")),))
        yield from (_reopening(m, entry) for entry in m.report.panel.reopenings)


def _reopening(m: Marks, entry: Logged) -> Box:
    body = entry.body
    if not isinstance(body, Reopened):
        return Box((Para(m.after((m.gone(),), entry)),))
    sheets = (Para(m.sheet(part), "fine") for part in m.report.sheets if part.id in body.sheets)
    return Box((Para((typed(body.reason),)), *sheets, Para(m.by(entry))))


def _seals(m: Marks) -> Iterator[Block]:
    if m.report.panel.seals:
        yield Heading((Run(m.say("transcript.seals")),))
        yield Para((Run(m.say("transcript.seals-why")),), "fine")
        yield from (_seal(m, part) for part in m.report.panel.seals)


def _seal(m: Marks, part: SealPart) -> Box:
    sealed = part.sealed
    pairs: tuple[tuple[str, Line], ...] = (
        (m.say("transcript.seal-code"), (Run(part.code, "code"),)),
        (m.say("transcript.seal-at"), (m.at(sealed.at), Run(f" {m.clock.utc(sealed.at)}", "soft"))),
        (m.say("transcript.entries"), (Run(str(sealed.upto)),)),
        (m.say("transcript.head-hash"), (Run(sealed.head, "code"),)),
        (m.say("transcript.seal-key"), (Run(sealed.key, "code"),)),
        (m.say("transcript.seal-fingerprint"), (Run(part.fingerprint, "code"),)),
        (m.say("transcript.seal-signature"), (Run(sealed.signature, "code"),)),
    )
    return Box((Facts(pairs),))


def record(m: Marks) -> Part:
    """The list of all entries; of a part there is none, and nothing that tells how much others did."""
    title = m.say("transcript.record")
    if m.report.partial:
        return Part("record", title, (Para((Run(m.say("transcript.partial")),), "warn"),))
    pairs: tuple[tuple[str, Line], ...] = (
        (m.say("transcript.assessment"), (Run(m.report.assessment, "code"),)),
        (m.say("transcript.entries"), (Run(str(m.report.upto)),)),
        (m.say("transcript.head-hash"), (Run(m.report.head_hash, "code"),)),
        (m.say("transcript.scheme-digest"), (Run(m.scheme.digest, "code"),)),
    )
    columns = (
        Column(m.say("transcript.number"), "end"),
        Column(m.say("transcript.at"), share=4),
        Column(m.say("transcript.by"), share=4),
        Column(m.say("transcript.what"), share=10),
        Column(m.say("transcript.hash"), share=3),
    )
    rows = tuple(TableRow(tuple(Cell(line) for line in _entry(m, entry))) for entry in m.report.log)
    return Part(
        "record", title, (Para((Run(m.say("transcript.record-why")),)), Facts(pairs), Table(columns, rows, kind="log"))
    )


def _entry(m: Marks, entry: Logged) -> tuple[Line, ...]:
    header = entry.header
    role = Run(m.say(f"transcript.role.{header.role}"), "soft")
    question: Line = ()
    if entry.question:
        dimension = m.dimension(entry.question.dimension)
        question = joined([(Run(entry.question.indicator, "strong"),), (Run(dimension),) if dimension else ()], SPACE)
    kind = (Run(m.say(f"transcript.kind.{entry.kind}")),)
    return (
        (Run(str(header.seq)),),
        (m.at(header.at),),
        (m.who(header.person, entry.name), SPACE, role),
        joined([kind, question, detail(m, entry)], SPACE),
        (Run(entry.hash[:HASH], "code"),),
    )
