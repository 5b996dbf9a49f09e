"""A file to be made, as one value that may go to another process; and making it. Must not know people, chats or rights.

All that it names was loaded lawfully before: whoever makes the file asks nothing more.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.service.supplies import Supplies
from bot.store.vault import Vault
from bot.verify.keyfile import load
from bot.verify.signing import Signer

if TYPE_CHECKING:
    from bot.export import Enclosed, ReportInputs
    from bot.export.enclosed import Told


@dataclass(frozen=True, slots=True)
class Job:
    """format: an id of FORMATS. key: the file of the signing key, None where nothing is signed. volume: as Enclosed."""

    format: str
    inputs: "ReportInputs"
    vault: Vault
    key: Path | None
    supplies: Supplies
    volume: int = 0


def write(job: Job, out: BinaryIO, told: "Told | None" = None) -> None:
    """The file into an empty one. Raises what its format raises; KeyMissing, KeyUnreadable."""
    from bot.export import FORMATS, report  # noqa: PLC0415  the bot starts without what makes files

    signer = None if job.key is None or not FORMATS[job.format].enclosed else load(job.key)
    FORMATS[job.format].write(out, report(job.inputs), enclosed(job.vault, signer, job.supplies, told, job.volume))


def enclosed(
    vault: Vault, signer: Signer | None, supplies: Supplies, told: "Told | None" = None, volume: int = 0
) -> "Enclosed":
    """What formats need beside a report."""
    from bot.export.enclosed import Enclosed, to_nobody  # noqa: PLC0415  see write

    return Enclosed(_opening(vault), signer, supplies.fonts, supplies.template, told or to_nobody, volume)


def _opening(vault: Vault) -> Callable[[str], BinaryIO]:
    return lambda digest: io.BytesIO(vault.read(digest))
