"""What the driver is told and what it reports, for both sides of the pipe. Knows neither store nor shim."""

from dataclasses import dataclass

CHANNEL, CHAT = "telegram", "1001"
DATABASE = "gradewalk.db"
TRIES = 3
"""How often the driver tries a step that the store refused."""
ERRORS, POWER = 1, 2
"""Modes of the shim."""


@dataclass(frozen=True, slots=True)
class Order:
    """One life of a process on a database in `folder`: `count` answers under faults.

    mode, at, errno, lasting, seed: see shim.c; at 0: no fault. first: number of the first update. prefix: makes ids
    of this life unlike those of another. checkpoint: pages after which the log is written back. file_limit: bytes.
    look: whether what is left is held against what was told; it needs an assessment that was begun.
    """

    folder: str
    count: int
    mode: int = ERRORS
    at: int = 0
    errno: int = 5
    lasting: int = 1
    seed: int = 1
    first: int = 1
    prefix: str = ""
    checkpoint: int = 500
    synchronous: str = "FULL"
    file_limit: int = 0
    look: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What was seen of it: exit code, updates said to be kept and answers said to be saved, errors met.

    wrong: promises that were broken, errors that were not the store's own. counted: calls that the shim counted, 0 for
    a process that was killed.
    """

    ended: int
    opened: bool
    taken: list[int]
    acked: list[int]
    refused: list[str]
    wrong: list[str]
    counted: int
