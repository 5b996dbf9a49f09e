"""How the program's parts are loaded: without looking for garbage, and without what nobody asked for.

What refers to itself is found by walking over everything there is, again and again while modules are loaded: a fifth
of a start, for nothing. Must not know what is loaded.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_UNASKED: Final = ("httpx._main",)
"""httpx's command line, which draws in rich and pygments; httpx says itself what is missing where there is none."""


@contextmanager
def lasting() -> Iterator[None]:
    """What is made inside stays until the process ends: it is not looked through, neither now nor later."""
    was = gc.isenabled()
    left_out = [name for name in _UNASKED if name not in sys.modules]
    gc.disable()
    for name in left_out:
        sys.modules[name] = None  # type: ignore[assignment]  # the import system's way to say "not to be had"
    try:
        yield
    finally:
        for name in left_out:
            del sys.modules[name]
        gc.freeze()
        if was:
            gc.enable()
