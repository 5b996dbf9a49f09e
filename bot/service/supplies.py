"""What the operator hands to files: nothing but where it stands. Must not know what becomes of it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Supplies:
    """fonts: a folder; template: a Word document; None: those that come along."""

    fonts: Path | None = None
    template: Path | None = None
