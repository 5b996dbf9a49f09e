"""A clean copy of a picture, made in a child process. Must not know Pillow, or what the picture is evidence of."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import Final

from bot.service.filetypes import PICTURES

log = logging.getLogger(__name__)
_WORKER: Final = Path(__file__).with_name("picture_worker.py")
_REFUSED: Final = 3
SECONDS: Final = 60.0
"""By the clock on the wall; the worker has its own limit of processor time."""


def cleaned(source: Path, target: Path) -> str:
    """Draw the picture anew into target, without EXIF; its media type. '' where it cannot be: it stays as it came.

    Blocks for up to a minute. target is written in any case.
    """
    # Isolated: nothing of the environment, the folder or the user is taken in.
    command = [sys.executable, "-I", str(_WORKER), str(source), str(target)]
    try:
        found = subprocess.run(  # noqa: S603  ours, with names that we made
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=None if sys.platform == "win32" else {},  # no token; Windows starts nothing without its own names
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("a picture is kept without a clean copy: %s", type(error).__name__)
        return ""
    mime = found.stdout.decode("ascii", "replace")
    if found.returncode == 0 and mime in PICTURES:
        return mime
    if found.returncode > 0 and found.returncode != _REFUSED:
        log.error(
            "no clean copies can be made: the picture worker ends with %d; is Pillow installed?", found.returncode
        )
    return ""
