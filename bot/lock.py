"""The lock of a folder: one process at a time may have it. Must not know what for.

The system frees it when its holder ends, however that ends. Between machines it holds nothing: see the lease.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

NAME: Final = "gradewalk.lock"
EXIT_SECOND: Final = 3
"""The exit code of whoever came second."""


class SecondCopy(Exception):  # noqa: N818  told to the operator in one line
    """Another process works on this folder."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the folder is made where there is none. SecondCopy where somebody else holds it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / NAME).open("a+b") as file:
        try:
            if sys.platform == "win32":
                import msvcrt  # noqa: PLC0415  Windows alone has it

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl  # noqa: PLC0415  Windows has none

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SecondCopy from None
        yield
