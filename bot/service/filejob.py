"""A file to be made, as one value that may go to another process; and making it. Must not know people, chats or rights.

All that it names was loaded lawfully before: whoever makes the file asks nothing more.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.export import FORMATS, Enclosed, ReportInputs, report
from bot.export.enclosed import Told, to_nobody
from bot.service.supplies import Supplies
from bot.store.vault import Vault
from bot.verify.keyfile import load
from bot.verify.signing import Signer


@dataclass(frozen=True, slots=True)
class Job:
    """format: an id of FORMATS. key: the file of the signing key, None where nothing is signed. volume: as Enclosed."""

    format: str
    inputs: ReportInputs
    vault: Vault
    key: Path | None
    supplies: Supplies
    volume: int = 0


def write(job: Job, out: BinaryIO, told: Told = to_nobody) -> None:
    """The file into an empty one. Raises what its format raises; KeyMissing, KeyUnreadable."""
    signer = None if job.key is None or not FORMATS[job.format].enclosed else load(job.key)
    FORMATS[job.format].write(out, report(job.inputs), enclosed(job.vault, signer, job.supplies, told, job.volume))


def enclosed(
    vault: Vault, signer: Signer | None, supplies: Supplies, told: Told = to_nobody, volume: int = 0
) -> Enclosed:
    """What formats need beside a report."""
    return Enclosed(_opening(vault), signer, supplies.fonts, supplies.template, told, volume)


def _opening(vault: Vault) -> Callable[[str], BinaryIO]:
    return lambda digest: io.BytesIO(vault.read(digest))
