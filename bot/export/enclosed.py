"""What a file may need beside its report: bytes of evidence, fonts, a template, a signature. Plain values.

Must not know formats, or where any of it is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from bot.verify.signing import Signer

Stage: TypeAlias = Literal["photos", "pages", "packing"]
Told: TypeAlias = Callable[[Stage, int, int], None]
"""What is being done now: the stage, how many pieces of it are done, of how many; 0 of 0 where it has no pieces."""


def to_nobody(_stage: Stage, _done: int, _of: int) -> None:
    """Nobody waits to hear how far it is."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What formats need beside a report.

    opened: SHA-256 -> the bytes, to be read and closed; LookupError. signer: of a bundle's manifest. fonts: a folder
    that is looked in first; template: the operator's own for Word. volume: 0: one file however large; n, from 1: this
    one of the files that a bundle is split into.
    """

    opened: Callable[[str], BinaryIO]
    signer: Signer | None = None
    fonts: Path | None = None
    template: Path | None = None
    told: Told = to_nobody
    volume: int = 0
