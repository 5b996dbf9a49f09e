"""What one who has the database, and the signing key, can do to a record (row 105): cut, swap, rebuild, seal anew."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from sqlmodel import Session, col, delete, select

from bot.domain.record import Json, body_hash, canonical, entry_hash, genesis
from bot.service.world import World
from bot.store.engine import WRITING
from bot.store.tables import AssessmentRow, EntryBodyRow, EntryRow
from bot.store.values import Recorded
from bot.verify.signing import SEAL, sealed

Records = list[Recorded]


def rewrite(world: World, assessment: str, change: Callable[[Records], Records], *, rebuild: bool = True) -> None:
    """Put changed entries in the place of what was recorded; rebuild: with links, hashes and seals that fit."""
    with world.store.read() as unit:
        records = change(list(unit.entries.recorded(assessment)))
    if rebuild:
        records = rebuilt(world, assessment, records)
    with Session(world.store._engine) as session:
        connection = session.connection(execution_options=WRITING)
        triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for table in (EntryBodyRow, EntryRow):
            session.exec(delete(table).where(col(table.assessment) == assessment))
        for record in records:
            session.add(_row(record))
            session.flush()
            if record.body is not None and record.salt is not None:
                text = canonical(dict(record.body)).decode()
                session.add(EntryBodyRow(assessment=assessment, seq=record.header.seq, salt=record.salt, body=text))
        row = session.exec(select(AssessmentRow).where(AssessmentRow.id == assessment)).one()
        row.seq, row.head = records[-1].header.seq, records[-1].hash
        session.flush()
        for _, sql in triggers:
            connection.exec_driver_sql(sql)
        session.commit()
    world.folds.forget()


def rebuilt(world: World, assessment: str, records: Sequence[Recorded]) -> Records:
    """Numbers, links and hashes as if it had always been so; each seal made again with the true key."""
    last = genesis(assessment)
    made: Records = []
    for number, record in enumerate(records, start=1):
        body = record.body
        if record.header.kind == "sealed" and body is not None:
            body = _sealed_again(world, assessment, body, made)
        hash_ = record.header.body_hash if body is None else body_hash(record.salt or b"", body)
        header = replace(record.header, assessment=assessment, seq=number, prev=last, body_hash=hash_)
        last = entry_hash(header)
        made.append(replace(record, header=header, hash=last, body=body))
    return made


def _sealed_again(world: World, assessment: str, body: object, before: Records) -> dict[str, Json]:
    assert world.keys is not None
    assert isinstance(body, dict)
    signer = world.keys.signer(lambda: False)
    head = before[-1]
    at = int(body["at"])
    signature = signer.sign(SEAL, sealed(assessment, head.header.seq, head.hash, at))
    return {"upto": head.header.seq, "head": head.hash, "at": at, "key": signer.key, "signature": signature}


ALIKE = ("4.3.1/total", "4.3.2/total")
"""Questions of Q/BJKB 006 in one section that are worth equally much: swapped, no total tells."""


def swapped(records: Records) -> Records:
    """The answers to ALIKE, each in the place of the other."""
    one, other = (next(n for n, record in enumerate(records) if record.header.question == name) for name in ALIKE)
    result = list(records)
    result[one] = replace(records[one], body=records[other].body, salt=records[other].salt)
    result[other] = replace(records[other], body=records[one].body, salt=records[one].salt)
    return result


def _row(record: Recorded) -> EntryRow:
    columns = asdict(record.header)
    source = {f"source_{name}": value for name, value in columns.pop("source").items()}
    return EntryRow(**columns, **source, hash=record.hash)
