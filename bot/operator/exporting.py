"""`gradewalk export`: a file of any assessment, for whoever runs the bot. Each one is an entry of its record.

Must not know what a format holds.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from bot.config import Settings
from bot.domain.entries import Draft, Exported
from bot.domain.record import Source
from bot.domain.refusals import SigningKeyGone
from bot.domain.scales import Language
from bot.export import FORMATS, file_name
from bot.export.bundle import NotWhole
from bot.operator.opened import store_of, world_of
from bot.operator.proof import one_line
from bot.operator.trouble import Trouble
from bot.service import files
from bot.service.world import World
from bot.store.backup import sync
from bot.store.restoring import CHANNEL
from bot.store.values import Listed, Meta

OPERATOR = "operator"
"""Person and role of what the command line records: nobody's account."""


@dataclass(frozen=True, slots=True)
class Line:
    """An assessment in the operator's list. state: open, closed, deleted."""

    ref: str
    name: str
    scheme: str
    state: str
    entries: int
    touched_at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was written, and the last entry that it shows."""

    file: Path
    upto: int


def listed(settings: Settings) -> tuple[Line, ...]:
    """Every assessment, last touched first. Trouble."""
    with store_of(settings) as store, store.read() as unit:
        return tuple(
            Line(one.ref, one.name, one.scheme_id, one.state, one.seq, one.touched_at)
            for one in unit.assessments.all_for_operator()
        )


def export(settings: Settings, named: str, format_: str, language: Language, out: Path | None) -> Made:
    """Write a file of the assessment of this short name or id, and record that it was. Trouble; then nothing is left.

    out: the file, which must not exist; None: named after the assessment, in this folder.
    """
    with world_of(settings) as world:
        found = _found(world, named)
        target = out or Path(file_name(found.scheme_id, found.ref, format_, found.created_at.date().isoformat()))
        if target.exists():
            raise Trouble(f"文件已存在：{target}", f"the file exists already: {target}")
        try:
            return _written(world, found, format_, language, target)
        except OSError as error:
            raise one_line(error) from None
        except SigningKeyGone:
            raise Trouble(
                f"签名密钥不见了或无法读取：{settings.signing_key_file}；请放回它，或运行 gradewalk key new",
                f"the signing key is gone or cannot be read: {settings.signing_key_file}; put it back, or run "
                "`gradewalk key new`",
            ) from None
        except NotWhole as lacking:
            raise Trouble(
                f"佐证材料缺失或已损坏，无法打成数据包：{lacking}；请从备份恢复，或导出 html、json",
                f"a piece of evidence is missing or damaged, so there is no bundle: {lacking}; restore a backup, or "
                "export html or json",
            ) from None


def _found(world: World, named: str) -> Listed:
    with world.store.read() as unit:
        found = unit.assessments.for_operator(named)
    if found is None:
        raise Trouble(
            f"没有编号为 {named} 的评价；不带编号运行 gradewalk export 可列出全部",
            f"there is no assessment {named}; `gradewalk export` alone lists them",
        )
    return found


def _written(world: World, found: Listed, format_: str, language: Language, target: Path) -> Made:
    """Under another name first: the file has its own only once it is whole and its entry is recorded."""
    handle, beside = tempfile.mkstemp(prefix=".gradewalk-", dir=target.parent)  # mode 600
    part = Path(beside)
    try:
        with os.fdopen(handle, "wb") as file:
            _made(world, found, format_, language, file)
        sync(part)
        _record(world, found, Exported(format_, language, found.seq))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return Made(target, found.seq)


def _made(world: World, found: Listed, format_: str, language: Language, out: BinaryIO) -> None:
    with world.store.read() as unit:
        report = files.reported(world, unit, found, (language, world.zone), found.seq)
        FORMATS[format_].write(out, report, files.enclosed(world, unit) if FORMATS[format_].enclosed else None)


def _record(world: World, found: Listed, entry: Exported) -> None:
    with world.store.write() as unit:
        meta = Meta(world.clock(), OPERATOR, OPERATOR, found.scheme_digest, Source(CHANNEL))
        unit.entries.append(found.id, [Draft(entry)], meta)
