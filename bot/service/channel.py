"""What a channel and the use cases hand each other besides events: plain values. Must not know any channel."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from bot.view.screen import Screen


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update as received. raw: its JSON in ASCII, the same for the same update; chat: the lane, '' for none."""

    update_id: int
    raw: str
    chat: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update in the inbox that is to be worked on. attempts: failed ones so far."""

    row: int
    update_id: int
    raw: str
    chat: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """The screen that a chat must show, newest version only.

    fresh: as a new message at the bottom. shown_message, shown_digest: what it shows now; None and '' for nothing.
    strays: messages that were its card once; their buttons are to be taken away. behind: the screen is not shown yet.
    text: the screen's durable form, '' where that is not at hand.
    """

    chat: str
    version: int
    screen: Screen
    fresh: bool
    shown_message: int | None
    shown_digest: str
    strays: tuple[int, ...] = ()
    behind: bool = True
    text: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of its own, never merged or dropped. text and caption in the small HTML of a Screen.

    data: the bytes of a 'file' or a 'picture', or where they stand; text of a picture: the same for who is shown none.
    data is called in a thread of its own beside the writer's, maybe several times: it may read, must not write.
    progress: meanwhile, what is being done, as a sentence of its own; '' for nothing.
    told: the message in which that stands already, None for none. attempts: earlier ones that may have got through.
    """

    id: int
    chat: str
    kind: Literal["text", "file", "picture"]
    text: str = ""
    file_name: str = ""
    caption: str = ""
    data: Callable[[], bytes | Path] | None = None
    attempts: int = 0
    progress: Callable[[], str] | None = None
    told: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be fetched for the evidence of entry `seq`, by the channel's name of it.

    attempts: failures so far; reason: what was said of the last one.
    """

    assessment: str
    seq: int
    file: str
    attempts: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """What may be fetched now, and seconds until the next may be; None: nothing waits for a time."""

    jobs: tuple[Job, ...]
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes that were fetched into a temporary file. clean: another one with the copy without EXIF, None for none."""

    part: Path
    sha256: str
    size: int
    mime: str
    clean: "Fetched | None" = None


Loss: TypeAlias = Literal["too-large", "gone", "refused", "quota"]
"""Why the bytes of evidence cannot be had, as EvidenceLost says it."""


Fate: TypeAlias = Literal["refused", "too-big", "gone"]
"""Why a notice is given up: the channel does not take it, it is too large, what it was to be made from is no more."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A notice about to be sent, for the `attempts`th time.

    mark: what is to stand on top of it, in the small HTML, where an earlier attempt may have got through; ''.
    """

    attempts: int
    mark: str = ""
