"""What the library keeps of a file. Must not know how it was read."""

from dataclasses import dataclass

from bot.domain.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Loaded:
    """A sound scheme with the text that an assessment is pinned to, and the file it came from."""

    scheme: Scheme
    text: str
    file: str
