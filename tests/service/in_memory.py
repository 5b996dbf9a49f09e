"""Files of an assessment made here and now, in memory, as the file worker makes them elsewhere."""

import io

from bot.domain.commands import Actor
from bot.domain.scales import Language
from bot.export import Enclosed, Report, report
from bot.service import filejob, files, sealing
from bot.service.snapshot import inputs
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Listed


def render(
    world: World,
    unit: Unit,
    listed: Listed,
    format_: str,
    language: Language,
    zone: str,
    upto: int | None = None,
    reader: Actor | None = None,
    at: int = 0,
) -> bytes:
    """A file's bytes; parameters and errors as for `files.job`."""
    out = io.BytesIO()
    filejob.write(files.job(world, unit, listed, format_, language, zone, upto, reader, at), out)
    return out.getvalue()


def enclosed(world: World, unit: Unit) -> Enclosed | None:
    """What a bundle needs beside its report; None where this world has no key. SigningKeyGone."""
    signer = sealing.signer(world, unit)
    return None if signer is None else filejob.enclosed(world.store.vault, signer, world.supplies)


def reported(world: World, unit: Unit, listed: Listed, how: tuple[Language, str], last: int) -> Report:
    """What a file for the operator shows; parameters as for `snapshot.inputs`."""
    return report(inputs(world, unit, listed, how, last))
