"""`gradewalk export`: files of any assessment, for whoever runs the bot. Each format is an entry of its record.

Must not know what a format holds.
"""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.domain.entries import Draft, Exported
from bot.domain.record import Source
from bot.domain.refusals import SigningKeyGone
from bot.domain.scales import Language
from bot.export import FORMATS, file_name
from bot.export.bundle import NotWhole
from bot.export.split import volumes
from bot.operator.opened import store_of, world_of
from bot.operator.proof import one_line
from bot.operator.trouble import Trouble
from bot.service import filejob, files
from bot.service.filejob import Job
from bot.service.snapshot import inputs
from bot.service.world import World
from bot.store.disk import sync
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
class Order:
    """What is wanted. formats: ids of FORMATS; split: a bundle in the files that Telegram takes."""

    formats: tuple[str, ...]
    language: Language
    split: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were written, and the last entry that they show."""

    files: tuple[Path, ...]
    upto: int


@dataclass(frozen=True, slots=True)
class _Planned:
    """A file to be written. volume: of a split bundle, 0 for one file."""

    format: str
    volume: int
    target: Path


def listed(settings: Settings) -> tuple[Line, ...]:
    """Every assessment, last touched first. Trouble."""
    with store_of(settings) as store, store.read() as unit:
        return tuple(
            Line(one.ref, one.name, one.scheme_id, one.state, one.seq, one.touched_at)
            for one in unit.assessments.all_for_operator()
        )


def export(settings: Settings, named: str, order: Order, out: Path | None) -> Made:
    """Write files of the assessment of this short name or id, and record that it was done. Trouble.

    All show the record up to one and the same entry. On Trouble nothing is left of the format that it is about.
    out: the file, or a folder; None: this folder. No file may exist before; by default they are named after the
    assessment.
    """
    with world_of(settings) as world:
        found = _found(world, named)
        try:
            planned = _planned(world, found, order, out)
            there = next((one.target for one in planned if one.target.exists()), None)
            if there is not None:
                raise Trouble(f"文件已存在：{there}", f"the file exists already: {there}")
            for name in order.formats:
                _written(world, found, [one for one in planned if one.format == name], order.language)
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
        return Made(tuple(one.target for one in planned), found.seq)


def _planned(world: World, found: Listed, order: Order, out: Path | None) -> tuple[_Planned, ...]:
    """Each file with its name. Trouble where one name is to do for several."""
    of = _volumes(world, found) if order.split else 0
    wanted = [
        (name, number, of if FORMATS[name].enclosed else 0)
        for name in order.formats
        for number in (range(1, of + 1) if of and FORMATS[name].enclosed else (0,))
    ]
    folder = out if out is None or out.is_dir() or len(wanted) > 1 else None
    if out is not None and folder is not None and not out.is_dir():
        raise Trouble(f"--out 要是已有的文件夹：{out}", f"--out must be a folder that exists: {out}")
    date = found.created_at.date().isoformat()
    return tuple(
        _Planned(name, number, (folder or Path()) / file_name(found.scheme_id, found.ref, name, date, number, total))
        if out is None or folder is not None
        else _Planned(name, number, out)
        for name, number, total in wanted
    )


def _volumes(world: World, found: Listed) -> int:
    """How many files a bundle is split into; 0: one holds it all."""
    with world.store.read() as unit:
        held = inputs(world, unit, found, ("zh", world.zone), found.seq).state.evidence.values()
    split = volumes(files.sizes_of(world, held))
    return 1 + len(split) if split else 0


def _found(world: World, named: str) -> Listed:
    with world.store.read() as unit:
        found = unit.assessments.for_operator(named)
    if found is None:
        raise Trouble(
            f"没有编号为 {named} 的评价；不带编号运行 gradewalk export 可列出全部",
            f"there is no assessment {named}; `gradewalk export` alone lists them",
        )
    return found


def _written(world: World, found: Listed, planned: Sequence[_Planned], language: Language) -> None:
    """One format. Under other names first: its files have their own only once whole, and their entry recorded."""
    parts: list[Path] = []
    try:
        for one in planned:
            handle, beside = tempfile.mkstemp(prefix=".gradewalk-", dir=one.target.parent)  # mode 600
            parts.append(Path(beside))
            with os.fdopen(handle, "wb") as file:
                filejob.write(_job(world, found, one, language), file)
            sync(parts[-1])
        _record(world, found, Exported(planned[0].format, language, found.seq))
        for part, one in zip(parts, planned, strict=True):
            part.replace(one.target)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _job(world: World, found: Listed, one: _Planned, language: Language) -> Job:
    with world.store.read() as unit:
        return files.job(world, unit, found, one.format, language, world.zone, found.seq, volume=one.volume)


def _record(world: World, found: Listed, entry: Exported) -> None:
    with world.store.write() as unit:
        meta = Meta(world.clock(), OPERATOR, OPERATOR, found.scheme_digest, Source(CHANNEL))
        unit.entries.append(found.id, [Draft(entry)], meta)
