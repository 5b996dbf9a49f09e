"""Notes of one question through revisions, withdrawals and erasures. Must not know sheets, or who may do what."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Note:
    """A note; seq is the entry that wrote it, and stays its name when it is revised."""

    seq: int
    text: str
    person: str
    at: int
    revised: bool = False


def revised(notes: tuple[Note, ...], of: int, text: str) -> tuple[Note, ...]:
    """The notes where the one of entry `of` reads so; '' takes it from them."""
    read = (replace(note, text=text, revised=True) if note.seq == of else note for note in notes)
    return tuple(note for note in read if note.text)
