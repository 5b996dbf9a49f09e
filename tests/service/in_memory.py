"""Files of an assessment made here and now, in memory, as the file worker makes them elsewhere."""

import io
from collections.abc import Callable
from typing import ParamSpec

from bot.domain.scales import Language
from bot.export import Enclosed, Report, report
from bot.service import filejob, files, sealing
from bot.service.filejob import Job
from bot.service.snapshot import inputs
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Listed

P = ParamSpec("P")


def _made(job: Callable[P, Job]) -> Callable[P, bytes]:
    def made(*args: P.args, **kwargs: P.kwargs) -> bytes:
        out = io.BytesIO()
        filejob.write(job(*args, **kwargs), out)
        return out.getvalue()

    return made


render = _made(files.job)
"""A file's bytes; parameters and errors as for `files.job`."""


def enclosed(world: World, unit: Unit) -> Enclosed | None:
    """What a bundle needs beside its report; None where this world has no key. SigningKeyGone."""
    signer = sealing.signer(world, unit)
    return None if signer is None else filejob.enclosed(world.store.vault, signer, world.supplies)


def reported(world: World, unit: Unit, listed: Listed, how: tuple[Language, str], last: int) -> Report:
    """What a file for the operator shows; parameters as for `snapshot.inputs`."""
    return report(inputs(world, unit, listed, how, last))
